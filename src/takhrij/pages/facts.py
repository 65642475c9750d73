"""The facts of an HTML page: headline, outlet, author, section, address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from takhrij.pages.structured import name_of, plain
from takhrij.text.fold import fold

_SUFFIX = re.compile(r"\s+(?:[|–—»«•·:]|-{1,2})\s+")
_WORDS = re.compile(r"\w+")
_LONGEST_TITLE = 400
_MOST_HEADS = 50
_OUTLET_WORDS = 5
_BYLINE_CLASSES = frozenset(
    {"author", "byline", "author-name", "post-author", "entry-author", "writer", "article-author", "fn"}
)
#: What stands between a headline and a site's name in a title.
_JOINT = re.compile(r"\s*(?:[|–—»«•·:]|-{1,2})\s*")
_SPACED_JOINT = re.compile(r"\s+(?:[|–—»«•·]|-{1,2})\s+|:\s+")
_TEXT_TAGS = ("h1", "h2", "h3", "h4", "div", "span", "td", "p", "b", "strong", "font", "a")
_MOST_PARTS = 8
_BY = re.compile(r"^(?:بواسطة|بقلم|كتب|كتبت|كتبه|الكاتب|المحرر|مرسلة بواسطة)?\s*[:：]?\s*")
_GENERIC_OUTLETS = frozenset({"home", "website", "index", "الرئيسيه", "اخبار", "news"})


def same_words(a: str, b: str) -> bool:
    """Whether two lines have the same words, whatever their marks and spelling variants."""
    return _WORDS.findall(fold(a)) == _WORDS.findall(fold(b))


def headline(tree: Any, meta: Mapping[str, str], node: Mapping[str, Any]) -> str:
    """The headline: the ``h1`` that the title also holds, else Open Graph, JSON-LD, the title without the site's name."""
    title = plain(tree.findtext(".//title") or "")[:_LONGEST_TITLE]
    og = plain(meta.get("og:title") or meta.get("twitter:title") or "")
    ld = name_of(node.get("headline")) or ""
    site = outlet_said(meta, node)
    heads = [t for h in tree.iter("h1") if 2 < len(t := _words_of(h)) <= _LONGEST_TITLE and not (site and same_words(t, site))]
    for told in (ld, og, title):
        for head in heads[:_MOST_HEADS]:
            if told and (same_words(head, told) or _begins(told, head)):
                return head
    for said in (og, ld):
        if said:
            return _without_site(said, site)[:_LONGEST_TITLE]
    if lower := _lower_headline(tree, title):
        return lower
    if len(heads) == 1 and not _begins(title, heads[0], site_first=True):
        return heads[0]
    return _without_site(title, site) or (heads[0] if heads else "")


def _words_of(element: Any) -> str:
    return plain(" ".join(element.itertext()))


def _begins(title: str, head: str, site_first: bool = False) -> bool:
    """Whether ``title`` is ``head`` and the site's name behind it; ``site_first``: whether ``head`` is the site's name."""
    if not fold(title).startswith(fold(head)):
        return False
    rest = title[len(head) :]
    more = len(rest.split()) > len(head.split()) + 1
    return bool(_JOINT.match(rest)) and more == site_first


def _lower_headline(tree: Any, title: str) -> str | None:
    """The headline where no ``h1`` holds it: the part of the page's title that stands by itself somewhere on the page.

    A site's name may come before it (``المدونة: العنوان``) or behind, so the longest such part is taken.
    """
    joints = list(_SPACED_JOINT.finditer(title))[:_MOST_PARTS]
    parts = {title[m.end() :] for m in joints} | {title[: m.start()] for m in joints}
    folded = {fold(p).strip(): p.strip() for p in parts if len(p.split()) >= 3}
    there = [folded[words] for e in tree.iter(*_TEXT_TAGS) if (words := fold(plain(e.text or ""))) in folded]
    return max(there, key=len, default=None)


def _without_site(title: str, site: str | None) -> str:
    parts = _SUFFIX.split(title)
    if len(parts) < 2:
        return title
    last = _SUFFIX.search(title, len(title) - len(parts[-1]) - 8)
    known = bool(site) and (fold(site or "") in fold(parts[-1]) or fold(parts[-1]) in fold(site or ""))
    if known or len(parts[-1].split()) <= 4 < len(parts[0].split()):
        cut = title.rfind(parts[-1])
        return _SUFFIX.sub("", title[:cut] + " ", count=0).strip() if last is None else title[: last.start()].strip()
    return title


def outlet_said(meta: Mapping[str, str], node: Mapping[str, Any]) -> str | None:
    """The outlet by the page's own word: Open Graph's site name, the JSON-LD publisher, the application's name."""
    for said in (meta.get("og:site_name"), name_of(node.get("publisher")), meta.get("application-name")):
        if said and fold(plain(said)).lower() not in _GENERIC_OUTLETS:
            return plain(said)
    return None


def outlet_of(tree: Any, meta: Mapping[str, str], node: Mapping[str, Any], title: str, url: str | None) -> str | None:
    """The outlet: by its own word, else what the page's title has beside the headline, else the domain."""
    if said := outlet_said(meta, node):
        return said
    before, headline_there, after = plain(tree.findtext(".//title") or "").partition(title or "\n")
    if headline_there:
        for beside in (after, before):
            parts = [p for p in _JOINT.split(beside) if p.strip()]
            if parts and len(parts[-1].split()) <= _OUTLET_WORDS:
                return parts[-1].strip()
    return domain(url)


def domain(url: str | None) -> str | None:
    """The host of an address without ``www.``, or None."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def author_of(tree: Any, meta: Mapping[str, str], node: Mapping[str, Any], outlet: str | None) -> str | None:
    """The author by JSON-LD, ``meta`` or the page's own mark-up; an address, or the outlet itself, is no author."""
    for said in (name_of(node.get("author")), meta.get("author"), meta.get("article:author"), meta.get("dc.creator")):
        if said and "://" not in said and "@" not in said and not (outlet and same_words(said, outlet)) and len(said) <= 120:
            return plain(said)
    for element in tree.iter("a", "span", "div", "p", "h4", "h5"):
        if element.get("itemprop") == "author" or "author" in (element.get("rel") or "") or _is_byline(element):
            words = _BY.sub("", _words_of(element)[:80])
            if 2 <= len(words.split()) <= 5 and not any(c.isdigit() or c in ".!؟،|" for c in words):
                return None if outlet and same_words(words, outlet) else words
    return None


def _is_byline(element: Any) -> bool:
    called = (element.get("class") or "").lower().split()
    return any(c in _BYLINE_CLASSES for c in called)


def address_of(tree: Any, meta: Mapping[str, str], given: str | None) -> str | None:
    """The page's address: the given one, else the canonical link, else Open Graph's."""
    if given:
        return given
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (link.get("href") or "").startswith(("http://", "https://")):
            return str(link.get("href")).strip()
    said = meta.get("og:url", "")
    return said if said.startswith(("http://", "https://")) else None
