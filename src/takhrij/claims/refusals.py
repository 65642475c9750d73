"""Which claim a denial is of. A denial restates the core of what it denies, or no more than its key word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from takhrij.claims.alignment import align
from takhrij.claims.decide import content_scores
from takhrij.claims.features import contents, words_of
from takhrij.claims.units import Unit

#: Mean of the best agreements from which a denial is of a claim, and how many of them are asked.
DENIED = 0.5
_BEST = 3
#: The share of a denial's words that a claim must have, where only words are compared, and how many words make it sure.
_COVERED, _SURE = 0.8, 3
#: The share of its words below which a score says nothing.
_TOUCHED = 0.34


@dataclass(frozen=True, slots=True)
class Linked:
    """Denials by the position of the claim that they deny, and those of which no claim is known."""

    against: Mapping[int, Sequence[Unit]]
    rest: Sequence[Unit]


def link(clusters: Sequence[Sequence[Unit]], denied: Sequence[Unit], party: Callable[[Unit], str | None]) -> Linked:
    """Each of ``denied`` with the one of ``clusters`` that it takes up best.

    What agrees too little (``denies that anything sank``) goes with the claim that the same party denies elsewhere, where
    its article carries or denies that claim too and the two share a word.
    """
    against: dict[int, list[Unit]] = defaultdict(list)
    rest: list[Unit] = []
    for unit in denied:
        best = max(range(len(clusters)), key=lambda at: _nearness(unit, clusters[at]), default=-1)
        if best >= 0 and _nearness(unit, clusters[best])[0] >= DENIED:
            against[best].append(unit)
        else:
            rest.append(unit)
    known = {(at, party(unit)) for at, units in against.items() for unit in units}
    left = []
    for unit in rest:
        who = party(unit)
        homes = [at for at in sorted(against) if who and (at, who) in known and _at_home(unit, [*clusters[at], *against[at]])]
        if homes:
            against[max(homes, key=lambda at: (len(clusters[at]), -at))].append(unit)
        else:
            left.append(unit)
    return Linked(against, left)


def _nearness(unit: Unit, cluster: Sequence[Unit]) -> tuple[float, int]:
    """How well the denial takes up the claim, on its best members; the bigger claim first among equals."""
    words = words_of(unit.view.content)
    distinct = {other.view.content: other for other in cluster}.values()
    near = []
    evidence = [contents(unit.view.content, other.view.content) for other in distinct]
    for other, score in zip(distinct, content_scores(evidence), strict=True):
        covered = align(words, words_of(other.view.content)).coverage
        sure = covered >= _COVERED and len(words) >= _SURE
        near.append(max(score, covered) if sure else score * (covered >= _TOUCHED))
    best = nlargest(_BEST, near)
    return round(max(best[0], sum(best) / len(best)), 2), len({other.article for other in cluster})


def _at_home(unit: Unit, claim: Sequence[Unit]) -> bool:
    here = unit.article in {other.article for other in claim}
    return here and any(any(align(words_of(unit.view.content), words_of(other.view.content)).met) for other in claim)
