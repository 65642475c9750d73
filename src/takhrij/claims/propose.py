"""Pairs of units worth comparing: near in the sentence encoder's space, or sharing words that few units have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from takhrij.claims.encoder import encode
from takhrij.claims.features import words_of
from takhrij.claims.units import Unit

#: Cosine from which two contents are compared. Rounded first: a batch's other texts may move the seventh digit.
_NEAR = 0.45
_BLOCK = 512
#: A stem in more units than this proposes nothing; so many rarer ones must be shared.
_COMMON, _SHARED = 60, 4


def proposals(units: Sequence[Unit]) -> list[tuple[int, int]]:
    """Pairs of positions in ``units``, the lower first, in order."""
    pairs = _near(units)
    pairs.update(_sharing(units))
    return sorted(pairs)


def _near(units: Sequence[Unit]) -> set[tuple[int, int]]:
    vectors = encode([unit.view.content for unit in units])
    pairs: set[tuple[int, int]] = set()
    for start in range(0, len(units), _BLOCK):
        near = np.round(vectors[start : start + _BLOCK] @ vectors.T, 4) >= _NEAR
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
        if len(ids) <= _COMMON:
            for at, i in enumerate(ids):
                for j in ids[at + 1 :]:
                    shared[i, j] += 1
    return {pair for pair, count in shared.items() if count >= _SHARED}
