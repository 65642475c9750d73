"""The gazetteer: named places with coordinates, from the curated tables, the GeoNames extract, CLDR and the user's own files.

Row format of every table, tabs between the fields::

    kind  country  lat  lon  english  name|name|...  strength  [population]

``kind`` is one of the place kinds of :mod:`takhrij.records`, ``country`` an ISO 3166 code or ``-``; ``strength`` is 2 for
a name that is certainly a place wherever it stands, 1 for one that needs evidence near it, 0 for one that is no place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import cast, get_args

from takhrij.entities.lexicon import Lexicon
from takhrij.entities.nations import nations
from takhrij.entities.tables import DATA, Row, read
from takhrij.entities.wordsets import wordset
from takhrij.records import PlaceKind
from takhrij.text.fold import fold

_EXTRACT = "gazetteer.tsv"
KINDS = frozenset(get_args(PlaceKind))
#: Country names that are everyday words or another place's name, and so need evidence to be read as places.
_DOUBTFUL_COUNTRIES = wordset("doubtful country")


@dataclass(frozen=True, slots=True)
class Place:
    """A named place. ``name`` is the usual Arabic one; ``capital_of`` the country whose government the name also means."""

    name: str
    english: str
    kind: PlaceKind
    country: str | None
    lat: float | None
    lon: float | None
    strength: int
    population: int = 0
    capital_of: str | None = None
    own: bool = True


class Gazetteer:
    """Places by name. ``files`` are tables of the user's; what they say comes before the built-in tables."""

    def __init__(self, files: Iterable[Path] = ()) -> None:
        self.names: Lexicon[Place] = Lexicon()
        capitals = {(n.code, name) for n in nations().by_code.values() if (name := n.capital)}
        for path in files:
            self._table(path, capitals)
        for table in sorted(DATA.iterdir(), key=lambda p: p.name):
            if table.name.startswith("places_") and table.name.endswith(".tsv"):
                self._table(table, capitals)
        self._countries()
        self._table(DATA.joinpath(_EXTRACT), capitals)
        self._no_places()

    def _table(self, path: Path | Traversable, capitals: set[tuple[str, str]]) -> None:
        for row in read(path, 7):
            names = row.names(5)
            country = row.optional(1)
            if row[0] not in KINDS:
                row.wrong(f"{row[0]!r} is no kind of place; it is one of {', '.join(sorted(KINDS))}")
            if country and not re.fullmatch("[A-Z]{2}", country):
                row.wrong(f"{country!r} is no ISO 3166 code of a country; write - where there is none")
            if not names:
                row.wrong("the place has no name")
            place = self._place(row, names[0], country, capitals)
            for name in names:
                self.names.add(name, place)

    @staticmethod
    def _place(row: Row, name: str, country: str | None, capitals: set[tuple[str, str]]) -> Place:
        lat = row.number(2, -90, 90) if row.optional(2) else None
        lon = row.number(3, -180, 180) if row.optional(3) else None
        population = int(row.number(7, 0, 1e8)) if row.optional(7) else 0
        capital = country if row[0] == "settlement" and (country, name) in capitals else None
        kind = cast(PlaceKind, row[0])
        return Place(name, row[4], kind, country, lat, lon, int(row.number(6, 0, 2)), population, capital, row.file != _EXTRACT)

    def _no_places(self) -> None:
        """Names of several words that hold a place's and are none: ``واشنطن بوست``, ``ريال مدريد``."""
        rows = [name for table, i in (("actors.tsv", 4), ("outlets.tsv", 4)) for row in read(table, 5) for name in row.names(i)]
        for name in (*rows, *(row[0] for row in read("no_places.tsv", 1))):
            if " " in name and not self.names.get(name):
                self.names.add(name, Place(name, name, "other", None, None, None, 0))

    def _countries(self) -> None:
        for nation in nations().by_code.values():
            for name in {fold(name): name for name in reversed(nation.names)}.values():
                strength = 1 if fold(name) in _DOUBTFUL_COUNTRIES else 2
                place = Place(name, nation.english, "country", nation.code, nation.lat, nation.lon, strength, 0, nation.code)
                self.names.add(name, place)


@cache
def gazetteer() -> Gazetteer:
    """The built-in places, read once."""
    return Gazetteer()
