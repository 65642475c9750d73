"""The small network on numpy: hashed embeddings, gated convolutions, a cue head and a span head.

It is the network of ``training/network.py``, whose weights ``training/export.py`` writes to ``data/reader.npz`` (tables in
8 bits with a scale per row, the rest in half precision). An article costs a few matrix products per hundred tokens; the
vector of each form is kept, since most words of a text were seen before.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from takhrij.attribution.features import pieces
from takhrij.attribution.view import FLAGS, NO_PLACE, View, word_flags
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

        def plain(name: str) -> Floats:
            return np.ascontiguousarray(np.asarray(weights[name], dtype=np.float32))

        self._word, self._stem, self._affix = table("word"), table("stem"), table("affix")
        width = self._width = self._word.shape[1]
        self._flag_weights = plain("flags.weight").T
        self._place = plain("place.weight")
        self._encoder = [_Block(plain, f"encoder.blocks.{i}", int(r)) for i, r in enumerate(weights["reaches"])]
        self._encoder_gain = plain("encoder.last.gain")
        hidden = plain("cue_hidden.weight").T
        self._cue_state, self._cue_flags, self._cue_bias = (
            hidden[:width].copy(),
            hidden[width:].copy(),
            plain("cue_hidden.bias"),
        )
        self._cue, self._cue_out_bias = plain("cue.weight").T.copy(), plain("cue.bias")
        self._token, self._token_bias = plain("token.weight").T.copy(), plain("token.bias")
        self._head, self._head_bias = plain("of_cue.weight").T.copy(), plain("of_cue.bias")
        self._none, self._none_bias = plain("none.weight").T.copy(), plain("none.bias")
        self._relation = plain("relation.weight")
        self._span = [_Block(plain, f"blocks.{i}", int(r)) for i, r in enumerate(weights["span_reaches"])]
        self._span_gain = plain("last.gain")
        self._edges, self._edges_bias = plain("edges.weight").T.copy(), plain("edges.bias")
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
        try:
            return np.array([rows[f] for f in forms], dtype=np.int64)
        except KeyError:
            self._work_out([f for f in dict.fromkeys(forms) if f not in rows])
            return np.array([rows[f] for f in forms], dtype=np.int64)

    def _work_out(self, new: list[str]) -> None:
        """Put the vectors and flags of new forms into the store."""
        at = len(self._rows)
        while at + len(new) > len(self._vectors):
            self._vectors = np.concatenate([self._vectors, np.zeros_like(self._vectors)])
            self._flags = np.concatenate([self._flags, np.zeros_like(self._flags)])
        where = np.array([pieces(f) for f in new])
        flags = np.stack([word_flags(f) for f in new])
        vectors = self._word[where[:, 0]] + self._word[where[:, 1]] + self._stem[where[:, 2]]
        vectors += self._affix[where[:, 3]] + self._affix[where[:, 4]] + self._affix[where[:, 5]] + flags @ self._flag_weights
        self._vectors[at : at + len(new)] = vectors
        self._flags[at : at + len(new)] = flags
        self._rows.update((f, at + i) for i, f in enumerate(new))

    def encode(self, v: View) -> tuple[Floats, Floats]:
        """The state and the lexicon's flags of each token, in order. Long texts are read in overlapping stretches."""
        rows = self._rows_of(v.shown)
        at = np.array(v.at, dtype=np.int64)
        place = np.full(len(rows), NO_PLACE, dtype=np.int64)
        place[at] = v.place
        states = np.empty((len(rows), self._width), dtype=np.float32)
        margin = sum(block.reach for block in self._encoder)
        for start in range(0, len(rows), _STRETCH):
            low, high = max(0, start - margin), min(len(rows), start + _STRETCH + margin)
            x = self._vectors[rows[low:high]] + self._place[place[low:high]]
            for block in self._encoder:
                block(x)
            end = min(len(rows), start + _STRETCH)
            states[start:end] = _norm(x[start - low : end - low], self._encoder_gain)
        return states[at], self._flags[rows[at]]

    def cues(self, states: Floats, flags: Floats) -> Floats:
        """Per token the chance of being no cue and of being a cue of each act, in the lexicon's order."""
        hidden = states @ self._cue_state
        hidden += flags @ self._cue_flags
        hidden += self._cue_bias
        return _softmax(np.maximum(hidden, 0) @ self._cue + self._cue_out_bias)

    def spans(self, states: Floats, flags: Floats, windows: list[Window]) -> list[tuple[Floats, Floats]]:
        """Per window the scores (tokens, roles, first/last/inside) and the score of each role to be absent."""
        cues = np.array([w.cue for w in windows])
        heads = np.concatenate([states[cues], flags[cues]], 1) @ self._head + self._head_bias
        none = np.maximum(heads, 0) @ self._none + self._none_bias
        low, high = min(w.first for w in windows), max(w.last for w in windows) + 1
        token = states[low:high] @ self._token + self._token_bias
        lengths = [w.last - w.first + 1 for w in windows]
        gap = max(block.reach for block in self._span)
        z = np.zeros((sum(lengths) + gap * (len(windows) + 1), token.shape[1]), dtype=np.float32)
        mask = np.zeros((len(z), 1), dtype=np.float32)
        begins = []
        at = gap
        for n, w in enumerate(windows):
            begins.append(at)
            stop = at + lengths[n]
            r = w.relations
            piece = token[w.first - low : w.last + 1 - low] + heads[n]
            piece += self._relation[r[:, 0]]
            piece += self._relation[r[:, 1]]
            piece += self._relation[r[:, 2]]
            piece += self._relation[r[:, 3]]
            np.maximum(piece, 0, out=z[at:stop])
            mask[at:stop] = 1
            at = stop + gap
        for block in self._span:
            block(z, mask)
        edges = (_norm(z, self._span_gain) @ self._edges + self._edges_bias).reshape(len(z), -1, 3)
        return [(edges[b : b + size], none[n]) for n, (b, size) in enumerate(zip(begins, lengths, strict=True))]


