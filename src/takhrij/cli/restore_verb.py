"""``takhrij restore``."""

from __future__ import annotations

from pathlib import Path

import click

from takhrij.cli.common import sink
from takhrij.cli.options import Output, Where, ledger_options, output_options


@click.command("restore")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@ledger_options
@output_options
def command(file: Path, where: Where, output: Output) -> None:
    """Make a new ledger L from a backup. It is checked before anything is written, and the ledger is verified after.

    \b
    takhrij restore desk-2024-05-31.zip --ledger desk-again.db
    takhrij restore desk-2024-05-31.zip --ledger postgresql://host/desk --evidence pages.evidence
    """
    from takhrij.ledger import restore

    head = restore(file, where.ledger, where.evidence)
    if not output.quiet:
        with sink(output.out) as stream:
            stream.write(f"{head}\n")
