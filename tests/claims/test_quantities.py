"""Numbers in digits and in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij.claims.quantities import quantities


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("ألفاً ومئتي وحدة", [1200]),
        ("سبعة عشر ألف فدان", [17_000]),
        ("363,378 شخصاً", [363_378]),
        ("363.378 شخصا", [363_378]),
        ("3.5 ملايين نسمة", [3_500_000]),
        ("ثلاثمئة ألف درهم", [300_000]),
        ("ألفين ومئة طلب", [2100]),
        ("نصف مليون علبة", [500_000]),
        ("٨٥ مليون دولار", [85_000_000]),
        ("بين 10 و20", [10, 20]),
        ("بمئة وخمسين ألفاً من الصغار", [150_000]),
        ("الساعة 14:59", []),
        ("لا عدد هنا", []),
    ],
)
def test_values(text: str, values: list[float]) -> None:
    assert [q.value for q in quantities(text)] == values


def test_a_fraction_in_words_and_a_percentage_are_one_kind() -> None:
    assert quantities("نصف الآبار")[0].value == quantities("50% من الآبار")[0].value == quantities("خمسين في المئة")[0].value


def test_what_is_counted_is_named_by_its_stem() -> None:
    (ten,), (other,) = quantities("10 جرحى"), quantities("عشرة جرحى")
    assert ten == other
    assert ten.counted


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert all(q.value >= 0 for q in quantities(text))
