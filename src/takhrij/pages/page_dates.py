"""The day on which a page was published, with where it was read and how sure that is.

In this order: JSON-LD, ``meta`` elements, ``time`` elements, the address, a line of text with an Arabic date; htmldate last,
since it knows no Levantine or Maghrebi month and answers with the first of January where it is at a loss.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote

from takhrij.pages.dates import day_in, given_day
from takhrij.text.fold import fold

_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "dc.date.issued",
    "dcterms.created", "dc.date", "dc:date", "dcterms.date", "date", "pubdate", "publishdate", "publish-date",
    "publication_date", "sailthru.date", "parsely-pub-date", "article.published", "cxenseparse:recs:publishtime",
    "citation_publication_date",
)  # fmt: skip
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](?:[a-z_-]+/)?(\d{1,2})[/-](\d{1,2})(?=[/?_.-]|$)")
_COMPACT_ADDRESS = re.compile(r"/((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=\D|$)")
_CLASS = re.compile(r"date|time|publish|posted|meta|stamp|تاريخ", re.I)
_UPDATE = re.compile(r"تحديث|تعديل|updated", re.I)
_LONGEST_LINE = 90
_LINES_LOOKED_AT = 400


class PageDate(NamedTuple):
    """An ISO day, where it was read, and a certainty in 0..1."""

    day: str
    evidence: str
    certainty: float


def page_date(tree: Any, meta: Mapping[str, str], node: Mapping[str, Any], url: str | None) -> PageDate | None:
    """The day of publication of a parsed page, or None."""
    for key, certainty in (("datePublished", 0.95), ("dateCreated", 0.8), ("uploadDate", 0.8)):
        said = node.get(key)
        if isinstance(said, str) and (day := given_day(said)):
            return PageDate(day, f"json-ld {key}: {said[:40]}", certainty)
    for key in _METAS:
        if (said := meta.get(key)) and (day := given_day(said)):
            return PageDate(day, f"meta {key}: {said[:40]}", 0.9)
    return _from_marked(tree) or date_in_address(url) or _from_text(tree) or _from_htmldate(tree, url)


def _from_marked(tree: Any) -> PageDate | None:
    """``time`` elements and marked-up dates; the first after the headline, one of an update only where there is no other."""
    found: list[tuple[bool, PageDate]] = []
    past_head = False
    for element in tree.iter("h1", "time", "span", "abbr", "div"):
        if element.tag == "h1":
            past_head = True
            continue
        said, marked = _stated(element)
        if not said or not (day := given_day(said)):
            continue
        update = bool(
            _UPDATE.search(" ".join((element.get("class") or "", element.get("itemprop") or "", (element.text or "")[:60])))
        )
        certainty = 0.8 if marked else 0.75
        found.append((past_head, PageDate(day, f"{element.tag}: {said[:40]}", certainty - 0.2 * update)))
        if past_head and not update:
            return found[-1][1]
        if len(found) > 20:
            break
    return max(found, key=lambda f: f[1].certainty)[1] if found else None


def _stated(element: Any) -> tuple[str | None, bool]:
    if element.tag == "time":
        return element.get("datetime") or " ".join(element.itertext())[:80], bool(element.get("datetime"))
    if element.get("itemprop") == "datePublished" or "date" in (element.get("property") or "").lower():
        return element.get("content") or element.get("datetime") or " ".join(element.itertext())[:80], True
    if element.tag == "abbr" and "published" in (element.get("class") or ""):
        return element.get("title"), True
    return None, False


def date_in_address(url: str | None) -> PageDate | None:
    """The day that an address states (``/2019/02/08/``, ``/20190208``), or None."""
    address = unquote(url or "")
    if match := _IN_ADDRESS.search(address) or _COMPACT_ADDRESS.search(address):
        day = day_in("{}-{}-{}".format(*match.groups()))
        return PageDate(day, f"address: {match.group().strip('/')}", 0.7) if day else None
    return None


def _from_text(tree: Any) -> PageDate | None:
    """A short line that names a day: best one whose element is called a date, then the first after the headline."""
    best: tuple[float, PageDate] | None = None
    past_head = False
    for n, (element, line) in enumerate(_short_lines(tree)):
        past_head = past_head or element.tag == "h1"
        if n > _LINES_LOOKED_AT:
            break
        if not (day := day_in(line)):
            continue
        called = _CLASS.search(" ".join((element.get("class") or "", element.get("id") or "")))
        certainty = 0.45 + 0.2 * bool(called) + 0.1 * past_head - 0.1 * bool(re.match(r"\s*(?:اخر|اخير)", fold(line)))
        if best is None or certainty > best[0]:
            best = (certainty, PageDate(day, f"text: {line[:60]}", round(certainty, 2)))
    return best[1] if best else None


def _short_lines(tree: Any) -> Iterator[tuple[Any, str]]:
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in {"script", "style", "noscript", "option", "textarea"}:
            continue
        words = " ".join(t for t in (element.text, *(child.tail for child in element)) if t and t.strip())
        line = " ".join(words.split())
        if 6 <= len(line) <= _LONGEST_LINE or element.tag == "h1":
            yield element, line


def _from_htmldate(tree: Any, url: str | None) -> PageDate | None:
    from htmldate import find_date

    try:
        day = find_date(tree, url=url, original_date=True, extensive_search=False)
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):  # its parsers stumble over odd pages
        return None
    return PageDate(day, "htmldate", 0.4) if day and not day.endswith("-01-01") else None
