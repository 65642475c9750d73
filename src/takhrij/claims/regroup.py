"""Single claims built anew, as people have ruled, without tracing everything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from takhrij.claims.refusals import link
from takhrij.claims.rulings import place_of_unit, ruled
from takhrij.claims.trace import build, denied_by, ground_of, party_of
from takhrij.claims.units import units
from takhrij.claims.voices import outlet_key
from takhrij.corrections import Place, Ruling
from takhrij.records import Claim, CopySet, Reading


@dataclass(frozen=True, slots=True)
class Material:
    """What claims are built anew from: the readings that they stand in, the copies, and the names of all outlets known."""

    readings: Sequence[Reading]
    copies: Sequence[CopySet]
    outlets: Iterable[str]


def regroup(parts: Sequence[Set[Place]], refused: Set[Place], rulings: Iterable[Ruling], material: Material) -> list[Claim]:
    """Claims whose reports stand at the places of ``parts``, one set a claim, after ``rulings`` were applied to them.

    ``refused`` are the places of the denials of all of them: each goes to the claim that it takes up best. A place at which
    the readings have nothing is passed over; a part of which nothing is left makes no claim.
    """
    outlets = {outlet_key(name) for name in material.outlets}
    found = units(material.readings)
    ground = ground_of(material.readings, material.copies, outlets)
    clusters = [[unit for unit in found if not unit.denies and place_of_unit(unit, ground.readings) in part] for part in parts]
    stated = set[Place]().union(*parts)
    said = stated | refused  # what was a statement may have been set right to a denial
    against = [unit for unit in found if place_of_unit(unit, ground.readings) in (said if unit.denies else refused - stated)]
    ground = denied_by(against, ground)
    kept = [cluster for cluster in ruled([c for c in clusters if c], rulings, ground.readings) if cluster]
    linked = link(kept, against, lambda unit: party_of(unit, ground))
    denials = {at: list(given) for at, given in linked.against.items()}
    if kept and linked.rest:
        largest = max(range(len(kept)), key=lambda at: (len(kept[at]), -at))
        denials.setdefault(largest, []).extend(linked.rest)
    claims = [build(cluster, sorted(denials.get(at, ()), key=lambda unit: unit.key), ground) for at, cluster in enumerate(kept)]
    return claims or ([build([], linked.rest, ground)] if linked.rest else [])