class _Block:
    """A residual gated convolution over each row and the rows ``reach`` before and after it, done in place."""

    def __init__(self, plain: Callable[[str], Floats], name: str, reach: int) -> None:
        self.reach = reach
        self._gain = plain(f"{name}.norm.gain")
        weight = plain(f"{name}.mix.weight").T
        width = len(self._gain)
        self._before, self._here, self._after = (weight[i * width : (i + 1) * width].copy() for i in range(3))
        self._bias = plain(f"{name}.mix.bias")

    def __call__(self, x: Floats, mask: Floats | None = None) -> None:
        y = _norm(x, self._gain)
        if mask is not None:
            y *= mask
        mixed = y @ self._here
        mixed += self._bias
        reach = self.reach
        if len(x) > reach:
            mixed[reach:] += y[:-reach] @ self._before
            mixed[:-reach] += y[reach:] @ self._after
        width = x.shape[1]
        gate = mixed[:, width:]
        np.negative(gate, out=gate)
        np.exp(gate, out=gate)
        gate += 1
        x += mixed[:, :width] / gate


#: Tokens encoded at once; memory grows with it, cost per token does not.
_STRETCH = 4096


def _norm(x: Floats, gain: Floats) -> Floats:
    scale = np.einsum("ij,ij->i", x, x)
    scale *= np.float32(1 / x.shape[1])
    scale += np.float32(1e-6)
    np.sqrt(scale, out=scale)
    y: Floats = x / scale[:, None]
    y *= gain
    return y


def _softmax(x: Floats) -> Floats:
    e: Floats = np.exp(x - x.max(-1, keepdims=True))
    e /= e.sum(-1, keepdims=True)
    return e


@cache
def network() -> Network:
    """The shipped network, loaded once (about 5 MB)."""
    path = resources.files("takhrij.attribution") / "data" / "reader.npz"
    with path.open("rb") as file, np.load(file) as saved:
        return Network({k: saved[k] for k in saved.files})
