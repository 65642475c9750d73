"""When a claim was carried and denied: the facts of the timeline, the same for its drawing and its table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from takhrij.desk.cards import ReportRow
from takhrij.records import Article, Claim, Event

MomentKind = Literal["report", "copy", "bare", "denial", "retraction"]
#: From the least grave on: an article that does several things is drawn as the gravest.
KINDS: tuple[MomentKind, ...] = get_args(MomentKind)


@dataclass(frozen=True, slots=True)
class Moment:
    """What one article did: carried the claim, as a copy or without a source; denied it; took it back.
    ``kinds`` are in the order of :data:`KINDS`."""

    day: str | None
    article: str
    outlet: str
    title: str
    kinds: tuple[MomentKind, ...]
    events: tuple[Event, ...]

    @property
    def kind(self) -> MomentKind:
        """The gravest of them."""
        return self.kinds[-1]


def moments(claim: Claim, rows: Sequence[ReportRow], articles: Mapping[str, Article]) -> list[Moment]:
    """A moment for each article, by day, undated ones last."""
    kinds: dict[str, set[MomentKind]] = {}
    for row in rows:
        kind: MomentKind = "copy" if row.copy_of is not None else "bare" if row.report.attribution is None else "report"
        kinds.setdefault(row.report.article, set()).add(kind)
    for denial in claim.denials:
        kinds.setdefault(denial.article, set()).add("denial")
    told: dict[str, list[Event]] = {}
    for event in claim.events:
        told.setdefault(event.article, []).append(event)
        if event.kind == "retraction":
            kinds.setdefault(event.article, set()).add("retraction")
        elif event.article not in kinds:
            kinds[event.article] = {"report"}
    found = [_moment(name, done, told.get(name, []), articles.get(name)) for name, done in kinds.items()]
    return sorted(found, key=lambda m: (m.day or "9999", m.article))


def _moment(name: str, done: set[MomentKind], events: list[Event], article: Article | None) -> Moment:
    day = article.date if article is not None else next((event.date for event in events if event.date), None)
    outlet = (article.outlet if article is not None else None) or ""
    title = article.title if article is not None else ""
    return Moment(day, name, outlet, title, tuple(kind for kind in KINDS if kind in done), tuple(events))
