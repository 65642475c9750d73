"""The piece of an article that shows why a search found it, with the words marked where they stand in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from takhrij.ledger.words import key_of
from takhrij.records import Span
from takhrij.text.tokens import MARKS, lines

_WORD = re.compile(rf"[\w{MARKS}]+")

#: About how many characters a snippet has, and how many lines that hold a word are looked at before the best is taken.
LENGTH = 220
_LOOKED_AT = 4


def snippet(text: str, keys: frozenset[str], skip: Sequence[Span] = ()) -> tuple[Span, tuple[Span, ...]]:
    """The span of ``text`` to show and the words in it whose key is in ``keys``, in order.

    The line with the most different ones among the first few that have any, the headline last. Nothing is copied or
    changed: both are offsets into the text. Without any match, the beginning of the first paragraph.
    """
    spans = [line for line in lines(text) if not any(s.start <= line.start < s.end for s in skip)]
    if not spans:
        return Span(0, min(len(text), LENGTH)), ()
    best: tuple[Span, list[tuple[Span, str]]] = (spans[min(1, len(spans) - 1)], [])
    looked_at = 0
    for line in [*spans[1:], spans[0]] if keys else ():
        found = _marks(text, line, keys)
        if found:
            looked_at += 1
            if len({key for _, key in found}) > len({key for _, key in best[1]}):
                best = (line, found)
            if looked_at == _LOOKED_AT or len({key for _, key in best[1]}) == len(keys):
                break
    line, found = best
    shown = _window(text, line, [mark for mark, _ in found])
    return shown, tuple(mark for mark, _ in found if shown.start <= mark.start and mark.end <= shown.end)


def _marks(text: str, line: Span, keys: frozenset[str]) -> list[tuple[Span, str]]:
    found = []
    for match in _WORD.finditer(text, line.start, line.end):
        key = key_of(match.group())
        if key in keys:
            found.append((Span(*match.span()), key))
    return found


def _window(text: str, line: Span, marks: Sequence[Span]) -> Span:
    """A stretch of the line of about :data:`LENGTH` with as many marks as fit, from word to word."""
    if line.end - line.start <= LENGTH:
        return line
    if not marks:
        start = line.start
    else:
        fullest = max(marks, key=lambda first: sum(first.start <= m.start and m.end <= first.start + LENGTH for m in marks))
        start = max(line.start, min(fullest.start - LENGTH // 4, line.end - LENGTH))
    end = min(line.end, max(start + LENGTH, marks[0].end if marks and start == marks[0].start else 0))
    while start > line.start and not text[start - 1].isspace() and not any(m.start == start for m in marks):
        start -= 1
    while end < line.end and not text[end].isspace():
        end += 1
    return Span(start, end)
