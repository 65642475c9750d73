"""Pairs of bodies worth comparing word by word, found without looking at every pair.

Two nets, since likeness and containment differ: MinHash bands (rensa) catch bodies alike in length and words; runs that
few bodies hold catch an excerpt inside a long text, whose MinHash likeness is close to nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
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
    for band in bands.T:
        yield from _pairs(_buckets(band, filled))


def _buckets(keys: Hashes, members: Sequence[int]) -> Iterable[list[int]]:
    order = np.argsort(keys, kind="stable")
    cuts = np.flatnonzero(np.diff(keys[order])) + 1
    for group in np.split(order, cuts):
        if len(group) > 1:
            yield [members[k] for k in group]


def _inside(bodies: Sequence[Runs]) -> Iterable[tuple[int, int]]:
    holders: dict[int, list[int]] = defaultdict(list)
    for i, runs in enumerate(bodies):
        for run in np.unique(_sampled(runs.hashes)).tolist():
            holders[run].append(i)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for ids in holders.values():
        if 1 < len(ids) <= _COMMON:
            for pair in _pairs([ids]):
                shared[pair] += 1
    return [pair for pair, count in shared.items() if count >= _SHARED]


def _sampled(hashes: Hashes) -> Hashes:
    kept: Hashes = hashes[hashes % _SAMPLE == 0]
    return kept


def _pairs(groups: Iterable[list[int]]) -> Iterable[tuple[int, int]]:
    for ids in groups:
        for at, i in enumerate(ids):
            for j in ids[at + 1 :]:
                yield i, j
