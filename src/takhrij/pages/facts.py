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
_GENERIC_OUTLETS = frozenset({"home", "website", "index", "الرئيسيه", "اخبار", "news"})


def same_words(a: str, b: str) -> bool:
    """Whether two lines have the same words, whatever their marks and spelling variants."""
    return _WORDS.findall(fold(a)) == _WORDS.findall(fold(b))


def headline(tree: Any, meta: Mapping[str, str], node: Mapping[str, Any]) -> str:
    """The headline: the ``h1`` that the title also holds, else Open Graph, JSON-LD, the title without the site's name."""
    title = plain(tree.findtext(".//title") or "")[:_LONGEST_TITLE]
    og = plain(meta.get("og:title") or meta.get("twitter:title") or "")
    ld = name_of(node.get("headline")) or ""
    heads = [t for h in tree.iter("h1") if 2 < len(t := plain(" ".join(h.itertext()))) <= _LONGEST_TITLE]
    for told in (ld, og, title):
        for head in heads:
            if told and (same_words(head, told) or fold(told).startswith(fold(head) + " ")):
                return head
    site = outlet_said(meta, node)
    for said in (og, ld):
        if said:
            return _without_site(said, site)[:_LONGEST_TITLE]
    if len(heads) == 1:
        return heads[0]
    return _without_site(title, site) or (heads[0] if heads else "")


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
    """The outlet: by its own word, else what the page's title has after the headline, else the domain."""
    if said := outlet_said(meta, node):
        return said
    whole = plain(tree.findtext(".//title") or "")
    if title and fold(whole).startswith(fold(title)) and len(whole) > len(title) + 3:
        parts = _SUFFIX.split(whole[len(title) :])
        if len(parts) > 1 and 0 < len(parts[-1].split()) <= 5:
            return parts[-1].strip()
    return domain(url)


def domain(url: str | None) -> str | None:
    """The host of an address without ``www.``, or None."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def author_of(meta: Mapping[str, str], node: Mapping[str, Any], outlet: str | None) -> str | None:
    """The author by JSON-LD or ``meta``; an address, or the outlet itself, is no author."""
    for said in (name_of(node.get("author")), meta.get("author"), meta.get("article:author"), meta.get("dc.creator")):
        if said and "://" not in said and "@" not in said and not (outlet and same_words(said, outlet)) and len(said) <= 120:
            return plain(said)
    return None


def address_of(tree: Any, meta: Mapping[str, str], given: str | None) -> str | None:
    """The page's address: the given one, else the canonical link, else Open Graph's."""
    if given:
        return given
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (link.get("href") or "").startswith(("http://", "https://")):
            return str(link.get("href")).strip()
    said = meta.get("og:url", "")
    return said if said.startswith(("http://", "https://")) else None
