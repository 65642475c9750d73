"""Countries: their names, the adjectives of nationality in every gender and number, and their capitals as metonyms.

Names of all countries come from Unicode CLDR, adjectives, capitals and further names from ``data/nationalities.tsv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from takhrij.entities.lexicon import Lexicon
from takhrij.entities.tables import Row, read
from takhrij.text.fold import fold


@dataclass(frozen=True, slots=True)
class Nation:
    """A country. ``adjectives`` are masculine singular, without article, the usual one first; ``names`` usual first."""

    code: str
    english: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    capital: str | None
    lat: float | None
    lon: float | None

    def feminine(self, adjective: str | None = None) -> str:
        """``الروسية`` for Russia: the adjective as it qualifies a ministry."""
        base = adjective or (self.adjectives[0] if self.adjectives else "")
        return " ".join("ال" + word + "ة" for word in base.split())

    def masculine(self, adjective: str | None = None) -> str:
        """``الروسي`` for Russia."""
        base = adjective or (self.adjectives[0] if self.adjectives else "")
        return " ".join("ال" + word for word in base.split())


class Nations:
    """All countries, by code, by name and by adjective."""

    def __init__(self) -> None:
        self.by_code: dict[str, Nation] = {}
        #: Names of countries, and the metonyms that stand only for a state.
        self.names: Lexicon[str] = Lexicon()
        self.capitals: Lexicon[str] = Lexicon()
        #: Folded single-word adjectives, each in all its forms, to country codes.
        self.adjectives: dict[str, str] = {}
        #: Adjective forms that speak of people: plural, so that ``الإيرانيون`` is a crowd.
        self.plurals: dict[str, str] = {}
        self._load()

    def _load(self) -> None:
        own = {row[0]: row for row in read("nationalities.tsv", 7)}
        for row in read("countries.tsv", 3):
            self._add(row[0], row[1], row[2], own.pop(row[0], None))
        for code, row in own.items():
            self._add(code, code, row.names(4)[0], row)

    def _add(self, code: str, english: str, cldr: str, row: Row | None) -> None:
        names = (*row.names(4), cldr) if row else (cldr,)
        adjectives = row.names(1) if row else ()
        capital = row.optional(3) if row else None
        lat, lon = (float(row[5]), float(row[6])) if row else (None, None)
        self.by_code[code] = Nation(code, english, tuple(dict.fromkeys(names)), adjectives, capital, lat, lon)
        for name in names:
            self.names.add(name, code)
        if capital:
            self.capitals.add(capital, code)
        for adjective in adjectives:
            self._adjective(adjective, code)
        for plural in row.names(2) if row else ():
            for form in (plural, "ال" + plural):
                self.adjectives.setdefault(fold(form), code)
                self.plurals.setdefault(fold(form), code)

    def _adjective(self, adjective: str, code: str) -> None:
        if " " in adjective:  # كوري جنوبي: told by its second word, see country_at
            return
        stem = fold(adjective)
        for article in ("", "ال"):
            for ending in ("", "ه", "تين", "تان", "ان"):
                self.adjectives.setdefault(article + stem + ending, code)
            for ending in ("ين", "ون", "ات", "و"):
                self.adjectives.setdefault(article + stem + ending, code)
                self.plurals.setdefault(article + stem + ending, code)

    def may_be_adjective(self, form: str) -> bool:
        """Whether :meth:`adjective_at` is worth asking: a quick look at the form alone."""
        known = self.adjectives
        return form in known or (form[:1] in _CLITICS and (form[1:] in known or "ال" + form[2:] in known))

    def adjective(self, form: str) -> str | None:
        """The country of the folded adjective ``form``, a leading ``لل`` or ``و`` taken off."""
        code = self.adjectives.get(form)
        if code is None and form.startswith("لل"):
            code = self.adjectives.get("ال" + form[2:])
        if code is None and form[:1] == "و":
            code = self.adjectives.get(form[1:])
        return code

    def adjective_at(self, forms: list[str], i: int) -> str | None:
        """Like :meth:`adjective`, with ``الكوري الجنوبي`` and ``الجنوب أفريقي`` told apart by their neighbours."""
        form = forms[i]
        if form == "تركي" and (
            _is(forms, i + 1, "بن") or _is(forms, i - 1, "الامير", "عدنان", "الدكتور", "اللواء", "العقيد", "بن")
        ):
            return None  # a given name
        if form.removeprefix("ال").startswith("كوري") and i + 1 < len(forms):
            second = forms[i + 1].removeprefix("ال")
            if second.startswith(("جنوبي", "شمالي")):
                return "KR" if second.startswith("جنوبي") else "KP"
        return self.adjective(form)


_CLITICS = ("و", "ل")


def _is(forms: list[str], i: int, *words: str) -> bool:
    return 0 <= i < len(forms) and forms[i] in words


@cache
def nations() -> Nations:
    """The countries, read once."""
    return Nations()
