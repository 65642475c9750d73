"""``takhrij verify``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from takhrij.cli.common import sink
from takhrij.cli.ledgers import opened
from takhrij.cli.options import Output, Where, ledger_options, output_options
from takhrij.errors import UsageError


@click.command("verify")
@ledger_options
@click.option("--head", metavar="NUMBER:HASH|FILE", help="An end of the chain kept elsewhere: was the ledger cut off since?")
@output_options
def command(where: Where, head: str | None, output: Output) -> None:
    """Look for damage: edited, removed or moved entries of the audit chain, altered rows, missing or altered evidence.

    Nothing is changed. The last line is the chain's end: keep it somewhere else, and give it back as --head, to see
    whether the end was cut off. Exit code 1 where anything is damaged.

    \b
    takhrij verify --ledger desk.db
    takhrij verify --ledger desk.db --quiet --out head.txt && takhrij verify --ledger desk.db --head head.txt
    """
    from takhrij.ledger import Head

    expected = None if head is None else Head.parse(_given(head))
    with sink(output.out) as stream, opened(where) as ledger:
        report = ledger.verify(expected, None if output.quiet or not sys.stderr.isatty() else _say)
        for problem in report.problems:
            click.echo(f"takhrij: {problem}", err=True)
        if not output.quiet:
            state = "no damage found" if report.clean else f"damaged: {len(report.problems)} problems"
            counts = f"{report.entries} entries, {report.rows} rows, {report.evidence} pages"
            stream.write(f"{where.ledger}: {state} ({counts})\n")
        stream.write(f"{report.head}\n")
    raise click.exceptions.Exit(0 if report.clean else 1)


def _say(what: str) -> None:
    click.echo(f"checking {what}", err=True)


def _given(head: str) -> str:
    """A head as typed, or the last line of a file that holds one."""
    if not Path(head).is_file():
        return head
    try:
        lines = Path(head).read_text(encoding="utf-8").strip().splitlines()
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"{head}: holds no head of a ledger") from None
    return lines[-1] if lines else ""
