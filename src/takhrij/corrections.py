"""What people set right: in a reading, who speaks and what is said; among claims, which reports belong together.

A correction knows its place by the words of the text, not by a number that the next reading may change: the cue of an
attribution, or the sentence that an outlet asserts in its own voice. So it is applied again to every later reading of the
same text. Where the text is another one, or the later reading has nothing at that place, it rests, and is not moved
elsewhere by guessing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from takhrij.records import Act, Attribution, Party, Reading, Report, Span

#: What of an attribution a person sets right. ``added`` is one that the program did not see, ``removed`` one that is none.
Part = Literal["speaker", "source", "content", "act", "added", "removed"]
#: Whether reports belong to one claim or do not.
Bond = Literal["together", "apart"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the cue of an attribution, or (``attributed`` false) a sentence, in the text with this digest.

    ``nth`` counts the attributions that share a cue, in the order of the reading.
    """

    article: str
    text_sha256: str
    mark: Span
    attributed: bool = True
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Fix:
    """One attribution set right. Of the other fields, only those that ``parts`` names count.

    ``speaker`` brings ``speaker_span``, ``actor`` and ``party`` along. An ``added`` attribution takes all of them.
    """

    place: Place
    parts: tuple[Part, ...]
    speaker: str | None = None
    speaker_span: Span | None = None
    actor: str | None = None
    party: Party | None = None
    source: Span | None = None
    content: tuple[Span, ...] = ()
    act: Act = "state"


@dataclass(frozen=True, slots=True)
class Ruling:
    """Reports that a person put into one claim, or parted: ``these`` from ``those``."""

    bond: Bond
    these: tuple[Place, ...]
    those: tuple[Place, ...]


def place_of(reading: Reading, number: int) -> Place:
    """The place of an attribution by its number in the reading."""
    cue = reading.attributions[number].cue
    nth = sum(a.cue == cue for a in reading.attributions[:number])
    return Place(reading.article.id, reading.article.text_sha256, cue, nth=nth)


def place_of_report(report: Report, reading: Reading) -> Place:
    """The place of a report that the article of ``reading`` carries."""
    if report.attribution is not None and report.attribution < len(reading.attributions):
        return place_of(reading, report.attribution)
    return Place(report.article, reading.article.text_sha256, report.span, attributed=False)


def corrected(reading: Reading, fixes: Iterable[Fix]) -> Reading:
    """``reading`` with the fixes applied in order; those of another text, or of a cue that is not there, change nothing.

    Who speaks inside whose words is told anew where a content or the number of attributions changed. Raises
    :class:`~takhrij.errors.SpanError` for a span that does not fit the text.
    """
    article = reading.article
    mine = [fix for fix in fixes if fix.place.article == article.id and fix.place.text_sha256 == article.text_sha256]
    found = list(reading.attributions)
    moved = False
    for fix in mine:
        for span in (fix.place.mark, *fix.content, *([fix.source] if fix.source else [])):
            span.of(article.text)
        same = [i for i, a in enumerate(found) if a.cue == fix.place.mark]
        at = same[fix.place.nth] if fix.place.nth < len(same) else None
        if at is None and "added" in fix.parts:
            found.append(_fixed(Attribution(fix.place.mark, fix.content, fix.act), fix, _ALL))
            found.sort(key=lambda a: a.cue)
            moved = True
        elif at is not None and "removed" in fix.parts:
            found = _without(found, at)
            moved = True
        elif at is not None:
            found[at] = _fixed(found[at], fix, _ALL if "added" in fix.parts else fix.parts)
            moved = moved or bool({"content", "added"} & set(fix.parts))
    return replace(reading, attributions=_nested(found) if moved else tuple(found)) if mine else reading


_ALL: tuple[Part, ...] = ("speaker", "source", "content", "act")


def _fixed(a: Attribution, fix: Fix, parts: Sequence[Part]) -> Attribution:
    if "speaker" in parts:
        a = replace(a, speaker=fix.speaker, speaker_span=fix.speaker_span, actor=fix.actor, party=fix.party)
    if "source" in parts:
        a = replace(a, source=fix.source)
    if "content" in parts:
        a = replace(a, content=fix.content)
    if "act" in parts:
        a = replace(a, act=fix.act, polarity="denied" if fix.act == "deny" else "asserted")
    return replace(a, confidence=1.0, why=(*a.why, f"set right by a person: {', '.join(parts)}"))


def _without(found: Sequence[Attribution], at: int) -> list[Attribution]:
    """``found`` without one; what was said inside its words is said inside those around them."""
    up = found[at].parent

    def moved(parent: int | None) -> int | None:
        parent = up if parent == at else parent
        return parent - 1 if parent is not None and parent > at else parent

    return [replace(a, parent=moved(a.parent)) for i, a in enumerate(found) if i != at]


def _nested(found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Each with the one in whose narrowest content its cue lies; what would lie in itself lies in nothing."""
    parents: list[int | None] = []
    for i, inner in enumerate(found):
        around = [
            (span.end - span.start, j)
            for j, outer in enumerate(found)
            for span in outer.content
            if j != i and span.start <= inner.cue.start and inner.cue.end <= span.end
        ]
        parents.append(min(around)[1] if around else None)
    for i in range(len(parents)):
        seen, at = {i}, parents[i]
        while at is not None and at not in seen:
            seen.add(at)
            at = parents[at]
        if at is not None:
            parents[i] = None
    return tuple(replace(a, parent=parent) for a, parent in zip(found, parents, strict=True))
