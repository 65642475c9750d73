"""Calendars: month names from the Levant to the Maghreb, Hijri months (Umm al-Qura), weekdays, days as intervals.

Weeks run from Sunday to Saturday. Hijri dates are converted by hijridate, exact for 1343 to 1500 AH.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from takhrij.entities.lexicon import Lexicon
from takhrij.entities.tables import read

DAY = timedelta(days=1)
#: Years of the Hijri calendar that can be converted, and those of the common era that news speaks of.
HIJRI_YEARS = range(1343, 1501)
YEARS = range(1800, 2101)


@dataclass(frozen=True, slots=True)
class Word:
    """A row of ``data/calendar.tsv``."""

    kind: str
    value: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A closed interval of days, and how finely it was named: day, week, month or year."""

    start: date
    end: date
    precision: str = "day"


@cache
def words() -> Lexicon[Word]:
    """The words of the calendar."""
    lexicon: Lexicon[Word] = Lexicon()
    for row in read("calendar.tsv", 3):
        lexicon.add(row[0], Word(row[1], int(row[2])))
    return lexicon


def one_day(day: date) -> Stretch:
    """The interval of one day."""
    return Stretch(day, day)


def month(year: int, number: int) -> Stretch:
    """A month of the common era."""
    return Stretch(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]), "month")


def year(number: int) -> Stretch:
    """A year of the common era."""
    return Stretch(date(number, 1, 1), date(number, 12, 31), "year")


def week(day: date) -> Stretch:
    """The week, Sunday to Saturday, in which ``day`` lies."""
    sunday = day - DAY * ((day.weekday() + 1) % 7)
    return Stretch(sunday, sunday + DAY * 6, "week")


def gregorian_day(year_: int, month_: int, day: int) -> date | None:
    """A day of the common era, or None where there is none such."""
    try:
        return date(year_, month_, day)
    except ValueError:
        return None


def hijri_day(year_: int, month_: int, day: int) -> date | None:
    """The day of the common era on which a Hijri day fell by the Umm al-Qura calendar, or None."""
    from hijridate import Hijri

    try:
        found = Hijri(year_, month_, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


def hijri_month(year_: int, month_: int) -> Stretch | None:
    """The days of a Hijri month, or None where the year is out of range."""
    start = hijri_day(year_, month_, 1)
    following = hijri_day(*((year_, month_ + 1) if month_ < 12 else (year_ + 1, 1)), 1)
    return Stretch(start, following - DAY, "month") if start and following else None


def hijri_year(year_: int) -> Stretch | None:
    """The days of a Hijri year, or None where it is out of range."""
    start, following = hijri_day(year_, 1, 1), hijri_day(year_ + 1, 1, 1)
    return Stretch(start, following - DAY, "year") if start and following else None


def hijri_year_of(day: date) -> int:
    """The Hijri year in which ``day`` lies, to within one year where out of the exact range."""
    from hijridate import Gregorian

    try:
        return int(Gregorian(day.year, day.month, day.day).to_hijri().year)
    except (ValueError, OverflowError):
        return round((day.year - 622) * 1.0307)


def nearest(options: list[Stretch | None], day: date) -> Stretch | None:
    """The option nearest to ``day``, the earlier of two that are equally near."""
    known = [option for option in options if option is not None]
    return min(
        known,
        key=lambda s: (0 if s.start <= day <= s.end else min(abs(s.start - day), abs(s.end - day)).days, s.start),
        default=None,
    )


def weekday_before(day: date, weekday: int, *, today: bool) -> date:
    """The last such weekday before ``day``, or ``day`` itself where ``today`` allows."""
    back = (day.weekday() - weekday) % 7
    return day - DAY * (back if back or today else 7)


def weekday_after(day: date, weekday: int, *, today: bool) -> date:
    """The next such weekday after ``day``, or ``day`` itself where ``today`` allows."""
    ahead = (weekday - day.weekday()) % 7
    return day + DAY * (ahead if ahead or today else 7)


def shift_month(day: date, by: int) -> tuple[int, int]:
    """(year, month) of the month ``by`` months after that of ``day``."""
    index = day.year * 12 + day.month - 1 + by
    return index // 12, index % 12 + 1
