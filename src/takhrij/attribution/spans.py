"""From the scores of the network to spans: the best first and last token of a role, trimmed to what the guidelines mark."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from takhrij.attribution.view import View

Floats = NDArray[np.float32]

#: How much being inside a span counts beside its edges. Tuned by leaving outlets out.
INSIDE_WEIGHT = 0.35


@dataclass(frozen=True, slots=True)
class Found:
    """Tokens ``first`` to ``last`` and the chance, in 0..1, that just these are right."""

    first: int
    last: int
    chance: float


def _log_softmax(scores: Floats, none: float) -> tuple[Floats, float]:
    top = max(float(scores.max(initial=-1e9)), none)
    total = top + math.log(float(np.exp(scores - top).sum()) + math.exp(none - top))
    return np.asarray(scores - total, dtype=np.float32), none - total


def best(scores: Floats, none: float | None) -> Found | None:
    """The span of the highest likelihood in ``scores`` (tokens, first/last/inside), None where absence is likelier.

    ``none`` is the score of absence; None forbids it. The search is linear: the best opening so far is carried along.
    """
    absent = -1e9 if none is None else none
    first, no_first = _log_softmax(scores[:, 0], absent)
    last, no_last = _log_softmax(scores[:, 1], absent)
    inside = np.concatenate([[0.0], (scores[:, 2] * INSIDE_WEIGHT).cumsum()])
    opening = first - inside[:-1]
    reach = np.maximum.accumulate(opening)
    opened = np.maximum.accumulate(np.where(opening == reach, np.arange(len(first)), 0))
    total = last + inside[1:] + reach
    end = int(total.argmax())
    if none is not None and total[end] <= no_first + no_last:
        return None
    start = int(opened[end])
    return Found(start, end, math.exp(min(0.0, float(first[start] + last[end]) / 2)))


def trim(v: View, first: int, last: int) -> tuple[int, int] | None:
    """Tokens without the marks at their edges; a bracket or quote opened inside keeps its closing one. None if nothing stays."""
    tokens = v.tokens
    while first <= last and not tokens.forms[first].isalnum():
        first += 1
    while last >= first and not tokens.forms[last].isalnum():
        if tokens.word(last) == ")" and any(tokens.word(i) == "(" for i in range(first, last)):
            break
        if tokens.word(last) == "%":
            break
        last -= 1
    return (first, last) if first <= last else None
