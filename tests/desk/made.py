"""A small ledger made by hand: readings and claims set down without reading anything, with whatever words a test wants."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from takhrij.ledger import Ledger, open_ledger
from takhrij.records import (
    Article,
    Attribution,
    ChainLink,
    Claim,
    CopySet,
    Denial,
    Event,
    OriginParty,
    Origins,
    Page,
    Party,
    PlaceMention,
    Reading,
    Report,
    Span,
    Statement,
    Trace,
)

SAID = "قال مدير المياه إن السد سليم تمامًا"
TEXT = f"السد سليم\n{SAID}.\nونفت البلدية ذلك."
CLAIM = "c0ffee0123456789"


@dataclass(frozen=True)
class Names:
    """What stands in each field that comes from outside."""

    speaker: str = "مدير المياه"
    outlet: str = "صحيفة الوادي"
    title: str = "السد سليم"
    article: str = "wadi/1.html"
    reason: str = "تكلّم بنفسه"


def fill(where: Path, names: Names | None = None) -> None:
    """Make a ledger of three articles, the second a copy of the first, and one claim that all carry."""
    names = names or Names()
    with open_ledger(where) as ledger:
        _fill(ledger, names)


def _fill(ledger: Ledger, names: Names) -> None:
    first = _reading(names)
    readings = [
        first,
        Reading(replace(first.article, id=names.article + "-2", outlet=names.outlet + " ٢", date=None)),
        Reading(replace(first.article, id=names.article + "-3", outlet=None, lang="ar", date="2024-05-03")),
    ]
    with ledger.writer("noura") as writer:
        for reading in readings:
            page = Page(reading.article.id, names.title.encode("utf-8", "replace"))
            writer.add(replace(reading, article=replace(reading.article, page_sha256=page.sha256)), page)
        ids = tuple(reading.article.id for reading in readings)
        writer.put_trace(Trace(tuple(readings), (CopySet(ids[:2], ids[0], names.reason),), (_claim(ids, names),)))


def _reading(names: Names) -> Reading:
    text = TEXT + "\n" + names.title
    at = text.index("قال")
    content = Span(text.index("السد سليم تمامًا"), text.index("."))
    said = Attribution(
        cue=Span(at, at + 3),
        content=(content,),
        act="state",
        source=Span(at + 4, at + 15),
        speaker=names.speaker,
        actor=names.speaker,
        party=Party(names.speaker + " ٣", "state_body", "LB"),
        confidence=0.9,
    )
    at = text.index("نفت")
    denied = Attribution(cue=Span(at, at + 3), content=(content,), act="deny", medium=Span(at + 4, at + 11), parent=0)
    place = PlaceMention(Span(0, 4), names.title, "other")
    article = Article(
        names.article, text, names.title, url="http://example.org/" + names.title, date="2024-05-01", outlet=names.outlet,
        credit=names.outlet, author=names.speaker,
    )  # fmt: skip
    return Reading(article, (said, denied), (place,))


def _claim(ids: tuple[str, ...], names: Names) -> Claim:
    content = Span(TEXT.index("السد سليم تمامًا"), TEXT.index("."))
    chain = (ChainLink("outlet", names.outlet), ChainLink("speaker", names.speaker))
    return Claim(
        CLAIM,
        f"السد سليم تمامًا {names.title}",
        (Statement(names.speaker, None, "state", "asserted"),),
        (
            Report(ids[0], 0, content, 0, chain),
            Report(ids[1], None, content, None, (ChainLink("outlet", names.outlet + " ٢"),)),
            Report(ids[2], None, content, None, ()),
        ),
        outlets=12,
        unattributed=2,
        origins=Origins(
            1,
            4,
            (
                OriginParty(names.speaker, None, True, True, why=names.reason, why_ar=names.reason),
                OriginParty("مسؤول", None, False, False, as_told_by=names.speaker, why="told", why_ar="رُوي عنه"),
            ),
        ),
        denials=(Denial("البلدية", "whole", ids[0], 1), Denial("البلدية", "whole", ids[1], 0)),
        events=(Event("first_report", "2024-05-01", ids[0], names.reason, names.reason),),
    )
