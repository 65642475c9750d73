"""The grammar of expressions of time: weekdays, days of months, weeks, months, years, feasts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import ClassVar

from takhrij.entities import calendars as cal
from takhrij.entities.calendars import DAY, Stretch, Word, words
from takhrij.entities.lexicon import folded
from takhrij.entities.placewords import given_names
from takhrij.text.tokens import Tokens

Hit = tuple[int, Stretch]

#: Words for a day by its distance from today, in days.
relative_day = {
    "اليوم": 0, "الليله": 0, "امس": -1, "البارحه": -1, "غدا": 1, "غد": 1, "الغد": 1,
}  # fmt: skip
#: What follows or comes before ``اليوم`` where it does not mean today.
_NOT_TODAY_AFTER = folded("السابع الأول الثاني الثالث الرابع الخامس السادس التالي الوطني العالمي الواحد الذي نفسه ذاته الدولي الأخير المشهود الموعود".split())
_NOT_TODAY_BEFORE = folded("في عين المصري المصرى روسيا صحيفة جريدة أخبار ذلك نفس بعد طوال منتصف مصر سعر".split())
_FUTURE = folded(
    "سوف المقرر المزمع المتوقع المرتقب يعقد تعقد ينطلق تنطلق يبدأ تبدأ يقام تقام يستضيف تستضيف يلتقي يواجه تواجه يفتتح يختتم موعدا اعتبارا ابتداء المقرّر".split()
)
_OPEN_MONTH = folded(
    "في منذ حتى شهر خلال بداية مطلع نهاية أواخر أوائل منتصف من إلى الى بحلول قبل بعد شهري شهرى وحتى ومنتصف و بشهر لشهر اعتبارا خلال مع عشية".split()
)
_YEAR_WORDS = folded("عام سنة العام السنة لعام للعام بعام وعام لسنة أعوام عامي موسم لموسم".split())
_WEEK, _MONTH, _YEAR = folded(["الأسبوع", "أسبوع"]), folded(["الشهر"]), folded(["العام", "السنة", "عام", "سنة"])
_HIJRI_MARK = frozenset({"ه", "هجري", "هجريه", "هج"})
_DOUBTFUL_MONTHS = folded("صفر رجب شعبان محرم المحرم مارس ماي آب جوان نيسان رمضان".split())
#: What is named for a day is none: ``ثورة 25 يناير``, ``حركة 6 أبريل``, ``قصر 22 مايو``.
_NAMED_FOR_DAYS = folded("ثورة بثورة حركة شباب قصر ميدان شارع كوبري جسر مدينة قوى تحالف حرب نصر انتصار انتفاضة أحداث هجمات محور مستشفى جامعة".split())
_QUOTES = frozenset("\"«»“”'")
_PARTS_OF_YEAR = {"الربع": 4, "النصف": 2, "الثلث": 3}


#: Words for several units of time to (days in the unit, how many where the word itself tells).
_SEVERAL: dict[str, tuple[int, int | None]] = {
    "الايام": (1, None), "اليومين": (1, 2), "الاسابيع": (7, None), "الاسبوعين": (7, 2), "الاشهر": (30, None), "الشهور": (30, None),
    "الشهرين": (30, 2), "الاعوام": (365, None), "السنوات": (365, None), "العامين": (365, 2), "السنتين": (365, 2),
}  # fmt: skip


class DayReader:
    """Reads the expression of time that begins at a token, relative to ``today`` (None: only those with a year)."""

    OPENERS: ClassVar[frozenset[str]] = folded(
        "عام سنة العام السنة الأسبوع الشهر هذا أول بعد عيد العيد شهر الربع النصف قبل الموافق بين الفترة يومي ليلتي منتصف مطلع نهاية أواخر الثلث".split()
    ) | _SEVERAL.keys()

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

    def read(self, i: int, first: str) -> Hit | None:
        """The longest expression at token ``i``, whose form less its clitic is ``first``."""
        if first[-1].isdigit():
            return self._digits(i)
        rules: tuple[Callable[[int, str], Hit | None], ...] = (
            self._part, self._weekday, self._relative, self._ordinal_day, self._feast, self._month_alone, self._period,
            self._several, self._year,
        )  # fmt: skip
        for rule in rules:
            hit = rule(i, first)
            if hit:
                return hit
        return None

    # days

    def _digits(self, i: int) -> Hit | None:
        form = self.form(i)
        written = self._written(i)
        if written:
            return written
        match = re.fullmatch(r"(?:ال)?(\d{1,2})", form)
        if not match:
            return self._bare_year(i)
        if self.form(i - 1) in _NAMED_FOR_DAYS:
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
        if not hit or hit[1].kind != "ordinal" or self.form(i - 1) in {"النصف", "الربع", "الثلث", "الاسبوع", "العقد", "القسم", "الجزء"}:
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
            year, month = cal.shift_month(self.today, shift)
            return self._span(n, [(cal.gregorian_day(year, month, first), cal.gregorian_day(year, month, last))])
        month_hit = self.word(j)
        if not month_hit or month_hit[1].kind not in {"month", "hijri"}:
            return None
        j += month_hit[0]
        kind, number = month_hit[1].kind, month_hit[1].value
        j = self._double_month(j, number) if kind == "month" else j
        make = cal.gregorian_day if kind == "month" else cal.hijri_day
        year, j, sense = self._year_after(j, kind)
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
        found = self._fitting(options, sense)
        return (n, found) if found else None

    def _fitting(self, options: list[Stretch], sense: str | None) -> Stretch | None:
        if len(options) < 2 or self.today is None:
            return options[0] if options else None
        if sense == "past":
            earlier = [o for o in options if o.end < self.today]
            return max(earlier, key=lambda o: o.end, default=None)
        if sense == "next":
            later = [o for o in options if o.start > self.today]
            return min(later, key=lambda o: o.start, default=None)
        return cal.nearest(list(options), self.today)

    def _double_month(self, j: int, number: int) -> int:
        """Past ``/ تموز`` or ``(تموز)`` after the same month's other name."""
        if self.form(j) in {"/", "(", "-"}:
            other = self.word(j + 1)
            if other and other[1].kind == "month" and other[1].value == number:
                j += 1 + other[0]
                return j + (self.form(j) == ")")
        again = self.word(j)
        return j + again[0] if again and again[1].kind == "month" and again[1].value == number else j

    def _year_after(self, j: int, kind: str) -> tuple[int | None, int, str | None]:
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
                return year, k + (self.form(k) in _HIJRI_MARK | {"م", "ميلادي", "ميلاديه"}), None
        if self.form(k) in {"العام", "السنه"} and self.today:
            mark = self.word(k + 1)
            if mark and mark[1].kind in {"past", "next", "this"}:
                base = self.today.year if kind == "month" else cal.hijri_year_of(self.today)
                return base + {"past": -1, "next": 1, "this": 0}[mark[1].kind], k + 1 + mark[0], None
        mark = self.word(j)
        if mark and mark[1].kind in {"past", "next", "this"}:
            return None, j + mark[0], mark[1].kind if mark[1].kind != "this" else None
        return None, j, None

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
            if year in cal.YEARS and not (end[2] == "ه"):
                found = cal.gregorian_day(year, month, day)
            elif year in cal.HIJRI_YEARS:
                found = cal.hijri_day(year, month, day)
            if found:
                n = 5 + (f(i + 5) in _HIJRI_MARK | {"م"})
                return n, cal.one_day(found)
        return None

    # weekdays and days counted from today

    def _weekday(self, i: int, first: str) -> Hit | None:
        j, form, led = i, first, False
        hit = self.word(j, form)
        while hit and hit[1].kind == "part":
            j, led = j + hit[0], True
            hit = self.word(j)
        if not hit or hit[1].kind != "weekday" or self.today is None:
            return None
        if not led and (self.form(j - 1) in given_names() or self.form(i - 1) in {"صلاه", "خطبه", "بين", "بن", "ال"}):
            return None
        weekday, j = hit[1].value, j + hit[0]
        dated = self._date_after(j, weekday)
        if dated:
            return dated[0] - i, dated[1]
        mark = self.word(j)
        sense = mark[1].kind if mark and mark[1].kind in {"past", "next", "this"} else None
        if mark and sense:
            j += mark[0]
        elif self.form(j) in relative_day and self.form(j) != "اليوم" or self.form(j) == "اليوم":
            return j + 1 - i, cal.one_day(cal.weekday_before(self.today + DAY * max(relative_day[self.form(j)], 0), weekday, today=True))
        if sense == "next" or (sense is None and self._future(i)):
            return j - i, cal.one_day(cal.weekday_after(self.today, weekday, today=sense is None))
        return j - i, cal.one_day(cal.weekday_before(self.today, weekday, today=sense != "past"))

    def _date_after(self, j: int, weekday: int) -> tuple[int, Stretch] | None:
        """``الخميس 16 يوليو``: the date settles the day."""
        k = j + (self.form(j) in {"،", ",", "(", "الموافق", "-", "الماضي", "المقبل", "القادم"})
        k += self.form(k) in {"الموافق", "يوم"}
        hit = self._digits(k) if self.form(k)[:1].isdigit() else None
        if hit and hit[1].precision == "day" and hit[1].start == hit[1].end:
            return k + hit[0], hit[1]
        return None

    def _future(self, i: int) -> bool:
        """Whether the clause before token ``i`` speaks of what is to come."""
        for j in range(i - 1, max(-1, i - 14), -1):
            form = self.forms[j]
            if form in ".؟!؛":
                return False
            bare = form[1:] if form[0] in "وف" and len(form) > 4 else form
            if form in _FUTURE or (bare[0] == "س" and len(bare) > 4 and bare[1] in "يتن" and bare not in given_names()):
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
        before, after = self.form(i - 1), self.form(i + 1)
        if after in _NOT_TODAY_AFTER or before in {"«", '"', "“", "”", "(", "_"} or after in {"»", "”", '"', "_"}:
            return False
        return first != self.form(i) or before not in _NOT_TODAY_BEFORE

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
            count = _small(after)
            if count and self.form(i + 2) in {"ايام", "يوما"} and self.form(i + 3) != "من":
                return 3, cal.one_day(self.today - DAY * count)
        return None

    # months, weeks, years

    def _month_alone(self, i: int, first: str) -> Hit | None:
        j, form, opened = i, first, self.form(i - 1) in _OPEN_MONTH or first != self.form(i)
        if first == "شهر":
            j, form, opened = i + 1, self.form(i + 1), True
        hit = self.word(j, form) if form else None
        if not hit or hit[1].kind not in {"month", "hijri"}:
            return None
        kind, number = hit[1].kind, hit[1].value
        end = j + hit[0]
        end = self._double_month(end, number) if kind == "month" else end
        year, after, sense = self._year_after(end, kind)
        marked = after > end
        if not (marked or opened or form == "رمضان"):
            return None
        if form in _DOUBTFUL_MONTHS and not marked and first != "شهر" and not self._surely_month(i, form):
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
        found = self._fitting(options, sense)
        return (after - i, found) if found else None

    def _surely_month(self, i: int, form: str) -> bool:
        before = self.form(i - 1)
        if form == "رمضان":
            after = self.form(i + 1)
            named = {before, before[1:] if before[:1] == "و" else before, after} & given_names() or after in {"بن", "شلح"}
            return not named and self._near_ramadan()
        return before in {"شهر", "شهري", "منذ", "مطلع", "اواخر", "اوائل", "منتصف", "نهايه", "بدايه"}

    def _near_ramadan(self) -> bool:
        """Whether Ramadan is within weeks of today, so that the word by itself means the month and not a man."""
        assert self.today is not None
        base = cal.hijri_year_of(self.today)
        found = cal.nearest([cal.hijri_month(y, 9) for y in (base - 1, base, base + 1)], self.today)
        return found is not None and min(abs(found.start - self.today), abs(found.end - self.today)) < 45 * DAY

    def _part(self, i: int, first: str) -> Hit | None:
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
        whole = self._period(j, first_form) or self._year(j, first_form) or self._month_alone(j, first_form)
        whole = whole or self._year_at(j) or self._month_alone_after(j)
        if whole is None:
            return None
        n, stretch = whole
        days = (stretch.end - stretch.start).days + 1
        if stretch.precision == "year":
            months = 12 // parts
            start, end = cal.month(stretch.start.year, (number - 1) * months + 1), cal.month(stretch.start.year, number * months)
            return j + n - i, Stretch(start.start, end.end, "month")
        half = days // parts
        start_day = stretch.start + DAY * half * (number - 1)
        return j + n - i, Stretch(start_day, stretch.end if number == parts else start_day + DAY * (half - 1), "week")

    def _month_alone_after(self, j: int) -> Hit | None:
        hit = self.word(j)
        return self._month_alone(j, self.form(j)) if hit and hit[1].kind in {"month", "hijri"} else None

    def _several(self, i: int, first: str) -> Hit | None:
        """``الأيام الثلاثة الماضية``, ``العامين الماضيين``, ``الأشهر الستة الأولى من العام``."""
        if self.today is None or first not in _SEVERAL:
            return None
        unit, count = _SEVERAL[first]
        j = i + 1
        if count is None:
            count = _small(self.form(j).removeprefix("ال"))
            j += 1
        mark = self.word(j)
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
        spans = [cal.month(*cal.shift_month(self.today, -count if past else 1)), cal.month(*cal.shift_month(self.today, -1 if past else count))]
        return j + mark[0] - i, Stretch(spans[0].start, spans[1].end, "month")

    def _first_of(self, i: int, j: int, unit: int, count: int) -> Hit | None:
        """``الأشهر الستة الأولى من العام الجاري``."""
        whole = self._period(j, self.form(j)) or self._year(j, self.form(j)) or self._year_at(j) or self._month_alone_after(j)
        if whole is None:
            return None
        n, stretch = whole
        if unit == 30 and stretch.precision == "year" and count <= 12:
            return j + n - i, Stretch(stretch.start, cal.month(stretch.start.year, count).end, "month")
        if unit < 28 and stretch.precision == "month":
            return j + n - i, Stretch(stretch.start, stretch.start + DAY * (unit * count - 1), "day")
        return None

    def _period(self, i: int, first: str) -> Hit | None:
        """``الأسبوع الماضي``, ``هذا الشهر``, ``العام الجاري``."""
        if self.today is None:
            return None
        form, j = first, i + 1
        shift: int | None = None
        if first == "هذا":
            form, j, shift = self.form(i + 1), i + 2, 0
            if form not in _WEEK | {"العام", "الشهر"} or (form == "الشهر" and "رمضان" in self.forms):
                return None
        mark = self.word(j)
        if mark and mark[1].kind in {"past", "next", "this"}:
            shift, j = {"past": -1, "next": 1, "this": 0}[mark[1].kind], j + mark[0]
        if shift is None or not form.startswith("ال"):
            return None
        if form in _WEEK:
            return j - i, week_shifted(self.today, shift)
        if form in _MONTH:
            return j - i, cal.month(*cal.shift_month(self.today, shift))
        if form in _YEAR:
            stated = self._year_at(j) if self.form(j)[:1].isdigit() else None
            return (j + stated[0] - i, stated[1]) if stated else (j - i, cal.year(self.today.year + shift))
        return None

    def _year(self, i: int, first: str) -> Hit | None:
        """``عام 2014``, ``العام 1436هـ``, ``عامي 2013 و2014``."""
        if first not in _YEAR_WORDS:
            return None
        hit = self._year_at(i + 1)
        if hit is None:
            return None
        n, found = hit
        return n + 1, found

    def _year_at(self, i: int) -> Hit | None:
        match = re.fullmatch(r"(\d{4})(ه|م)?", self.form(i))
        if not match:
            return None
        number, n = int(match[1]), 1
        pair = re.fullmatch(r"(\d{4})(ه)?", self.form(i + 2)) if self.form(i + 1) in {"/", "-"} else None
        if pair and number in cal.HIJRI_YEARS and int(pair[1]) == number + 1:
            first, second = cal.hijri_year(number), cal.hijri_year(number + 1)
            return (3 + (self.form(i + 3) in _HIJRI_MARK), Stretch(first.start, second.end, "year")) if first and second else None
        hijri = match[2] == "ه" or self.form(i + 1) in _HIJRI_MARK
        n += self.form(i + 1) in _HIJRI_MARK | {"م"} and not match[2]
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

    def _bare_year(self, i: int) -> Hit | None:
        """A year after a preposition or in brackets: ``في 2014``, ``منذ 2011``."""
        if self.form(i - 1) not in {"في", "منذ", "حتي", "بين", "خلال", "اواخر", "مطلع", "نهايه", "بدايه", "منتصف", "صيف", "ربيع", "شتاء", "خريف", "("}:
            return None
        hit = self._year_at(i)
        if not hit or self.form(i + hit[0]) in {"شخص", "شخصا", "دولار", "مواطن", "طن", "متر", "كم", "ريال", "جنيه", "سياره", "حاله", "،000", "%"}:
            return None
        return hit

    def _feast(self, i: int, first: str) -> Hit | None:
        """``عيد الفطر``, ``عيد الأضحى``, ``العيد``: the first three or four days of the feast, in the year nearest to today."""
        if self.today is None or first not in {"عيد", "العيد"}:
            return None
        after = self.form(i + 1)
        base = cal.hijri_year_of(self.today)
        fitr = [_feast(y, 10, 1, 3) for y in (base - 1, base, base + 1)]
        adha = [_feast(y, 12, 10, 13) for y in (base - 1, base, base + 1)]
        n, options = 2, fitr if after == "الفطر" else adha if after == "الاضحي" else None
        if first == "العيد" and options is None and after not in {"الوطني", "ال"} and not after.isdigit():
            n, options = 1, [*fitr, *adha]
        if options is None:
            return None
        found = cal.nearest(list(options), self.today)
        if found is None or (n == 1 and min(abs(found.start - self.today), abs(found.end - self.today)) > 30 * DAY):
            return None
        return n + (n == 2 and self.form(i + 2) == "المبارك"), found


def _feast(year: int, month: int, first: int, last: int) -> Stretch | None:
    start, end = cal.hijri_day(year, month, first), cal.hijri_day(year, month, last)
    return Stretch(start, end) if start and end else None


def week_shifted(day: date, shift: int) -> Stretch:
    """The week ``shift`` weeks after that of ``day``."""
    return cal.week(day + DAY * 7 * shift)


def _small(form: str) -> int | None:
    """A count of days, in digits or in a word up to ten."""
    if form.isdigit():
        return int(form) if 0 < int(form) < 60 else None
    return {
        "ثلاثه": 3, "اربعه": 4, "خمسه": 5, "سته": 6, "سبعه": 7, "ثمانيه": 8, "تسعه": 9, "عشره": 10,
        "ثلاث": 3, "اربع": 4, "خمس": 5, "ست": 6, "سبع": 7, "ثماني": 8, "تسع": 9, "عشر": 10,
    }.get(form)  # fmt: skip
