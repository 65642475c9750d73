"""How much of one body stands in another: the words that lie in runs both have, as a share of the shorter body.

A run is ``RUN`` words in a row. Containment, not likeness: a cut wire text stands wholly in the full one, however long
that is. What is measured is exact; the candidates alone are estimates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from takhrij.stories.bodies import Body
from takhrij.text.fold import fold

#: Words in a run. Three in a row are rarely shared by chance over half a body, and a changed word spoils three runs only.
RUN = 3

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(31)
Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """The hashed runs of a body in the order in which they stand, and the number of its words."""

    id: str
    hashes: Hashes
    words: int


def runs(bodies: Sequence[Body]) -> list[Runs]:
    """The runs of every body. Words are numbered over all bodies, so hashes are comparable within one call only."""
    numbers = _Numbers()
    found = []
    for body in bodies:
        ids = np.fromiter(map(numbers.__getitem__, body.words), dtype=np.uint64, count=len(body.words))
        ids = ids[ids > 0]
        found.append(Runs(body.id, _runs_of(ids), len(ids)))
    return found


class _Numbers(dict[str, int]):
    """A number for each word as written, the same for all spellings that fold to one; 0 where nothing but marks is left.

    News has few different words, so most are looked up and not folded.
    """

    def __init__(self) -> None:
        super().__init__()
        self._folded: dict[str, int] = {"": 0}

    def __missing__(self, word: str) -> int:
        self[word] = number = self._folded.setdefault(fold(word), len(self._folded))
        return number


def _runs_of(ids: Hashes) -> Hashes:
    if len(ids) < RUN:
        return np.zeros(0, dtype=np.uint64)
    length = len(ids) - RUN + 1
    mixed = np.zeros(length, dtype=np.uint64)
    for offset in range(RUN):
        mixed = (mixed ^ ids[offset : offset + length]) * _MULTIPLIER
        mixed ^= mixed >> _SHIFT
    return mixed


@lru_cache(maxsize=256)
def _members(runs_of: Runs) -> frozenset[int]:
    return frozenset(runs_of.hashes.tolist())


def covered(runs_of: Runs, other: Runs) -> float:
    """The share of the words of ``runs_of`` that lie in a run which ``other`` has too. 0 for a body without runs."""
    if not len(runs_of.hashes) or not len(other.hashes):
        return 0.0
    there = _members(other)
    shared = np.fromiter((run in there for run in runs_of.hashes.tolist()), dtype=bool, count=len(runs_of.hashes))
    marked = np.zeros(runs_of.words, dtype=bool)
    for offset in range(RUN):
        marked[offset : offset + len(shared)] |= shared
    return float(marked.mean())


def containment(a: Runs, b: Runs) -> float:
    """The share of the shorter body's words that stand in the longer one, in 0..1."""
    return covered(a, b) if a.words <= b.words else covered(b, a)
