"""A search as people type it, read into words, phrases, exclusions and field filters.

``غارات حلب`` asks for both words in any form and any place; ``"وقف إطلاق النار"`` for the words side by side; ``-مصر``
for articles without the word; ``أو`` or ``OR`` between two words for either. ``speaker:"وزارة الدفاع"``, ``outlet:...``,
``act:deny``, ``after:2017-01-01`` and the like (also under their Arabic names) narrow by field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, get_args

from takhrij.errors import UsageError
from takhrij.ledger.answers import Filters, Near
from takhrij.ledger.words import keys
from takhrij.records import Act, PartyKind

#: What a field may be called in a query, in English and in Arabic.
_FIELDS = {
    "speaker": "speaker", "المتحدث": "speaker",
    "party": "party", "الجهة": "party", "kind": "kind", "نوع": "kind",
    "act": "act", "الفعل": "act", "actor": "actor",
    "outlet": "outlet", "الوسيلة": "outlet", "المصدر": "outlet",
    "after": "after", "من": "after", "since": "after", "before": "before", "until": "before", "إلى": "before",
    "place": "place", "مكان": "place", "near": "near", "قرب": "near",
    "denied": "denied", "has-denial": "has_denial", "نفي": "has_denial",
    "origins": "origins_at_most", "مصادر": "origins_at_most",
}  # fmt: skip
_PIECE = re.compile(r'(-?)(?:([\w-]+):)?(?:"([^"]*)"|«([^»]*)»|“([^”]*)”|(\S+))')
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_YES = {"yes": True, "true": True, "1": True, "نعم": True, "no": False, "false": False, "0": False, "لا": False}
#: Words of a query past this number are refused: each costs a look into the index.
MOST_TERMS = 32
MOST_LETTERS = 2000


@dataclass(frozen=True, slots=True)
class Term:
    """Keys that must stand side by side; one key for a single word."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """All of ``wanted`` (of each group, one term at least) and none of ``unwanted``."""

    wanted: tuple[tuple[Term, ...], ...] = ()
    unwanted: tuple[Term, ...] = ()

    def keys(self) -> frozenset[str]:
        """The keys that a hit is marked by."""
        return frozenset(key for group in self.wanted for term in group for key in term.keys)


def parse(text: str, filters: Filters | None = None) -> tuple[Query, Filters]:
    """The query and the filters of ``text``; those given in ``filters`` stand unless the text names the field too.

    Raises :class:`UsageError` for an unknown value of a field, a query of exclusions only, or one past the bounds.
    """
    if len(text) > MOST_LETTERS:
        raise UsageError(f"a query has at most {MOST_LETTERS} characters")
    found: dict[str, Any] = {}
    groups: list[list[Term]] = []
    unwanted: list[Term] = []
    joins = False
    for match in _PIECE.finditer(text):
        minus, field, *quoted, bare = match.groups()
        phrase = next((part for part in quoted if part is not None), None)
        words = phrase if phrase is not None else bare
        if field in _FIELDS:
            found[_FIELDS[field]] = _field(_FIELDS[field], words)
            continue
        if field is not None:
            words = f"{field} {words}"
        if phrase is None and not minus and words in ("أو", "او", "OR", "|"):
            joins = bool(groups)
            continue
        term = Term(tuple(keys(words)))
        if not term.keys:
            continue
        terms = [term] if phrase is not None else [Term((key,)) for key in term.keys]
        if minus:
            unwanted += [term]
        elif joins and len(terms) == 1:
            groups[-1] += terms
        else:
            groups += [[t] for t in terms]
        joins = False
    query = Query(tuple(map(tuple, groups)), tuple(unwanted))
    if sum(len(term.keys) for group in query.wanted for term in group) + len(unwanted) > MOST_TERMS:
        raise UsageError(f"a query has at most {MOST_TERMS} words")
    if unwanted and not groups:
        raise UsageError("a query of exclusions only finds nothing: name a word to look for")
    return query, replace(filters or Filters(), **found)


def _field(name: str, value: str) -> Any:
    if name in ("denied", "has_denial"):
        if value.lower() not in _YES:
            raise UsageError(f"{name}:{value} is neither yes nor no")
        return _YES[value.lower()]
    if name == "origins_at_most":
        if not value.isdecimal():
            raise UsageError(f"origins:{value} is no number")
        return int(value)
    if name in ("after", "before"):
        if not _DAY.fullmatch(value):
            raise UsageError(f"{name}:{value} is no day: write 2017-05-31")
        return value
    if name == "near":
        return near(value)
    for field, words in (("act", Act), ("kind", PartyKind)):
        if name == field and value not in get_args(words):
            raise UsageError(f"{name}:{value} is none of {', '.join(get_args(words))}")
    return value


def near(value: str) -> Near:
    """``LAT,LON,KM`` read. Raises :class:`UsageError`."""
    try:
        lat, lon, km = (float(part) for part in value.split(","))
    except ValueError:
        raise UsageError(f"near:{value} does not read LAT,LON,KM") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and 0 < km <= 20_100):
        raise UsageError(f"near:{value} is no point and distance on earth")
    return Near(lat, lon, km)
