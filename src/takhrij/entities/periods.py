"""Weeks, months, years, parts of them and feasts, by name or relative to today."""

from __future__ import annotations

from datetime import date

from takhrij.entities import calendars as cal
from takhrij.entities.calendars import DAY, Stretch
from takhrij.entities.cursor import Cursor, Hit, small_number
from takhrij.entities.placewords import given_names
from takhrij.entities.wordsets import wordset

_WEEKS, _MONTHS, _YEARS = frozenset({"الاسبوع", "اسبوع"}), frozenset({"الشهر"}), frozenset({"العام", "السنه", "عام", "سنه"})
_THIRDS = {"مطلع": 0, "اوائل": 0, "بدايه": 0, "منتصف": 1, "اواسط": 1, "اواخر": 2, "نهايه": 2}
_PARTS_OF_YEAR = {"الربع": 4, "النصف": 2, "الثلث": 3}
#: Words for several units of time to (days in the unit, how many where the word itself tells).
SEVERAL: dict[str, tuple[int, int | None]] = {
    "الايام": (1, None), "اليومين": (1, 2), "الاسابيع": (7, None), "الاسبوعين": (7, 2), "الاشهر": (30, None),
    "الشهور": (30, None), "الشهرين": (30, 2), "الاعوام": (365, None), "السنوات": (365, None), "العامين": (365, 2),
    "السنتين": (365, 2), "العشر": (1, 10),
}  # fmt: skip


