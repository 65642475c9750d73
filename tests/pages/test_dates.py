"""Days in the month names and digits of the Arab press."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij.pages.dates import compact_day, day_in


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("15 تشرين الثاني 2017", "2017-11-15"),
        ("الأحد 3 جويلية 2019", "2019-07-03"),
        ("8 غشت 2018", "2018-08-08"),
        ("02 دجنبر 2020", "2020-12-02"),
        ("الثلاثاء، 7 مارس/آذار 2021", "2021-03-07"),
        ("28 آب / أغسطس 2013 الساعة 14:00", "2013-08-28"),
        ("١٢ فبراير (شباط) ٢٠١٦", "2016-02-12"),
        ("الخميس 5 من يونيو عام 2014", "2014-06-05"),
        ("1 رمضان 1436هـ", "2015-06-18"),
        ("٢٣ ذو الحجة ١٤٤٠", "2019-08-24"),
        ("25/12/1436", "2015-10-08"),
        ("نُشر في 2015/7/21", "2015-07-21"),
        ("21-07-2015", "2015-07-21"),
        ("أكتوبر 9, 2016", "2016-10-09"),
        ("2019-02-08T00:00:00+01:00", "2019-02-08"),
        ("كانون الاول 2016", None),
        ("31 شباط 2016", None),
        ("افتتح الجسر قبل عامين", None),
    ],
)
def test_day_in(words, day):
    assert day_in(words) == day


@given(st.dates(dt.date(1950, 1, 1), dt.date(2050, 1, 1)), st.sampled_from(["{d}/{m}/{y}", "{y}-{m:02}-{d:02}", "{y}/{m}/{d}"]))
def test_numeric_days_come_back(day, form):
    said = form.format(d=day.day, m=day.month, y=day.year)
    assert day_in(f"آخر تحديث {said}") == day.isoformat()


@given(st.text(max_size=200))
def test_any_text_is_survived(text):
    assert day_in(text) is None or dt.date.fromisoformat(day_in(text))


def test_compact_days_are_read_only_where_they_are_days():
    assert compact_day("/news/20170315/x") == "2017-03-15"
    assert compact_day("/news/20171315/x") is None
