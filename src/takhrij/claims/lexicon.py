"""The tables that comparison looks words up in, read once. Each is a file under ``data/`` whose first line says what it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from takhrij.claims.stems import stem
from takhrij.errors import DataError
from takhrij.text.fold import fold


def rows(name: str) -> Iterator[list[str]]:
    """The rows of the table ``name``, split at tabs; comments and blank lines left out."""
    text = files("takhrij.claims").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


@cache
def function_words() -> frozenset[str]:
    """Folded words that carry no proposition of their own."""
    return frozenset(fold(row[0]) for row in rows("function_words.tsv"))


@cache
def negators() -> frozenset[str]:
    """Folded words that turn a proposition round."""
    return frozenset(fold(row[0]) for row in rows("negators.tsv"))


@cache
def synonyms() -> dict[str, frozenset[int]]:
    """From a stem to the numbers of the groups of words that report one thing."""
    groups: dict[str, set[int]] = defaultdict(set)
    for number, row in enumerate(rows("synonyms.tsv")):
        for word in row[0].split():
            groups[stem(word)].add(number)
    return {word: frozenset(numbers) for word, numbers in groups.items()}


@cache
def antonyms() -> dict[str, frozenset[str]]:
    """From a stem to the stems that cannot hold of the same event."""
    opposite: dict[str, set[str]] = defaultdict(set)
    for row in rows("antonyms.tsv"):
        if len(row) != 2:
            raise DataError(f"antonyms.tsv: a row needs two columns: {row[0]}")
        left, right = ([stem(word) for word in side.split()] for side in row)
        for a in left:
            opposite[a].update(right)
        for b in right:
            opposite[b].update(left)
    return {word: frozenset(others) for word, others in opposite.items()}


@cache
def series() -> dict[str, frozenset[int]]:
    """From a stem to the numbers of the series in which it excludes the others."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, row in enumerate(rows("series.tsv")):
        for word in row[0].split():
            found[stem(word)].add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def nations() -> dict[str, int]:
    """From a stem to the number of the nation that it names."""
    return {stem(word): number for number, row in enumerate(rows("nations.tsv")) for word in row[0].split()}


@cache
def reversers() -> frozenset[str]:
    """Stems of words that turn what they govern into not happening or not so."""
    return frozenset(stem(row[0]) for row in rows("reversers.tsv"))


@cache
def number_words() -> dict[str, tuple[float, str]]:
    """From a folded number word to its value and kind: ``unit``, ``scale`` or ``part``."""
    return {fold(word): (float(value), kind) for word, value, kind in rows("numbers.tsv")}
