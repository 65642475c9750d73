"""One reader per kind of input, each a stream of bytes to pages with their articles."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from takhrij.errors import EmptyInput, InputError, TooLarge, UnsupportedInput
from takhrij.pages.kinds import Kind, kind_of_bytes
from takhrij.pages.limits import DEFAULT_LIMITS, Limits
from takhrij.pages.make import article_from_bytes
from takhrij.pages.parts import next_part
from takhrij.pages.rows import articles_from_rows
from takhrij.records import Article, Page

OnError = Callable[[InputError], None]
Found = Iterator[tuple[Page, Article]]
Extract = Callable[[Page], Article]
Fetch = Callable[[str], Page]


@dataclass(frozen=True, slots=True)
class Source:
    """What every reader gets along: the input's name, where errors go, the bounds, who makes an article of a page, and who
    fetches the pages that a sitemap lists (None: nobody)."""

    name: str
    on_error: OnError
    limits: Limits = DEFAULT_LIMITS
    extract: Extract | None = None
    fetch: Fetch | None = None

    def article(self, page: Page) -> Article:
        """The article on ``page``, by the reader given or by this process."""
        return self.extract(page) if self.extract else article_from_bytes(page, self.limits)


def read_stream(stream: IO[bytes], kind: Kind, source: Source) -> Found:
    """The pages and articles in ``stream``. Raises the :class:`InputError` that makes the whole of it unreadable."""
    if kind is Kind.ROWS:
        return articles_from_rows(_lines(stream, source.limits), source.name, source.on_error, source.limits)
    if kind in {Kind.WARC, Kind.WACZ}:
        return _archive(stream, kind, source)
    if kind is Kind.PDF:
        raise UnsupportedInput(source.name, "PDF is not read: give the text or the web page")
    data = stream.read(source.limits.file + 1)
    if len(data) > source.limits.file:
        raise TooLarge(source.name, f"more than {source.limits.file} bytes")
    if not data.strip():
        raise EmptyInput(source.name, "empty")
    if kind is Kind.XML:
        return _feed(Page(name=source.name, body=data, media_type="application/xml"), source)
    if kind is Kind.JSON:
        from takhrij.pages.telegram import articles_from_telegram

        return articles_from_telegram(data, source.name, source.on_error)
    media = {Kind.HTML: "text/html", Kind.TEXT: "text/plain"}.get(kind)
    return _page(Page(name=source.name, body=data, media_type=media), source)


def read_page(page: Page, source: Source) -> Found:
    """A fetched page: an article, those of a feed, or those that a sitemap lists."""
    media = (page.media_type or "").lower()
    if "html" in media:
        return _page(page, source)
    if "xml" in media or page.body.startswith(b"\x1f\x8b") or kind_of_bytes(page.body[:4096]) is Kind.XML:
        return _feed(page, source)
    if source.fetch is not None:
        from takhrij.pages.sitemaps import articles_at, listed

        if addresses := listed(page):
            return articles_at(addresses, source.fetch, source)
    return _page(page, source)


def _page(page: Page, source: Source) -> Found:
    article = source.article(page)
    yield page, article
    if more := next_part(page, article.url):
        source.on_error(UnsupportedInput(page.name, f"one page of an article in several: give {more[:200]} too"))


def _feed(page: Page, source: Source) -> Found:
    from takhrij.pages.feed_items import articles_from_feed, read_feed
    from takhrij.pages.sitemaps import articles_from_sitemap, unpacked

    feed = read_feed(unpacked(page.body, page.name, source.limits.page), page.name, source.limits)
    return articles_from_sitemap(feed, source) if feed.is_sitemap else articles_from_feed(feed, page.name)


def _archive(stream: IO[bytes], kind: Kind, source: Source) -> Found:
    """The articles of an archive; pages without words, such as frames and login forms, are passed over in silence."""
    from takhrij.pages.archives import pages_from_wacz, pages_from_warc

    if kind is Kind.WACZ and not stream.seekable():
        stream = io.BytesIO(stream.read(source.limits.file))
    read = pages_from_wacz if kind is Kind.WACZ else pages_from_warc
    found = failed = 0

    def count(error: InputError) -> None:
        nonlocal failed
        failed += 1
        source.on_error(error)

    for page in read(stream, source.name, count, source.limits):
        try:
            article = source.article(page)
        except EmptyInput:
            continue
        except InputError as error:
            count(error)
            continue
        found += 1
        yield page, article
    if not found and not failed:
        raise EmptyInput(source.name, "an archive without a page to read")


def _lines(stream: IO[bytes], limits: Limits) -> Iterator[bytes]:
    """The lines of a stream, none longer in memory than the bound on a page."""
    while line := stream.readline(limits.page + 1):
        yield line
        if len(line) > limits.page and not line.endswith(b"\n"):
            while (rest := stream.readline(limits.page)) and not rest.endswith(b"\n"):
                pass
