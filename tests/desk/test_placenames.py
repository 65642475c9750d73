"""The names of places and countries in the reader's language."""

from __future__ import annotations

import pytest

from takhrij.desk.placenames import country_name, place_name
from takhrij.desk.words import Language


@pytest.mark.parametrize(
    ("name", "language", "shown"),
    [
        ("Aleppo", "ar", "حلب"),
        ("Aleppo", "en", "Aleppo"),
        ("تل الزعفران", "ar", "تل الزعفران"),
        ("تل الزعفران", "en", "تل الزعفران"),
        ("Nowhere at All", "ar", "Nowhere at All"),
    ],
)
def test_a_place_is_called_as_its_readers_call_it(name: str, language: Language, shown: str) -> None:
    assert place_name(name, language) == shown


@pytest.mark.parametrize(
    ("code", "language", "shown"),
    [("DZ", "ar", "الجزائر"), ("DZ", "en", "Algeria"), ("QQ", "ar", "QQ"), (None, "en", "")],
)
def test_a_country_is_called_by_its_name(code: str | None, language: Language, shown: str) -> None:
    assert country_name(code, language) == shown
