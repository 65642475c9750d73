"""Small sets of words by name, from ``data/wordsets.tsv``, folded."""

from __future__ import annotations

from functools import cache

from takhrij.entities.tables import read
from takhrij.text.fold import fold


@cache
def _sets() -> dict[str, frozenset[str]]:
    return {row[0]: frozenset(fold(word) for word in row[1].split()) for row in read("wordsets.tsv", 2)}


def wordset(name: str) -> frozenset[str]:
    """The folded words of the set ``name``; a name that the table lacks is a KeyError, a fault of the package."""
    return _sets()[name]
