"""From the scores of the network to spans: the best first and last token of a role, trimmed to what the guidelines mark."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from takhrij.attribution.view import COMPLEMENTIZERS, View

Floats = NDArray[np.float32]

#: How much being inside a span counts beside its edges. Tuned by leaving outlets out.
INSIDE_WEIGHT = 0.2


_COMMAS = frozenset("،,")
#: A closing mark and what opens it.
_OPENERS = {")": "(", "»": "«", "”": "“", "“": "”", '"': '"', "]": "["}
#: What goes on with a reported clause: وأن with its pronouns.
CONTINUERS = frozenset(w for w in COMPLEMENTIZERS if w.startswith("و"))


@dataclass(frozen=True, slots=True)
class Found:
    """Tokens ``first`` to ``last`` and the chance, in 0..1, that just these are right."""

    first: int
    last: int
    chance: float


def best(edges: Floats, none: Floats, required: int) -> list[Found | None]:
    """Per role the span of the highest likelihood, None where absence is likelier; the role ``required`` is never absent.

    ``edges`` are the scores (tokens, roles, first/last/inside), ``none`` those of absence per role. The search is
    linear: the best
    opening so far is carried along.
    """
    size = len(edges)
    absent = none.copy()
    absent[required] = -1e9
    first, no_first = _log_softmax(edges[:, :, 0], absent)
    last, no_last = _log_softmax(edges[:, :, 1], absent)
    inside = edges[:, :, 2].cumsum(0)
    inside *= INSIDE_WEIGHT
    opening = first - inside
    opening += edges[:, :, 2] * INSIDE_WEIGHT
    reach = np.maximum.accumulate(opening, axis=0)
    opened = np.maximum.accumulate(np.where(opening == reach, np.arange(size)[:, None], 0), axis=0)
    total = last + inside
    total += reach
    ends = total.argmax(0)
    found: list[Found | None] = []
    for role, end in enumerate(ends.tolist()):
        if total[end, role] <= no_first[role] + no_last[role] and role != required:
            found.append(None)
            continue
        start = int(opened[end, role])
        likelihood = float(first[start, role] + last[end, role])
        found.append(Found(start, end, math.exp(min(0.0, likelihood / 2))))
    return found


def _log_softmax(scores: Floats, none: Floats) -> tuple[Floats, Floats]:
    """Log likelihoods over the tokens and absence, per role."""
    top = np.maximum(scores.max(0), none)
    total = np.log(np.exp(scores - top).sum(0) + np.exp(none - top))
    total += top
    return scores - total, none - total


def run_on(v: View, edges: Floats, first: int, found: Found) -> Found:
    """A content carried over the clauses that go on with it: ``وأن`` right after its end belongs to what is still said.

    ``edges`` are the role's scores (tokens, first/last/inside) from the token ``first`` on. In annotated news a content that a
    complementizer opens stops short of a coordinated one in one case of a hundred.
    """
    forms, line = v.tokens.forms, v.line
    last = found.last
    size = len(edges)
    while True:
        at = first + last + 1
        while at < first + size and forms[at] in _COMMAS:
            at += 1
        if at >= first + size - 1 or forms[at] not in CONTINUERS or line[at] != line[first + last]:
            return Found(found.first, last, found.chance)
        here = at - first
        ends = edges[here + 1 :, 1] + INSIDE_WEIGHT * edges[here + 1 :, 2].cumsum()
        depth = np.cumsum([(f == "(") - (f == ")") for f in forms[at + 1 : first + size]])
        last = here + 1 + int(np.where(depth > 0, -np.inf, ends).argmax())


def whole_quotation(v: View, first: int, last: int) -> int:
    """The end of a content that breaks off inside a quotation which it opens: the last word of the quotation.

    A full stop inside the marks ends a sentence, not what is said. Quotations that nobody closed are left as they are.
    """
    at = bisect_right(v.quotes, (last, len(v.line))) - 1
    if at >= 0:
        opened, closed = v.quotes[at]
        if first - 1 <= opened <= last < closed <= v.lines[v.line[opened]][1]:
            return closed - 1
    return last


def trim(v: View, first: int, last: int) -> tuple[int, int] | None:
    """Tokens without the marks at their edges; a bracket or quote opened inside keeps its closing one. None if
    nothing stays.
    """
    tokens = v.tokens
    while first <= last and not tokens.forms[first].isalnum():
        first += 1
    while last >= first and not tokens.forms[last].isalnum():
        mark = tokens.word(last)
        opener = _OPENERS.get(mark)
        if mark == "%" or (opener and sum(tokens.word(i) in opener + mark for i in range(first, last)) % 2):
            break
        last -= 1
    return (first, last) if first <= last else None
