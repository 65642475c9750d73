"""The words around names of places, from ``data/place_words.tsv``: class words, prepositions, bodies, people."""

from __future__ import annotations

from functools import cache, lru_cache

from takhrij.entities.tables import read
from takhrij.entities.wordsets import wordset
from takhrij.text.fold import fold

#: Classes whose word is part of the name (``ميناء عدن``), and those whose word is not (``مدينة عدن``).
KEPT = frozenset({"facility", "water", "other"})
BARE = frozenset({"settlement", "region"})
#: First words after which a name goes on with the next word (``أم درمان``, ``الملك فهد``).
OPENERS = wordset("opens a name")


@cache
def place_words() -> dict[str, str]:
    """Folded word to its class, the article-less and the plural forms being rows of their own."""
    return {fold(row[0]): row[1] for row in read("place_words.tsv", 2)}


@cache
def given_names() -> frozenset[str]:
    """Folded given names; two-part names joined (``عبدالله``)."""
    return frozenset(fold(name) for row in read("given_names.tsv", 1) for field in row.fields for name in field.split())


@lru_cache(maxsize=1 << 15)
def word_class(form: str) -> tuple[str | None, str]:
    """The class of a folded word and the clitic that it was written with (``بمحافظة`` is a region's word after ``ب``)."""
    words = place_words()
    found = words.get(form)
    if found:
        return found, ""
    if len(form) < 4 or form[0] not in "وفبلك":
        return None, ""
    if found := words.get(form[1:]):
        return found, form[:1]
    if form[0] in "وف" and form[1] in "بلك" and len(form) > 4 and (found := words.get(form[2:])):
        return found, form[:2]
    return None, ""
