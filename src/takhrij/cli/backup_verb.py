"""``takhrij backup``."""

from __future__ import annotations

from pathlib import Path

import click

from takhrij.cli.ledgers import opened
from takhrij.cli.options import Output, Where, ledger_options, output_options
from takhrij.errors import UsageError


@click.command("backup")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path), metavar="[FILE]")
@ledger_options
@output_options
def command(file: Path | None, where: Where, output: Output) -> None:
    """Write the whole ledger, evidence included, into one new FILE (or --out), while others go on adding.

    It can be restored into either kind of ledger. What it prints is the end of the audit chain that the backup holds.

    \b
    takhrij backup desk-2024-05-31.zip --ledger desk.db
    """
    target = file or output.out
    if target is None or (file is not None and output.out is not None):
        raise UsageError("a backup goes into one file: takhrij backup FILE --ledger L")
    with opened(where) as ledger:
        head = ledger.backup(target)
    if not output.quiet:
        click.echo(str(head))
