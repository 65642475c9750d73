"""Names that shorten one another, and those that must not be taken for one."""

from __future__ import annotations

import pytest

from takhrij.attribution.agreement import Agreement, of_name
from takhrij.attribution.names import same_name
from takhrij.text.tokens import tokenize


def words(name: str) -> list[str]:
    return [f for f in tokenize(name).forms if f.isalnum()]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("وزارة المياه", "الوزارة"),
        ("المهندس سامر الكراز مدير هيئة المياه", "الكراز"),
        ("المهندس سامر الكراز", "سامر الكراز"),
        ("وزير الزراعة الدكتور نبيل السنديان", "الوزير"),
        ("جمعية مزارعي الزعفران", "الجمعية"),
    ],
)
def test_a_short_form_is_the_one_it_shortens(one: str, other: str) -> None:
    assert same_name(words(one), words(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("وزير الزراعة", "وزارة المياه"),
        ("سامر الكراز", "نبيل السنديان"),
        ("مدير هيئة المياه", "الجمعية"),
        ("مصادر مطلعة", "مصادر طبية"),
    ],
)
def test_others_stay_others(one: str, other: str) -> None:
    assert not same_name(words(one), words(other))


@pytest.mark.parametrize(
    ("name", "gender", "number"),
    [
        ("الوزارة", "f", "s"),
        ("مصادر مطلعة", "f", "s"),
        ("خبراء المياه", "m", "p"),
        ("موسكو", "f", "s"),
        ("رئيس البلدية", "m", "s"),
    ],
)
def test_gender_and_number_of_a_name(name: str, gender: str, number: str) -> None:
    assert of_name(words(name)) == Agreement(gender, number)


def test_a_plural_verb_clashes_with_one_speaker() -> None:
    assert Agreement("m", "p").clashes(Agreement("m", "s"))
    assert not Agreement("", "").clashes(Agreement("f", "s"))
