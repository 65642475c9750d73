"""``takhrij claims``."""

from __future__ import annotations

from collections.abc import Iterator

import click

from takhrij.cli.common import sink
from takhrij.cli.ledgers import pages_of, viewed
from takhrij.cli.options import Output, Where, ledger_options, limit_option, output_options
from takhrij.ledger.answers import ClaimFilters, ClaimPage


@click.command("claims")
@click.argument("query", nargs=-1, metavar="[QUERY]")
@ledger_options
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@click.option("--article", metavar="ID", help="Only what this article carries.")
@click.option("--outlets", type=click.IntRange(1), metavar="N", help="Only what at least N outlets carry.")
@click.option("--origins", type=click.IntRange(0), metavar="N", help="Only what has at most N distinct origins.")
@click.option("--denied/--not-denied", default=None, help="Only what somebody denies, or nobody.")
@click.option("--unattributed/--attributed", default=None, help="Only what some article says without a source, or none.")
@click.option("--reviewed/--not-reviewed", default=None, help="Only what a person has looked at, or nobody.")
@limit_option
@output_options
def command(
    query: tuple[str, ...],
    where: Where,
    form: str,
    article: str | None,
    outlets: int | None,
    origins: int | None,
    denied: bool | None,
    unattributed: bool | None,
    reviewed: bool | None,
    limit: int,
    output: Output,
) -> None:
    """List the claims of a ledger, those in most articles first; QUERY narrows by words.

    \b
    takhrij claims --ledger desk.db
    takhrij claims محطة المياه --ledger desk.db
    takhrij claims --outlets 5 --origins 1 --ledger desk.db     many outlets, one origin at most
    takhrij claims --denied --not-reviewed --ledger desk.db --format jsonl
    """
    filters = ClaimFilters(article, outlets, origins, denied, unattributed, reviewed)
    with sink(output.out) as stream, viewed(where) as views:
        found = pages_of(
            lambda cursor, most: views.claims(" ".join(query), filters, cursor, most), lambda page: page.claims, limit
        )
        kept = tuple(one for page in found for one in page.claims)[:limit]
        for line in _lines(ClaimPage(kept, found[0].total), form):
            stream.write(line + "\n")


def _lines(page: ClaimPage, form: str) -> Iterator[str]:
    if form == "text":
        from takhrij.render.ledger_lines import claim_list

        yield from claim_list(page)
        return
    from takhrij.exchange.contract import claim_row
    from takhrij.exchange.jsontext import dumps

    for kept in page.claims:
        yield dumps(claim_row(kept.claim))
