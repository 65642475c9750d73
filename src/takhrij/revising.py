"""Corrections that take effect at once: each is kept, and the claims that it touches are built anew, in one transaction.

Tracing a whole collection takes minutes on a large one. Here only the claims that a correction touches are built anew, from
the readings of the articles that carry them; the next trace of all does the same with everything known, since it reads the
corrected articles and follows the rulings. What a person adds is joined like a new article.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from takhrij.corrections import Bond, Fix, Place, Ruling, place_of, place_of_report
from takhrij.errors import UsageError
from takhrij.records import Attribution, Claim, Reading

if TYPE_CHECKING:
    from takhrij.ledger import Views, Writer
    from takhrij.ledger.answers import KeptArticle

#: Claims of one article, or of one ruling, that are built anew at most.
_MOST = 1000


def named(reading: Reading, fix: Fix) -> Fix:
    """``fix`` with the actor and the party of its speaker: those that the article has for the name, else as names are read."""
    if fix.speaker is None or not {"speaker", "added"} & set(fix.parts):
        return fix
    for a in reading.attributions:
        if a.speaker == fix.speaker and a.cue != fix.place.mark:
            return replace(fix, actor=a.actor, party=a.party, speaker_span=fix.speaker_span or a.speaker_span)
    from takhrij.entities import resolve

    alone = Attribution(fix.place.mark, fix.content, "state", source=fix.speaker_span, speaker=fix.speaker)
    [found], _ = resolve(reading.article, [alone])
    return replace(fix, actor=found.actor, party=found.party)


def correct(writer: Writer, views: Views, fixes: Sequence[Fix], note: str = "") -> list[int]:
    """Set attributions of one article right, and its claims with them; the numbers of the edits.

    An attribution that was not seen before joins the claims that it belongs to, if the collection was ever traced.
    """
    from takhrij.joining import join

    article = fixes[0].place.article
    with writer.batch():
        kept = _article(views, article)
        touched = _carried(views, kept)
        done = [writer.fix(named(kept.reading, fix), note) for fix in fixes]
        reading = writer.reading(article)
        if any("added" in fix.parts for fix in fixes) and views.due().traced is not None:
            join(writer, views, [article], {article: reading})
        else:
            _rebuild(writer, views, touched, reading)
    return done


def rule(writer: Writer, views: Views, bond: Bond, claims: Sequence[str], chosen: Iterable[int] = (), note: str = "") -> int:
    """Part the reports ``chosen`` (by number) from the others of a claim, or put two claims together; the edit's number.

    Raises :class:`UsageError` for claims that are not current, and where nothing or all of a claim is chosen.
    """
    with writer.batch():
        kept = [_claim(views, name) for name in claims]
        readings = _readings(views, kept)
        places = [[place_of_report(r, readings[r.article]) for r in claim.reports if r.article in readings] for claim in kept]
        if bond == "apart":
            numbers = set(chosen)
            these = tuple(dict.fromkeys(place for i, place in enumerate(places[0]) if i in numbers))
            those = tuple(place for place in dict.fromkeys(places[0]) if place not in these)
        else:
            these, those = (tuple(dict.fromkeys(p)) for p in (places[0], places[-1]))
        if not these or not those or (bond == "together" and (len(kept) != 2 or kept[0].id == kept[1].id)):
            raise UsageError("choose some reports of the claim, not all of them" if bond == "apart" else "name another claim")
        number = writer.rule(Ruling(bond, these, those), kept[0].id, note)
        _rebuild(writer, views, kept, None, rulings=writer.rulings())
    return number


def take_back(writer: Writer, views: Views, number: int, note: str = "") -> None:
    """Undo a correction or a ruling, and what it did to claims. Raises :class:`UsageError` where it does not stand."""
    old = views.edit(number)
    if old is None:
        raise UsageError(f"there is no correction {number}")
    with writer.batch():
        if isinstance(old.value, Fix):
            touched = _carried(views, _article(views, old.subject))
            writer.undo(number, note)
            _rebuild(writer, views, touched, writer.reading(old.subject))
            return
        writer.undo(number, note)
        if isinstance(old.value, Ruling):
            reverse: Bond = "apart" if old.value.bond == "together" else "together"
            touched = _holding(views, {*old.value.these, *old.value.those})
            back = replace(old.value, bond=reverse)
            _rebuild(writer, views, touched, None, rulings=(back, *writer.rulings()))


def _rebuild(
    writer: Writer, views: Views, touched: Sequence[Claim], changed: Reading | None, rulings: Sequence[Ruling] = ()
) -> None:
    """Build ``touched`` anew, with ``changed`` in the place of its article's reading."""
    from takhrij.claims import Material, regroup

    if not touched:
        return
    before = _readings(views, touched)
    after = before if changed is None else {**before, changed.article.id: changed}
    material = Material(tuple(after.values()), views.copies(), tuple(outlet.name for outlet in views.outlets()))
    groups = [touched] if rulings else [[claim] for claim in touched]
    made: dict[str, Claim] = {}
    for group in groups:
        parts = [{place_of_report(r, before[r.article]) for r in claim.reports if r.article in before} for claim in group]
        refused = {
            place_of(reading, d.attribution)
            for claim in group
            for d in claim.denials
            if (reading := before.get(d.article)) is not None and d.attribution < len(reading.attributions)
        }
        made |= {claim.id: claim for claim in regroup(parts, refused, rulings, material)}
    writer.replace_claims([claim.id for claim in touched], made.values())


def _carried(views: Views, article: KeptArticle) -> list[Claim]:
    """The current claims that an article carries or denies."""
    found = [views.claim(name) for name in article.claims[:_MOST]]
    return [one.claim for one in found if one is not None and one.current]


def _holding(views: Views, places: set[Place]) -> list[Claim]:
    """The current claims that have a report at any of ``places``."""
    carriers = [_article(views, name) for name in sorted({place.article for place in places})]
    claims = {claim.id: claim for article in carriers for claim in _carried(views, article)}
    readings = _readings(views, list(claims.values()))
    return [
        claim
        for claim in claims.values()
        if any(place_of_report(r, readings[r.article]) in places for r in claim.reports if r.article in readings)
    ]


def _claim(views: Views, name: str) -> Claim:
    kept = views.claim(name)
    if kept is None or not kept.current:
        raise UsageError(f"{name}: no such claim in the ledger now")
    return kept.claim


def _article(views: Views, name: str) -> KeptArticle:
    kept = views.article(name)
    if kept is None:
        raise UsageError(f"{name}: no such article in the ledger")
    return kept


def _readings(views: Views, claims: Sequence[Claim]) -> dict[str, Reading]:
    """The readings of all articles that report or deny any of ``claims``."""
    ids = sorted({r.article for c in claims for r in c.reports} | {d.article for c in claims for d in c.denials})
    return views.readings_by_id(ids)
