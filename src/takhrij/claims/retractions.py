"""Notices by which an outlet takes back what it published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from takhrij.claims.alignment import align
from takhrij.claims.features import words_of
from takhrij.claims.lexicon import rows
from takhrij.claims.units import Unit
from takhrij.records import Reading
from takhrij.text.fold import fold
from takhrij.text.tokens import sentences

#: The share of a report's words that a notice must have for it to be about that report.
_ABOUT = 0.7
_LETTERS = re.compile(r"\w+")


@cache
def _words(where: str) -> frozenset[str]:
    return frozenset(fold(word) for word, place in rows("retractions.tsv") if place == where)


def notices(readings: Mapping[str, Reading]) -> dict[str, str]:
    """The articles in which an outlet takes back a report of its own, with the words by which it does.

    Told by the headline's first word (``correction``) or by a sentence in the first person (``we withdraw it``).
    """
    found = {}
    for key, reading in readings.items():
        text = reading.article.text
        headline = text.split("\n", 1)[0]
        opening = _LETTERS.findall(fold(headline))[:1]
        spoken = next((s.of(text) for s in sentences(text) if _words("voice") & set(_LETTERS.findall(fold(s.of(text))))), None)
        if opening and opening[0] in _words("headline"):
            found[key] = spoken or headline
        elif spoken and _words("noun") & set(_LETTERS.findall(fold(text))):
            found[key] = spoken
    return found


def taken_back(
    members: Sequence[Unit], denied: Iterable[str], told: Mapping[str, str], readings: Mapping[str, Reading]
) -> list[str]:
    """The notices among ``told`` that take back the claim that ``members`` carry.

    A notice must come from an outlet that carried the claim in another article, not earlier than the notice, and must hold a
    denial of the claim (``denied`` are the articles that do) or most of the words of the outlet's own report.
    """
    against = set(denied)
    found = []
    for key in sorted(told):
        notice = readings[key].article
        own = [
            unit for unit in members
            if unit.article != key and notice.outlet and readings[unit.article].article.outlet == notice.outlet
            and (readings[unit.article].article.date or "") <= (notice.date or "9999")
        ]  # fmt: skip
        words = words_of(notice.text)
        about = any(align(words_of(unit.view.content), words).coverage >= _ABOUT for unit in own)
        if own and (key in against or about):
            found.append(key)
    return found
