"""The surroundings of each cue in which its spans are sought, and what each token there is to the cue."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from takhrij.attribution.view import Ints, View

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
class Windows:
    """Tokens ``first`` to ``last`` around each of ``cues``.

    The tokens of all windows stand one window after the other in ``tokens``; ``relations`` has for each of them four rows of
    the relation table, and ``begins`` where each window begins among them.
    """

    cues: Ints
    first: Ints
    last: Ints
    begins: Ints
    tokens: Ints
    relations: Ints

    @property
    def lengths(self) -> Ints:
        """How many tokens each window has."""
        return self.last - self.first + 1


def _distance_rows() -> Ints:
    """Rows by signed distance: exact to 12, then in widening steps."""
    rows = []
    for d in range(-BEFORE, AFTER + 1):
        size = abs(d)
        step = size if size <= 12 else 12 + int(np.log2(size / 12) * 5) + 1
        rows.append(32 + (min(step, 31) if d > 0 else -min(step, 32)))
    return np.array(rows, dtype=np.int64)


_ROWS = _distance_rows()


def windows(v: View, cues: Ints, noticed: Ints) -> Windows:
    """The windows of the tokens ``cues``: a cue's sentence, the one before and the one after in its line, an open quotation to
    its end. ``noticed`` are all tokens taken for cues, in order.
    """
    sentence, quoted = v.sentence, v.quoted
    opening = np.searchsorted(sentence, sentence[cues] - 1).tolist()
    closing = np.searchsorted(sentence, sentence[cues] + 2).tolist()
    bounds = [_bounds(v, cue, at, end - 1) for cue, at, end in zip(cues.tolist(), opening, closing, strict=True)]
    first = np.array([b[0] for b in bounds], dtype=np.int64)
    last = np.array([b[1] for b in bounds], dtype=np.int64)
    lengths = last - first + 1
    begins = np.cumsum(lengths) - lengths
    here = np.arange(int(lengths.sum())) + np.repeat(first - begins, lengths)
    there = np.repeat(cues, lengths)
    # Nothing below depends on what lies outside the windows.
    low = int(first.min(initial=len(sentence)))
    high = int(last.max(initial=low - 1)) + 1
    here, there, sentence, quoted = here - low, there - low, sentence[low:high], quoted[low:high]
    noticed = noticed[(noticed >= low) & (noticed < high)] - low
    is_cue = np.zeros(len(sentence) + 1, dtype=np.int64)
    is_cue[noticed] = 1
    count = is_cue.cumsum()
    parts = np.zeros(len(sentence), dtype=np.int64)
    parts[1:] = (quoted[1:] != quoted[:-1]).cumsum()
    after = here > there
    apart = np.minimum(np.abs(parts[here] - parts[there]), 2)
    between = np.where(after, count[here] - count[there], count[there] - count[here] - 1 + is_cue[here])
    relations = np.empty((len(here), 4), dtype=np.int64)
    relations[:, 0] = _ROWS[here - there + BEFORE]
    relations[:, 1] = np.minimum(np.maximum(sentence[here] - sentence[there], -2), 3) + (2 + DISTANCES)
    relations[:, 2] = apart * 2 + quoted[here] + (DISTANCES + SENTENCES)
    relations[:, 3] = np.minimum(np.maximum(between, 0), 3) + 4 * after + (DISTANCES + SENTENCES + QUOTES)
    return Windows(cues, first, last, begins, here + low, relations)


def _bounds(v: View, cue: int, first: int, last: int) -> tuple[int, int]:
    """The first and last token of a window, given those of the sentences around the cue."""
    line_first, line_last = v.lines[v.line[cue]]
    if line_last - cue <= _TAIL and v.line[cue] + 1 < len(v.lines) and v.line[cue] > 0:
        line_last = v.lines[v.line[cue] + 1][1]
    at = bisect_right(v.quotes, (last, len(v.line))) - 1
    if at >= 0:
        opened, closed = v.quotes[at]
        if closed > last and opened - cue < _QUOTE_NEAR:
            last = closed
    first, last = min(first, cue - _LEAST_BEFORE), max(last, cue + _LEAST_AFTER)
    return max(first, line_first, cue - BEFORE), min(last, line_last, cue + AFTER)
