"""Names in tokens: the longest one, its spellings, its clitics."""

from __future__ import annotations

from takhrij.entities.lexicon import Lexicon, bare_forms, key
from takhrij.text.tokens import tokenize


def test_the_longest_name_wins() -> None:
    lexicon: Lexicon[str] = Lexicon()
    lexicon.update([("القاهرة", "city"), ("القاهرة الجديدة", "suburb")])
    forms = tokenize("القاهره الجديدة").forms
    assert lexicon.match(forms, 0) == (2, ["suburb"])
    assert lexicon.match(forms[:1], 0) == (1, ["city"])


def test_parted_and_joined_spellings_are_one_name() -> None:
    lexicon: Lexicon[str] = Lexicon()
    lexicon.add("البوكمال", "town")
    lexicon.add("دير الزور", "city")
    assert lexicon.get("البو كمال") == ["town"]
    assert lexicon.get("ديرالزور") == ["city"]
    assert lexicon.get("دير") == []


def test_a_name_may_stand_for_several_things() -> None:
    lexicon: Lexicon[str] = Lexicon()
    lexicon.add("طرابلس", "LY")
    lexicon.add("طَرابلس", "LB")
    lexicon.add("طرابلس", "LY")
    assert lexicon.get("طرابلس") == ["LY", "LB"]


def test_readings_hold_only_what_some_name_begins_with() -> None:
    lexicon: Lexicon[str] = Lexicon()
    lexicon.add("عدن", "Aden")
    lexicon.add("الكويت", "Kuwait")
    assert lexicon.readings("وبعدن") == (("وب", 2, "عدن"),)
    assert lexicon.readings("للكويت") == (("ل", 1, "الكويت"),)
    assert lexicon.readings("كتاب") == ()
    lexicon.add("كتاب", "book")  # what was remembered is forgotten when names are added
    assert lexicon.readings("كتاب") == (("", 0, "كتاب"),)


def test_short_words_keep_their_letters() -> None:
    assert list(bare_forms("بلد")) == [("", 0, "بلد")]
    assert list(bare_forms("")) == [("", 0, "")]


def test_a_key_has_no_marks() -> None:
    assert key("«العربية.نت»") == ("العربيه", "نت")
