"""What two statements agree and differ in, as numbers that mean something by themselves. Symmetric in the two statements.

Names that end in ``_less`` and ``_more`` are one measure from both sides, the smaller value first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

import simplemma

from takhrij.claims.alignment import (
    EXACT,
    Alignment,
    align,
    bound_opposed,
    crossed,
    exchanged,
    exclusive,
    in_place,
    nations_of,
    opposed,
    reversals,
    substituted,
)
from takhrij.claims.encoder import cosine
from takhrij.claims.lexicon import series
from takhrij.claims.quantities import Quantity, quantities
from takhrij.claims.views import StatementView
from takhrij.claims.words import Word, content_words, negations
from takhrij.text.fold import fold
from takhrij.text.tokens import tokenize

Evidence = Mapping[str, float]

#: Values closer than this share of the larger are one number, one of them rounded.
_ROUNDED = 0.01
_MOST_DAYS = 60
#: Whole numbers that are mostly years, which nobody rounds.
_YEARS = range(1900, 2101)
#: The conflicts that are counted together.
_WEIGHED = (
    "numbers_over_less", "nations_over_less", "reversals_more", "opposed", "bound_opposed", "crossed", "exclusive", "negation",
)  # fmt: skip
#: Those with what hints at a conflict only.
_HINTED = (*_WEIGHED, "opposed_in_place", "before_after", "other_units", "exchanged")
_FUTURE = re.compile(r"\b[وف]?(?:س[يتن]\w{3,}|سوف)\b")


@lru_cache(maxsize=50_000)
def words_of(text: str) -> tuple[Word, ...]:
    """The content words of ``text``."""
    return content_words(text)


@lru_cache(maxsize=50_000)
def numbers_of(text: str) -> tuple[Quantity, ...]:
    """The numbers of ``text``."""
    return quantities(text)


def agreement(a: StatementView, b: StatementView) -> Evidence:
    """The evidence on ``a`` and ``b``, by name."""
    return {**contents(a.content, b.content), **_parties(a, b), **_settings(a, b)}


@lru_cache(maxsize=200_000)
def contents(a: str, b: str) -> Evidence:
    """The evidence in the words said, whoever says them."""
    words_a, words_b = words_of(a), words_of(b)
    in_b, in_a = align(words_a, words_b), align(words_b, words_a)
    lengths = sorted((len(words_a) + 1, len(words_b) + 1))
    places, replaced = substituted(words_a, words_b)
    opposite, names = (max(both) for both in zip(in_place(words_a, words_b), in_place(words_b, words_a), strict=True))
    return {
        **_both("cover", in_b.coverage, in_a.coverage),
        **_both("strict", _strict(in_b), _strict(in_a)),
        **_both("over", len(in_b.over), len(in_a.over)),
        **_both("names_over", _names(in_b.over), _names(in_a.over)),
        **_conflicts(a, b, in_b, in_a, opposite),
        "names_in_place": names,
        "order": _order(words_a, words_b),
        "places": places,
        "replaced": replaced,
        "cosine": cosine(a, b),
        "length_ratio": lengths[0] / lengths[1],
        "length": math.log(lengths[1]),
    }


def _conflicts(a: str, b: str, in_b: Alignment, in_a: Alignment, opposite: int) -> Evidence:
    """What cannot be one proposition: other numbers, nations, a negation, opposites; and all of them weighed by nearness."""
    words_a, words_b = words_of(a), words_of(b)
    nations_a, nations_b = nations_of(words_a), nations_of(words_b)
    found: dict[str, float] = {
        **_numbers(numbers_of(a), numbers_of(b)),
        **_both("nations_over", len(nations_a - nations_b), len(nations_b - nations_a)),
        **_both("reversals", reversals(in_b.over), reversals(in_a.over)),
        "opposed": opposed(in_b.over, in_a.over),
        "bound_opposed": bound_opposed(words_a, words_b),
        "crossed": crossed(words_a, words_b),
        "exchanged": max(exchanged(words_a, words_b), exchanged(words_b, words_a)),
        "exclusive": exclusive(in_b.over, in_a.over),
        "opposed_in_place": opposite,
        "before_after": _before_after(a, b),
        "other_units": _other_units(numbers_of(a), numbers_of(b)),
        "negation": abs(negations(a) - negations(b)) % 2,
        "negators": abs(negations(a) - negations(b)),
        "future": abs(_future(a) - _future(b)),
    }
    weighed = sum(bool(found[name]) for name in _WEIGHED)
    hinted = sum(bool(found[name]) for name in _HINTED)
    near = min(in_b.coverage, in_a.coverage)
    return {
        **found,
        "conflicts": weighed,
        "conflicts_near": weighed * near,
        "hints": hinted,
        "hints_near": hinted * near,
    }


def _settings(a: StatementView, b: StatementView) -> Evidence:
    """The evidence outside the words said: the whole sentences, acts, and days."""
    text_a, text_b = a.sentence or a.content, b.sentence or b.content
    words_a, words_b = words_of(text_a), words_of(text_b)
    in_b, in_a = align(words_a, words_b), align(words_b, words_a)
    return {
        **_both("sentence", in_b.coverage, in_a.coverage),
        "sentence_cosine": cosine(text_a, text_b),
        "cross_cosine": max(cosine(a.content, text_b), cosine(text_a, b.content)),
        "sentence_exclusive": exclusive(in_b.over, in_a.over),
        "sentence_negation": abs(negations(text_a) - negations(text_b)) % 2,
        "denied": a.polarity != b.polarity,
        "acts": a.act != b.act,
        "days": _days(a.date, b.date),
    }


def _parties(a: StatementView, b: StatementView) -> Evidence:
    """How well one name stands in the other, or in the other's sentence; -1 where a name is missing."""
    if a.actor and a.actor == b.actor:
        return {"party_less": 1.0, "party_more": 1.0, "party_cosine": 1.0, "party_inside": 1.0}
    names_a, names_b = words_of(a.party or ""), words_of(b.party or "")
    inside = [
        align(names, words_of(other.sentence or other.content)).coverage
        for names, other in ((names_a, b), (names_b, a))
        if names
    ]
    found: dict[str, float] = {"party_inside": max(inside, default=-1.0)}
    if not names_a or not names_b:
        return {**found, "party_less": -1.0, "party_more": -1.0, "party_cosine": -1.0}
    both = _both("party", align(names_a, names_b).coverage, align(names_b, names_a).coverage)
    return {**found, **both, "party_cosine": cosine(a.party or "", b.party or "")}


