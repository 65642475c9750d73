"""Sitemaps as input: lists of addresses (XML, an index of such, or plain text), fetched one after another.

An index leads to sitemaps and these to pages, no further. Each address is fetched once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from takhrij.errors import InputError, TooLarge, UnsupportedInput
from takhrij.pages.feed_items import Feed, read_feed
from takhrij.pages.inflate import decoded
from takhrij.pages.kinds import Kind, kind_of_bytes
from takhrij.pages.names import shown
from takhrij.pages.readers import Fetch, Found, Source, read_page
from takhrij.records import Page

MOST_ADDRESSES = 100_000
_GZIP = b"\x1f\x8b"


def articles_from_sitemap(feed: Feed, source: Source) -> Found:
    """The pages that a sitemap lists, with their articles.

    Raises :class:`~takhrij.errors.UnsupportedInput` where ``source`` fetches nothing.
    """
    fetch = source.fetch
    if fetch is None:
        raise UnsupportedInput(
            source.name,
            f"a sitemap, whose {len(feed.items)} addresses are not fetched here: give the sitemap itself as the input, "
            "or its addresses on standard input",
        )
    links = [item.link or item.key for item in feed.items]
    return articles_at(_pages_of(links, fetch, source) if feed.is_index else links, fetch, source)


def articles_at(addresses: Iterable[str], fetch: Fetch, source: Source) -> Found:
    """The pages at ``addresses``, each fetched once, with their articles. What fails goes to ``source.on_error``."""
    seen: set[str] = set()
    for url in addresses:
        if url in seen:
            continue
        if len(seen) >= MOST_ADDRESSES:
            raise TooLarge(source.name, f"more than {MOST_ADDRESSES} addresses")
        seen.add(url)
        try:
            yield from read_page(fetch(url), dataclasses.replace(source, name=url, fetch=None))
        except InputError as error:
            source.on_error(error)


def unpacked(data: bytes, name: str, bound: int) -> bytes:
    """``data``, out of gzip where it is packed: sitemaps often are. Raises :class:`TooLarge` past ``bound`` bytes."""
    return decoded(data, "gzip", name, bound) if data.startswith(_GZIP) else data


def listed(page: Page) -> list[str] | None:
    """The addresses of a page that holds nothing but addresses, else None."""
    if kind_of_bytes(page.body[:4096]) is not Kind.ADDRESSES:
        return None
    words = page.body.decode("utf-8", "replace").split(None, MOST_ADDRESSES)
    return words[:MOST_ADDRESSES]


def _pages_of(sitemaps: list[str], fetch: Fetch, source: Source) -> Iterator[str]:
    for url in sitemaps:
        try:
            data = unpacked(fetch(url).body, url, source.limits.page)
            feed = read_feed(data, shown(url), source.limits)
            if not feed.is_sitemap or feed.is_index:
                raise UnsupportedInput(shown(url), "named as a sitemap by an index, and none")
        except InputError as error:
            source.on_error(error)
            continue
        yield from (item.link or item.key for item in feed.items)
