"""Words and marks of a text, each with its code-point offsets and its folded form.

A token is a run of letters, digits and the marks that sit on them, or one other visible character. White space and
bidi controls between tokens belong to none. A mark glued between two words parts them: ``السوريين.وقال`` is three tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from takhrij.records import Span
from takhrij.text.fold import fold

#: Marks that may stand inside a word: Arabic vowel marks, superscript alef, Quranic marks, joiners, tatweel (a \w).
MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200c\u200d"
_TOKEN = re.compile(rf"[\w{MARKS}]+|[^\s\w{MARKS}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

_SENTENCE_END = re.compile(r"[.!?؟…]+[\"'”’»“)\]]*(?=\s|$)|[.!؟](?=[\u0621-\u064a])|\n+")
#: One- and two-letter titles that carry a full stop which ends no sentence (doctor, engineer, professor, hijri, CE).
_TITLES = frozenset({"د", "م", "ا", "أ", "أد", "ه", "هـ", "ص", "ت", "ج", "س", "ق", "ب"})
_LAST_WORD = re.compile(rf"(?:^|[\s(«\"“'.])([\w{MARKS}]+)$")

#: Folded forms are kept, since most words of a text were seen before; longer runs are no words and not kept.
_KEPT_LENGTH = 40
_form = lru_cache(maxsize=1 << 15)(fold)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel lists over the tokens of a text: where each starts and ends, and its folded form."""

    text: str
    starts: list[int]
    ends: list[int]
    forms: list[str]

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, first: int, last: int) -> Span:
        """The characters of the tokens ``first`` to ``last``, the last one included."""
        return Span(self.starts[first], self.ends[last])

    def word(self, i: int) -> str:
        """The token as the text has it."""
        return self.text[self.starts[i] : self.ends[i]]


def tokenize(text: str) -> Tokens:
    """The tokens of ``text`` in order, in time linear in its length."""
    spans = [match.span() for match in _TOKEN.finditer(text)]
    forms = [(_form if e - s < _KEPT_LENGTH else fold)(text[s:e]) for s, e in spans]
    return Tokens(text, [s for s, _ in spans], [e for _, e in spans], forms)


def lines(text: str) -> Iterator[Span]:
    """The lines of ``text`` that hold more than white space, ends of line left out."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(at, at + len(line))
        at += len(line) + 1


def sentences(text: str) -> Iterator[Span]:
    """The sentences of ``text``, trimmed. A line ends a sentence; a full stop after a title or initial (``د.``) does not."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match.group()[0] == ".":
            before = _LAST_WORD.search(text, max(start, match.start() - 6), match.start())
            if before and before.group(1) in _TITLES:
                continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)
