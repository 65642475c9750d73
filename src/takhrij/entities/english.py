"""From English names to Arabic ones, so that a search typed in English finds Arabic text.

The names are those of the tables: known actors and outlets, who held which office, ministries, countries, places. Case,
accents, hyphens and the articles ``the``, ``al``, ``el`` make no difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from takhrij.entities.nations import nations
from takhrij.entities.tables import DATA, read

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile("['’‘ʿʾ]")
_ARTICLES = frozenset({"the", "al", "el"})
#: Words after a place's name that a searcher leaves off.
_CLASSES = frozenset({"governorate", "province", "region", "district", "city", "river", "camp"})
_SPELLINGS = {"defense": "defence", "center": "centre", "labor": "labour", "organisation": "organization"}
#: Names of one thing that are looked for at most.
_MOST = 8


def arabic_names(words: Sequence[str]) -> tuple[str, ...]:
    """The Arabic names of what ``words`` name in English, the usual ones first; none where they name nothing known."""
    return _names().get(_key(" ".join(words)), ())[:_MOST]


def _key(name: str) -> tuple[str, ...]:
    bare = unicodedata.normalize("NFKD", _APOSTROPHE.sub("", name.casefold()))
    plain = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return tuple(_SPELLINGS.get(word, word) for word in _WORD.findall(plain) if word not in _ARTICLES)


@cache
def _names() -> dict[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for english, names in _pairs():
        for key in _keys(english):
            found.setdefault(key, {}).update(dict.fromkeys(name for name in names if not name.isascii()))
    return {key: tuple(names) for key, names in found.items() if names}


def _keys(english: str) -> Iterator[tuple[str, ...]]:
    """The key of a name, and of what a searcher makes of it: without what stands in brackets, or without its class."""
    for name in (english, re.sub(r"\s*\([^)]*\)", "", english)):
        key = _key(name)
        if key:
            yield key
        if len(key) > 1 and key[-1] in _CLASSES:
            yield key[:-1]


def _pairs() -> Iterator[tuple[str, tuple[str, ...]]]:
    for row in read("actors.tsv", 5):
        yield row[3], row.names(4)
    for row in read("actors.tsv", 5):  # after all whole names, the parts: Security Council of UN Security Council
        words = row[3].split()
        for start, end in ((1, len(words)), (0, len(words) - 1)):
            if end - start > 1:
                yield " ".join(words[start:end]), row.names(4)
    for row in read("outlets.tsv", 6):
        yield row[3], row.names(4)
    for row in read("officeholders.tsv", 7):
        yield row[1], row.names(0)
        family = _key(row[1])[-1:]
        if family and len(family[0]) > 3:
            yield family[0], row.names(0)
    for row in read("ministries.tsv", 2):
        field = row[1].removeprefix("the ").removesuffix(" Affairs")
        for english, arabic in (("Ministry", "وزارة"), ("Minister", "وزير")):
            for name in (f"{english} of {row[1]}", f"{field} {english}", f"{row[1]} {english}"):
                yield name, (f"{arabic} {row[0]}",)
    for nation in nations().by_code.values():
        yield nation.english, nation.names
    for table in sorted(DATA.iterdir(), key=lambda path: path.name):
        if table.name == "gazetteer.tsv" or (table.name.startswith("places_") and table.name.endswith(".tsv")):
            for row in read(table, 7):
                yield row[4], row.names(5)
