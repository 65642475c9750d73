"""From pairs of copies to sets. Containment is not transitive, so a set holds only bodies each a copy of each other one.

A short wire text may stand in two long reports that share nothing else: it is then in two sets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


def cliques(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Sets of ids in which every two are a pair, and which together hold every pair; members and sets in order.

    Each pair that no set holds yet is grown, best connected neighbour first, ties by id: at most one set a pair, in
    polynomial time, where all maximal cliques could be exponentially many. The result does not depend on the order of
    ``pairs``.
    """
    linked: dict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        linked[a].add(b)
        linked[b].add(a)
    held: set[tuple[str, str]] = set()
    sets: set[tuple[str, ...]] = set()
    for a, b in sorted({(min(pair), max(pair)) for pair in _pairs_of(linked)}):
        if (a, b) in held:
            continue
        members = _grown({a, b}, linked)
        sets.add(members)
        held.update((x, y) for i, x in enumerate(members) for y in members[i + 1 :])
    return sorted(sets)


def _pairs_of(linked: dict[str, set[str]]) -> Iterable[tuple[str, str]]:
    return ((a, b) for a, others in linked.items() for b in others)


def _grown(members: set[str], linked: dict[str, set[str]]) -> tuple[str, ...]:
    open_to = set.intersection(*(linked[m] for m in members))
    while open_to:
        best = min(open_to, key=lambda m: (-len(linked[m] & open_to), m))
        members.add(best)
        open_to &= linked[best]
    return tuple(sorted(members))
