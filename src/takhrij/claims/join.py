"""Units to claims: groups in which what is said is on the whole one proposition.

Average linkage: two groups become one only where their members agree on the whole, so a long statement that holds two
propositions does not chain the reports of one to the reports of the other. What average linkage leaves apart, because one
group dwells on what the other leaves out, is bridged where some members say the same in so many words and none contradict.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set

#: So many of the best agreements between two groups are asked when they are bridged.
_BEST = 2


def groups(size: int, scores: Mapping[tuple[int, int], float], threshold: float) -> list[list[int]]:
    """The positions 0..``size``-1 in groups, by average linkage over ``scores`` down to ``threshold``.

    Pairs not scored count 0. Ties go to the lower positions, so the outcome depends on the order of positions alone,
    which callers fix by key.
    """
    members = {i: [i] for i in range(size)}
    links: dict[int, dict[int, float]] = defaultdict(dict)
    queue: list[tuple[float, int, int]] = []
    for (i, j), score in scores.items():
        links[i][j] = links[j][i] = score
        if score >= threshold:
            queue.append((-score, i, j))
    heapq.heapify(queue)
    while queue:
        negative, i, j = heapq.heappop(queue)
        if i not in members or j not in members or _mean(links, members, i, j) != -negative:
            continue
        for pair in _merge(links, members, i, j):
            score = _mean(links, members, *pair)
            if score >= threshold:
                heapq.heappush(queue, (-score, *pair))
    return sorted(sorted(group) for group in members.values())


def _mean(links: Mapping[int, Mapping[int, float]], members: Mapping[int, list[int]], i: int, j: int) -> float:
    return round(links[i].get(j, 0.0) / (len(members[i]) * len(members[j])), 9)


def _merge(links: dict[int, dict[int, float]], members: dict[int, list[int]], i: int, j: int) -> list[tuple[int, int]]:
    """Put ``j`` into ``i``, sums of links added up; returns the pairs whose mean is now another."""
    members[i] += members.pop(j)
    links[i].pop(j, None)
    links[j].pop(i, None)
    for other, score in links.pop(j).items():
        links[i][other] = links[i].get(other, 0.0) + score
        links[other][i] = links[i][other]
        links[other].pop(j, None)
    return [(min(i, other), max(i, other)) for other in links[i]]


def bridged(
    parts: Sequence[Sequence[int]], scores: Mapping[tuple[int, int], float], apart: Set[tuple[int, int]], threshold: float
) -> list[list[int]]:
    """``parts`` joined on: two become one where the best agreements between them reach ``threshold`` on average.

    A pair in ``apart``, which contradicts, keeps its two groups asunder for good; pairs not scored count 0. The closest two
    are joined first, ties by position.
    """
    members = {i: sorted(part) for i, part in enumerate(parts)}
    home = {position: i for i, part in members.items() for position in part}
    between: dict[tuple[int, int], list[float]] = defaultdict(list)
    for (a, b), score in scores.items():
        between[_ordered(home[a], home[b])].append(score)
    asunder = {_ordered(home[a], home[b]) for a, b in apart}
    queue = [(-mean, pair) for pair, found in between.items() if (mean := _best_mean(found, members, pair)) >= threshold]
    heapq.heapify(queue)
    while queue:
        negative, (i, j) = heapq.heappop(queue)
        if i == j or i not in members or j not in members or (i, j) in asunder:
            continue
        if _best_mean(between[i, j], members, (i, j)) != -negative:
            continue
        members[i] = sorted(members[i] + members.pop(j))
        asunder |= {_ordered(i, x if y == j else y) for x, y in asunder if j in (x, y)}
        for other in members:
            if other == i:
                continue
            pair = _ordered(i, other)
            found = between.pop(_ordered(j, other), [])
            if found or pair in between:
                between[pair] = [*between.get(pair, []), *found]
                if (mean := _best_mean(between[pair], members, pair)) >= threshold:
                    heapq.heappush(queue, (-mean, pair))
    return sorted(members.values())


def _best_mean(found: Sequence[float], members: Mapping[int, Sequence[int]], pair: tuple[int, int]) -> float:
    """The mean of the best scores between two groups, of as many as there are pairs, at most two."""
    i, j = pair
    if i == j:
        return 0.0
    asked = min(_BEST, len(members[i]) * len(members[j]))
    return round(sum(heapq.nlargest(asked, found)) / asked, 9)


def _ordered(i: int, j: int) -> tuple[int, int]:
    return (i, j) if i < j else (j, i)
