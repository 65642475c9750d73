"""Numbers in digits and words, with bounds, units and what is counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij.entities.numbers import find_numbers


@pytest.mark.parametrize(
    ("text", "value", "bound", "unit"),
    [
        ("ثلاثة آلاف شجرة", 3000, "exact", None),
        ("نحو مليون ونصف شجرة", 1_500_000, "about", None),
        ("مئة وخمسة وعشرون عاملا", 125, "exact", None),
        ("ثلاثمئة وخمسون ألف زائر", 350_000, "exact", None),
        ("ثلاث مئة زائر", 300, "exact", None),
        ("خمسة عشر ألف ريال", 15_000, "exact", "riyal"),
        ("ألفين وخمسمئة متفرج", 2500, "exact", None),
        ("مليون و200 ألف زائر", 1_200_000, "exact", None),
        ("أكثر من 1,500 شخص", 1500, "at_least", None),
        ("ما لا يقل عن 12 عاملا", 12, "at_least", None),
        ("أقل من 40 طنا", 40, "at_most", "t"),
        ("حوالي ٢٠٠ متر", 200, "about", "m"),
        ("٣٫٥ مليون دولار", 3_500_000, "exact", "USD"),
        ("بنسبة 14.8%", 14.8, "exact", "percent"),
        ("خمسة وعشرين في المئة", 25, "exact", "percent"),
        ("بـ2800 طن", 2800, "exact", "t"),
        ("30 زائرا على الأقل", 30, "at_least", None),
    ],
)
def test_quantities(text: str, value: float, bound: str, unit: str | None) -> None:
    (number,) = find_numbers(text)
    assert (number.value, number.bound, number.unit) == (value, bound, unit)


def test_what_is_counted() -> None:
    (number,) = find_numbers("زرع الأهالي 400 شتلة على الضفة")
    assert number.counted == "شتلة"


def test_two_numbers_side_by_side_stay_two() -> None:
    assert [n.value for n in find_numbers("ثلاثة جسور وخمسة رجال")] == [3, 5]


@pytest.mark.parametrize("text", ["القانون رقم 15", "فاز 2-1", "آلاف المتفرجين", "هاتف 0501234567", "#2015", "الساعة 7 مساء"])
def test_what_is_no_quantity(text: str) -> None:
    assert find_numbers(text) == ()


@given(st.integers(min_value=3, max_value=9_999_999))
def test_digits_of_both_kinds_read_alike(value: int) -> None:
    plain = find_numbers(f"{value} شجرة")
    arabic = find_numbers(f"{value} شجرة".translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))
    assert [n.value for n in plain] == [n.value for n in arabic] == [value]


@given(st.text(alphabet="0123456789٠١٢,.٫٬ ألفملينوثةخس%\n", max_size=60))
def test_spans_fit_any_text(text: str) -> None:
    for number in find_numbers(text):
        assert number.span.of(text)
        assert number.value > 0
