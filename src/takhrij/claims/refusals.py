"""Which claim a denial is of. A denial restates the core of what it denies, or no more than its key word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

import numpy as np

from takhrij.claims.alignment import align
from takhrij.claims.decide import content_scores
from takhrij.claims.encoder import encode
from takhrij.claims.features import contents, words_of
from takhrij.claims.propose import in_time
from takhrij.claims.units import Unit

#: Mean of the best agreements from which a denial is of a claim, and how many of them are asked.
DENIED = 0.5
_BEST = 3
#: The share of a denial's words that a claim must have, where only words are compared, and how many words make it sure.
_COVERED, _SURE = 0.8, 3
#: The share of its words below which a score says nothing.
TOUCHED = 0.34
#: The share of a denial's words that a claim has, or the cosine of the two, from which they are compared at all.
_ALIKE, _MEANT = 0.3, 0.45


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
    for unit, near in zip(denied, _near(clusters, denied), strict=True):
        nearness = {at: _nearness(unit, clusters[at]) for at in near}
        best = max(near, key=lambda at: nearness[at], default=-1)
        if best >= 0 and nearness[best][0] >= DENIED:
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


def _near(clusters: Sequence[Sequence[Unit]], denied: Sequence[Unit]) -> list[list[int]]:
    """For each denial the clusters worth comparing with it, in order: such as share its words or are near in meaning."""
    holders: dict[str, set[int]] = defaultdict(set)
    home = [at for at, cluster in enumerate(clusters) for _ in cluster]
    flat = [unit for cluster in clusters for unit in cluster]
    for at, unit in zip(home, flat, strict=True):
        for word in words_of(unit.view.content):
            for stem in word.stems:
                holders[stem].add(at)
    meanings = encode([unit.view.content for unit in denied]) @ encode([unit.view.content for unit in flat]).T
    found = []
    for unit, row in zip(denied, np.round(meanings, 4), strict=True):
        words = words_of(unit.view.content)
        shared = Counter(at for word in words for at in set().union(*(holders.get(stem, ()) for stem in word.stems)))
        near = {home[i] for i in np.flatnonzero(row >= _MEANT).tolist()}
        near |= {at for at, count in shared.items() if count >= max(1, _ALIKE * len(words))}
        found.append([at for at in sorted(near) if any(in_time(unit, other) for other in clusters[at])])
    return found


def _nearness(unit: Unit, cluster: Sequence[Unit]) -> tuple[float, int]:
    """How well the denial takes up the claim, on its best members; the bigger claim first among equals."""
    words = words_of(unit.view.content)
    distinct = {other.view.content: other for other in cluster}.values()
    near = []
    evidence = [contents(unit.view.content, other.view.content) for other in distinct]
    for other, score in zip(distinct, content_scores(evidence), strict=True):
        covered = align(words, words_of(other.view.content)).coverage
        sure = covered >= _COVERED and len(words) >= _SURE
        near.append(max(score, covered) if sure else score * (covered >= TOUCHED))
    best = nlargest(_BEST, near)
    return round(max(best[0], sum(best) / len(best)), 2), len({other.article for other in cluster})


def _at_home(unit: Unit, claim: Sequence[Unit]) -> bool:
    here = unit.article in {other.article for other in claim}
    return here and any(any(align(words_of(unit.view.content), words_of(other.view.content)).met) for other in claim)
