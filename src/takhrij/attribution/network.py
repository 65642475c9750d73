"""The small network: hashed embeddings on numpy, the layers above them in onnxruntime.

It is the network of ``training/network.py``, which ``training/export.py`` writes to ``data/reader.npz``: the tables in 8 bits
with a scale per row, and two graphs, one from token vectors to cues, one from the windows around cues to the edges of spans.
The vector of each form is kept, since most words of a text were seen before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from takhrij.attribution.features import pieces
from takhrij.attribution.view import FLAGS, NO_PLACE, Floats, Ints, View, word_flags
from takhrij.attribution.windows import AFTER, BEFORE, CUES, DISTANCES, QUOTES, SENTENCES, Windows

#: The spans sought around a cue, as training/examples.py has them.
ROLES = ("source", "content", "target", "medium", "antecedent")
#: Forms whose vectors are kept; past it the store starts anew, so memory stays bounded on endless vocabularies.
_KEPT = 60_000
#: Tokens encoded at once; memory grows with it, cost per token does not.
_STRETCH = 4096


@dataclass(frozen=True, slots=True)
class Encoded:
    """A stretch of tokens, ``start`` to ``end``, and those around it that a window may reach, from the token ``first`` on.

    Per token: its state, the lexicon's flags, what it brings into a window, and the chance of being no cue and of being a cue
    of each act, in the lexicon's order.
    """

    first: int
    start: int
    end: int
    states: Floats
    flags: Floats
    brought: Floats
    chances: Floats


class Network:
    """The reader's weights and the two questions one can put to it."""

    def __init__(self, weights: dict[str, NDArray[np.generic]]) -> None:
        def table(name: str) -> Floats:
            return np.asarray(weights[f"{name}.q"], dtype=np.float32) * np.asarray(weights[f"{name}.s"], dtype=np.float32)

        self._word, self._stem, self._affix = table("word"), table("stem"), table("affix")
        self._flag_weights = np.asarray(weights["flags"], dtype=np.float32)
        self._place = np.asarray(weights["place"], dtype=np.float32)
        self._margin, self._gap = int(weights["margin"]), int(weights["gap"])
        self._encoder = _session(weights["encoder.onnx"].tobytes())
        self._spans = _session(weights["spans.onnx"].tobytes())
        self._start_over()

    def _start_over(self) -> None:
        self._rows: dict[str, int] = {}
        self._vectors = np.zeros((2048, self._word.shape[1]), dtype=np.float32)
        self._flags = np.zeros((2048, FLAGS), dtype=np.float32)

    def _rows_of(self, forms: list[str]) -> Ints:
        """The rows of ``forms`` in the store, those not yet there worked out first."""
        if len(self._rows) > _KEPT:
            self._start_over()
        rows = self._rows
        try:
            return np.fromiter(map(rows.__getitem__, forms), dtype=np.int64, count=len(forms))
        except KeyError:
            self._work_out([f for f in dict.fromkeys(forms) if f not in rows])
            return np.fromiter(map(rows.__getitem__, forms), dtype=np.int64, count=len(forms))

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

    def encode(self, v: View) -> Iterator[Encoded]:
        """All that is known of the tokens by themselves, stretch by stretch, so that memory stays bounded on long texts."""
        rows = self._rows_of(v.shown)
        place = np.full(len(rows), NO_PLACE, dtype=np.int64)
        place[v.at] = v.place
        count = len(v.at)
        for start in range(0, count, _STRETCH):
            end = min(count, start + _STRETCH)
            first, last = max(0, start - BEFORE - AFTER), min(count, end + BEFORE + AFTER)
            at = v.at[first:last]
            low, high = max(0, int(at[0]) - self._margin), min(len(rows), int(at[-1]) + 1 + self._margin)
            vectors = self._vectors[rows[low:high]]
            vectors += self._place[place[low:high]]
            flags = self._flags[rows[low:high]]
            outputs = self._encoder.run(None, {"vectors": vectors, "flags": flags})
            states, brought, chances = (out[at - low] for out in outputs)
            yield Encoded(first, start, end, states, flags[at - low], brought, chances)

    def spans(self, e: Encoded, w: Windows) -> tuple[Floats, Floats]:
        """The scores (tokens of ``w``, roles, first/last/inside) and per window the score of each role to be absent."""
        count, gap = len(w.cues), self._gap
        lengths = w.lengths
        owner = np.repeat(np.arange(count), lengths)
        # Between two windows lie empty rows, so that no layer sees from one into the other.
        at = np.arange(len(w.tokens)) + (owner + 1) * gap
        size = len(at) + (count + 1) * gap
        low, high = int(w.first.min()), int(w.last.max()) + 1
        cues, brought = w.cues - e.first, e.brought[low - e.first : high - e.first]
        r = w.relations
        inputs = {
            "token": _spread(w.tokens - low, at, size),
            "owner": _spread(owner, at, size),
            "distance": _spread(r[:, 0], at, size),
            "context": _spread(_context(r), at, size),
        }
        mask = np.zeros((size, 1), dtype=np.float32)
        mask[at] = 1
        cue = np.concatenate([e.states[cues], e.flags[cues]], axis=1)
        edges, none = self._spans.run(None, {"brought": brought, "cue": cue, "mask": mask, **inputs})
        return edges[at].reshape(len(at), len(ROLES), 3), none


def _context(relations: Ints) -> Ints:
    """The last three rows of the relation table as one row of the table of their sums."""
    sentence, quote, cue = relations[:, 1] - DISTANCES, relations[:, 2] - DISTANCES - SENTENCES, relations[:, 3]
    return (sentence * QUOTES + quote) * CUES + cue - (DISTANCES + SENTENCES + QUOTES)


def _spread(values: Ints, at: Ints, size: int) -> Ints:
    spread = np.zeros(size, dtype=np.int64)
    spread[at] = values
    return spread


def _session(graph: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # many articles are read by many processes
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


@cache
def network() -> Network:
    """The shipped network, loaded once (about 6 MB)."""
    path = resources.files("takhrij.attribution") / "data" / "reader.npz"
    with path.open("rb") as file, np.load(file) as saved:
        return Network({k: saved[k] for k in saved.files})
