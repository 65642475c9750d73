"""From evidence to a label, a score and the reason."""

from __future__ import annotations

import math

from takhrij.claims.features import Evidence
from takhrij.records import PairLabel


def joined_score(seen: Evidence) -> float:
    """How likely the two contents are one proposition, whoever speaks, in 0..1."""
    if seen["cover_less"] > 0.6 and (
        seen["negation"] or seen["opposed"] or (seen["numbers_over_less"] and not seen["numbers_shared"])
    ):
        return 0.1
    mix = 0.45 * seen["cover_more"] + 0.2 * seen["cover_less"] + 0.4 * seen["cosine"]
    return 1 / (1 + math.exp(-12 * (mix - 0.62)))


def decide(seen: Evidence) -> tuple[PairLabel, float, str]:
    """The label of a pair, how likely it is one statement, and the evidence in words."""
    score = round(joined_score(seen), 3)
    if score >= 0.5:
        label: PairLabel = "part" if seen["over_more"] - seen["over_less"] > 6 else "same"
    elif seen["cover_less"] > 0.7 and (seen["negation"] or seen["numbers_over_less"] or seen["opposed"]):
        label = "contradict"
    else:
        label = "related" if seen["cosine"] > 0.3 else "unrelated"
    return label, score, f"words met {seen['cover_less']:.2f} and {seen['cover_more']:.2f}, meaning {seen['cosine']:.2f}"
