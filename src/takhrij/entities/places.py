"""Places named in a text: which names are places there, which place each one is, and why.

A name of the gazetteer is taken for a place by the evidence around it: a class word (``مدينة``), a preposition, a place
beside it, the countries that the article speaks of; and against it: a body named for the place (``جامعة القاهرة``), a
person's name, a state that acts (``قالت موسكو``). A name that the gazetteer lacks is still a place after a class word.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from takhrij.entities.evidence import Evidence, evidence, first_word_before
from takhrij.entities.gazetteer import Gazetteer, Place, gazetteer
from takhrij.entities.newplaces import new_places
from takhrij.entities.placewords import KEPT, given_names
from takhrij.entities.scan import Hit, Scan, scan
from takhrij.entities.setting import Setting, setting
from takhrij.records import PlaceMention, Span
from takhrij.text.tokens import Tokens, tokenize

#: From this confidence on, a name is reported as a place.
THRESHOLD = 0.5
#: What a name is worth before any evidence, by its strength in the gazetteer.
_BASE = (-9.0, 0.22, 0.62)
#: The same for a place of few inhabitants that only GeoNames knows.
_VILLAGE, _TOWN = 0.0, 20_000
#: A country or the capital that stands for it acts more often than it holds: it needs to be where something is.
_STATE = 0.2


@dataclass(frozen=True, slots=True)
class _Read:
    """An accepted mention with the tokens that it took, for the names that stand beside it."""

    mention: PlaceMention
    first: int
    last: int
    evidence: Evidence


def find_places(
    text: str, *, home: str | None = None, tokens: Tokens | None = None, names: Gazetteer | None = None
) -> tuple[PlaceMention, ...]:
    """The places named in ``text``, in order. ``home`` is the country of the outlet, ``names`` a gazetteer with user files."""
    found = scan(tokens or tokenize(text), names or gazetteer())
    return read_places(found, setting(found, home))


def read_places(found: Scan, where: Setting) -> tuple[PlaceMention, ...]:
    """The same from a scan already made and the article's setting."""
    tokens = found.tokens
    read: list[_Read] = []
    for hit in found.hits:
        beside = read[-1].evidence if read and _coordinated(tokens, read[-1].last, hit) else None
        around = evidence(found, hit, beside)
        place = _which(hit, around, where, read)
        confidence, why = _weigh(place, hit, around, where, found)
        if confidence < THRESHOLD:
            continue
        first = around.class_at if around.kind in KEPT and around.class_at is not None and not hit.clitic else hit.i
        start = tokens.starts[first] + around.class_cut if first < hit.i else found.start(hit)
        if first < hit.i:
            place = _facility(place, tokens.text[start : tokens.ends[hit.i + hit.n - 1]], around)
        mention = PlaceMention(
            Span(start, tokens.ends[hit.i + hit.n - 1]), place.english, place.kind, place.country,
            place.lat, place.lon, round(min(confidence, 0.99), 2), why,
        )  # fmt: skip
        read.append(_Read(mention, first, hit.i + hit.n - 1, around))
    known = [(r.first, r.last, r.mention) for r in read]
    mentions = [r.mention for r in read] + new_places(found, where, known)
    return tuple(sorted(mentions, key=lambda m: m.span))


def _coordinated(tokens: Tokens, last: int, hit: Hit) -> bool:
    """Whether a name follows the one before it in a list: ``عدن وأبين، ولحج``."""
    between = tokens.forms[last + 1 : hit.i]
    if len(between) > 2 or any(form not in '،,و-–/"«»“”' for form in between):
        return False
    if "\n" in tokens.text[tokens.ends[last] : tokens.starts[hit.i]]:
        return False
    return hit.clitic == "و" or (bool(between) and not hit.clitic)


def _which(hit: Hit, around: Evidence, where: Setting, read: list[_Read]) -> Place:
    """The place that a name most likely means: its kind by the class word, its country by the article and its neighbours."""
    if len(hit.places) == 1:
        return hit.places[0]
    near = {r.mention.country: 0.4 for r in read[-4:]}

    def fit(place: Place) -> float:
        score = 3 * where.share(place.country) + near.get(place.country, 0.0)
        score += 1.5 * (around.kind == place.kind) - 0.7 * (around.kind == "settlement" and place.kind == "country")
        score += 0.15 * (place.kind == "settlement") + 0.3 * place.own + 0.2 * place.strength
        return score + (math.log10(place.population) / 8 if place.population > 1 else 0.0)

    return max(hit.places, key=fit)


def _weigh(place: Place, hit: Hit, around: Evidence, where: Setting, found: Scan) -> tuple[float, str]:
    """How likely the name is a place here, and the main reasons."""
    forms = found.tokens.forms
    state = place.kind == "country" or place.capital_of is not None
    score = _base(place, hit)
    if state and place.strength:
        score = _STATE if place.strength == 2 or place.kind == "country" else _BASE[1]
        score += 0.22 * (place.kind != "country" and place.country == where.home)
    score += around.weight + (0.3 if place.kind != "country" else 0.1) * where.share(place.country)
    before = first_word_before(forms, hit.i)
    if hit.n == 1 and not around.kind and not around.located:
        if before in given_names() or before in {"بن", "ابن", "ال", "ابو"}:
            score -= 0.7
        if forms[hit.i] in given_names():
            score -= 0.5
    if place.strength < 2 and hit.n == 1 and not around.kind and hit.clitic in {"", "و"}:
        word = found.tokens.word(hit.i)
        if before.startswith("ال") and word.lstrip("و").startswith("ال"):
            score -= 0.4  # الجهة الشرقية: an adjective
        if word.endswith("ه") and place.name.endswith("ة"):
            score -= 0.4  # في حديثه: a pronoun
    if hit.i + hit.n < len(forms) and forms[hit.i + hit.n] in {"بن", "ابن"}:
        score -= 0.7
    return score, "; ".join((f"gazetteer, strength {place.strength}", *around.reasons))


def _base(place: Place, hit: Hit) -> float:
    """What the name is worth by itself: less for a village that only GeoNames lists under one everyday-looking word."""
    base = _BASE[place.strength]
    if place.strength == 1 and not place.own and hit.n == 1 and place.population < _TOWN:
        base = _VILLAGE
    if hit.cut and hit.n == 1 and place.strength < 2 and hit.clitic[-1:] in "بلك" and not _definite(hit):
        base -= 0.25  # بحجة, ببلد: more often a common noun after a preposition
    return base


def _definite(hit: Hit) -> bool:
    return hit.places[0].name.startswith("ال")


def _facility(place: Place, name: str, around: Evidence) -> Place:
    """``ميناء عدن`` where the gazetteer knows only Aden: the facility lies at the place that it is named for."""
    if place.kind in KEPT and around.kind == place.kind:
        return place
    lat, lon = (place.lat, place.lon) if place.kind == "settlement" else (None, None)
    if place.kind == "region":
        lat, lon = place.lat, place.lon
    kind = "facility" if around.kind == "facility" else "water" if around.kind == "water" else "other"
    return Place(name, f"{name} ({place.english})", kind, place.country, lat, lon, place.strength)  # type: ignore[arg-type]
