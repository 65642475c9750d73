"""The words of an article's body."""

from __future__ import annotations

import re
from dataclasses import dataclass

from takhrij.records import Article
from takhrij.text.tokens import MARKS

#: A word with the marks on it, which folding takes away.
_WORD = re.compile(rf"[\w{MARKS}]+")
#: A first line of the body that is a credit or a dateline and no sentence: short, and without a full stop.
_FURNITURE_WORDS = 9


@dataclass(frozen=True, slots=True)
class Body:
    """An article's id and the words of its body as written, in order."""

    id: str
    words: tuple[str, ...]


def body(article: Article) -> Body:
    """The body of ``article``: its text without the headline, the spans to be skipped, and short opening lines.

    An article of one line is its own body. Opening lines of fewer than nine words with no full stop are credits or
    datelines (``القاهرة - أ ش أ``), which are the outlet's and no part of the text that was copied.
    """
    text = _without(article)
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1:
        lines = lines[1:]
    words = [_WORD.findall(line) for line in lines]
    while len(words) > 1 and len(words[0]) < _FURNITURE_WORDS and not lines[0].rstrip().endswith((".", "؟", "!")):
        words, lines = words[1:], lines[1:]
    return Body(article.id, tuple(word for line in words for word in line))


def _without(article: Article) -> str:
    if not article.skip:
        return article.text
    kept: list[str] = []
    at = 0
    for span in sorted(article.skip):
        kept.append(article.text[at : max(at, span.start)])
        at = max(at, span.end)
    return "".join([*kept, article.text[at:]])
