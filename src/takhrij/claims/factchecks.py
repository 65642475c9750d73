"""Fact-checks that others have published, and which of them concern a claim or a question, in Arabic or English.

Read from ClaimReview, the schema.org vocabulary in which fact-checkers publish. A find is a pointer to what somebody found
out; nothing is concluded from it here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from takhrij.claims.decide import content_scores
from takhrij.claims.encoder import encode
from takhrij.claims.features import contents
from takhrij.errors import DataError
from takhrij.text.language import language

#: A find below this is noise; strangers score about 0.1, the same claim in another language 0.5 and more.
_LEAST = 0.3


@dataclass(frozen=True, slots=True)
class FactCheck:
    """One published fact-check: the claim as reviewed, the rating in the reviewer's words, who reviewed it, where, and when."""

    claim: str
    rating: str
    publisher: str
    url: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A fact-check that a query met. ``score`` in 0..1; ``why`` says whether words or meaning met."""

    check: FactCheck
    score: float
    why: str


def from_claim_review(data: Any) -> list[FactCheck]:
    """The fact-checks in a JSON-LD value: one ClaimReview, a list, or a ``@graph``; other types are passed over.

    Raises :class:`DataError` for a ClaimReview that reviews no claim.
    """
    if isinstance(data, list):
        return [check for item in data for check in from_claim_review(item)]
    if not isinstance(data, Mapping):
        return []
    if "@graph" in data:
        return from_claim_review(data["@graph"])
    kinds = data.get("@type")
    if "ClaimReview" not in (kinds if isinstance(kinds, list) else [kinds]):
        return []
    claim = str(data.get("claimReviewed") or "").strip()
    if not claim:
        raise DataError(f"a ClaimReview without claimReviewed: {data.get('url', 'no address')}")
    rating, author = _part(data, "reviewRating"), _part(data, "author")
    return [
        FactCheck(
            claim,
            str(rating.get("alternateName") or rating.get("ratingValue") or ""),
            str(author.get("name") or ""),
            str(data.get("url") or ""),
            str(data["datePublished"])[:10] if data.get("datePublished") else None,
        )
    ]


def _part(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key)
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, Mapping) else {}


class FactChecks:
    """An index of fact-checks to look claims up in."""

    def __init__(self, checks: Iterable[FactCheck]) -> None:
        self._checks = sorted(set(checks), key=lambda c: (c.claim, c.url, c.publisher, c.rating, c.date or ""))
        self._vectors = encode([check.claim for check in self._checks])

    def __len__(self) -> int:
        return len(self._checks)

    def find(self, query: str, limit: int = 10) -> list[Found]:
        """The fact-checks that concern ``query``, best first, at most ``limit``; none for a blank query.

        In one language the words are compared as for any two statements; across languages the encoder alone decides.
        """
        if not query.strip() or not self._checks:
            return []
        meanings = (self._vectors @ encode([query])[0]).tolist()
        near = [i for i, meaning in enumerate(meanings) if meaning >= _LEAST]
        words = dict(zip(near, self._scores(query, near), strict=True))
        found = [Found(self._checks[i], round(max(meanings[i], words[i]), 3), _why(meanings[i], words[i])) for i in near]
        return sorted(found, key=lambda f: (-f.score, f.check.claim, f.check.url))[:limit]

    def _scores(self, query: str, near: Sequence[int]) -> list[float]:
        arabic = language(query) == "ar"
        evidence = [contents(query, self._checks[i].claim) for i in near if arabic and language(self._checks[i].claim) == "ar"]
        scores = iter(content_scores(evidence))
        return [next(scores) if arabic and language(self._checks[i].claim) == "ar" else 0.0 for i in near]


def _why(meaning: float, words: float) -> str:
    return f"meaning {meaning:.2f}" + (f", one proposition by words and numbers with {words:.2f}" if words else "")
