"""Pairs of units worth comparing: near in the sentence encoder's space, or sharing words that few units have.

And near in time: the same words months apart mostly speak of two events. What comes back in all but the same words is an old
claim that goes round again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import numpy as np

from takhrij.claims.encoder import encode
from takhrij.claims.features import words_of
from takhrij.claims.units import Unit

#: Cosine from which two contents are compared. Rounded first: a batch's other texts may move the seventh digit.
NEAR = 0.45
_BLOCK = 512
#: A stem in more units than this proposes nothing; so many rarer ones must be shared.
COMMON, SHARED = 60, 4
#: Days between two articles up to which they may speak of one event, and the share of two units' stems that both have from
#: which they say one thing at any time.
WINDOW, _AGAIN = 45, 0.8


def proposals(units: Sequence[Unit]) -> list[tuple[int, int]]:
    """Pairs of positions in ``units``, the lower first, in order."""
    pairs = _near(units)
    pairs.update(_sharing(units))
    return sorted((i, j) for i, j in pairs if in_time(units[i], units[j]))


def in_time(a: Unit, b: Unit) -> bool:
    """Whether two units may speak of one thing: of days not far apart, undated, or in all but the same words."""
    first, second = _day(a.view.date), _day(b.view.date)
    if first is None or second is None or abs(first - second) <= WINDOW:
        return True
    here, there = ({word.stem for word in words_of(unit.view.content)} for unit in (a, b))
    return len(here & there) >= _AGAIN * len(here | there)


@lru_cache(maxsize=10_000)
def _day(written: str | None) -> int | None:
    try:
        return date.fromisoformat((written or "")[:10]).toordinal()
    except ValueError:
        return None


def _near(units: Sequence[Unit]) -> set[tuple[int, int]]:
    vectors = encode([unit.view.content for unit in units])
    pairs: set[tuple[int, int]] = set()
    for start in range(0, len(units), _BLOCK):
        near = np.round(vectors[start : start + _BLOCK] @ vectors.T, 4) >= NEAR
        for i, j in zip(*np.nonzero(near), strict=True):
            if start + i < j:
                pairs.add((start + int(i), int(j)))
    return pairs


def _sharing(units: Sequence[Unit]) -> set[tuple[int, int]]:
    holders: dict[str, list[int]] = defaultdict(list)
    for i, unit in enumerate(units):
        for stem in {word.stem for word in words_of(unit.view.content)}:
            holders[stem].append(i)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for ids in holders.values():
        if len(ids) <= COMMON:
            for at, i in enumerate(ids):
                for j in ids[at + 1 :]:
                    shared[i, j] += 1
    return {pair for pair, count in shared.items() if count >= SHARED}
