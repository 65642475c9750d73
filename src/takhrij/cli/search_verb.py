"""``takhrij search``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from takhrij.cli.common import sink
from takhrij.cli.ledgers import pages_of, viewed
from takhrij.cli.options import Output, Where, ledger_options, limit_option, output_options
from takhrij.errors import UsageError

if TYPE_CHECKING:
    from takhrij.ledger import Views
    from takhrij.ledger.answers import Hit


@click.command("search")
@click.argument("query", nargs=-1, required=True, metavar="QUERY")
@ledger_options
@click.option("--format", "form", type=click.Choice(["text", "jsonl", "rss"]), default="text", show_default=True)
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
    takhrij search المياه --format rss --out water.xml --ledger desk.db

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
    if form == "rss":
        yield _feed(hits, words)
        return
    from takhrij.exchange.jsontext import dumps

    for hit in hits:
        yield dumps(
            {
                "id": hit.id, "url": hit.url, "title": hit.title, "date": hit.date, "outlet": hit.outlet,
                "snippet": list(hit.snippet), "marks": [list(mark) for mark in hit.marks], "text": hit.text,
            }
        )  # fmt: skip


def _feed(hits: list[Hit], words: str) -> str:
    """The hits as RSS 2.0, the snippet as the summary."""
    from takhrij.exchange.feed import Channel, Item, rss

    items = [Item(h.id, h.title, h.snippet.of(h.text), h.url, h.date, h.outlet) for h in hits]
    return rss(Channel(f"takhrij: {words}", "urn:takhrij:search", f"Articles found by {words}"), items).rstrip("\n")


def _counts(views: Views, words: str, by: str, limit: int, form: str) -> Iterator[str]:
    if form == "rss":
        raise UsageError("counts are no feed: leave out --count or --format rss")
    counts = views.facets(by, words, most=limit)
    if form == "text":
        from takhrij.render.ledger_lines import count_lines

        yield from count_lines(counts)
        return
    from takhrij.exchange.jsontext import dumps

    for row in counts:
        yield dumps({by: row.value, "articles": row.count})
