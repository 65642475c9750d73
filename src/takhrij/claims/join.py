"""Units to claims: groups in which what is said is on the whole one proposition.

Average linkage: two groups become one only where their members agree on the whole, so a long statement that holds two
propositions does not chain the reports of one to the reports of the other.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping


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
