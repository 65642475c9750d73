"""Places: which names are places, which place each is, and why. The sentences are invented."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij.entities.places import find_places
from takhrij.records import PlaceMention

WORDS = (
    "في", "مدينة", "عدن", "محافظة", "وصنعاء", "من", "البو", "كمال", "ميناء", "قرية", "السنديان", "،", "و", "بتعز",
    "الفرات", "جامعة",
)  # fmt: skip


def names(text: str, home: str | None = None) -> list[tuple[str, str | None]]:
    return [(m.span.of(text), m.country) for m in find_places(text, home=home)]


def only(text: str, home: str | None = None) -> PlaceMention:
    (mention,) = find_places(text, home=home)
    return mention


@pytest.mark.parametrize(
    "text",
    [
        "افتتح الجسر في البوكمال",
        "افتتح الجسر في البو كمال",
        "افتتح الجسر في أبو كمال",
        "افتتح الجسر بالبوكمال",
        "وصلت إلى ابوكمال",
    ],
)
def test_spellings_of_one_town(text: str) -> None:
    place = only(text)
    assert (place.name, place.country, place.place_kind) == ("Abu Kamal", "SY", "settlement")
    assert abs((place.lat or 0) - 34.45) < 0.1


def test_clitics_are_no_part_of_the_span() -> None:
    text = "سافر الفريق من تعز إلى عدن وبصنعاء توقف"
    assert names(text) == [("تعز", "YE"), ("عدن", "YE"), ("صنعاء", "YE")]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("وصل الوفد الأردني إلى عمان للقاء نظيره", "JO"),
        ("عاد الصيادون العمانيون إلى سلطنة عمان", "OM"),
        ("شهدت بنغازي ومدينة طرابلس الليبية أمطارا", "LY"),
        ("شهدت بيروت ومدينة طرابلس اللبنانية أمطارا", "LB"),
        ("افتتح المحافظ السوق في محافظة الجوف اليمنية", "YE"),
        ("افتتح الأمير السوق في منطقة الجوف بالسعودية", "SA"),
    ],
)
def test_a_name_of_several_countries_is_told_by_the_text(text: str, country: str) -> None:
    assert country in {c for name, c in names(text) if name in {"عمان", "سلطنة عمان", "طرابلس", "الجوف"}}


def test_the_class_word_tells_a_province_from_its_town() -> None:
    assert only("هطلت الأمطار على محافظة تعز").place_kind == "region"
    assert only("هطلت الأمطار في مدينة تعز").place_kind == "settlement"


def test_a_list_after_one_class_word() -> None:
    text = "توزع البذور في محافظات عدن وأبين ولحج والضالع"
    assert [(m.span.of(text), m.place_kind) for m in find_places(text)] == [
        ("عدن", "region"), ("أبين", "region"), ("لحج", "region"), ("الضالع", "region"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "أعلنت جامعة القاهرة موعد الحصاد التجريبي",
        "قال محافظ القاهرة إن الجسر جاهز",
        "قالت وزارة الزراعة المصرية إن الموسم جيد",
        "أكدت موسكو أن المباراة في موعدها",
        "قال اللاعب حمادة المصري إن الفريق جاهز",
        "فاز ريال مدريد بالمباراة",
        "نشرت واشنطن بوست صورة للجسر",
        "كبيرا كان الحصاد وبيان الاتحاد واضح",
        "لأول مرة منذ عام وأن الجميع سعداء",
    ],
)
def test_bodies_people_and_everyday_words_are_no_places(text: str) -> None:
    assert names(text, "EG") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("زار الوفد مصر أمس", ("مصر", "EG")),
        ("وصل الوفد إلى روسيا", ("روسيا", "RU")),
        ("عقد مؤتمر جنيف للمياه", ("جنيف", "CH")),
        ("التقى الفريقان في الدوحة", ("الدوحة", "QA")),
    ],
)
def test_states_and_capitals_are_places_where_something_is(text: str, found: tuple[str, str]) -> None:
    assert names(text) == [found]


def test_facilities_keep_their_class_word() -> None:
    text = "رست السفينة في ميناء عدن قرب مطار عدن الدولي"
    found = find_places(text)
    assert [(m.span.of(text), m.place_kind) for m in found] == [("ميناء عدن", "facility"), ("مطار عدن الدولي", "facility")]


def test_a_facility_that_no_table_knows_lies_at_the_town_beside_it() -> None:
    text = "نقل المصابون إلى مستشفى السنديان في مدينة تعز"
    hospital, town = find_places(text)
    assert (hospital.span.of(text), hospital.place_kind) == ("مستشفى السنديان", "facility")
    assert (hospital.lat, hospital.lon) == (town.lat, town.lon)
    assert hospital.confidence < town.confidence
    assert "not in the gazetteer" in hospital.why


def test_a_village_that_no_table_knows() -> None:
    text = "تفقد المهندسون قرية السنديانة في ريف إدلب"
    assert names(text) == [("السنديانة", "SY"), ("إدلب", "SY")]


def test_a_dateline_with_its_country() -> None:
    assert names("دمشق، سوريا (وكالات) -- هطلت أمطار غزيرة") == [("دمشق", "SY"), ("سوريا", "SY")]


def test_seas_rivers_and_regions() -> None:
    found = find_places("من الفرات إلى البحر الأحمر مرورا بالشرق الأوسط")
    assert [(m.name, m.place_kind, m.country) for m in found] == [
        ("Euphrates", "water", "SY"), ("Red Sea", "water", None), ("Middle East", "region", None),
    ]  # fmt: skip


def test_every_mention_says_why() -> None:
    for mention in find_places("وصلت القافلة إلى محافظة مأرب ثم إلى صنعاء"):
        assert mention.why
        assert 0.5 <= mention.confidence <= 1


@given(st.text(alphabet="ابتدرزعنوالكفسيةىأ ،.\n«»\u0640\u064b\u200f", max_size=80))
def test_spans_fit_any_text(text: str) -> None:
    for mention in find_places(text):
        assert mention.span.of(text).strip()


@given(st.lists(st.sampled_from(WORDS), max_size=20))
def test_spans_do_not_overlap(words: list[str]) -> None:
    spans = [m.span for m in find_places(" ".join(words))]
    assert all(a.end <= b.start for a, b in pairwise(spans))
