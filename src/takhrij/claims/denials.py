"""Who denies a claim, and how much of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from takhrij.claims.parties import Voice, voice
from takhrij.claims.units import Unit
from takhrij.records import Denial, DenialScope, Reading

#: A denial that takes up so much of a claim's words denies the whole of it; less, a part.
_WHOLE = 0.5


def denials(
    members: Sequence[Unit], covers: Mapping[int, float], readings: Mapping[str, Reading], names: Mapping[Voice, str]
) -> tuple[Denial, ...]:
    """The denials that ``members`` are, one a party and article. ``covers`` holds how much of the claim each takes up.

    A party that denies the whole in one article denies it in all: elsewhere less of the denial is told, not less denied.
    """
    found: dict[tuple[str, str], Denial] = {}
    for at, unit in enumerate(members):
        if unit.attribution is None:
            continue
        who = voice(readings[unit.article].attributions[unit.attribution])
        if who is not None and who.relay:  # what a paper denies is that it said so, or a headline misread
            continue
        scope: DenialScope = "whole" if covers.get(at, 1.0) >= _WHOLE else "part"
        party = names[who] if who else None
        key = (party or "", unit.article)
        if key not in found or scope == "whole":
            found[key] = Denial(party, scope, unit.article, unit.attribution)
    entire = {party for (party, _), denial in found.items() if denial.scope == "whole"}
    return tuple(replace(found[key], scope="whole") if key[0] in entire else found[key] for key in sorted(found))
