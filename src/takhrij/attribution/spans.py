"""From the scores of the network to spans: the best first and last token of a role, trimmed to what the guidelines mark."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from takhrij.attribution.names import PREPOSITIONS, is_a
from takhrij.attribution.view import COMPLEMENTIZERS, Floats, Ints, View

#: How much being inside a span counts beside its edges. Tuned by leaving outlets out.
INSIDE_WEIGHT = 0.2
#: Words that the maker of a text may have, where its name is not marked off.
_LONGEST_MAKER = 5
#: The score of what cannot be.
_NEVER = -1e9

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


def best(edges: Floats, none: Floats, lengths: Ints, required: int) -> list[list[Found | None]]:
    """Per window and role the span of the highest likelihood, in tokens of the window, None where absence is likelier; the role
    ``required`` is never absent.

    ``edges`` are the scores (tokens of all windows, roles, first/last/inside), ``lengths`` how many tokens each window has,
    ``none`` the scores of absence per window and role. The search is linear: the best opening so far is carried along.
    """
    steps = np.arange(int(lengths.max()))
    outside = steps >= lengths[:, None]
    begins = np.cumsum(lengths) - lengths
    by_kind = edges.transpose(2, 0, 1)[:, np.where(outside, 0, begins[:, None] + steps)]  # kinds, windows, tokens, roles
    sides, inside = by_kind[:2], by_kind[2]
    sides[:, outside] = _NEVER
    inside[outside] = 0
    absent = none.copy()
    absent[:, required] = _NEVER
    inside *= INSIDE_WEIGHT
    before = inside.cumsum(1)
    total = sides[1] + before
    before -= inside
    opening = np.subtract(sides[0], before, out=before)
    reach = np.maximum.accumulate(opening, axis=1)
    opened = np.maximum.accumulate(np.where(opening == reach, steps[:, None], 0), axis=1)
    total += reach
    ends = total.argmax(1)[:, None]
    starts = np.take_along_axis(opened, ends, 1)
    is_there = np.take_along_axis(total, ends, 1)[:, 0] > 2 * absent
    is_there[:, required] = True
    likelihood = np.take_along_axis(sides[0], starts, 1)[:, 0] + np.take_along_axis(sides[1], ends, 1)[:, 0]
    likelihood -= _all_likelihood(sides, absent)
    chances = np.exp(np.minimum(0, likelihood / 2)).tolist()
    rows = zip(is_there.tolist(), starts[:, 0].tolist(), ends[:, 0].tolist(), chances, strict=True)
    return [[Found(*span) if there else None for there, *span in zip(*row, strict=True)] for row in rows]


def _all_likelihood(sides: Floats, none: Floats) -> Floats:
    """Per window and role the log of what all first and all last tokens and absence weigh together."""
    top = np.maximum(sides.max(2), none)
    total = np.log(np.exp(sides - top[:, :, None]).sum(2) + np.exp(none - top))
    total += top
    both: Floats = total.sum(0)
    return both


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


def with_maker(v: View, first: int, last: int) -> int:
    """The end of a source that breaks off after the verb of a relative clause (``قياسات أجرتها``): the last word of its
    subject.

    Only for a text or things counted whose second and last word is a verb with their pronoun; the subject runs to the next
    mark, preposition or clause.
    """
    forms = v.tokens.forms
    if last - first != 1 or not forms[last].endswith(("تها", "ته")) or forms[first].startswith("ال"):
        return last
    if not (is_a(forms[first], "document") or forms[first].endswith("ات")):
        return last
    end = last
    while end - last < _LONGEST_MAKER and end + 1 < len(forms) and v.line[end + 1] == v.line[last]:
        form = forms[end + 1]
        if not form.isalpha() or form in PREPOSITIONS or form in COMPLEMENTIZERS:
            break
        end += 1
    return end


def trim(v: View, first: int, last: int) -> tuple[int, int] | None:
    """Tokens without the marks at their edges; a bracket or quote opened inside keeps its closing one. None if
    nothing stays.
    """
    tokens = v.tokens
    while first <= last and not tokens.forms[first].isalnum():
        first += 1
    while last >= first and not tokens.forms[last].isalnum():
        if tokens.word(last) == "%" or _closes(v, first, last):
            break
        last -= 1
    if first > last:
        return None
    return (first, last + 1) if tokens.forms[last].isalnum() and _closes(v, first, last + 1) else (first, last)


def _closes(v: View, first: int, at: int) -> bool:
    """Whether the token ``at`` is a mark that closes one opened in the same line since ``first``."""
    tokens = v.tokens
    if at >= len(tokens.forms) or v.line[at] != v.line[first]:
        return False
    mark = tokens.word(at)
    opener = _OPENERS.get(mark)
    return opener is not None and sum(tokens.word(i) in opener + mark for i in range(first, at)) % 2 == 1
