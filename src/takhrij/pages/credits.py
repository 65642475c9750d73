"""Whom an article credits: who stands in its byline, and whom its text names as passing a report on."""

from __future__ import annotations

import re

from takhrij.pages.bylines import Byline, byline_at, key, relay_names
from takhrij.pages.relays import relays_in
from takhrij.text.tokens import lines

_LINES_FOR_BYLINES = 4
#: Closing credit in brackets: ``... هناك. (رويترز)``.
_CLOSING = re.compile(r"[(\[«]\s*([^()\[\]«»\n]{2,40})\s*[)\]»]\s*\.?\s*$")


def read_credits(text: str, outlet: str | None) -> tuple[str | None, list[Byline]]:
    """(what the article credits, joined by ``"; "``; its bylines). Its own ``outlet`` it does not credit in its text."""
    rows = list(lines(text))
    bylines = [b for row in rows[1 : 1 + _LINES_FOR_BYLINES] if (b := byline_at(row.of(text), row.start, outlet))]
    for row in rows[-2:]:
        if (
            len(rows) > 3
            and row.end - row.start <= 40
            and (b := byline_at(row.of(text), row.start, outlet))
            and b not in bylines
        ):
            bylines.append(b)
    names = [b.credit for b in bylines if b.credit]
    if rows and (closing := _CLOSING.search(rows[-1].of(text))) and key(closing.group(1)) in relay_names():
        names.append(closing.group(1).strip())
    body = rows[0].start if rows else 0
    taken = [b.span for b in bylines]
    names.extend(
        words for span, words in relays_in(text, body, outlet) if not any(t.start <= span.start < t.end for t in taken)
    )
    distinct = _distinct(names)
    return ("; ".join(distinct) or None), bylines


def _distinct(names: list[str]) -> list[str]:
    seen: set[str] = set()
    kept = []
    for name in names:
        ident = _ident(name)
        if ident not in seen:
            seen.add(ident)
            kept.append(name.strip())
    return kept


def _ident(name: str) -> str:
    """One key for the forms of one agency: its name in the table, whatever class noun stands before it."""
    words = key(name).split()
    for first in range(len(words)):
        for last in range(len(words), first, -1):
            if found := relay_names().get(" ".join(words[first:last])):
                return found[1]
    return " ".join(words)