def _both(name: str, a: float, b: float) -> Evidence:
    return {f"{name}_less": min(a, b), f"{name}_more": max(a, b)}


def _strict(alignment: Alignment) -> float:
    return sum(how == EXACT for how in alignment.met) / len(alignment.met) if alignment.met else 0.0


def _names(words: Sequence[Word]) -> int:
    """Words the lemma list does not know: mostly names of places and people."""
    return sum(not any(_known(form) for form in (word.text, *word.stems)) for word in words)


@lru_cache(maxsize=100_000)
def _known(form: str) -> bool:
    return bool(form) and bool(simplemma.is_known(form, lang="ar"))


def _numbers(a: Sequence[Quantity], b: Sequence[Quantity]) -> Evidence:
    left, right = {q.value for q in a}, {q.value for q in b}
    lone_a = {x for x in left if not any(_equal(x, y) for y in right)}
    lone_b = {y for y in right if not any(_equal(x, y) for x in left)}
    clash = sum(x.counted == y.counted != "" and x.value in lone_a and y.value in lone_b for x in a for y in b)
    return {**_both("numbers_over", len(lone_a), len(lone_b)), "numbers_shared": len(left - lone_a), "numbers_clash": clash}


def _equal(x: float, y: float) -> bool:
    if x in _YEARS and y in _YEARS:
        return x == y
    return abs(x - y) <= _ROUNDED * max(abs(x), abs(y)) and (x == y or max(x, y) >= 100)


def _other_units(a: Sequence[Quantity], b: Sequence[Quantity]) -> int:
    """How many values stand on both sides, but of units that exclude each other: ten months, ten years."""
    rows = series()
    return sum(
        x.value == y.value
        and x.counted != y.counted
        and bool(rows.get(x.counted, frozenset()) & rows.get(y.counted, frozenset()))
        for x in a
        for y in b
    )


def _before_after(a: str, b: str) -> int:
    """Whether one side says *before* and the other *after*."""
    sides = [(bool(forms & _EARLIER), bool(forms & _LATER)) for forms in (set(tokenize(a).forms), set(tokenize(b).forms))]
    return int(set(sides) == {(True, False), (False, True)})


_EARLIER, _LATER = frozenset({"قبل", "قبيل", "عشيه"}), frozenset({"بعد", "عقب", "بعيد", "اثر"})


def _future(text: str) -> int:
    """How many words of ``text`` put a verb into the future."""
    return len(_FUTURE.findall(fold(text)))


def _order(a: Sequence[Word], b: Sequence[Word]) -> float:
    """The share of the shorter side's neighbouring word pairs that are neighbours on the other side."""
    pairs_a = {(x.stem, y.stem) for x, y in pairwise(a)}
    pairs_b = {(x.stem, y.stem) for x, y in pairwise(b)}
    return len(pairs_a & pairs_b) / max(1, min(len(pairs_a), len(pairs_b)))


def _days(a: str | None, b: str | None) -> float:
    try:
        return min(_MOST_DAYS, abs((date.fromisoformat((a or "")[:10]) - date.fromisoformat((b or "")[:10])).days))
    except ValueError:
        return -1
