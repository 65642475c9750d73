"""What people ruled on reports: clusters of units parted and put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from takhrij.claims.units import Unit
from takhrij.corrections import Place, Ruling, place_of
from takhrij.records import Reading


def ruled(clusters: Sequence[Sequence[Unit]], rulings: Iterable[Ruling], readings: Mapping[str, Reading]) -> list[list[Unit]]:
    """``clusters`` after each ruling in turn, so that the last word counts."""
    found = [list(cluster) for cluster in clusters]
    for ruling in rulings:
        these, those = set(ruling.these), set(ruling.those)
        marked = [[place_of_unit(unit, readings) for unit in cluster] for cluster in found]
        if ruling.bond == "together":
            touched = [at for at, places in enumerate(marked) if (these | those) & set(places)]
            sides = [side for side in (these, those) if any(side & set(marked[at]) for at in touched)]
            if len(sides) == 2 and len(touched) > 1:
                joined = sorted((unit for at in touched for unit in found[at]), key=lambda unit: unit.key)
                found = [cluster for at, cluster in enumerate(found) if at not in touched] + [joined]
            continue
        parted: list[Unit] = []
        for at, places in enumerate(marked):
            if these & set(places) and those & set(places):
                parted += [unit for unit, place in zip(found[at], places, strict=True) if place in these]
                found[at] = [unit for unit, place in zip(found[at], places, strict=True) if place not in these]
        if parted:
            found.append(sorted(parted, key=lambda unit: unit.key))
    return [cluster for cluster in found if cluster]


def place_of_unit(unit: Unit, readings: Mapping[str, Reading]) -> Place:
    """Where a unit stands, as corrections know it."""
    reading = readings[unit.article]
    if unit.attribution is None:
        return Place(unit.article, reading.article.text_sha256, unit.span, attributed=False)
    return place_of(reading, unit.attribution)
