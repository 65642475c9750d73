"""The pieces that claims are made of: what somebody says in an article, and what the outlet says in its own voice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from takhrij.claims.disputes import stance
from takhrij.claims.views import StatementView, from_attribution
from takhrij.claims.words import content_words
from takhrij.records import Attribution, Reading, Report, Span
from takhrij.text.fold import fold
from takhrij.text.tokens import sentences

#: A sentence of fewer content words states too little to be told from others like it.
SHORTEST = 4
#: The share of a sentence that may lie in what others are made to say before it is no longer the outlet's own.
_OTHERS = 0.3
#: Beginnings of lines that point to where a text was first printed.
_LINKS = ("رابط الخبر", "لقراءه الخبر", "المصدر:")
#: The share of a content that is another's speech from which it is no more than that.
_PASSED_ON = 0.6


#: What units are ordered by: article, first and last code point, attribution or -1.
Key = tuple[str, int, int, int]


@dataclass(frozen=True, slots=True)
class Unit:
    """One stretch of an article that asserts something. ``attribution`` is None where the outlet itself does.

    ``span`` is where it stands in the article: its first content span, or the sentence.
    """

    article: str
    attribution: int | None
    span: Span
    view: StatementView
    denies: bool = False

    @property
    def key(self) -> Key:
        """What units are ordered by: nothing that depends on the order of the input."""
        return key_of(self)


def key_of(one: Unit | Report) -> Key:
    """The key of a unit, and of the unit that a report was made of."""
    return one.article, one.span.start, one.span.end, -1 if one.attribution is None else one.attribution


def units(readings: Iterable[Reading]) -> list[Unit]:
    """All units of ``readings`` in the order of their keys."""
    found: list[Unit] = []
    for reading in readings:
        found.extend(_attributed(reading))
        found.extend(_unattributed(reading))
    return sorted(found, key=lambda unit: unit.key)


def _attributed(reading: Reading) -> Iterable[Unit]:
    stances = [stance(reading, index) for index in range(len(reading.attributions))]
    retold = _retold(reading.attributions)
    for index, attribution in enumerate(reading.attributions):
        denies = stances[index] == "denies"
        if not attribution.content or (index in retold and not denies) or attribution.act == "retract":
            continue
        if stances[index] == "neither":
            continue
        view = from_attribution(reading, attribution)
        if len(content_words(view.content)) >= 2:
            yield Unit(reading.article.id, index, attribution.content[0], view, denies)


def _retold(attributions: Sequence[Attribution]) -> set[int]:
    """Those that do no more than pass on the speech nested in them: what is said there is said by its own speaker."""
    found = set()
    for inner in attributions:
        outer = attributions[inner.parent] if inner.parent is not None and inner.parent < len(attributions) else inner
        if outer.speaker == inner.speaker or not outer.content or (inner.party is not None and inner.party.kind == "document"):
            continue  # a paper that somebody quotes is part of his words
        size = sum(span.end - span.start for span in outer.content)
        passed_on = [inner.cue, *inner.content, *([inner.source] if inner.source else [])]
        if sum(_shared(span, passed_on) for span in outer.content) >= _PASSED_ON * size:
            found.add(inner.parent or 0)
    return found


def _unattributed(reading: Reading) -> Iterable[Unit]:
    article = reading.article
    spoken = [span for a in reading.attributions for span in (a.cue, *a.content, *([a.source] if a.source else []))]
    taken = [*spoken, *article.skip]
    for sentence in sentences(article.text):
        words = sentence.of(article.text)
        if (
            fold(words).startswith(_LINKS)
            or _shared(sentence, taken) > _OTHERS * (sentence.end - sentence.start)
            or len(content_words(words)) < SHORTEST
        ):
            continue
        yield Unit(article.id, None, sentence, StatementView(words, date=article.date, sentence=words))


def _shared(span: Span, others: Sequence[Span]) -> int:
    return sum(max(0, min(span.end, other.end) - max(span.start, other.start)) for other in others)
