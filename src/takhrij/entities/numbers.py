"""Quantities named in a text: digits of both kinds and words, with their bound, unit and the thing counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from takhrij.entities.lexicon import Lexicon, key
from takhrij.entities.tables import read
from takhrij.entities.wordsets import wordset
from takhrij.records import NumberMention, Span
from takhrij.text.tokens import Tokens, tokenize

_DIGITS = re.compile(r"([وبلفك]{0,2})(\d+)(\D*)")
#: How many words before a number a bound may take.
_BOUND_REACH = 3
_CLITICS = ("ب", "ل", "و", "ف")


@dataclass(frozen=True, slots=True)
class _Numeral:
    kind: str
    value: float


@cache
def _numerals() -> Lexicon[_Numeral]:
    lexicon: Lexicon[_Numeral] = Lexicon()
    for row in read("numbers.tsv", 3):
        lexicon.add(row[0], _Numeral(row[1], float(row[2])))
    return lexicon


@cache
def _units() -> Lexicon[str]:
    lexicon: Lexicon[str] = Lexicon()
    for row in read("units.tsv", 2):
        if row[0] not in {"%", "٪"}:
            lexicon.add(row[0], row[1])
    return lexicon


@cache
def _bounds() -> dict[str, dict[tuple[str, ...], str]]:
    bounds: dict[str, dict[tuple[str, ...], str]] = {"before": {}, "after": {}}
    for row in read("bounds.tsv", 3):
        bounds[row[2]][key(row[0])] = row[1]
    return bounds


def find_numbers(text: str, *, tokens: Tokens | None = None) -> tuple[NumberMention, ...]:
    """The quantities in ``text``, in order; labels, dates in figures and telephone numbers are none."""
    reader = _Reader(tokens or tokenize(text))
    found: list[NumberMention] = []
    i = 0
    while i < len(reader.forms):
        hit = reader.mention(i) if _starts(reader.forms[i]) else None
        if hit:
            found.append(hit[1])
        i += hit[0] if hit else 1
    return tuple(found)


@lru_cache(maxsize=1 << 15)
def _starts(form: str) -> bool:
    """Whether a quantity may begin at a token of this form."""
    if form[:1].isdigit() or form[-1:].isdigit():
        return True
    return form in _numerals() or (form[:1] in _CLITICS and form[1:] in _numerals())


class _Reader:
    def __init__(self, tokens: Tokens) -> None:
        self.tokens, self.forms = tokens, tokens.forms
        self.numerals = _numerals()

    def mention(self, i: int) -> tuple[int, NumberMention] | None:
        """The quantity at token ``i`` with how many tokens it takes, what is counted left out."""
        read = self._value(i)
        if read is None:
            return None
        n, value, cut, exact = read
        if not exact or self._label(i, n):
            return None
        end = i + n
        unit, m = self._unit(end)
        end += m
        counted = self._counted(end) if unit is None or m else None
        if unit is None and counted is None and value < 3:
            return None
        bound = self._bound(i, end)
        start = self.tokens.starts[i] + cut
        span = Span(start, self.tokens.ends[end - 1])
        return n + m, NumberMention(span, value, unit, bound, counted)

    def _value(self, i: int) -> tuple[int, float, int, bool] | None:
        """(tokens, value, characters of a clitic, whether it is a quantity at all) of the numeral at token ``i``."""
        total, current, last, j, cut = 0.0, 0.0, 0.0, i, 0
        lowest = float("inf")  # words of one number go down: ثلاثمئة وخمسة وعشرون
        while j < len(self.forms):
            step = self._step(j, first=j == i)
            if step is None or (j > i and step[3] and step[0] == "unit" and current and not _smaller(step[1], lowest)):
                break
            kind, value, n, joined, clitic = step
            if kind == "digits":
                if current or (j > i and not joined):
                    break
                current, lowest = value, 0
            elif kind in {"unit", "ten", "hundred"}:
                if j > i and not joined and not (kind == "hundred" and 2 < current < 10):
                    break
                if kind == "hundred" and not joined and 2 < current < 10:
                    current *= 100
                elif current and not _may_add(current, value):
                    break
                else:
                    current += value
                lowest = value
            elif kind in {"scale", "thousands"}:
                if kind == "thousands" or (joined and j > i and not current):
                    total += value if kind == "thousands" else value * max(current, 1)
                else:
                    if j > i and not current:
                        break
                    total += max(current, 1) * value
                current, last, lowest = 0, value if kind == "scale" else value / 2, float("inf")
            elif kind == "fraction":
                if j == i or not joined:
                    break
                total += value * (last or 1)
                j += n
                break
            elif kind == "dual":
                if j > i:
                    break
                return n, value, clitic, True
            if j == i:
                cut = clitic
            j += n
        if j == i:
            return None
        single = j == i + 1 and not self.forms[i][-1].isdigit()
        plural = single and self.forms[i].lstrip("وبلف") in {"الاف", "ملايين", "مليارات"}
        return j - i, total + current, cut, not plural and (total + current) > 0

    def _step(self, j: int, *, first: bool) -> tuple[str, float, int, bool, int] | None:
        """(kind, value, tokens, joined by و, characters of the clitic) of the numeral word or figure at token ``j``."""
        form = self.forms[j]
        match = _DIGITS.fullmatch(form)
        if match and len(match[2]) <= 9:
            n, value = self._figure(j, match[2])
            return "digits", value, n, "و" in match[1], len(match[1])
        hit = self.numerals.match(self.forms, j)
        if hit:
            return hit[1][0].kind, hit[1][0].value, hit[0], False, 0
        if form and form[0] in ("بلوف" if first else "و") and len(form) > 3:
            hit = self.numerals.match(self.forms, j, form[1:])
            if hit:
                return hit[1][0].kind, hit[1][0].value, hit[0], form[0] == "و", 1
        if form == "و" and j + 1 < len(self.forms) and not first:
            inner = self._step(j + 1, first=False)
            return (inner[0], inner[1], inner[2] + 1, True, 0) if inner else None
        return None

    def _figure(self, j: int, digits: str) -> tuple[int, float]:
        """A figure with its separators: ``1,500``, ``3.5``, ``٣٫٥``."""
        groups, n = [digits], 1
        mark = ""
        while (
            j + n + 1 < len(self.forms) and self.forms[j + n] in {",", ".", "٫", "٬", "،"} and self.forms[j + n + 1].isdigit()
        ):
            glued = (
                self.tokens.ends[j + n - 1] == self.tokens.starts[j + n]
                and self.tokens.ends[j + n] == self.tokens.starts[j + n + 1]
            )
            if not glued or (mark and self.forms[j + n] != mark):
                break
            mark = self.forms[j + n]
            groups.append(self.forms[j + n + 1])
            n += 2
        if len(groups) == 1:
            return 1, float(digits)
        thousands = all(len(group) == 3 for group in groups[1:]) and (mark in {",", "٬", "،"} or len(groups) > 2)
        if thousands:
            return n, float("".join(groups))
        return (n, float(groups[0] + "." + groups[1])) if len(groups) == 2 else (1, float(digits))

    def _label(self, i: int, n: int) -> bool:
        """A label, a score, a date, a telephone number or a code, not a quantity."""
        before = self.forms[i - 1] if i else ""
        after = self.forms[i + n] if i + n < len(self.forms) else ""
        digits = self.forms[i][-1:].isdigit()
        if before in wordset("labels a number") or (
            digits and (len(self.forms[i]) > 7 or before in {"/", "-", "–", "#", "_", "@", "."} or after in {"/", "@"})
        ):
            return True
        return digits and after in {"-", "–"} and i + n + 1 < len(self.forms) and self.forms[i + n + 1][:1].isdigit()

    def _unit(self, j: int) -> tuple[str | None, int]:
        if j >= len(self.forms):
            return None, 0
        if self.forms[j] in {"%", "٪"}:
            return "percent", 1
        hit = _units().match(self.forms, j)
        return (hit[1][0], hit[0]) if hit else (None, 0)

    def _counted(self, j: int) -> str | None:
        """The noun after the number, with its adjective or complement where one follows directly."""
        if (
            j >= len(self.forms)
            or not self.forms[j].isalpha()
            or self.forms[j] in wordset("not counted")
            or len(self.forms[j]) < 2
        ):
            return None
        if "\n" in self.tokens.text[self.tokens.ends[j - 1] : self.tokens.starts[j]]:
            return None
        return self.tokens.word(j)

    def _bound(self, i: int, end: int) -> str:
        bounds = _bounds()
        for n in range(_BOUND_REACH, 0, -1):
            found = bounds["before"].get(tuple(self.forms[i - n : i])) if i >= n else None
            if found:
                return found
        for skip in (0, 1):
            for n in (2, 1):
                found = bounds["after"].get(tuple(self.forms[end + skip : end + skip + n]))
                if found:
                    return found
        return "exact"


def _may_add(current: float, value: float) -> bool:
    """Whether a word may follow within one number: ``خمسة وعشرون``, ``مئة وثلاثة``, not ``ثلاثة وخمسة``."""
    if current >= 100 and current % 100 == 0:
        return value < 100
    return 20 <= value < 100 and value % 10 == 0 and current % 100 < 10


def _smaller(value: float, lowest: float) -> bool:
    return value < lowest
