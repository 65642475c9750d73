"""``takhrij search``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from takhrij.cli.common import sink
from takhrij.cli.ledgers import pages_of, viewed
from takhrij.cli.options import Output, Where, ledger_options, limit_option, output_options

if TYPE_CHECKING:
    from takhrij.ledger import Views


@click.command("search")
@click.argument("query", nargs=-1, required=True, metavar="QUERY")
@ledger_options
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@click.option("--count", "by", metavar="BY", help="Count the articles found by outlet, month, day, act, kind, speaker, ...")
@limit_option
@output_options
def command(query: tuple[str, ...], where: Where, form: str, by: str | None, limit: int, output: Output) -> None:
    """Find whole articles by their words, in any form of each word, the best and newest first.

    \b
    takhrij search محطة المياه --ledger desk.db              both words
    takhrij search '"محطة المياه"' --ledger desk.db          side by side
    takhrij search 'جسر أو سد -قطار' --ledger desk.db        either, and not the third
    takhrij search 'speaker:"وزارة الأشغال" act:deny after:2024-01-01' --ledger desk.db
    takhrij search المياه --count month --ledger desk.db

    Fields: speaker party kind act denied actor outlet after before place near (LAT,LON,KM) has-denial origins (at most);
    also under Arabic names (المتحدث: الجهة: الفعل: الوسيلة: من: إلى: مكان: قرب: نفي: مصادر:).
    """
    words = " ".join(query)
    with sink(output.out) as stream, viewed(where) as views:
        for line in _counts(views, words, by, limit, form) if by else _hits(views, words, limit, form):
            stream.write(line + "\n")


def _hits(views: Views, words: str, limit: int, form: str) -> Iterator[str]:
    from takhrij.ledger.answers import HitPage

    first, *rest = pages_of(lambda cursor, most: views.search(words, cursor=cursor, limit=most), lambda page: page.hits, limit)
    hits = [hit for page in (first, *rest) for hit in page.hits][:limit]
    if form == "text":
        from takhrij.render.ledger_lines import hit_lines

        yield from hit_lines(HitPage(tuple(hits), first.total))
        return
    from takhrij.exchange.jsontext import dumps

    for hit in hits:
        yield dumps(
            {
                "id": hit.id, "url": hit.url, "title": hit.title, "date": hit.date, "outlet": hit.outlet,
                "snippet": list(hit.snippet), "marks": [list(mark) for mark in hit.marks], "text": hit.text,
            }
        )  # fmt: skip


def _counts(views: Views, words: str, by: str, limit: int, form: str) -> Iterator[str]:
    counts = views.facets(by, words, most=limit)
    if form == "text":
        from takhrij.render.ledger_lines import count_lines

        yield from count_lines(counts)
        return
    from takhrij.exchange.jsontext import dumps

    for row in counts:
        yield dumps({by: row.value, "articles": row.count})
