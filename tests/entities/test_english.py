"""English names lead to the Arabic ones, however they are typed; words that name nothing lead nowhere."""

from __future__ import annotations

import pytest

from takhrij.entities.english import arabic_names


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Aleppo", "حلب"),
        ("ALEPPO", "حلب"),
        ("the Euphrates", "الفرات"),
        ("al-Bab", "الباب"),
        ("UN Security Council", "مجلس الأمن"),
        ("security council", "مجلس الأمن"),
        ("Reuters", "رويترز"),
        ("Jordan", "الأردن"),
        ("Ministry of Foreign Affairs", "وزارة الخارجية"),
        ("Foreign Ministry", "وزارة الخارجية"),
        ("defense minister", "وزير الدفاع"),
        ("Interior Ministry", "وزارة الداخلية"),
        ("Anbar", "الأنبار"),
    ],
)
def test_names(typed: str, name: str) -> None:
    assert name in arabic_names(typed.split())


@pytest.mark.parametrize("typed", ["", "the", "bridge", "council", "ministry", "حلب", "of the", "zzz"])
def test_no_names(typed: str) -> None:
    assert arabic_names(typed.split()) == ()
