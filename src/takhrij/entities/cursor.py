"""A place in a text's tokens from which expressions of time are read, and what all of them share: months' years, years."""

from __future__ import annotations

import re
from datetime import date

from takhrij.entities import calendars as cal
from takhrij.entities.calendars import Stretch, Word, words
from takhrij.entities.wordsets import wordset
from takhrij.text.tokens import Tokens

#: How many tokens an expression takes, and the days that it means.
Hit = tuple[int, Stretch]
#: Marks of a Hijri year, folded: ``هـ``, ``هجري``.
HIJRI_MARKS = frozenset({"ه", "هجري", "هجريه", "هج"})


class Cursor:
    """The tokens of a text and the day that it calls today (None: only expressions with a year of their own are read)."""

    def __init__(self, tokens: Tokens, today: date | None) -> None:
        self.tokens, self.forms, self.today = tokens, tokens.forms, today

    def form(self, i: int) -> str:
        """The folded form of token ``i``, empty past the end."""
        return self.forms[i] if 0 <= i < len(self.forms) else ""

    def word(self, i: int, first: str | None = None) -> tuple[int, Word] | None:
        """The word of the calendar at token ``i``."""
        if not 0 <= i < len(self.forms):
            return None
        hit = words().match(self.forms, i, first)
        return (hit[0], hit[1][0]) if hit else None

    def fitting(self, options: list[Stretch], sense: str | None) -> Stretch | None:
        if len(options) < 2 or self.today is None:
            return options[0] if options else None
        if sense == "past":
            earlier = [o for o in options if o.end < self.today]
            return max(earlier, key=lambda o: o.end, default=None)
        if sense == "next":
            later = [o for o in options if o.start > self.today]
            return min(later, key=lambda o: o.start, default=None)
        return cal.nearest(list(options), self.today)

    def double_month(self, j: int, number: int) -> int:
        """Past ``/ تموز`` or ``(تموز)`` after the same month's other name."""
        if self.form(j) in {"/", "(", "-"}:
            other = self.word(j + 1)
            if other and other[1].kind == "month" and other[1].value == number:
                j += 1 + other[0]
                return j + (self.form(j) == ")")
        again = self.word(j)
        return j + again[0] if again and again[1].kind == "month" and again[1].value == number else j

    def year_after(self, j: int, kind: str) -> tuple[int | None, int, str | None]:
        """(year, token past it, sense) of what follows a month: ``2014``, ``من العام الماضي``, ``المقبل``."""
        k = j
        if self.form(k) in {"،", ",", "من", "لعام", "عام", "سنه"}:
            k += 1
        if self.form(k) in {"عام", "سنه", "العام"} and self.form(k + 1)[:1].isdigit():
            k += 1
        match = re.fullmatch(r"(\d{4})(ه|م)?", self.form(k))
        if match:
            year = int(match[1])
            if (kind == "month" and year in cal.YEARS) or (kind == "hijri" and year in cal.HIJRI_YEARS):
                k += 1
                return year, k + (self.form(k) in HIJRI_MARKS | {"م", "ميلادي", "ميلاديه"}), None
        if self.form(k) in {"العام", "السنه"} and self.today:
            mark = self.word(k + 1)
            if mark and mark[1].kind in {"past", "next", "this"}:
                base = self.today.year if kind == "month" else cal.hijri_year_of(self.today)
                return base + {"past": -1, "next": 1, "this": 0}[mark[1].kind], k + 1 + mark[0], None
        mark = self.word(j)
        if mark and mark[1].kind in {"past", "next", "this"}:
            return None, j + mark[0], mark[1].kind if mark[1].kind != "this" else None
        return None, j, None

    def year_at(self, i: int) -> Hit | None:
        match = re.fullmatch(r"(\d{4})(ه|م)?", self.form(i))
        if not match:
            return None
        number, n = int(match[1]), 1
        pair = re.fullmatch(r"(\d{4})(ه)?", self.form(i + 2)) if self.form(i + 1) in {"/", "-"} else None
        if pair and number in cal.HIJRI_YEARS and int(pair[1]) == number + 1:
            first, second = cal.hijri_year(number), cal.hijri_year(number + 1)
            return (
                (3 + (self.form(i + 3) in HIJRI_MARKS), Stretch(first.start, second.end, "year")) if first and second else None
            )
        hijri = match[2] == "ه" or self.form(i + 1) in HIJRI_MARKS
        n += self.form(i + 1) in HIJRI_MARKS | {"م"} and not match[2]
        if number in cal.HIJRI_YEARS and (hijri or number < 1500):
            found = cal.hijri_year(number)
            return (n, found) if found else None
        if number not in cal.YEARS:
            return None
        found = cal.year(number)
        last = re.fullmatch(r"و?(\d{4})", self.form(i + n + (self.form(i + n) in {"-", "–", "الي", "و", "حتي", "/"})))
        if last and int(last[1]) in cal.YEARS and int(last[1]) > number and int(last[1]) - number < 60:
            n += 1 + (self.form(i + n) in {"-", "–", "الي", "و", "حتي", "/"})
            found = Stretch(found.start, cal.year(int(last[1])).end, "year")
        return n, found

    def short_year_at(self, i: int) -> Hit | None:
        """``عام 94``, ``سنة .67``: the last two figures of a year of the twentieth century."""
        dot = self.form(i) in {".", "'", "’"}
        match = re.fullmatch(r"[3-9]\d", self.form(i + dot))
        after = self.form(i + dot + 1)
        if not match or after in HIJRI_MARKS or after in wordset("counted, not a year"):
            return None
        return 1 + dot, cal.year(1900 + int(match[0]))


def small_number(form: str) -> int | None:
    """A count of days, in digits or in a word up to ten."""
    if form.isdigit():
        return int(form) if 0 < int(form) < 60 else None
    return {
        "ثلاثه": 3, "اربعه": 4, "خمسه": 5, "سته": 6, "سبعه": 7, "ثمانيه": 8, "تسعه": 9, "عشره": 10,
        "ثلاث": 3, "اربع": 4, "خمس": 5, "ست": 6, "سبع": 7, "ثماني": 8, "تسع": 9, "عشر": 10,
    }.get(form)  # fmt: skip
