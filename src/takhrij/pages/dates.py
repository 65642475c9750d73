"""Days written out in Arabic: four sets of Gregorian month names, Hijri months, both kinds of digits.

``15 تشرين الثاني 2017``, ``3 جويلية 2019``, ``7 مارس/آذار 2021``, ``12 رمضان 1436هـ``, ``٢٠١٥/٧/٢١``. Hijri days are turned
into Gregorian ones by the Umm al-Qura tables of the ``hijridate`` package, right from 1343 to 1500 AH.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from takhrij.pages.tables import rows
from takhrij.text.fold import fold

_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})(?!\d)")
_ISO_INSTANT = re.compile(r"\d{4}-\d\d-\d\d(?=$|[T\s])")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_YEAR_FIRST = re.compile(r"(?<![\d/.-])(\d{4})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{1,2})(?![\d/-])")
_DAY_FIRST = re.compile(r"(?<![\d/.-])(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})(?![\d/-])")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?!\d)")
_FIRST_NEWS_YEAR, _LAST_NEWS_YEAR = 1900, 2100


@cache
def _months() -> tuple[dict[str, tuple[str, int]], re.Pattern[str], re.Pattern[str]]:
    names = {form: (calendar, int(number)) for form, calendar, number in rows("months.tsv")}
    name = "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in sorted(names, key=len, reverse=True))
    other = rf"(?:\s*[/(\\-]\s*(?:{name})\s*\)?)?"
    year = r"(?:\s*(?:من\s+)?(?:عام|سنه|لعام)?\s*|\s*[،,/-]\s*)"
    day_first = re.compile(rf"(?<!\d)(\d{{1,2}})\s*(?:من\s+)?(?:شهر\s+)?[-/]?\s*({name}){other}{year}(\d{{4}})(?!\d)")
    month_first = re.compile(rf"(?<!\w)({name}){other}\s+(\d{{1,2}})\s*[،,]\s*(\d{{4}})(?!\d)")
    return names, day_first, month_first


def day_in(text: str) -> str | None:
    """The first day with its year named in ``text``, as an ISO 8601 day, or None.

    >>> day_in("الأربعاء 28 آب/أغسطس 2013، آخر تحديث 14:00"), day_in("٥ رمضان ١٤٣٦ هـ")
    ('2013-08-28', '2015-06-22')
    """
    folded = fold(text)
    names, day_first, month_first = _months()
    if match := day_first.search(folded):
        calendar, month = names[" ".join(match.group(2).split())]
        return _day(int(match.group(3)), month, int(match.group(1)), calendar)
    if match := month_first.search(folded):
        calendar, month = names[" ".join(match.group(1).split())]
        return _day(int(match.group(3)), month, int(match.group(2)), calendar)
    return _numeric(folded)


def only_a_day(text: str) -> bool:
    """Whether ``text`` says a day, with its weekday and hour perhaps, and nothing else.

    >>> only_a_day("الثلاثاء 04 آب/أغسطس 2015، الساعة 14:05"), only_a_day("افتتح الجسر في 4 آب 2015")
    (True, False)
    """
    if day_in(text) is None:
        return False
    _, day_first, month_first = _months()
    rest = fold(text)
    for pattern in (day_first, month_first, _ISO, _YEAR_FIRST, _DAY_FIRST, _CLOCK):
        rest = pattern.sub(" ", rest)
    return not [w for w in re.findall(r"[^\W\d_]+", rest) if w.lower() not in _beside_days()]


@cache
def _beside_days() -> frozenset[str]:
    return frozenset(word for (word,) in rows("day_words.tsv"))


def _numeric(folded: str) -> str | None:
    if match := _ISO.search(folded) or _YEAR_FIRST.search(folded):
        return _day(int(match.group(1)), int(match.group(2)), int(match.group(3)))
    if match := _DAY_FIRST.search(folded):
        day, month, year = (int(g) for g in match.groups())
        if month > 12 >= day:  # written by an American machine
            day, month = month, day
        return _day(year, month, day)
    return None


def compact_day(text: str) -> str | None:
    """A day written as eight digits (``20170315``), as addresses and feeds have it."""
    match = _COMPACT.search(text)
    return _day(int(match[1]), int(match[2]), int(match[3])) if match else None


def given_day(said: str | None) -> str | None:
    """The ISO day that a given date stands for: an ISO day or instant, eight digits, or words in Arabic."""
    if not said:
        return None
    if match := _ISO_INSTANT.match(said.strip()):
        return day_in(match.group())
    return day_in(said) or (compact_day(said) if said.strip().isdigit() else None)


def _day(year: int, month: int, day: int, calendar: str = "g") -> str | None:
    if calendar == "h" or 1343 <= year <= 1500:
        return _from_hijri(year, month, day)
    if not _FIRST_NEWS_YEAR <= year <= _LAST_NEWS_YEAR:
        return None
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def _from_hijri(year: int, month: int, day: int) -> str | None:
    from hijridate import Hijri

    try:
        return str(Hijri(year, month, day).to_gregorian().isoformat())
    except (ValueError, OverflowError):
        return None
