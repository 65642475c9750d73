"""Dates: each expression against the day of publication, a Friday: 2015-07-24."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij.entities.calendars import hijri_day, week
from takhrij.entities.dates import find_dates

PUBLISHED = "2015-07-24"


def read(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str]]:
    return [(m.start, m.end) for m in find_dates(text, published)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("افتتح الجسر أمس", "2015-07-23"),
        ("افتتح الجسر اليوم", "2015-07-24"),
        ("يفتتح الجسر غدا", "2015-07-25"),
        ("يفتتح بعد غد", "2015-07-26"),
        ("التقى الفريقان بالأمس", "2015-07-23"),
        ("افتتح أول أمس", "2015-07-22"),
        ("افتتح أول من أمس", "2015-07-22"),
        ("افتتح أمس الأول", "2015-07-22"),
        ("افتتح مساء أمس", "2015-07-23"),
        ("بدأ الحصاد قبل يومين", "2015-07-22"),
        ("بدأ الحصاد قبل ثلاثة أيام", "2015-07-21"),
        ("وصل الفريق الثلاثاء", "2015-07-21"),
        ("وصل الفريق يوم الثلاثاء الماضي", "2015-07-21"),
        ("يصل الفريق الثلاثاء المقبل", "2015-07-28"),
        ("سيصل الفريق يوم الثلاثاء", "2015-07-28"),
        ("وصل الجمعة الماضية", "2015-07-17"),
        ("الأربعاء 15 يوليو", "2015-07-15"),
        ("يوم الجمعة الموافق الأول من مايو 2015", "2015-05-01"),
        ("في 27 أغسطس المقبل", "2015-08-27"),
        ("في 15 تموز", "2015-07-15"),
        ("15 تموز (يوليو) 2014", "2014-07-15"),
        ("15 تموز/يوليو 2014", "2014-07-15"),
        ("15 جويلية 2014", "2014-07-15"),
        ("3 غشت 2014", "2014-08-03"),
        ("3 تشرين الثاني 2014", "2014-11-03"),
        ("الرابع عشر من الشهر الماضي", "2015-06-14"),
        ("الخامس من مايو الماضي", "2015-05-05"),
        ("27/8/2014", "2014-08-27"),
        ("2014-08-27", "2014-08-27"),
        ("٢٧/٨/٢٠١٤", "2014-08-27"),
        ("10 رمضان 1436هـ", "2015-06-27"),
        ("1 محرم 1437 هـ", "2015-10-14"),
        ("5/10/1436هـ", "2015-07-21"),
        ("في 5 شوال", "2015-07-21"),
    ],
)
def test_single_days(text: str, day: str) -> None:
    assert read(text) == [(day, day)]


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("الأسبوع الماضي", ("2015-07-12", "2015-07-18")),
        ("الأسبوع المقبل", ("2015-07-26", "2015-08-01")),
        ("الشهر الماضي", ("2015-06-01", "2015-06-30")),
        ("العام الماضي", ("2014-01-01", "2014-12-31")),
        ("العام الحالي 2015", ("2015-01-01", "2015-12-31")),
        ("عام 2012", ("2012-01-01", "2012-12-31")),
        ("بين عامي 2010 و2012", ("2010-01-01", "2012-12-31")),
        ("منذ 2011", ("2011-01-01", "2011-12-31")),
        ("في أكتوبر العام الماضي", ("2014-10-01", "2014-10-31")),
        ("شهر مايو الماضي", ("2015-05-01", "2015-05-31")),
        ("في حزيران/يونيو", ("2015-06-01", "2015-06-30")),
        ("شهر رمضان", ("2015-06-18", "2015-07-16")),
        ("عيد الفطر المبارك", ("2015-07-17", "2015-07-19")),
        ("إجازة العيد", ("2015-07-17", "2015-07-19")),
        ("عام 1436هـ", ("2014-10-25", "2015-10-13")),
        ("3 - 5 مايو 2014", ("2014-05-03", "2014-05-05")),
        ("من 28 يوليو إلى 3 أغسطس", ("2015-07-28", "2015-08-03")),
        ("النصف الأول من العام الحالي", ("2015-01-01", "2015-06-30")),
        ("الربع الثاني من عام 2014", ("2014-04-01", "2014-06-30")),
        ("الأشهر الثلاثة الأولى من العام الجاري", ("2015-01-01", "2015-03-31")),
        ("خلال الأيام الثلاثة الماضية", ("2015-07-21", "2015-07-23")),
        ("منتصف أغسطس", ("2015-08-11", "2015-08-20")),
        ("مطلع الشهر الماضي", ("2015-06-01", "2015-06-10")),
        ("في أواخر شهر فبراير الماضي", ("2015-02-21", "2015-02-28")),
        ("خلال شهري مايو ويونيو الماضيين", ("2015-05-01", "2015-06-30")),
        ("اليومين الأخيرين لشهر رمضان", ("2015-07-15", "2015-07-16")),
        ("العشر الأواخر من رمضان", ("2015-07-07", "2015-07-16")),
        ("انتخابات 2012", ("2012-01-01", "2012-12-31")),
        ("هذه السنة", ("2015-01-01", "2015-12-31")),
        ("خلال العامين الماضيين", ("2013-01-01", "2014-12-31")),
    ],
)
def test_stretches(text: str, stretch: tuple[str, str]) -> None:
    assert read(text) == [stretch]


@pytest.mark.parametrize(
    "text",
    [
        "ذكرت صحيفة اليوم السابع",
        "نشرت «عين اليوم» الصورة",
        "ثورة 25 يناير",
        "حركة 6 أبريل",
        "قال محمد رمضان إن الفيلم جاهز",
        "قال رجب البنا إن السوق هادئة",
        "الأمين العام للجمعية",
        "بشكل عام كان الموسم جيدا",
        "ثلاث مرات في اليوم",
        "القانون رقم 10",
        "أنتجت 2015 طنا من القمح",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert read(text) == []


def test_a_stated_weekday_beats_the_day_of_publication() -> None:
    text = "قال المدير اليوم الخميس إن الجسر جاهز وإنه فحصه أمس وسيفتح غدا"
    assert read(text) == [("2015-07-23", "2015-07-23"), ("2015-07-22", "2015-07-22"), ("2015-07-24", "2015-07-24")]


def test_tomorrow_and_the_day_before_yesterday_tell_the_day_of_writing_too() -> None:
    assert read("يلعب الفريق مساء غد الجمعة", PUBLISHED) == [("2015-07-24", "2015-07-24")]
    assert read("فاز أمس الأول الثلاثاء وتدرب أمس", PUBLISHED) == [("2015-07-21", "2015-07-21"), ("2015-07-22", "2015-07-22")]


def test_a_weekday_agrees_with_yesterday() -> None:
    assert read("افتتح أمس، الأربعاء، سوق القمح", "2015-07-23") == [("2015-07-22", "2015-07-22")]


def test_without_a_day_of_publication_only_full_dates_are_read() -> None:
    assert read("افتتح أمس وسيغلق في 27 أغسطس 2014", None) == [("2014-08-27", "2014-08-27")]
    assert read("افتتح أمس", "no day") == []


def test_a_month_without_a_year_is_the_nearest_one() -> None:
    assert read("في 20 ديسمبر", "2015-01-05") == [("2014-12-20", "2014-12-20")]
    assert read("في 10 يناير", "2014-12-20") == [("2015-01-10", "2015-01-10")]


def test_weeks_run_from_sunday_to_saturday() -> None:
    found = week(date(2015, 7, 24))
    assert (found.start, found.end) == (date(2015, 7, 19), date(2015, 7, 25))


def test_an_impossible_day_is_none() -> None:
    assert read("30/2/2015") == []
    assert hijri_day(1436, 1, 31) is None
    assert hijri_day(900, 1, 1) is None


def test_the_span_leaves_the_clitic_out() -> None:
    text = "وأمس افتتح الجسر"
    (mention,) = find_dates(text, PUBLISHED)
    assert mention.span.of(text) == "أمس"


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 1, 1)))
def test_a_written_date_comes_back(day: date) -> None:
    text = f"في {day.day}/{day.month}/{day.year}"
    assert read(text, None) == [(day.isoformat(), day.isoformat())]


@given(
    st.dates(min_value=date(1950, 1, 1), max_value=date(2060, 1, 1)),
    st.sampled_from(["أمس", "اليوم", "الأحد", "الأسبوع الماضي", "رمضان", "في مارس"]),
)
def test_a_stretch_begins_before_it_ends(day: date, text: str) -> None:
    for start, end in read(text, day.isoformat()):
        assert start <= end
        assert abs(date.fromisoformat(start) - day) < timedelta(days=400)


@given(st.text(alphabet="اليومأمس0123456789/-. عنةفبر\n\u0640هـ", max_size=60))
def test_spans_fit_any_text(text: str) -> None:
    for mention in find_dates(text, PUBLISHED):
        assert mention.span.of(text).strip()


def test_a_weekday_far_from_the_date_leaves_the_text_without_a_today() -> None:
    assert read("اختتم المدرب تدريباته أمس الاثنين استعدادا للقاء الخميس المقبل") == []
    assert read("اختتم المدرب تدريباته أمس الاثنين، وكان قد وصل في 3 مارس 2014") == [("2014-03-03", "2014-03-03")]


def test_quoted_words_count_from_the_day_on_which_they_were_said() -> None:
    assert read("وقال في المؤتمر أمس: سنلعب غدا أمام جمهورنا.\nويعود الفريق غدا")[1:] == [
        ("2015-07-24", "2015-07-24"), ("2015-07-25", "2015-07-25"),
    ]  # fmt: skip
    assert read("وقال في المؤتمر أمس: «سنلعب غدا». ويعود الفريق غدا")[1:] == [
        ("2015-07-24", "2015-07-24"), ("2015-07-25", "2015-07-25"),
    ]  # fmt: skip
    assert read("وقال في بيان أمس: إن الجسر سيفتح غدا")[1:] == [("2015-07-25", "2015-07-25")]


def test_two_figures_of_a_year() -> None:
    assert read("منذ عام 94 لم يفض النهر") == [("1994-01-01", "1994-12-31")]
    assert read("في سنة .67") == [("1967-01-01", "1967-12-31")]
    assert read("في عام 94 شخصا") == []


def test_either_of_two_months() -> None:
    assert read("في أكتوبر أو نوفمبر من العام الجاري") == [("2015-10-01", "2015-11-30")]


def test_what_is_said_of_every_ramadan_or_feast_is_no_date() -> None:
    assert read("لم يكن رمضان شهر نوم") == []
    assert read("فرح الأطفال بعيدية عيد الفطر") == []
