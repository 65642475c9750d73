"""What the network is shown: lines, sentences, quotations, and nothing that is to be skipped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from takhrij.attribution.view import FLAGS, PLACES, view, word_flags
from takhrij.records import Span


def test_lines_and_sentences_are_counted() -> None:
    v = view("عنوان الخبر\nجملة أولى. جملة ثانية")
    assert v.lines == [(0, 1), (2, 6)]
    assert v.sentence[-1] > v.sentence[2]


def test_the_point_of_a_number_or_a_title_ends_no_sentence() -> None:
    v = view("عنوان\nبلغ 3.5 أمتار وقال د. سليم شيئا")
    assert len(set(v.sentence)) == 2


def test_tokens_in_skipped_spans_are_left_out() -> None:
    text = "عنوان\nخبر\nأضف تعليقا"
    v = view(text, (Span(10, len(text)),))
    assert [v.tokens.word(i) for i in range(len(v.tokens))] == ["عنوان", "خبر"]


@given(st.text(max_size=300))
def test_every_list_has_one_entry_a_token(text: str) -> None:
    v = view(text)
    count = len(v.tokens)
    assert len(v.line) == len(v.sentence) == len(v.quoted) == len(v.place) == len(v.at) == count
    assert all(0 <= p < PLACES for p in v.place)
    assert sorted(set(v.at)) == list(v.at)
    assert [t for first, last in v.lines for t in range(first, last + 1)] == list(range(count))


def test_flags_are_weights() -> None:
    flags = word_flags("قال")
    assert flags.shape == (FLAGS,)
    assert flags.max() == 1.0
    assert word_flags("جسر")[:25].max() == 0.0
