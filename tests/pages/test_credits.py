"""Whom an article credits, in its byline and in its text; the sentences are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij.pages.credits import read_credits

BODY = "افتتح رئيس البلدية جسر الوادي الجديد صباح اليوم بعد عامين من العمل.\nوقال إن الجسر يخدم ثلاث قرى."


def credit(second_line: str, outlet: str | None = "صحيفة النهر") -> str | None:
    return read_credits(f"افتتاح جسر الوادي\n{second_line}\n{BODY}", outlet)[0]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("القاهرة - أ ش أ", "القاهرة - أ ش أ"),
        ("القاهرة _أ.ش.أ:", "القاهرة - أ ش أ"),
        ("وكالات", "وكالات"),
        ("عمّان – بترا", "عمّان - بترا"),
        ("صحيفة النهر – المرسى", "صحيفة النهر - المرسى"),
        ("كتب - سامي الوادي:", None),
        ("بدأ موسم القطاف في الجبل", None),
    ],
)
def test_bylines(line, expected):
    assert credit(line) == expected


def test_dateline_before_a_first_sentence():
    text = "افتتاح جسر الوادي\nواس - عدن: افتتح رئيس البلدية جسر الوادي."
    said, bylines = read_credits(text, None)
    assert said == "واس - عدن"
    assert bylines[0].span.of(text) == "واس - عدن:"
    assert not bylines[0].whole_line
    assert read_credits("افتتاح جسر\nبيروت (رويترز) - افتتح المجلس الجسر.", None)[0] == "بيروت - رويترز"


def test_reporter_becomes_the_author():
    _, bylines = read_credits(f"افتتاح جسر الوادي\nكتب - سامي الوادي:\n{BODY}", None)
    assert bylines[0].author == "سامي الوادي"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("وقال المهندس لرويترز إن العمل انتهى.", "رويترز"),
        ("وبلغ المحصول ألف طن بحسب وكالة الأناضول.", "وكالة الأناضول"),
        ("ونقلت صحيفة «ضفاف» المحلية عن البلدية أن العمل انتهى.", "صحيفة «ضفاف» المحلية"),
        ("وانتهى العمل وفقا للألمانية.", "الألمانية"),
        ("وذكرت وكالة الأنباء السورية الرسمية «سانا» أن العمل انتهى.", "وكالة الأنباء السورية الرسمية «سانا»"),
        ("ونفت البلدية ما نشرته صحيفة «ضفاف» المحلية عن توقف العمل.", None),
        ("وأظهر مسح لرويترز أن الإنتاج ارتفع.", None),
        ("وقال المهندس لصحيفة النهر إن العمل انتهى.", None),
    ],
)
def test_relays_in_the_text(sentence, expected):
    assert read_credits(f"موسم القطاف\n{BODY}\n{sentence}", "صحيفة النهر")[0] == expected


def test_the_same_agency_is_credited_once():
    said, _ = read_credits(f"موسم\nالمرسى (رويترز) - بدأ القطاف.\nوقال المزارع لرويترز إن المحصول جيد.\n{BODY}", None)
    assert said == "المرسى - رويترز"


def test_an_outlet_is_known_by_its_domain():
    assert read_credits(f"موسم القطاف\nعكاظ - جدة\n{BODY}", "okaz.com.sa")[0] == "عكاظ - جدة"


@given(st.text(alphabet=st.sampled_from("واسرتزكبل -–:()\n.«»لـ"), max_size=120))
def test_spans_fit_any_text(text):
    _, bylines = read_credits(text, "واس")
    for byline in bylines:
        assert byline.span.of(text)
