"""The authority file: lookups, outlets and the country at home."""

from __future__ import annotations

import pytest

from takhrij.entities.actors import Actors, actors
from takhrij.records import Article


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("داعش", "is"),
        ("تنظيم الدولة الإسلامية", "is"),
        ("الأمم المتحدة", "un"),
        ("أ ف ب", "afp"),
        ("أ.ش.أ", "mena"),
        ("رويترز", "reuters"),
        ("okaz", "okaz"),
        ("www.spa.example", None),
        ("جهة لا يعرفها أحد", None),
    ],
)
def test_lookup(name: str, actor: str | None) -> None:
    found = actors().lookup(name)
    assert (found.id if found else None) == actor


def test_ids_are_unique_and_entries_complete() -> None:
    entries = list(actors())
    assert len({entry.id for entry in entries}) == len(entries) > 300
    assert all(entry.names and entry.english for entry in entries)


def test_every_agency_and_paper_is_media() -> None:
    assert {entry.kind for entry in actors() if entry.media} == {"media"}
    assert {entry.media for entry in actors() if entry.media} == {"agency", "broadcaster", "paper", "site"}


@pytest.mark.parametrize(
    ("article", "home"),
    [
        (Article("a", "", outlet="okaz"), "SA"),
        (Article("a", "", outlet="shorouknews"), "EG"),
        (Article("a", "", url="https://www.okaz.com.sa/article/1"), "SA"),
        (Article("a", "", url="http://news.somewhere.ma/x"), "MA"),
        (Article("a", "", outlet="bbc.com", url="https://www.bbc.com/arabic/x"), None),
        (Article("a", "", outlet="An unknown paper"), None),
    ],
)
def test_home(article: Article, home: str | None) -> None:
    assert actors().home(article) == home


def test_the_steps_are_told() -> None:
    found = actors().resolved("نائب وزير الزراعة الأردني", Article("a", "نص"))
    assert found.actor == "JO/وزاره-الزراعه"
    assert any("وزير" in step for step in found.why)


def test_two_readers_of_the_same_tables_agree() -> None:
    one, other = Actors(), Actors()
    article = Article("a", "قال رئيس الجمعية", outlet="okaz")
    assert one.party_of("رئيس جمعية أصدقاء النهر", article) == other.party_of("رئيس جمعية أصدقاء النهر", article)


@pytest.mark.parametrize(
    ("name", "english", "automatic"),
    [
        ("الأمم المتحدة", "United Nations", False),
        ("وزير الصحة الأردني", "Ministry of Health (Jordan)", True),
        ("طوكيو", "Government of Japan", True),
        ("سامي الحداد", "Sami al-Hadad", True),
    ],
)
def test_english_names_say_whether_they_were_made_by_rule(name: str, english: str, automatic: bool) -> None:
    assert actors().english(*actors().party_of(name, Article("a", "نص"))) == (english, automatic)
