"""The small network on numpy: hashed embeddings, gated convolutions, a cue head and a span head.

It is the network of ``training/network.py``, whose weights ``training/export.py`` writes to ``data/reader.npz`` (tables in
8 bits with a scale per row, the rest in half precision). An article costs a few matrix products per hundred tokens; the
vector of each form is kept, since most words of a text were seen before.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from takhrij.attribution.features import pieces
from takhrij.attribution.view import FLAGS, View, word_flags
from takhrij.attribution.windows import Window

Floats = NDArray[np.float32]

#: The spans sought around a cue, as training/examples.py has them.
ROLES = ("source", "content", "target", "medium", "antecedent")
#: Forms whose vectors are kept; past it the store starts anew, so memory stays bounded on endless vocabularies.
_KEPT = 60_000


class Network:
    """The reader's weights and the two questions one can put to it."""

    def __init__(self, weights: dict[str, NDArray[np.generic]]) -> None:
        def table(name: str) -> Floats:
            return np.asarray(weights[f"{name}.q"], dtype=np.float32) * np.asarray(weights[f"{name}.s"], dtype=np.float32)

        self._w = {k: np.asarray(v, dtype=np.float32) for k, v in weights.items() if not k.endswith((".q", ".s"))}
        self._word, self._stem, self._affix = table("word"), table("stem"), table("affix")
        self._reaches = tuple(int(r) for r in weights["reaches"])
        self._width = self._word.shape[1]
        self._start_over()

    def _start_over(self) -> None:
        self._rows: dict[str, int] = {}
        self._vectors = np.zeros((2048, self._width), dtype=np.float32)
        self._flags = np.zeros((2048, FLAGS), dtype=np.float32)

    def _rows_of(self, forms: list[str]) -> NDArray[np.int64]:
        """The rows of ``forms`` in the store, those not yet there worked out first."""
        if len(self._rows) > _KEPT:
            self._start_over()
        rows = self._rows
        new = [f for f in dict.fromkeys(forms) if f not in rows]
        if new:
            at = len(rows)
            while at + len(new) > len(self._vectors):
                self._vectors = np.concatenate([self._vectors, np.zeros_like(self._vectors)])
                self._flags = np.concatenate([self._flags, np.zeros_like(self._flags)])
            where = np.array([pieces(f) for f in new])
            flags = np.stack([word_flags(f) for f in new])
            vectors = self._word[where[:, 0]] + self._word[where[:, 1]] + self._stem[where[:, 2]]
            vectors += self._affix[where[:, 3:6]].sum(1) + flags @ self._w["flags.weight"].T
            self._vectors[at : at + len(new)] = vectors
            self._flags[at : at + len(new)] = flags
            rows.update((f, at + i) for i, f in enumerate(new))
        return np.fromiter((rows[f] for f in forms), dtype=np.int64, count=len(forms))

    def encode(self, v: View) -> tuple[Floats, Floats]:
        """The state and the lexicon's flags of each token, in order."""
        rows = self._rows_of(v.shown)
        at = np.array(v.at, dtype=np.int64)
        place = np.full(len(rows), 7, dtype=np.int64)
        place[at] = v.place
        x = self._vectors[rows] + self._w["place.weight"][place]
        for i, reach in enumerate(self._reaches):
            x = self._block(x, f"encoder.blocks.{i}", reach)
        return _norm(x, self._w["encoder.last.gain"])[at], self._flags[rows[at]]

    def cues(self, states: Floats, flags: Floats) -> Floats:
        """Per token the chance of being no cue and of being a cue of each act, in the lexicon's order."""
        hidden = np.maximum(self._linear(np.concatenate([states, flags], 1), "cue_hidden"), 0)
        return _softmax(self._linear(hidden, "cue"))

    def spans(self, states: Floats, flags: Floats, windows: list[Window]) -> list[tuple[Floats, Floats]]:
        """Per window the scores (tokens, roles, first/last/inside) and the score of each role to be absent."""
        token = self._linear(states, "token")
        cues = np.array([w.cue for w in windows])
        heads = self._linear(np.concatenate([states[cues], flags[cues]], 1), "of_cue")
        none = self._linear(np.maximum(heads, 0), "none")
        relation = self._w["relation.weight"]
        lengths = [w.last - w.first + 1 for w in windows]
        gap = max(_SPAN_REACHES)
        z = np.zeros((sum(lengths) + gap * (len(windows) + 1), token.shape[1]), dtype=np.float32)
        mask = np.zeros((len(z), 1), dtype=np.float32)
        begins = []
        at = gap
        for n, w in enumerate(windows):
            begins.append(at)
            stop = at + lengths[n]
            z[at:stop] = np.maximum(token[w.first : w.last + 1] + heads[n] + relation[w.relations].sum(1), 0)
            mask[at:stop] = 1
            at = stop + gap
        for i, reach in enumerate(_SPAN_REACHES):
            z = self._block(z, f"blocks.{i}", reach, mask)
        edges = self._linear(_norm(z, self._w["last.gain"]), "edges").reshape(len(z), -1, 3)
        return [(edges[b : b + size], none[n]) for n, (b, size) in enumerate(zip(begins, lengths, strict=True))]

    def _linear(self, x: Floats, name: str) -> Floats:
        return x @ self._w[f"{name}.weight"].T + self._w[f"{name}.bias"]

    def _block(self, x: Floats, name: str, reach: int, mask: Floats | None = None) -> Floats:
        """A residual gated convolution over the rows ``reach`` apart; rows outside ``mask`` count as empty."""
        y = _norm(x, self._w[f"{name}.norm.gain"])
        if mask is not None:
            y *= mask
        size, width = y.shape
        around = np.zeros((size, 3 * width), dtype=np.float32)
        around[reach:, :width] = y[: size - reach] if reach < size else y[:0]
        around[:, width : 2 * width] = y
        around[: max(size - reach, 0), 2 * width :] = y[reach:]
        mixed = self._linear(around, f"{name}.mix")
        return x + mixed[:, :width] / (1 + np.exp(-mixed[:, width:]))


#: How far each block of the span head reaches.
_SPAN_REACHES = (1, 3, 8)


def _norm(x: Floats, gain: Floats) -> Floats:
    scale = np.einsum("ij,ij->i", x, x) / x.shape[1]
    return x * (1 / np.sqrt(scale + 1e-6))[:, None] * gain


def _softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True), dtype=np.float32)


@cache
def network() -> Network:
    """The shipped network, loaded once (about 5 MB)."""
    path = resources.files("takhrij.attribution") / "data" / "reader.npz"
    with path.open("rb") as file, np.load(file) as saved:
        return Network({k: saved[k] for k in saved.files})
