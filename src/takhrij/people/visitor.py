"""Who asks: the person behind a request, in which collection, with which role. Set by the gate, read by the pages."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

from takhrij.people.roles import Role, at_least

Way = Literal["local", "session", "token", "nobody"]


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person at the desk. ``collections`` are those that he may read; ``csrf`` is what his forms must carry.

    ``way`` is ``local`` for the one user of a desk without login, who may do everything.
    """

    way: Way
    name: str
    role: Role | None
    collection: str
    csrf: str
    collections: tuple[str, ...] = ()
    person: str = ""

    def may(self, role: Role) -> bool:
        """Whether the role suffices where ``role`` is wanted."""
        return at_least(self.role, role)

    @property
    def known(self) -> bool:
        """Whether this is a person who has logged in."""
        return self.way in ("session", "token")


_VISITOR: ContextVar[Visitor] = ContextVar("visitor")
_NOBODY = Visitor("nobody", "", None, "", "")


def visitor() -> Visitor:
    """Who asks, in whatever serves this request; nobody where no gate stands before it."""
    return _VISITOR.get(_NOBODY)


def collection_or(default: str) -> str:
    """The collection that is asked for; ``default`` outside of any request."""
    found = _VISITOR.get(None)
    return default if found is None else found.collection


def entered(who: Visitor) -> None:
    """Say who asks, for the request at hand."""
    _VISITOR.set(who)
