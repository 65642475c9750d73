"""Whether two statements are one: the label, how sure it is, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from takhrij.claims.decide import decide
from takhrij.claims.features import agreement
from takhrij.claims.views import StatementView, from_reading, from_sentence
from takhrij.errors import UsageError
from takhrij.records import PairLabel, Reading


@dataclass(frozen=True, slots=True)
class MatchResult:
    """``score`` is how likely the two are one statement or one holds the other, 0..1; ``why`` the evidence, in English."""

    label: PairLabel
    score: float
    why: str


def match_views(a: StatementView, b: StatementView) -> MatchResult:
    """Compare two statements already taken apart. The order of the two does not matter."""
    label, score, why = decide(agreement(a, b))
    return MatchResult(label, score, why)


def match_pair(a: str, b: str, a_date: str | None = None, b_date: str | None = None) -> MatchResult:
    """Compare two bare sentences; dates are ISO days of publication."""
    return match_views(from_sentence(a, a_date), from_sentence(b, b_date))


def match_readings(a: Reading, b: Reading) -> MatchResult:
    """Compare two texts that are one statement each, with the attributions that were read in them."""
    return match_views(from_reading(a), from_reading(b))


def match(pairs: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows ``{pair, a, b, a_date, b_date}`` to rows ``{pair, label, score, why}``.

    Raises :class:`UsageError` for a row that lacks ``a`` or ``b``.
    """
    for number, row in enumerate(pairs):
        if not isinstance(row.get("a"), str) or not isinstance(row.get("b"), str):
            raise UsageError(f"pair {row.get('pair', number)}: a row needs the texts a and b")
        result = match_pair(row["a"], row["b"], row.get("a_date"), row.get("b_date"))
        yield {"pair": row.get("pair", number), "label": result.label, "score": result.score, "why": result.why}
