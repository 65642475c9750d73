"""RSS, Atom and RDF feeds, and sitemaps: their items as articles, their links as addresses.

The XML is parsed with entities left alone and no network, so that entity bombs and outside files come to nothing.
"""

from __future__ import annotations

import email.utils
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from takhrij.errors import DamagedInput, EmptyInput, UnsupportedInput
from takhrij.pages.dates import given_day
from takhrij.pages.limits import Limits
from takhrij.pages.make import text_facts, unified
from takhrij.pages.structured import plain, plain_lines
from takhrij.records import Article, Page

_FEEDS = frozenset({"rss", "feed", "RDF"})
_SITEMAPS = frozenset({"urlset", "sitemapindex"})
_MOST_LINKS = 50_000


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item: ``content`` is its HTML, whole or a summary; ``date`` an ISO day; ``key`` what tells it from the others."""

    key: str
    link: str | None
    title: str
    content: str
    date: str | None
    author: str | None
    section: str | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's own title and its items; for a sitemap, items that are no more than links, for an index to other sitemaps."""

    title: str
    items: tuple[FeedItem, ...]
    is_sitemap: bool = False
    is_index: bool = False


def read_feed(data: bytes, name: str, limits: Limits) -> Feed:
    """The feed or sitemap in ``data``. Raises :class:`DamagedInput` for broken XML, :class:`UnsupportedInput` for other XML."""
    root = _root(data, name)
    kind = _local(root)
    if kind in _SITEMAPS:
        entries = (e for e in root.iter() if _local(e) in {"url", "sitemap"})
        found = (plain(c.text or "") for e in entries for c in e if _local(c) == "loc")  # not those of pictures further in
        links = list(islice((u for u in found if u.startswith(("http://", "https://"))), _MOST_LINKS))
        items = tuple(FeedItem(u, u, "", "", None, None, None) for u in dict.fromkeys(links))
        return Feed("", items, is_sitemap=True, is_index=kind == "sitemapindex")
    if kind not in _FEEDS:
        raise UnsupportedInput(name, f"XML of a kind that is not read (<{kind[:40]}>)")
    channel = next((e for e in root.iter() if _local(e) == "channel"), root)
    title = next((plain(e.text or "") for e in channel if _local(e) == "title"), "")
    elements = [e for e in root.iter() if _local(e) in {"item", "entry"}][: limits.records]
    return Feed(title, tuple(_item(e) for e in elements))


def articles_from_feed(feed: Feed, name: str) -> Iterator[tuple[Page, Article]]:
    """Each item with words in it as its page (the item's HTML) and its article; ``name`` is the feed's, for errors."""
    found = False
    for item in feed.items:
        lines = [item.title, *plain_lines(item.content)]
        text = unified("\n".join(line for n, line in enumerate(lines) if line and (n == 0 or line != item.title)))
        if not text.strip():
            continue
        found = True
        body = Page(name=item.key, body=item.content.encode("utf-8", "replace"), url=item.link, media_type="text/html")
        yield body, _article(item, feed, text, body)
    if not found:
        raise EmptyInput(name, "a feed without items")


def _article(item: FeedItem, feed: Feed, text: str, page: Page) -> Article:
    outlet = feed.title or None
    facts = text_facts(text, outlet)
    if item.author:
        facts["author"] = item.author
    return Article(
        id=item.key,
        text=text,
        title=item.title or text.split("\n", 1)[0],
        url=item.link,
        date=item.date,
        date_evidence="feed" if item.date else None,
        date_certainty=0.9 if item.date else 0.0,
        outlet=outlet,
        section=item.section,
        page_sha256=page.sha256,
        **facts,
    )


def _item(element: Any) -> FeedItem:
    values: dict[str, str] = {}
    link = None
    for child in element:
        key = _local(child)
        if key == "link":
            address = child.get("href") or plain(child.text or "")
            if link is None or child.get("rel") == "alternate":
                link = address if address.startswith("http") else link
        elif key:
            values.setdefault(key, _inner(child))
    title = plain(re.sub(r"<[^>]{0,500}>", "", values.get("title", "")))
    content = values.get("encoded") or values.get("content") or values.get("description") or values.get("summary") or ""
    said = values.get("pubDate") or values.get("published") or values.get("date") or values.get("updated") or ""
    author = plain(values.get("creator") or values.get("author") or "")
    key = plain(values.get("guid") or values.get("id") or "") or link or title
    link = link or (key if key.startswith("http") else None)
    section = plain(values.get("category", "")) or None
    return FeedItem(link or key, link, title, content, _day(plain(said)), author or None, section)


def _day(said: str) -> str | None:
    try:
        return email.utils.parsedate_to_datetime(said).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return given_day(said)


def _inner(element: Any) -> str:
    from lxml import etree  # type: ignore[import-untyped]

    if len(element) == 0:
        return element.text or ""
    if _local(element) == "author":
        return next((e.text or "" for e in element if _local(e) == "name"), "")
    parts = [element.text or ""]
    for child in element:  # an entity left alone is no element, and says nothing
        parts.append(etree.tostring(child, encoding="unicode") if isinstance(child.tag, str) else child.tail or "")
    return "".join(parts)


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _root(data: bytes, name: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise DamagedInput(name, "not XML that can be parsed")
    return root
