"""How the desk is reached: by whom, under which names, over what."""

from __future__ import annotations

from dataclasses import dataclass

from takhrij.people.store import People

#: Names under which a server on loopback is reached.
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Access:
    """``people`` None: one user on this machine, no login. ``hosts`` are the names that the desk answers under;
    ``secure`` says that browsers reach it over TLS, so that cookies may travel over nothing else."""

    people: People | None = None
    hosts: frozenset[str] = LOOPBACK
    secure: bool = False

    @property
    def cookie(self) -> str:
        """The name of the session's cookie. The prefix has browsers keep it to this host, over TLS."""
        return "__Host-desk" if self.secure else "desk"
