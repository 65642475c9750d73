"""A search as people type it, read into words, phrases, exclusions and field filters.

``غارات حلب`` asks for both words in any form and any place; ``"وقف إطلاق النار"`` for the words side by side; ``-مصر``
for articles without the word; ``أو`` or ``OR`` between two words for either. ``speaker:"وزارة الدفاع"``, ``outlet:...``,
``act:deny``, ``after:2017-01-01`` and the like (also under their Arabic names) narrow by field. Words in Latin letters that
name an actor or a place are looked for under its Arabic names too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
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
#: From English words to the Arabic names of what they name together, none where they name nothing.
Names = Callable[[Sequence[str]], Sequence[str]]
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f.'’&-]*")
#: Words in which a name is looked for at most.
_LONGEST = 8
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


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, a phrase or a field of a query as it was typed."""

    words: str
    minus: bool = False
    field: str | None = None
    phrase: bool = False

    @property
    def latin(self) -> bool:
        """Whether the next word may be part of the same English name."""
        return not (self.minus or self.field or self.phrase) and _LATIN.fullmatch(self.words) is not None

    @property
    def joins(self) -> bool:
        """Whether it stands between two words of which either will do."""
        return not (self.minus or self.field or self.phrase) and self.words in ("أو", "او", "OR", "|")


def parse(text: str, filters: Filters | None = None, names: Names | None = None) -> tuple[Query, Filters]:
    """The query and the filters of ``text``; those given in ``filters`` stand unless the text names the field too.

    Raises :class:`UsageError` for an unknown value of a field, a query of exclusions only, or one past the bounds.
    """
    if len(text) > MOST_LETTERS:
        raise UsageError(f"a query has at most {MOST_LETTERS} characters")
    found: dict[str, Any] = {}
    groups: list[list[Term]] = []
    unwanted: list[Term] = []
    joins, typed = False, 0
    for piece in _named_together(list(_pieces(text)), names):
        if piece.field is not None:
            found[piece.field] = _field(piece.field, piece.words)
            continue
        if piece.joins:
            joins = bool(groups)
            continue
        either = _called(piece, names)
        if not either:
            continue
        typed += len(either[0].keys)
        if piece.minus:
            unwanted += either
            continue
        one = piece.phrase or len(either) > 1 or len(either[0].keys) == 1
        if one and joins:
            groups[-1] += either
        else:
            groups += [either] if one else [[Term((key,))] for key in either[0].keys]
        joins = False
    if typed > MOST_TERMS:
        raise UsageError(f"a query has at most {MOST_TERMS} words")
    if unwanted and not groups:
        raise UsageError("a query of exclusions only finds nothing: name a word to look for")
    return Query(tuple(map(tuple, groups)), tuple(unwanted)), replace(filters or Filters(), **found)


def _called(piece: _Piece, names: Names | None) -> list[Term]:
    """The terms any of which will do for a piece: what was typed, and the Arabic names of what that names in English."""
    typed = Term(tuple(keys(piece.words)))
    if not typed.keys or names is None:
        return [typed] if typed.keys else []
    others = [Term(tuple(keys(name))) for name in names(piece.words.split())]
    return [typed, *(term for term in others if term.keys)]


def _pieces(text: str) -> Iterator[_Piece]:
    for match in _PIECE.finditer(text):
        minus, field, *quoted, bare = match.groups()
        phrase = next((part for part in quoted if part is not None), None)
        words = phrase if phrase is not None else bare
        if field in _FIELDS:
            yield _Piece(words, field=_FIELDS[field])
        else:
            yield _Piece(words if field is None else f"{field} {words}", bool(minus), None, phrase is not None)


def _named_together(pieces: list[_Piece], names: Names | None) -> Iterator[_Piece]:
    """The pieces, with English words side by side that are one name made one, the longest name first."""
    at = 0
    while at < len(pieces):
        end = at + 1
        if names is not None and pieces[at].latin:
            while end < len(pieces) and end - at < _LONGEST and pieces[end].latin and not pieces[end].joins:
                end += 1
            while end > at + 1 and not names([piece.words for piece in pieces[at:end]]):
                end -= 1
        yield pieces[at] if end == at + 1 else _Piece(" ".join(piece.words for piece in pieces[at:end]))
        at = end


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
