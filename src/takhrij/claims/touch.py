"""Which of many statements new ones may touch: be one with, deny, or be denied by.

Only what the new ones touch can change when they come. Groups grow by average agreement, so a group that takes in a new
statement has a member that agrees with it as much as that; and where two old groups become one because of it, so has each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from takhrij.claims.alignment import align
from takhrij.claims.decide import content_scores
from takhrij.claims.encoder import encode
from takhrij.claims.features import contents, words_of
from takhrij.claims.propose import COMMON, NEAR, SHARED, in_time
from takhrij.claims.refusals import TOUCHED
from takhrij.claims.units import Key, Unit

#: A little below the agreement from which groups are joined (:data:`takhrij.claims.trace.JOINED`).
_AGREES = 0.5
#: The share of one's words that the other has from which a plain *not* may make it a denial.
_SAME_BUT_FOR_NOT = 0.9


def touched(new: Sequence[Unit], old: Sequence[Unit]) -> set[Key]:
    """The keys of those of ``old`` that any of ``new`` may touch."""
    stated = [[unit for unit in units if not unit.denies] for units in (new, old)]
    pairs = list(_proposed(*stated))
    seen = [contents(one.view.content, other.view.content) for one, other in pairs]
    found = {
        other.key
        for (_, other), evidence, score in zip(pairs, seen, content_scores(seen), strict=True)
        if score >= _AGREES or (evidence["negation"] and evidence["cover_more"] >= _SAME_BUT_FOR_NOT)
    }
    found |= {other.key for one in new if one.denies for other in old if _takes_up(one, other)}
    return found | {other.key for other in old if other.denies and any(_takes_up(other, one) for one in stated[0])}


def _takes_up(denial: Unit, other: Unit) -> bool:
    """Whether a denial may be of what the other states; two denials may be of one thing."""
    words = words_of(other.view.content)
    return align(words_of(denial.view.content), words).coverage >= TOUCHED and in_time(denial, other)


def _proposed(new: Sequence[Unit], old: Sequence[Unit]) -> Iterator[tuple[Unit, Unit]]:
    """Pairs of a new unit and an old one worth comparing, as :mod:`takhrij.claims.propose` has them."""
    near = np.round(encode([unit.view.content for unit in new]) @ encode([unit.view.content for unit in old]).T, 4) >= NEAR
    stems = [{word.stem for word in words_of(unit.view.content)} for unit in (*new, *old)]
    holders: dict[str, int] = defaultdict(int)
    for own in stems:
        for stem in own:
            holders[stem] += 1
    rare = [{stem for stem in own if holders[stem] <= COMMON} for own in stems]
    for i, one in enumerate(new):
        for j, other in enumerate(old):
            if (near[i, j] or len(rare[i] & rare[len(new) + j]) >= SHARED) and in_time(one, other):
                yield one, other
