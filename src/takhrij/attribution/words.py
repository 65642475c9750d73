"""Small classes of words that the stage asks for, from ``data/word_classes.tsv``, folded."""

from __future__ import annotations

from functools import cache
from importlib import resources

from takhrij.text.fold import fold


@cache
def _classes() -> dict[str, frozenset[str]]:
    text = (resources.files("takhrij.attribution") / "data" / "word_classes.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: frozenset(fold(word) for word in words.split()) for name, words in rows}


def word_class(name: str) -> frozenset[str]:
    """The folded words of a class. Raises KeyError for a class that the table lacks."""
    return _classes()[name]
