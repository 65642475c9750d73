"""Whether two statements are one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from takhrij.claims import match, match_pair, match_readings
from takhrij.claims.speech import speech
from takhrij.errors import UsageError
from takhrij.records import Article, Reading

BASE = "قالت هيئة الجسور إن الجسر الشرقي سيغلق أمام الشاحنات ثلاثة أيام لإجراء أعمال صيانة في المفاصل."
DAY = "2024-03-01"


@pytest.mark.parametrize(
    ("other", "labels"),
    [
        ("وقالت هيئة الجسور ان الجسر الشرقى سيغلق امام الشاحنات 3 أيام لإجراء أعمال صيانة في المفاصل", {"same", "part"}),
        ("قالت هيئة الجسور إن الجسر الشرقي لن يغلق أمام الشاحنات لإجراء أعمال صيانة في المفاصل.", {"contradict", "related"}),
        ("ارتفعت أسعار التمور في أسواق الواحة مع انتهاء موسم الحصاد، بحسب اتحاد المزارعين.", {"unrelated", "related"}),
    ],
)
def test_labels(other: str, labels: set[str]) -> None:
    assert match_pair(BASE, other, DAY, DAY).label in labels


def test_the_order_of_the_two_does_not_matter() -> None:
    other = "أعلنت هيئة الجسور إغلاق الجسر الشرقي أمام الشاحنات مدة أسبوع."
    assert match_pair(BASE, other, DAY, DAY) == match_pair(other, BASE, DAY, DAY)


def test_readings_without_attributions_are_compared_as_sentences() -> None:
    readings = [Reading(Article(id=key, text=BASE, date=DAY)) for key in "ab"]
    assert match_readings(*readings) == match_pair(BASE, BASE, DAY, DAY)


def test_rows_keep_their_names_and_bad_rows_are_refused() -> None:
    (row,) = match([{"pair": "p1", "a": BASE, "b": BASE}])
    assert (row["pair"], row["label"]) == ("p1", "same")
    assert 0.0 <= row["score"] <= 1.0
    assert row["why"]
    with pytest.raises(UsageError, match="p2"):
        list(match([{"pair": "p2", "a": BASE}]))


@pytest.mark.parametrize(
    ("sentence", "party", "act"),
    [
        ("نفى مدير الميناء أن تكون الرافعة قد تعطلت.", "مدير الميناء", "deny"),
        ("تعطلت الرافعة ليلة الأحد، بحسب مدير الميناء.", "مدير الميناء", "state"),
        ("مدير الميناء: الرافعة تعمل بكامل طاقتها", "مدير الميناء", "state"),
        ("تعطلت الرافعة ليلة الأحد.", None, "state"),
    ],
)
def test_who_speaks_in_a_bare_sentence(sentence: str, party: str | None, act: str) -> None:
    said = speech(sentence)
    assert (said.party, said.act) == (party, act)
    assert said.content in sentence


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=20, deadline=None)
def test_any_two_texts_are_compared(a: str, b: str) -> None:
    result = match_pair(a, b)
    assert 0.0 <= result.score <= 1.0
