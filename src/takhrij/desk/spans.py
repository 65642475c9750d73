"""Words that a person typed or took over, found in an article. Nothing is guessed: where it is not clear, it is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from takhrij.errors import TakhrijError
from takhrij.records import Reading, Span
from takhrij.render.safe import shown


class Unclear(TakhrijError):
    """The words are not in the text (``words_not_there``), or more than once and none of these places is the one at hand
    (``words_twice``)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def find(text: str, words: str, now: Sequence[Span], near: Span | None = None) -> Span:
    """Where ``words`` stand in ``text``, whatever white space is between them: the one place, else the one that overlaps a
    span of ``now``, else the one in the same line as ``near``. Raises :class:`Unclear`."""
    parts = words.split()
    if not parts:
        raise Unclear("words_not_there")
    for span in now:  # left as the page showed it, with controls as codes
        if shown(span.of(text)) == " ".join(parts):
            return span
    places = [Span(*m.span()) for m in re.finditer(r"\s+".join(map(re.escape, parts)), text)]
    if not places:
        raise Unclear("words_not_there")
    for wanted in (places, _over(places, now), _in_line(text, places, near)):
        if len(wanted) == 1:
            return wanted[0]
    raise Unclear("words_twice")


def _over(places: Sequence[Span], now: Sequence[Span]) -> list[Span]:
    return [place for place in places if any(place.start < other.end and other.start < place.end for other in now)]


def _in_line(text: str, places: Sequence[Span], near: Span | None) -> list[Span]:
    if near is None:
        return []
    start = text.rfind("\n", 0, near.start) + 1
    end = text.find("\n", near.end)
    return [place for place in places if start <= place.start and place.end <= (len(text) if end < 0 else end)]


def names_in(reading: Reading) -> list[str]:
    """Who speaks in an article, each once, in the order of the text: what a correction may choose from."""
    text = reading.article.text
    spoken = [a.speaker for a in reading.attributions if a.speaker]
    sources = [a.source.of(text) for a in reading.attributions if a.source]
    return list(dict.fromkeys([*spoken, *sources]))
