"""The surroundings of a cue in which its spans are sought, and what each token there is to the cue."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from takhrij.attribution.view import View

BEFORE, AFTER = 64, 118
#: A cue that all but ends its line opens the next one.
_TAIL = 4
#: Tokens that a window holds at least, where the line has them: sentence ends are missed or misread.
_LEAST_BEFORE, _LEAST_AFTER = 16, 24
#: A quotation opened this close to the cue is followed to its end.
_QUOTE_NEAR = 60

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
    """The window of the token ``cue``: its sentence, the one before and the one after in its line, an open quotation
    to its end. ``is_cue`` marks all tokens taken for cues.
    """
    first, last = _bounds(v, cue, sentence)
    here = np.arange(first, last + 1)
    distance = _ROWS[here - cue + BEFORE]
    sentences = np.clip(sentence[first : last + 1] - sentence[cue], -2, 3) + 2 + DISTANCES
    inside = quoted[first : last + 1]
    edges = np.abs(np.diff(inside, prepend=inside[0])).cumsum()
    apart = np.abs(edges - edges[cue - first])
    quotes = np.clip(apart, 0, 2) * 2 + inside + DISTANCES + SENTENCES
    marks = is_cue[first : last + 1]
    count = marks.cumsum()
    at_cue = count[cue - first]
    between = np.clip(np.where(here > cue, count - at_cue, at_cue - count - 1 + marks), 0, 3)
    cues = between + 4 * (here > cue) + DISTANCES + SENTENCES + QUOTES
    return Window(cue, first, last, np.stack([distance, sentences, quotes, cues], axis=1))


def _bounds(v: View, cue: int, sentence: NDArray[np.int64]) -> tuple[int, int]:
    """The first and last token of a window."""
    line_first, line_last = v.lines[v.line[cue]]
    if line_last - cue <= _TAIL and v.line[cue] + 1 < len(v.lines) and v.line[cue] > 0:
        line_last = v.lines[v.line[cue] + 1][1]
    first = min(int(np.searchsorted(sentence, sentence[cue] - 1)), cue - _LEAST_BEFORE)
    last = int(np.searchsorted(sentence, sentence[cue] + 2)) - 1
    at = bisect_right(v.quotes, (last, len(sentence))) - 1
    if at >= 0:
        opened, closed = v.quotes[at]
        if closed > last and opened - cue < _QUOTE_NEAR:
            last = closed
    last = max(last, cue + _LEAST_AFTER)
    return max(first, line_first, cue - BEFORE), min(last, line_last, cue + AFTER)
