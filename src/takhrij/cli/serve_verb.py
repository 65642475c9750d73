"""``takhrij serve``."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from takhrij.cli.ledgers import opened
from takhrij.cli.options import Where, ledger_options
from takhrij.errors import UsageError

if TYPE_CHECKING:
    from takhrij.people import Access

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@dataclass(frozen=True, slots=True)
class _Listening:
    """Where the desk listens, and how it is reached there."""

    host: str
    port: int
    site: tuple[str, ...]
    behind_proxy: bool
    tls_cert: Path | None
    tls_key: Path | None

    @property
    def secure(self) -> bool:
        """Whether browsers reach the desk over TLS."""
        return self.behind_proxy or self.tls_cert is not None


@click.command("serve")
@ledger_options
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="Where it listens.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address it listens on; with a login, any.")
@click.option("--people", is_flag=True, help="For a team: with a login. The first start prints the owner's link.")
@click.option("--people-store", type=click.Path(dir_okay=False, path_type=Path), help="Where people are kept (L.people).")
@click.option("--site", multiple=True, metavar="NAME", help="A host name under which browsers reach it.")
@click.option("--behind-proxy", is_flag=True, help="A proxy on this machine ends TLS before it.")
@click.option("--tls-cert", type=_FILE, help="A certificate, to speak TLS itself.")
@click.option("--tls-key", type=_FILE, help="Its key.")
@click.option("--fact-checks", type=_FILE, multiple=True, help="A file of published ClaimReviews, for the check page.")
def command(where: Where, people: bool, people_store: Path | None, fact_checks: tuple[Path, ...], **listening: Any) -> None:
    """Open the desk in a browser: claims, articles, search, review, and a box for a text to read. The API is under /api.

    For one person on this machine there is no login, so it listens on loopback only. With --people it is for a team: the
    first start prints a link that makes the owner, who invites the others. Ctrl-C ends it.

    \b
    takhrij serve --ledger desk.db
    takhrij serve --ledger desk.db --people
    takhrij serve --ledger desk.db --people --behind-proxy --site desk.example.org
    takhrij serve --ledger desk.db --people --host 0.0.0.0 --site desk.example.org --tls-cert desk.pem --tls-key desk.key
    """
    at = _Listening(**listening)
    if (at.tls_cert is None) != (at.tls_key is None):
        raise UsageError("--tls-cert and --tls-key go together")
    if "*" in at.site:
        raise UsageError("--site takes a host name, and no *")
    import uvicorn

    from takhrij.desk import create_desk

    with opened(where) as ledger:
        access = _access(where, people, people_store, at)
        app = create_desk(ledger, where.collection, access, fact_checks)
        threading.Thread(target=_warm, daemon=True).start()
        base = _base(at)
        click.echo(f"the desk is at {base}/  (Ctrl-C ends it)", err=True)
        _greet(access, base)
        uvicorn.run(
            app, host=at.host, port=at.port, log_level="warning", server_header=False, proxy_headers=at.behind_proxy,
            ssl_certfile=at.tls_cert, ssl_keyfile=at.tls_key,
        )  # fmt: skip


def _access(where: Where, wanted: bool, store: Path | None, at: _Listening) -> Access:
    """Who may reach the desk. Raises :class:`UsageError` where it would stand open to others."""
    from takhrij.people import Access, open_people
    from takhrij.people.access import LOOPBACK
    from takhrij.people.accounts import has_owner

    address = "://" in where.ledger
    if store is None and not address:
        store = Path(where.ledger + ".people")
    if store is None and wanted:
        raise UsageError("a ledger in a database has no place for people: give --people-store FILE")
    people = open_people(store) if store is not None and (wanted or store.exists()) else None
    if people is not None and not wanted and not has_owner(people):
        people = None
    outside = at.host not in LOOPBACK
    if outside and people is None:
        raise UsageError(
            f"--host {at.host}: without --people there is no login, so the desk listens on 127.0.0.1, ::1 or localhost only; "
            f"from elsewhere, use a tunnel: ssh -L {at.port}:127.0.0.1:{at.port} MACHINE"
        )
    if outside and not at.secure:
        raise UsageError(
            f"--host {at.host}: passwords would travel open; give --tls-cert and --tls-key, or --behind-proxy if one ends TLS"
        )
    if people is None and at.secure:
        raise UsageError("--behind-proxy and --tls-cert are for a desk with a login: give --people")
    sites = {*at.site, *([at.host] if outside and at.host not in {"0.0.0.0", "::"} else [])}
    if at.secure and not sites:
        raise UsageError("under which name do browsers reach the desk? give --site NAME")
    return Access(people, frozenset({*LOOPBACK, *(site.lower() for site in sites)}), at.secure)


def _base(at: _Listening) -> str:
    """The address of the desk as browsers have it."""
    name = at.site[0] if at.site else f"[{at.host}]" if ":" in at.host else at.host
    port = "" if at.behind_proxy and at.site else f":{at.port}"
    return f"{'https' if at.secure else 'http'}://{name}{port}"


def _greet(access: Access, base: str) -> None:
    """Print the link that makes the owner, where there is none yet."""
    from takhrij.people.accounts import has_owner, invite_owner

    if access.people is not None and not has_owner(access.people):
        click.echo(
            f"nobody owns it yet; open this once, within a week: {base}/join?key={invite_owner(access.people)}", err=True
        )


def _warm() -> None:
    """Load what reads Arabic, so that the first pasted text need not wait for it."""
    from takhrij.api.reading import read_pasted

    read_pasted("قال المهندس إن الجسر سليم.")
