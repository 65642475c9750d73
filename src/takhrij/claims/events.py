"""What happened to a claim, day by day: first report, first naming of each origin, denials, retractions, other numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from takhrij.claims.chains import lineage
from takhrij.claims.features import numbers_of
from takhrij.claims.units import Unit
from takhrij.claims.voices import Voice, voice
from takhrij.records import Denial, Event, Reading


def events(
    members: Sequence[Unit],
    denied: Sequence[Denial],
    readings: Mapping[str, Reading],
    names: Mapping[Voice, str],
    retracted: Mapping[str, str],
) -> tuple[Event, ...]:
    """The events of one claim; ``retracted`` holds the notices that take it back, with their words.

    Articles without a date come last; on one day, the order of article ids decides.
    """
    ordered = sorted(members, key=lambda unit: (_day(readings, unit.article), unit.key))
    found = [*_reports(ordered, readings, names), *_numbers(ordered, readings)]
    for denial in denied:
        who = denial.party or "?"
        found.append(_event("denial", denial.article, readings, f"{who} denies it ({denial.scope})", f"نفي من {who}"))
    for article, words in retracted.items():
        outlet = readings[article].article.outlet or article
        told, told_ar = f"{outlet} takes it back: {words}", f"{outlet} يسحب خبره: {words}"
        found.append(_event("retraction", article, readings, told, told_ar))
    return tuple(sorted(found, key=lambda e: (e.date or "9999", _RANK[e.kind], e.article, e.text)))


_RANK = {"first_report": 0, "origin_named": 1, "number_changed": 2, "denial": 3, "retraction": 4}


def _reports(ordered: Sequence[Unit], readings: Mapping[str, Reading], names: Mapping[Voice, str]) -> Iterable[Event]:
    named: set[str] = set()
    for at, unit in enumerate(ordered):
        outlet = readings[unit.article].article.outlet or unit.article
        if at == 0:
            yield _event("first_report", unit.article, readings, f"first report, by {outlet}", f"أول خبر، في {outlet}")
        if unit.attribution is None:
            continue
        attribution = lineage(readings[unit.article].attributions, unit.attribution)[-1]
        who = voice(attribution)
        name = names[who] if who else ""
        if attribution.act == "retract":
            yield _event("retraction", unit.article, readings, f"{name or '?'} takes it back", f"{name or '?'} يتراجع عنه")
        elif name and who and not who.relay and name not in named:
            named.add(name)
            yield _event("origin_named", unit.article, readings, f"{name} named as origin", f"تسمية {name} مصدراً")


def _numbers(ordered: Sequence[Unit], readings: Mapping[str, Reading]) -> Iterable[Event]:
    """A number for a thing already counted, other than the last one given for it."""
    last: dict[str, float] = {}
    for unit in ordered:
        for quantity in numbers_of(unit.view.content):
            before = last.get(quantity.counted)
            if quantity.counted and before is not None and before != quantity.value:
                change = f"{before:g} → {quantity.value:g}"
                yield _event("number_changed", unit.article, readings, f"number changed: {change}", f"تغيّر العدد: {change}")
            if quantity.counted:
                last[quantity.counted] = quantity.value


def _event(kind: str, article: str, readings: Mapping[str, Reading], text: str, text_ar: str) -> Event:
    return Event(kind, readings[article].article.date, article, text, text_ar)


def _day(readings: Mapping[str, Reading], article: str) -> str:
    return readings[article].article.date or "9999"
