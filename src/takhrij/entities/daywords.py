"""Days: dates in figures and words, weekdays, and days counted from today."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import ClassVar

from takhrij.entities import calendars as cal
from takhrij.entities.calendars import DAY, Stretch
from takhrij.entities.cursor import HIJRI_MARKS, Hit, small_number
from takhrij.entities.periods import SEVERAL, PeriodReader
from takhrij.entities.placewords import given_names
from takhrij.entities.wordsets import wordset

#: Words for a day by its distance from today, in days.
relative_day = {"اليوم": 0, "الليله": 0, "امس": -1, "الامس": -1, "البارحه": -1, "غدا": 1, "غد": 1, "الغد": 1}
_QUOTES = frozenset("\"«»“”'")


class DayReader(PeriodReader):
    """Reads the expression of time that begins at a token."""

    #: Folded first words of expressions that no table of the calendar holds.
    OPENERS: ClassVar[frozenset[str]] = wordset("opens a time") | wordset("year") | SEVERAL.keys()

    def read(self, i: int, first: str) -> Hit | None:
        """The longest expression at token ``i``, whose form less its clitic is ``first``."""
        if first[-1].isdigit():
            return self._digits(i)
        rules: tuple[Callable[[int, str], Hit | None], ...] = (
            self.part, self.third, self._weekday, self._relative, self._ordinal_day, self.feast, self.month_alone, self.period,
            self.several, self.year,
        )  # fmt: skip
        for rule in rules:
            hit = rule(i, first)
            if hit:
                return hit
        return None

    def _digits(self, i: int) -> Hit | None:
        form = self.form(i)
        written = self._written(i)
        if written:
            return written
        match = re.fullmatch(r"(?:ال)?(\d{1,2})", form)
        if not match:
            return self.bare_year(i)
        if self.form(i - 1) in wordset("named for a day"):
            return None
        first, j = int(match[1]), i + 1
        last = first
        if self.form(j) in {"-", "–", "الي", "حتي", "/", "و"} and re.fullmatch(r"\d{1,2}", self.form(j + 1)):
            last, j = int(self.form(j + 1)), j + 2
        elif (joined := re.fullmatch(r"و(\d{1,2})", self.form(j))) is not None:
            last, j = int(joined[1]), j + 1
        if self.form(j) in {"من", "شهر"}:
            j += 1
        if self.form(j) == "شهر":
            j += 1
        return self._day_of_month(i, j, first, last)

    def _ordinal_day(self, i: int, first: str) -> Hit | None:
        hit = self.word(i, first)
        if (
            not hit
            or hit[1].kind != "ordinal"
            or self.form(i - 1) in {"النصف", "الربع", "الثلث", "الاسبوع", "العقد", "القسم", "الجزء"}
        ):
            return None
        j = i + hit[0]
        if self.form(j) not in {"من", "شهر"}:
            return None
        j += 1
        if self.form(j) == "شهر":
            j += 1
        return self._day_of_month(i, j, hit[1].value, hit[1].value)

    def _day_of_month(self, i: int, j: int, first: int, last: int) -> Hit | None:
        """Days ``first`` to ``last`` of the month at token ``j``: its name, or ``الشهر الماضي``."""
        if not (1 <= first <= 31 and 1 <= last <= 31):
            return None
        if self.form(j) in {"الشهر", "الجاري"} and self.today:
            mark = self.word(j + 1)
            shift = {"past": -1, "next": 1}.get(mark[1].kind if mark else "this", 0)
            n = j + 1 + (mark[0] if mark and mark[1].kind in {"past", "next", "this"} else 0) - i
            at_year, at_month = cal.shift_month(self.today, shift)
            return self._span(n, [(cal.gregorian_day(at_year, at_month, first), cal.gregorian_day(at_year, at_month, last))])
        month_hit = self.word(j)
        if not month_hit or month_hit[1].kind not in {"month", "hijri"}:
            return None
        j += month_hit[0]
        kind, number = month_hit[1].kind, month_hit[1].value
        j = self.double_month(j, number) if kind == "month" else j
        make = cal.gregorian_day if kind == "month" else cal.hijri_day
        year, j, sense = self.year_after(j, kind)
        if year is not None:
            return self._span(j - i, [(make(year, number, first), make(year, number, last))])
        if self.today is None:
            return None
        base = self.today.year if kind == "month" else cal.hijri_year_of(self.today)
        pairs = [(make(y, number, first), make(y, number, last)) for y in (base - 1, base, base + 1)]
        return self._span(j - i, pairs, sense)

    def _span(self, n: int, pairs: list[tuple[date | None, date | None]], sense: str | None = None) -> Hit | None:
        """The one of several pairs of days that fits the sense (past, next) or lies nearest to today."""
        options = [Stretch(a, b) for a, b in pairs if a and b and a <= b]
        found = self.fitting(options, sense)
        return (n, found) if found else None

    def _written(self, i: int) -> Hit | None:
        """``27/8/2015``, ``2015-08-27``, ``5/10/1436هـ``."""
        f = self.form
        if f(i + 1) not in {"/", "-", ".", "\\"} or f(i + 3) != f(i + 1):
            return None
        end = re.fullmatch(r"(\d{1,4})(ه|م)?", f(i + 4))
        if not (f(i).isdigit() and f(i + 2).isdigit() and end):
            return None
        a, b, c = int(f(i)), int(f(i + 2)), int(end[1])
        orders = [(c, b, a), (a, b, c), (c, a, b)] if c > 31 else [(a, b, c)]
        for year, month, day in orders:
            found = None
            if year in cal.YEARS and end[2] != "ه":
                found = cal.gregorian_day(year, month, day)
            elif year in cal.HIJRI_YEARS:
                found = cal.hijri_day(year, month, day)
            if found:
                n = 5 + (f(i + 5) in HIJRI_MARKS | {"م"})
                return n, cal.one_day(found)
        return None

    def _weekday(self, i: int, first: str) -> Hit | None:
        j, form, led = i, first, False
        hit = self.word(j, form)
        while hit and hit[1].kind == "part":
            j, led = j + hit[0], True
            hit = self.word(j)
        if not hit or hit[1].kind != "weekday" or self.today is None:
            return None
        if not led and (self.form(j - 1) in given_names() or self.form(i - 1) in {"بين", "بن", "ال"}):
            return None
        weekday, j = hit[1].value, j + hit[0]
        dated = self._date_after(j, weekday)
        if dated:
            return dated[0] - i, dated[1]
        mark = self.word(j)
        sense = mark[1].kind if mark and mark[1].kind in {"past", "next", "this"} else None
        if mark and sense:
            j += mark[0]
        elif self._listed_sense(j):
            sense = self._listed_sense(j)
        elif self.form(j) in relative_day:
            return j + 1 - i, cal.one_day(
                cal.weekday_before(self.today + DAY * max(relative_day[self.form(j)], 0), weekday, today=True)
            )
        if sense == "next" or (sense is None and self._future(i)):
            return j - i, cal.one_day(cal.weekday_after(self.today, weekday, today=sense is None))
        return j - i, cal.one_day(cal.weekday_before(self.today, weekday, today=sense != "past"))

    def _listed_sense(self, j: int) -> str | None:
        """``السبت والأحد المقبلين``: the sense that follows the second of two weekdays."""
        second = self.word(j, self.form(j)[1:]) if self.form(j)[:1] == "و" else None
        mark = self.word(j + second[0]) if second and second[1].kind == "weekday" else None
        return mark[1].kind if mark and mark[1].kind in {"past", "next"} else None

    def _date_after(self, j: int, weekday: int) -> tuple[int, Stretch] | None:
        """``الخميس 16 يوليو``: the date settles the day."""
        k = j + (self.form(j) in {"،", ",", "(", "الموافق", "-", "الماضي", "المقبل", "القادم"})
        k += self.form(k) in {"الموافق", "يوم"}
        hit = self._digits(k) if self.form(k)[:1].isdigit() else self._ordinal_day(k, self.form(k)) if self.form(k) else None
        if hit and hit[1].precision == "day" and hit[1].start == hit[1].end:
            return k + hit[0], hit[1]
        return None

    def _future(self, i: int) -> bool:
        """Whether the clause before token ``i`` speaks of what is to come."""
        for j in range(i - 1, max(-1, i - 14), -1):
            form = self.forms[j]
            if form in ".؟!؛":
                return False
            bare = form[1:] if len(form) > 4 and form[0] in "وف" else form
            if form in wordset("future") or (
                len(bare) > 3 and bare[0] == "س" and bare[1] in "يتن" and bare not in wordset("not future")
            ):
                return True
            if form in {"قال", "وقال", "اعلن", "اعلنت", "ان", "بان"}:
                continue
        return False

    def _relative(self, i: int, first: str) -> Hit | None:
        if self.today is None:
            return None
        j, form = i, first
        hit = self.word(j, form)
        while hit and hit[1].kind == "part":
            j += hit[0]
            form = self.form(j)
            hit = self.word(j)
        offset = relative_day.get(form)
        if offset is None:
            return self._counted(i, first)
        if form == "اليوم" and j == i and not self._means_today(i, first):
            return None
        j += 1
        if form == "الليله":
            mark = self.word(j)
            if mark and mark[1].kind == "past":
                return j + mark[0] - i, cal.one_day(self.today - DAY)
            if self.form(i - 1) == "في" and j == i + 1:
                return None
        if form == "امس" and self.form(j) in {"الاول", "الاولي"}:
            offset, j = -2, j + 1
        day = self.today + DAY * offset
        k = j + (self.form(j) in {"،", ",", "("} | _QUOTES)
        k += self.form(k) == "يوم"
        named = self.word(k)
        if named and named[1].kind == "weekday":
            j = k + named[0]
            dated = self._date_after(j, named[1].value)
            if dated:
                return dated[0] - i, dated[1]
            near = (cal.weekday_before(day, named[1].value, today=True), cal.weekday_after(day, named[1].value, today=True))
            day = min(near, key=lambda d: (abs(d - day), d))
        return j - i, cal.one_day(day)

    def _means_today(self, i: int, first: str) -> bool:
        """Whether ``اليوم`` is today: no paper of that name in quotation marks, no ordinal or feast day, no ``في اليوم``."""
        before, after = self.form(i - 1), self.form(i + 1)
        quoted = before in {"«", "“", "_"} or after in {"»", "_"} or (before == after == '"')
        if quoted or after in wordset("after a day that is not today"):
            return False
        return first != self.form(i) or before not in wordset("before a day that is not today")

    def _counted(self, i: int, first: str) -> Hit | None:
        """``أول أمس``, ``بعد غد``, ``قبل يومين``, ``قبل 3 أيام``."""
        assert self.today is not None
        after = self.form(i + 1)
        if first == "اول" and after in {"امس", "من"}:
            n = 2 if after == "امس" else 3
            return (n, cal.one_day(self.today - DAY * 2)) if n == 2 or self.form(i + 2) == "امس" else None
        if first == "بعد" and after in {"غد", "غدا"}:
            return 2, cal.one_day(self.today + DAY * 2)
        if first == "قبل":
            days = {"يومين": 2, "يوم": 1, "اسبوع": 7, "اسبوعين": 14}.get(after)
            if days and self.form(i + 2) not in {"من", "واحد", "علي", "المباراه"}:
                return 2, cal.one_day(self.today - DAY * days)
            count = small_number(after)
            if count and self.form(i + 2) in {"ايام", "يوما"} and self.form(i + 3) != "من":
                return 3, cal.one_day(self.today - DAY * count)
        return None
