"""Pairs of bodies worth comparing word by word, found without looking at every pair.

Two nets, since likeness and containment differ: MinHash bands (rensa) catch bodies alike in length and words; runs that
few bodies hold catch an excerpt inside a long text, whose MinHash likeness is close to nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from takhrij.stories.overlap import Hashes, Runs

_PERMUTATIONS = 64
_ROWS = 2  # rows a band: bodies of Jaccard likeness 0.3 share one of 32 bands with probability 0.95
_SEED = 1
#: One run in so many is kept for the second net; three words in a row make some hundred runs an article.
_SAMPLE = np.uint64(4)
#: A run in more bodies than this is a formula, not a trace of copying.
_COMMON = 24
#: So many sampled runs must be shared.
_SHARED = 4


def candidates(bodies: Sequence[Runs]) -> set[tuple[int, int]]:
    """Pairs of positions in ``bodies``, the lower first."""
    pairs = set(_alike(bodies))
    pairs.update(_inside(bodies))
    return pairs


def _alike(bodies: Sequence[Runs]) -> Iterable[tuple[int, int]]:
    filled = [i for i, runs in enumerate(bodies) if len(runs.hashes)]
    if len(filled) < 2:
        return
    flat = np.concatenate([bodies[i].hashes for i in filled])
    offsets = np.cumsum([0] + [len(bodies[i].hashes) for i in filled]).astype(np.uint64)
    digests = RMinHash.digest_matrix_from_flat_token_hashes(flat, offsets, _PERMUTATIONS, _SEED)
    bands = np.array(digests.to_rows(), dtype=np.uint32).view(np.uint64)  # two rows of 32 bits make one key
    members = np.array(filled)
    for band in bands.T:
        for group in _shared_keys(band, members):
            yield from _pairs(group)


def _inside(bodies: Sequence[Runs]) -> Iterable[tuple[int, int]]:
    sampled = [np.unique(_sampled(runs.hashes)) for runs in bodies]
    if not any(len(found) for found in sampled):
        return []
    keys = np.concatenate(sampled)
    members = np.repeat(np.arange(len(bodies)), [len(found) for found in sampled])
    shared = Counter(pair for group in _shared_keys(keys, members, _COMMON) for pair in _pairs(group))
    return [pair for pair, count in shared.items() if count >= _SHARED]


def _shared_keys(keys: Hashes, members: npt.NDArray[np.int64], most: int | None = None) -> Iterable[list[int]]:
    """The members, in order, of each key that two or more have, and not more than ``most``."""
    order = np.argsort(keys, kind="stable")
    ordered, holders = keys[order], members[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    sizes = np.diff(np.concatenate((starts, [len(ordered)])))
    for at in np.flatnonzero((sizes > 1) & (sizes <= (most or len(keys)))).tolist():
        yield holders[starts[at] : starts[at] + sizes[at]].tolist()


def _sampled(hashes: Hashes) -> Hashes:
    kept: Hashes = hashes[hashes % _SAMPLE == 0]
    return kept


def _pairs(ids: Sequence[int]) -> Iterable[tuple[int, int]]:
    return combinations(ids, 2)
