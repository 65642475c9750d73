"""New articles joined to a traced collection in place: only the claims that they may touch are built anew.

Tracing a whole collection takes as long as it is large. Here the articles near new ones are looked up, by the rare words they
share and by their days; their claims, of the nearest all and of the others those that a new statement may touch, are traced
together with the new articles, with all reports and denials of these claims, wherever they stand. These claims are replaced,
in one transaction for a few articles at a time; every other claim stays as it is, and no attributed report is lost.

Where it is not what a trace of everything would give: a claim may have a report in an article that shares too few rare words
with the new one, and a party goes by the fullest name that is known near by. The next full trace settles both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from takhrij.claims import Part
from takhrij.claims import trace as trace_claims
from takhrij.claims.propose import WINDOW
from takhrij.claims.touch import touched as touched_units
from takhrij.claims.units import Key, Unit, key_of, units
from takhrij.pipeline import retrace
from takhrij.records import Claim, CopySet, Reading
from takhrij.stories import find_copies

if TYPE_CHECKING:
    from takhrij.ledger import Due, TraceKept, Views, Writer

#: So many new articles at most are joined in place, if they are no more than this share of those traced last.
FEW, SHARE = 200, 0.1
#: Once so large a share of those traced last was joined in place, everything is traced anew.
SINCE = 0.2
#: Articles joined in one transaction: other writers wait for it.
_TOGETHER = 4
#: Articles near a new one that are looked at, and articles at most that deny what they say.
_NEAR, _DENIERS = 40, 200
#: For each new article, statements and sentences of the nearest ones, which are traced whole.
_WHOLE = 100


def settle(writer: Writer, views: Views) -> TraceKept | None:
    """Join what was added or read anew since the last time, in place where that is little, else by tracing everything; None
    where nothing was. Broken off, it has joined some articles, and the next call goes on."""
    kept: TraceKept | None = None
    while in_place(due := views.due()):
        done = join(writer, views, due.articles[:_TOGETHER])
        kept = done if kept is None else kept + done
    return retrace(writer, views) if due.articles else kept


def in_place(due: Due) -> bool:
    """Whether so little is due that it is joined in place."""
    number = len(due.articles)
    traced = due.traced or 0
    return 0 < number <= min(FEW, SHARE * traced) and due.joined + number <= SINCE * traced


def join(writer: Writer, views: Views, ids: Sequence[str], changed: Mapping[str, Reading] | None = None) -> TraceKept:
    """Join the articles with these ids in place, in one transaction, however many they are.

    ``changed`` are readings of theirs that only the open transaction has.
    """
    from takhrij.ledger import Joined

    with writer.batch():
        due = views.due()
        new = views.readings_by_id(ids) | dict(changed or {})
        near = [name for name in dict.fromkeys(chain(*(_near(views, one) for one in new.values()))) if name not in new]
        copies = _copies(views, {*near, *new}, new)
        around = _around(views, near, new, copies)
        claims = trace_claims(tuple(around.readings.values()), copies.all, views.rulings(), around.part)
        left = [name for name in due.articles if name not in set(ids)]
        numbers = {"traced": due.traced or 0, "joined": due.joined + len(new)}
        return writer.join(Joined(tuple(around.touched), claims, copies.gone, copies.found, left=left, **numbers))


@dataclass(frozen=True, slots=True)
class _Copies:
    """The sets of copies that new articles touched, what was found in their place, and all others of the collection."""

    gone: list[CopySet]
    found: list[CopySet]
    others: list[CopySet]

    @property
    def all(self) -> list[CopySet]:
        """The sets of the collection as they are then."""
        return [*self.others, *self.found]

    @property
    def changed(self) -> set[str]:
        """The articles in sets that are no more, or were not there before: what is their own text is counted anew."""
        return set[str]().union(*(copy.ids for copy in {*self.gone} ^ {*self.found}))

    def one_text(self, ids: Set[str]) -> set[str]:
        """The articles of ``ids`` and those whose text is one with theirs, by whatever many sets."""
        found, waiting = set(ids), self.all
        while near := [copy for copy in waiting if not found.isdisjoint(copy.ids)]:
            found.update(*(copy.ids for copy in near))
            waiting = [copy for copy in waiting if found.isdisjoint(copy.ids)]
        return found


def _copies(views: Views, whole: set[str], new: Mapping[str, Reading]) -> _Copies:
    """Find the copies among the articles in ``whole`` and those that are in a set with one of them."""
    gone, others = list[CopySet](), list[CopySet]()
    for copy in views.copies():
        (others if whole.isdisjoint(copy.ids) else gone).append(copy)
    members = whole.union(*(copy.ids for copy in gone))
    articles = views.articles_by_id(sorted(members)) | {name: reading.article for name, reading in new.items()}
    beside = [set(copy.ids) for copy in others if not members.isdisjoint(copy.ids)]
    found = find_copies(list(articles.values()), gone)
    return _Copies(gone, [copy for copy in found if not any(ids.issuperset(copy.ids) for ids in beside)], others)


@dataclass(frozen=True, slots=True)
class _Around:
    """The claims that new articles may touch, the readings these are built on, and what of the readings is traced."""

    touched: Mapping[str, Claim]
    readings: Mapping[str, Reading]
    part: Part


def _around(views: Views, near: Sequence[str], new: Mapping[str, Reading], copies: _Copies) -> _Around:
    whole, related = _nearest(views, near, new)
    anew = copies.changed | whole
    touched = {claim.id: claim for claim in views.claims_of(anew.union(near)) if _is_touched(claim, anew, related)}
    deniers, leave = _denied_with(views, touched, whole)
    told = {name for claim in touched.values() for name in _articles(claim)}
    readings = views.readings_by_id(sorted(copies.one_text({*whole, *told, *(key[0] for key in related)}))) | dict(new)
    keys = {key_of(report) for claim in touched.values() for report in claim.reports}
    only = {name: _denying(name, touched, readings) for name in readings if name not in whole | deniers}
    for key in keys | related:
        only.get(key[0], set()).add(key)
    kept = frozenset(key for key in keys if key[0] not in whole.union(near))
    return _Around(touched, readings, Part(only, leave, kept, views.outlet_names()))


def _nearest(views: Views, near: Sequence[str], new: Mapping[str, Reading]) -> tuple[set[str], set[Key]]:
    """The new articles and the nearest of the others, which are traced whole; of the rest what the new ones may touch."""
    whole, rest, most = set(new), list[Unit](), _WHOLE * len(new)
    for reading in views.readings_by_id(near).values():
        found = units([reading])
        most -= len(found)
        if most >= 0:
            whole.add(reading.article.id)
        else:
            rest += found
    return whole, touched_units(units(new.values()), rest)


def _is_touched(claim: Claim, anew: Set[str], related: Set[Key]) -> bool:
    """Whether an article that is traced whole is in a claim, or a statement that new ones may touch is."""
    if any(name in anew for name in _articles(claim)) or any(key_of(report) in related for report in claim.reports):
        return True
    denials = {(key[0], key[3]) for key in related}
    return any((denial.article, denial.attribution) in denials for denial in claim.denials)


def _near(views: Views, reading: Reading) -> list[str]:
    """The articles near one, by its headline, its statements, then all its words."""
    from takhrij.ledger import Nearness

    text = reading.article.text
    said = (span.of(text) for a in reading.attributions for span in a.content)
    found = views.nearby([text.split("\n", 1)[0], *said, text], Nearness(reading.article.date, WINDOW, _NEAR + 1))
    return [name for name in found if name != reading.article.id][:_NEAR]


def _denied_with(views: Views, touched: dict[str, Claim], whole: Set[str]) -> tuple[set[str], frozenset[Key]]:
    """The other articles that deny a touched claim; all claims that these deny are then touched too, since a denial kept with
    a claim does not tell all statements that make it. With the statements of theirs that stand in claims not touched."""
    deniers = set[str]()
    beside: dict[str, Claim] = {}
    while True:
        found = {d.article for claim in touched.values() for d in claim.denials} - deniers - whole
        if not found or len(deniers | found) > _DENIERS:
            break
        deniers |= found
        for claim in views.claims_of(found):
            denied = any(d.article in deniers for d in claim.denials)
            (touched if denied else beside).setdefault(claim.id, claim)
    others = (claim for name, claim in beside.items() if name not in touched)
    return deniers, frozenset(key_of(report) for claim in others for report in claim.reports)


def _denying(article: str, touched: Mapping[str, Claim], readings: Mapping[str, Reading]) -> set[Key]:
    """The keys of the denials of touched claims in an article, as far as the claims tell them."""
    numbers = {d.attribution for claim in touched.values() for d in claim.denials if d.article == article}
    made = readings[article].attributions if article in readings else ()
    return {(article, *made[n].content[0], n) for n in numbers if n < len(made) and made[n].content}


def _articles(claim: Claim) -> Iterator[str]:
    """The articles that a claim tells of: that report it, deny it or take it back."""
    yield from (report.article for report in claim.reports)
    yield from (denial.article for denial in claim.denials)
    yield from (event.article for event in claim.events)
