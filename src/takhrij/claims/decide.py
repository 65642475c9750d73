"""From evidence to a label, a score and the reason.

Two forests were learned (``bench/train_match.py``): one on whether two contents are one proposition, whoever speaks; one on
the six labels of a pair. What one holds against joining is weighed by the forests together with all the rest, but a pair in
which they see a contradiction is never joined on the strength of its words.
"""

from __future__ import annotations

from collections.abc import Sequence

from takhrij.claims.features import Evidence
from takhrij.claims.forest import load
from takhrij.records import PairLabel

#: From which score two statements are one, or one holds the other.
JOINED = 0.46
#: A share given to a contradiction from which a pair is not joined, whatever the score; lower for undated pairs, since
#: a day apart is then no witness.
AGAINST, AGAINST_UNDATED = 0.4, 0.26
#: The share of each side's words that the other has for the two to be the same words.
VERBATIM = 0.9


_ONE: tuple[PairLabel, ...] = ("same", "part")
_APART: tuple[PairLabel, ...] = ("contradict", "same_words_other_speaker", "related", "unrelated")


def content_scores(evidence: Sequence[Evidence]) -> list[float]:
    """For each piece of evidence, how likely the two contents are one proposition, whoever speaks, in 0..1.

    The same words on both sides, with nothing held against it, are one proposition: no forest is asked.
    """
    if not evidence:
        return []
    learned = load("contents").probabilities(evidence)[:, 0].tolist()
    return [
        1.0 if seen["strict_less"] >= VERBATIM and not seen["conflicts"] else round(p, 4)
        for seen, p in zip(evidence, learned, strict=True)
    ]


def decide(seen: Evidence) -> tuple[PairLabel, float, str]:
    """The label of a pair, how likely it is one statement or one holds the other, and the evidence in words."""
    forest = load("pairs")
    shares = dict(zip(forest.classes, forest.probabilities([seen])[0].tolist(), strict=True))
    score = shares["same"] + shares["part"]
    against = shares["contradict"]
    joined = score >= JOINED and against < (AGAINST if seen["days"] >= 0 else AGAINST_UNDATED)
    label = max(_ONE if joined else _APART, key=lambda name: (shares[name], name))
    return label, round(score, 3), reason(seen)


def reason(seen: Evidence) -> str:
    """The evidence that weighs most, in plain words."""
    told = [f"{seen['cover_less']:.0%} and {seen['cover_more']:.0%} of the words met, meaning {seen['cosine']:.2f}"]
    if seen["party_more"] >= 0:
        told.append(f"speakers' names {seen['party_more']:.0%} met")
    told += [words for name, words in _AGAINST if seen[name]]
    if seen["days"] > 0:
        told.append(f"{seen['days']:.0f} days apart")
    return "; ".join(told)


_AGAINST = (
    ("numbers_over_less", "other numbers"),
    ("negation", "a negation on one side"),
    ("opposed", "opposite words"),
    ("opposed_in_place", "opposite words in one place"),
    ("before_after", "before on one side, after on the other"),
    ("other_units", "one number of other units"),
    ("exchanged", "two phrases each in the other's place"),
    ("names_in_place", "another name in one place"),
    ("bound_opposed", "opposite words of one thing"),
    ("crossed", "nations the other way round"),
    ("nations_over_less", "other nations"),
    ("exclusive", "words that exclude each other"),
    ("denied", "one denies"),
)
