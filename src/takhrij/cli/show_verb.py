"""``takhrij show``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from takhrij.cli.common import sink
from takhrij.cli.ledgers import viewed
from takhrij.cli.options import Output, Where, ledger_options, output_options
from takhrij.errors import UsageError

if TYPE_CHECKING:
    from takhrij.ledger import Views
    from takhrij.ledger.answers import KeptArticle, KeptClaim


@click.command("show")
@click.argument("wanted", nargs=-1, required=True, metavar="ID...")
@ledger_options
@click.option("--format", "form", type=click.Choice(["text", "jsonl", "html"]), default="text", show_default=True)
@output_options
def command(wanted: tuple[str, ...], where: Where, form: str, output: Output) -> None:
    """Show articles and claims whole: attributions, chains, origins and reasons, versions, readings, copies, reviews.

    ID is an article's id or a claim's, as search and claims print them.

    \b
    takhrij show water/shurfa.html --ledger desk.db
    takhrij show 0a1b2c3d4e5f6071 --ledger desk.db --format html --out claim.html
    """
    with sink(output.out) as stream, viewed(where) as views:
        for name in wanted:
            claim = views.claim(name)
            article = views.article(name) if claim is None else None
            if claim is not None:
                lines = _claim(views, claim, form)
            elif article is not None:
                lines = _article(article, form)
            else:
                raise UsageError(f"{name}: neither an article nor a claim of {where.ledger}")
            for line in lines:
                stream.write(line + "\n")


def _claim(views: Views, kept: KeptClaim, form: str) -> Iterator[str]:
    ids = {report.article for report in kept.claim.reports}
    copies = tuple(copy for copy in views.copies() if ids & set(copy.ids))
    if form == "text":
        from takhrij.render.ledger_lines import kept_claim_lines

        yield from kept_claim_lines(kept, copies)
    elif form == "html":
        from takhrij.records import Trace
        from takhrij.render.page import trace_page

        articles = [found for i in sorted(ids) if (found := views.article(i)) is not None]
        yield trace_page(Trace(tuple(one.reading for one in articles), copies, (kept.claim,)))
    else:
        from takhrij.exchange.contract import claim_row
        from takhrij.exchange.jsontext import dumps

        yield dumps(claim_row(kept.claim))


def _article(kept: KeptArticle, form: str) -> Iterator[str]:
    if form == "text":
        from takhrij.render.ledger_lines import kept_article_lines

        yield from kept_article_lines(kept)
    elif form == "html":
        from takhrij.render.page import reading_page

        yield reading_page([kept.reading])
    else:
        from takhrij.exchange.contract import reading_row
        from takhrij.exchange.jsontext import dumps

        yield dumps(reading_row(kept.reading))
