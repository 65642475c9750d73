"""An article whose day is not known still reads: what hangs on its day is left open."""

from __future__ import annotations

from takhrij.entities.dates import find_dates


def test_a_month_that_may_be_a_name_is_left_alone_without_a_day() -> None:
    assert find_dates("قال رمضان إن الجسر آمن", None) == ()


def test_a_day_that_hangs_on_today_is_left_out() -> None:
    assert find_dates("افتتح الجسر أمس الثلاثاء وقبل يومين", None) == ()
