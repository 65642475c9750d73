"""Snippets: spans of the text, marks on whole words, nothing invented."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from takhrij.ledger.snippets import LENGTH, snippet
from takhrij.ledger.words import key_of, keys, name_key, word_key
from takhrij.records import Span


def test_the_line_with_most_of_the_words_is_shown() -> None:
    text = "عنوان الجسر\nذكر الجسر هنا.\nوهنا الجسر والميناء معا.\nالميناء."
    shown, marks = snippet(text, frozenset(keys("جسر ميناء")))
    assert shown.of(text) == "وهنا الجسر والميناء معا."
    assert [mark.of(text) for mark in marks] == ["الجسر", "والميناء"]


def test_a_long_line_is_cut_at_words() -> None:
    text = "عنوان\n" + "كلمة أخرى " * 100 + "الجسر " + "كلمة أخرى " * 100
    shown, marks = snippet(text, frozenset(keys("جسر")))
    assert [mark.of(text) for mark in marks] == ["الجسر"]
    assert LENGTH <= shown.end - shown.start <= LENGTH + 30
    assert text[shown.start - 1].isspace()
    assert text[shown.end].isspace()


def test_without_a_match_the_first_paragraph_is_shown() -> None:
    text = "عنوان\nالفقرة الأولى.\nالثانية."
    assert snippet(text, frozenset())[0].of(text) == "الفقرة الأولى."
    assert snippet("عنوان", frozenset())[0] == Span(0, 5)
    assert snippet("تعليق\nنص", frozenset(), [Span(0, 5)])[0].of("تعليق\nنص") == "نص"


@given(st.text(st.sampled_from("جسر الو دي.\n\u064b👍\ud83d\u200f"), max_size=500), st.sampled_from(["جسر", "دي", "ال"]))
def test_marks_lie_on_words_with_the_key(text: str, word: str) -> None:
    wanted = frozenset(keys(word))
    shown, marks = snippet(text, wanted)
    assert 0 <= shown.start <= shown.end <= len(text)
    for mark in marks:
        assert shown.start <= mark.start < mark.end <= shown.end
        assert key_of(mark.of(text)) in wanted


@given(st.text(st.characters(exclude_categories=()), min_size=1, max_size=90))
def test_keys_are_one_token_in_any_store(lemma: str) -> None:
    key = word_key(lemma)
    assert 0 < len(key) <= 64
    assert all(letter in "0123456789" or "a" <= letter <= "z" or "ء" <= letter <= "ي" for letter in key)


def test_names_are_keyed_word_by_word() -> None:
    assert name_key("وزارة الطرق") == name_key("الوزارة، طريق")
