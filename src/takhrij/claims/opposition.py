"""Statements that deny by what they say: ``the fund does not pay for it``, against the claim that it does.

No verb of denial tells them, only a *not* at the head of what is said, where another party, or an outlet in its own voice, says
the same without it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from takhrij.claims.disputes import negated_at_head
from takhrij.claims.features import Evidence
from takhrij.claims.units import Unit
from takhrij.claims.words import negations

#: The share of the one's words that the other must have, from both sides, and the cosine of the two contents.
_LESS, _MORE, _NEAR = 0.5, 0.9, 0.5
#: The acts by which a fact is told, and so denied.
_TOLD = frozenset({"state", "confirm", "accuse"})


def opposing(
    found: Sequence[Unit], evidence: Mapping[tuple[int, int], Evidence], parties: Sequence[str | None]
) -> frozenset[int]:
    """The positions in ``found`` of statements that deny what another of them says; ``parties`` names who may deny."""
    turned = set()
    for (i, j), seen in evidence.items():
        if not seen["negation"] or seen["conflicts"] != 1 or seen["cover_more"] < _MORE or seen["cover_less"] < _LESS:
            continue
        if seen["cosine"] < _NEAR or parties[i] == parties[j]:
            continue
        for at, other in ((i, j), (j, i)):
            if parties[at] and _denies(found[at], found[other]):
                turned.add(at)
    return frozenset(turned)


def _denies(unit: Unit, other: Unit) -> bool:
    told = unit.view.act in _TOLD and (other.attribution is None or other.view.act in _TOLD)
    plain = not negations(other.view.content) and not _one_in_the_other(unit, other)
    return told and plain and unit.attribution is not None and negated_at_head(unit.view.content)


def _one_in_the_other(unit: Unit, other: Unit) -> bool:
    """Whether one is a piece of the other's words, as a content is of the one that it is nested in."""
    return unit.article == other.article and unit.span.start < other.span.end and other.span.start < unit.span.end
