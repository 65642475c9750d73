"""Which answer belongs to which gold attribution, and what of it is right.

Answers are matched by their cue, the one whose content overlaps most where several share it. Words are compared without
punctuation, vowel marks and letter variants; a content counts as right from a word overlap F1 of 0.8, a leading
complementizer set aside. A speaker is right who holds a whole name of the gold entity (titles may come along) or is made of
words of its names, at 0.4 or more of a name's overlap, and fits no other entity of the article better.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from takhrij.text.fold import fold

Row = Mapping[str, Any]
Spans = Sequence[Sequence[int]]

_WORD = re.compile(r"[\w\u064b-\u065f\u0670]+")
_NAME_WORD = re.compile(r"\w+")
_COMPLEMENTIZERS = frozenset({"ان", "بان"})
RIGHT_CONTENT = 0.8
_RIGHT_NAME = 0.4


class Words:
    """The words of a text by offset."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = [m.span() for m in _WORD.finditer(text)]

    def inside(self, spans: Spans) -> frozenset[int]:
        """The indexes of the words that lie, at least in part, in ``spans``."""
        return frozenset(i for i, (s, e) in enumerate(self.spans) for a, b in spans if s < b and a < e)

    def content(self, spans: Spans) -> frozenset[int]:
        """The words of a content without a leading complementizer."""
        words = self.inside(spans)
        if words:
            first = min(words)
            if fold(self.text[slice(*self.spans[first])]) in _COMPLEMENTIZERS:
                words -= {first}
        return words


def overlap(a: frozenset[Any], b: frozenset[Any]) -> float:
    """The F1 of two sets, 1 for two empty ones."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 1.0


def _bag(name: str | None) -> frozenset[str]:
    return frozenset(fold(w) for w in _NAME_WORD.findall(name or ""))


def same_name(said: str | None, names: Sequence[str], others: Iterable[Sequence[str]] = ()) -> bool:
    """Whether ``said`` names the entity called ``names`` at least as well as any of ``others``."""
    answer = _bag(said)
    if not answer:
        return False
    mine = _fit(answer, names)
    return mine > 0 and all(mine >= _fit(answer, other) for other in others)


def _fit(answer: frozenset[str], names: Sequence[str]) -> float:
    bags = [_bag(n) for n in names]
    known = frozenset[str]().union(*bags)
    best = max((overlap(answer, want) for want in bags if want and (want <= answer or answer <= known)), default=0.0)
    return best if best >= _RIGHT_NAME else 0.0


@dataclass(frozen=True, slots=True)
class Side:
    """One attribution, gold or answered, as sets of words."""

    cue: frozenset[int]
    source: frozenset[int]
    content: frozenset[int]
    target: frozenset[int]
    medium: frozenset[int]
    row: Row


@dataclass(frozen=True, slots=True)
class Judged:
    """A gold attribution with the answer matched to it (None where missed) and what of it is right."""

    gold: Side
    answer: Side | None
    names: tuple[str, ...]
    speaker_right: bool = False
    content_right: bool = False

    @property
    def right(self) -> bool:
        """Who said what: the cue found, the speaker and the content right."""
        return self.speaker_right and self.content_right


@dataclass(frozen=True, slots=True)
class Match:
    """One article: its gold attributions judged, the answers that match none, and how many parents are right."""

    row: Row
    judged: tuple[Judged, ...]
    spurious: tuple[Side, ...]
    answers: int
    nested: tuple[int, int, int] = field(default=(0, 0, 0))  # right, found, there


def _side(words: Words, a: Row) -> Side:
    def part(name: str) -> frozenset[int]:
        return words.inside([a[name]]) if a.get(name) else frozenset()

    return Side(part("cue"), part("source"), words.content(a.get("content") or []), part("target"), part("medium"), a)


def parents(attributions: Sequence[Row]) -> list[int | None]:
    """For each attribution the innermost other one whose content holds its cue."""
    found: list[int | None] = []
    for i, a in enumerate(attributions):
        start, end = a["cue"]
        around = [
            (e - s, j)
            for j, b in enumerate(attributions)
            if j != i
            for s, e in b.get("content") or []
            if s <= start and end <= e
        ]
        found.append(min(around)[1] if around else None)
    return found


def match(gold: Row, answers: Sequence[Row]) -> Match:
    """Match the answers for one article to its gold row."""
    words = Words(gold["text"])
    theirs = [_side(words, a) for a in answers]
    free = set(range(len(theirs)))
    judged: list[Judged] = []
    partner: dict[int, int] = {}
    entities: Mapping[str, Sequence[str]] = gold["entities"]
    for k, g in enumerate(gold["attributions"]):
        side = _side(words, g)
        names = tuple(entities.get(g["speaker"], ()))
        fits = [i for i in free if theirs[i].cue & side.cue]
        if not fits:
            judged.append(Judged(side, None, names))
            continue
        best = max(fits, key=lambda i: overlap(theirs[i].content, side.content))
        free.discard(best)
        partner[k] = best
        said = theirs[best].row.get("speaker")
        others = [n for e, n in entities.items() if e != g["speaker"]]
        speaker = not said if g["speaker"] is None else same_name(said, names, others)
        content = overlap(theirs[best].content, side.content) >= RIGHT_CONTENT
        judged.append(Judged(side, theirs[best], names, speaker, content))
    above = parents(gold["attributions"])
    right = sum(
        j is not None and k in partner and j in partner and answers[partner[k]].get("parent") == partner[j]
        for k, j in enumerate(above)
    )
    nested = (right, sum(a.get("parent") is not None for a in answers), sum(j is not None for j in above))
    return Match(gold, tuple(judged), tuple(theirs[i] for i in sorted(free)), len(answers), nested)
