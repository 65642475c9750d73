"""``takhrij serve``."""

from __future__ import annotations

import threading

import click

from takhrij.cli.ledgers import opened
from takhrij.cli.options import Where, ledger_options
from takhrij.errors import UsageError


@click.command("serve")
@ledger_options
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="Where it listens.")
@click.option("--host", default="127.0.0.1", show_default=True, help="127.0.0.1, ::1 or localhost; nothing else.")
def command(where: Where, port: int, host: str) -> None:
    """Open the desk in a browser: claims, articles, search, and a box for a text to read. The API is under /api.

    For one person on this machine: there is no login, so it listens on loopback only. Ctrl-C ends it.

    \b
    takhrij serve --ledger desk.db
    takhrij serve --ledger desk.db --port 9000
    """
    from takhrij.api.guards import LOOPBACK

    if host not in LOOPBACK:
        raise UsageError(
            f"--host {host}: the desk has no login and listens on 127.0.0.1, ::1 or localhost only; "
            f"from elsewhere, use a tunnel: ssh -L {port}:127.0.0.1:{port} MACHINE"
        )
    import uvicorn

    from takhrij.desk import create_desk

    with opened(where) as ledger:
        app = create_desk(ledger, where.collection)
        threading.Thread(target=_warm, daemon=True).start()
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"the desk is at http://{shown}:{port}/  (Ctrl-C ends it)", err=True)
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)


def _warm() -> None:
    """Load what reads Arabic, so that the first pasted text need not wait for it."""
    from takhrij.api.reading import read_pasted

    read_pasted("قال المهندس إن الجسر سليم.")
