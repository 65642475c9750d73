"""The surroundings of a cue in which its spans are sought, and what each token there is to the cue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from takhrij.attribution.view import View

BEFORE, AFTER = 64, 118
#: A cue that all but ends its line opens the next one.
_TAIL = 4

#: Sizes of the tables that the relations index.
DISTANCES, SENTENCES, QUOTES, CUES = 64, 6, 6, 8
RELATIONS = DISTANCES + SENTENCES + QUOTES + CUES


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens ``first`` to ``last`` around the cue, and per token four rows of the relation table."""

    cue: int
    first: int
    last: int
    relations: NDArray[np.int64]


def _distance_rows() -> NDArray[np.int64]:
    """Rows by signed distance: exact to 12, then in widening steps."""
    rows = []
    for d in range(-BEFORE, AFTER + 1):
        size = abs(d)
        step = size if size <= 12 else 12 + int(np.log2(size / 12) * 5) + 1
        rows.append(32 + (min(step, 31) if d > 0 else -min(step, 32)))
    return np.array(rows, dtype=np.int64)


_ROWS = _distance_rows()


def window(v: View, cue: int, is_cue: NDArray[np.bool_], sentence: NDArray[np.int64], quoted: NDArray[np.int64]) -> Window:
    """The window of the token ``cue``; ``is_cue`` marks all tokens taken for cues."""
    line_first, line_last = v.lines[v.line[cue]]
    if line_last - cue <= _TAIL and v.line[cue] + 1 < len(v.lines) and cue > 0 and v.line[cue] > 0:
        line_last = v.lines[v.line[cue] + 1][1]
    first, last = max(line_first, cue - BEFORE), min(line_last, cue + AFTER)
    here = np.arange(first, last + 1)
    distance = _ROWS[here - cue + BEFORE]
    sentences = np.clip(sentence[first : last + 1] - sentence[cue], -2, 3) + 2 + DISTANCES
    inside = quoted[first : last + 1]
    edges = np.abs(np.diff(inside, prepend=inside[0])).cumsum()
    apart = np.abs(edges - edges[cue - first])
    quotes = np.clip(apart, 0, 2) * 2 + inside + DISTANCES + SENTENCES
    count = is_cue[first : last + 1].cumsum()
    between = np.clip(
        np.where(here > cue, count - count[cue - first], count[cue - first] - count - 1 + is_cue[first : last + 1]), 0, 3
    )
    cues = between + 4 * (here > cue) + DISTANCES + SENTENCES + QUOTES
    return Window(cue, first, last, np.stack([distance, sentences, quotes, cues], axis=1))