class PeriodReader(Cursor):
    """Reads stretches longer than a day."""

    def month_alone(self, i: int, first: str) -> Hit | None:
        j, form, opened = i, first, self.form(i - 1) in wordset("before a month") or first != self.form(i)
        if first in {"شهر", "شهري"}:
            j, form, opened = i + 1, self.form(i + 1), True
        hit = self.word(j, form) if form else None
        if not hit or hit[1].kind not in {"month", "hijri"}:
            return None
        kind, number = hit[1].kind, hit[1].value
        end = j + hit[0]
        end = self.double_month(end, number) if kind == "month" else end
        year, after, sense = self.year_after(end, kind)
        marked = after > end
        if not (marked or opened or form == "رمضان"):
            return None
        if not marked and first == form and (self.form(i - 1) in wordset("before what a month is") or self.form(end) == "هو"):
            return None  # لم يكن رمضان: said of every Ramadan
        if (
            form in wordset("doubtful month")
            and not marked
            and first not in {"شهر", "شهري"}
            and not self._surely_month(i, form)
        ):
            return None
        if year is not None:
            found = cal.month(year, number) if kind == "month" else cal.hijri_month(year, number)
            return (after - i, found) if found else None
        if self.today is None:
            return None
        if kind == "month":
            options = [cal.month(y, number) for y in (self.today.year - 1, self.today.year, self.today.year + 1)]
        else:
            base = cal.hijri_year_of(self.today)
            options = [m for y in (base - 1, base, base + 1) if (m := cal.hijri_month(y, number))]
        found = self.fitting(options, sense)
        if found:
            return self._and_month(i, after, found, listed=first == "شهري" or self.form(i - 1) in {"بين", "من"})
        return (after - i, found) if found else None

    def _and_month(self, i: int, j: int, found: Stretch, *, listed: bool) -> Hit:
        """``شهري مايو ويونيو``, ``من مايو إلى يوليو``: one stretch of both months, where a later one follows.

        ``listed`` says that a word before announces two; else the second must be the next month: ``في مايو ويونيو``.
        """
        joined = self.form(j) in {"الي", "حتي", "و", "-", "–", "وشهر", "او"}
        k, form = (j + 1, self.form(j + 1)) if joined else (j, self.form(j)[1:])
        other = self.word(k, form) if form and (k > j or self.form(j).startswith("و")) else None
        following = found.start.month % 12 + 1
        if not other or other[1].kind != "month" or not (listed or other[1].value == following):
            return j - i, found
        stated, end, _ = self.year_after(k + other[0], "month")
        year = stated or found.start.year + (other[1].value < found.start.month)
        start = found.start.replace(year=year - (other[1].value < found.start.month))
        return end - i, Stretch(start, cal.month(year, other[1].value).end, "month")

    def third(self, i: int, first: str) -> Hit | None:
        """``مطلع مايو``, ``منتصف الشهر الماضي``, ``أواخر رمضان``: the days to the 10th, to the 20th, from the 21st on."""
        nth = _THIRDS.get(first)
        if nth is None:
            return None
        j = i + 1
        form = self.form(j)
        month = self._month_alone_after(j) or (self.month_alone(j, form) if form == "شهر" else None) or self.period(j, form)
        if month is None or month[1].precision != "month" or (month[1].end - month[1].start).days > 31:
            return None
        start = month[1].start
        days = ((start, start + DAY * 9), (start + DAY * 10, start + DAY * 19), (start + DAY * 20, month[1].end))[nth]
        return month[0] + 1, Stretch(*days, "week")

    def _surely_month(self, i: int, form: str) -> bool:
        before = self.form(i - 1)
        if form == "رمضان":
            after = self.form(i + 1)
            named = {before, before[1:] if before[:1] == "و" else before, after} & given_names() or after in {"بن", "شلح"}
            return not named and self._near_ramadan()
        return before in {"شهر", "شهري", "منذ", "مطلع", "اواخر", "اوائل", "منتصف", "نهايه", "بدايه"}

    def _near_ramadan(self) -> bool:
        """Whether Ramadan is within weeks of today, so that the word by itself means the month and not a man."""
        if self.today is None:
            return False
        base = cal.hijri_year_of(self.today)
        found = cal.nearest([cal.hijri_month(y, 9) for y in (base - 1, base, base + 1)], self.today)
        return found is not None and min(abs(found.start - self.today), abs(found.end - self.today)) < 45 * DAY

    def part(self, i: int, first: str) -> Hit | None:
        """``الربع الأول من العام الحالي``, ``النصف الثاني من مارس``."""
        parts = _PARTS_OF_YEAR.get(first)
        if parts is None:
            return None
        nth = self.word(i + 1)
        number = nth[1].value if nth and nth[1].kind == "ordinal" else {"الاخير": parts}.get(self.form(i + 1))
        if number is None or number > parts or self.form(i + 2) not in {"من", "لعام", "للعام"}:
            return None
        j = i + 3 if self.form(i + 2) == "من" else i + 2
        first_form = self.form(j)
        whole = self.period(j, first_form) or self.year(j, first_form) or self.month_alone(j, first_form)
        whole = whole or self.year_at(j) or self._month_alone_after(j)
        if whole is None:
            return None
        n, stretch = whole
        days = (stretch.end - stretch.start).days + 1
        if stretch.precision == "year":
            months = 12 // parts
            start, end = (
                cal.month(stretch.start.year, (number - 1) * months + 1),
                cal.month(stretch.start.year, number * months),
            )
            return j + n - i, Stretch(start.start, end.end, "month")
        half = days // parts
        start_day = stretch.start + DAY * half * (number - 1)
        return j + n - i, Stretch(start_day, stretch.end if number == parts else start_day + DAY * (half - 1), "week")

    def _month_alone_after(self, j: int) -> Hit | None:
        hit = self.word(j)
        return self.month_alone(j, self.form(j)) if hit and hit[1].kind in {"month", "hijri"} else None

    def several(self, i: int, first: str) -> Hit | None:
        """``الأيام الثلاثة الماضية``, ``العامين الماضيين``, ``الأشهر الستة الأولى من العام``."""
        if self.today is None or first not in SEVERAL:
            return None
        unit, count = SEVERAL[first]
        j = i + 1
        if count is None:
            count = small_number(self.form(j).removeprefix("ال"))
            j += 1
        mark = self.word(j)
        if count and self.form(j) in {"الاخيرين", "الاخيره", "الاواخر"}:
            return self._last_of(i, j + 1, unit, count)
        if count and self.form(j) in {"الاول", "الاولي"} and self.form(j + 1) == "من":
            return self._first_of(i, j + 2, unit, count)
        if not count or not mark or mark[1].kind not in {"past", "next"}:
            return None
        days = count * unit if unit < 28 else None
        past = mark[1].kind == "past"
        if days:
            start, end = (self.today - DAY * days, self.today - DAY) if past else (self.today + DAY, self.today + DAY * days)
            return j + mark[0] - i, Stretch(start, end, "day" if unit == 1 else "week")
        if unit == 365:
            years = (self.today.year - count, self.today.year - 1) if past else (self.today.year + 1, self.today.year + count)
            return j + mark[0] - i, Stretch(cal.year(years[0]).start, cal.year(years[1]).end, "year")
        spans = [
            cal.month(*cal.shift_month(self.today, -count if past else 1)),
            cal.month(*cal.shift_month(self.today, -1 if past else count)),
        ]
        return j + mark[0] - i, Stretch(spans[0].start, spans[1].end, "month")

    def _last_of(self, i: int, j: int, unit: int, count: int) -> Hit | None:
        """``اليومين الأخيرين من رمضان``, ``العشر الأواخر من شهر رمضان``."""
        j += self.form(j) == "من"
        form = self.form(j)
        whole = self.month_alone(j, form.removeprefix("ل")) if form in {"شهر", "لشهر"} else self._month_alone_after(j)
        if whole is None or whole[1].precision != "month" or unit != 1:
            return None
        return j + whole[0] - i, Stretch(whole[1].end - DAY * (count - 1), whole[1].end, "day")

    def _first_of(self, i: int, j: int, unit: int, count: int) -> Hit | None:
        """``الأشهر الستة الأولى من العام الجاري``."""
        whole = self.period(j, self.form(j)) or self.year(j, self.form(j)) or self.year_at(j) or self._month_alone_after(j)
        if whole is None:
            return None
        n, stretch = whole
        if unit == 30 and stretch.precision == "year" and count <= 12:
            return j + n - i, Stretch(stretch.start, cal.month(stretch.start.year, count).end, "month")
        if unit < 28 and stretch.precision == "month":
            return j + n - i, Stretch(stretch.start, stretch.start + DAY * (unit * count - 1), "day")
        return None

    def period(self, i: int, first: str) -> Hit | None:
        """``الأسبوع الماضي``, ``هذا الشهر``, ``العام الجاري``."""
        if self.today is None:
            return None
        form, j = first, i + 1
        shift: int | None = None
        if first in {"هذا", "هذه"}:
            form, j, shift = self.form(i + 1), i + 2, 0
            if form not in _WEEKS | {"العام", "الشهر", "السنه"} or (form == "الشهر" and "رمضان" in self.forms):
                return None
        mark = self.word(j)
        if mark and mark[1].kind in {"past", "next", "this"}:
            shift, j = {"past": -1, "next": 1, "this": 0}[mark[1].kind], j + mark[0]
        if shift is None or not form.startswith("ال"):
            return None
        if form in _WEEKS:
            return j - i, week_shifted(self.today, shift)
        if form in _MONTHS:
            return j - i, cal.month(*cal.shift_month(self.today, shift))
        if form in _YEARS:
            stated = self.year_at(j) if self.form(j)[:1].isdigit() else None
            return (j + stated[0] - i, stated[1]) if stated else (j - i, cal.year(self.today.year + shift))
        return None

    def year(self, i: int, first: str) -> Hit | None:
        """``عام 2014``, ``العام 1436هـ``, ``عامي 2013 و2014``."""
        if first not in wordset("year"):
            return None
        hit = self.year_at(i + 1) or self.short_year_at(i + 1)
        if hit is None:
            return None
        n, found = hit
        return n + 1, found

    def bare_year(self, i: int) -> Hit | None:
        """A year after a preposition or in brackets: ``في 2014``, ``منذ 2011``."""
        if self.form(i - 1) not in wordset("before a year"):
            return None
        hit = self.year_at(i)
        if not hit or self.form(i + hit[0]) in wordset("counted, not a year"):
            return None
        return hit

    def feast(self, i: int, first: str) -> Hit | None:
        """``عيد الفطر``, ``عيد الأضحى``, ``العيد``: the first three or four days of the feast, in the year nearest to today."""
        if self.today is None or first not in {"عيد", "العيد"}:
            return None
        after = self.form(i + 1)
        if "عيديه" in self.form(i - 1):
            return None  # a gift for the feast
        base = cal.hijri_year_of(self.today)
        fitr = [_feast_days(y, 10, 1, 3) for y in (base - 1, base, base + 1)]
        adha = [_feast_days(y, 12, 10, 13) for y in (base - 1, base, base + 1)]
        n, options = 2, fitr if after == "الفطر" else adha if after == "الاضحي" else None
        timed = first != self.form(i) or self.form(i - 1) in wordset("before the feast")
        if first == "العيد" and options is None and timed and after not in {"الوطني", "ال"} and not after.isdigit():
            n, options = 1, [*fitr, *adha]
        if options is None:
            return None
        found = cal.nearest(list(options), self.today)
        if found is None or (n == 1 and min(abs(found.start - self.today), abs(found.end - self.today)) > 30 * DAY):
            return None
        return n + (n == 2 and self.form(i + 2) == "المبارك"), found


def _feast_days(year: int, month: int, first: int, last: int) -> Stretch | None:
    start, end = cal.hijri_day(year, month, first), cal.hijri_day(year, month, last)
    return Stretch(start, end) if start and end else None


def week_shifted(day: date, shift: int) -> Stretch:
    """The week ``shift`` weeks after that of ``day``."""
    return cal.week(day + DAY * 7 * shift)
