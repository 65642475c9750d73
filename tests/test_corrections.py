"""Corrections applied to a reading: in place, of the right one, and never to another text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij.corrections import Fix, Place, corrected, place_of
from takhrij.errors import SpanError
from takhrij.records import Article, Attribution, Reading, Span

TEXT = "قال الحارس إن البوابة أغلقت، وأضاف أن المفتاح معه، ونقل عن جاره أن المطر قريب."


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def said(cue: str, content: str, speaker: str = "الحارس", parent: int | None = None) -> Attribution:
    return Attribution(span(cue), (span(content),), "state", speaker=speaker, parent=parent)


READING = Reading(
    Article("a", TEXT),
    (said("قال", "إن البوابة أغلقت"), said("قال", "أن المفتاح معه"), said("ونقل", "أن المطر قريب", "جاره")),
)


def test_of_two_with_one_cue_the_one_that_is_meant() -> None:
    found = corrected(READING, [Fix(place_of(READING, 1), ("speaker",), speaker="المناوب")]).attributions
    assert [a.speaker for a in found] == ["الحارس", "المناوب", "جاره"]


def test_another_text_is_left_alone() -> None:
    other = replace(READING, article=replace(READING.article, text=TEXT + " انتهى."))
    assert corrected(other, [Fix(place_of(READING, 0), ("removed",))]) is other


def test_what_is_said_inside_is_told_anew() -> None:
    wider = Fix(place_of(READING, 0), ("content",), content=(Span(span("إن").start, len(TEXT)),))
    assert [a.parent for a in corrected(READING, [wider]).attributions] == [None, None, 0]
    assert [a.parent for a in corrected(READING, [wider, Fix(place_of(READING, 0), ("removed",))]).attributions] == [None, None]


def test_a_span_past_the_text_is_an_error() -> None:
    with pytest.raises(SpanError):
        corrected(READING, [Fix(place_of(READING, 0), ("content",), content=(Span(0, len(TEXT) + 1),))])


PARTS = st.sampled_from(["speaker", "source", "content", "act", "added", "removed"])
SPANS = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 20)).map(lambda p: Span(p[0], min(p[0] + p[1], len(TEXT))))
CUES = st.sampled_from([a.cue for a in READING.attributions])
FIXES = st.builds(
    Fix,
    st.builds(Place, st.just("a"), st.just(READING.article.text_sha256), CUES | SPANS),
    st.lists(PARTS, min_size=1, max_size=3).map(tuple),
    speaker=st.none() | st.just("المناوب"),
    content=st.lists(SPANS, min_size=1, max_size=2).map(tuple),
)  # fmt: skip


@given(st.lists(FIXES, max_size=6))
def test_whatever_is_corrected_no_one_speaks_inside_his_own_words(fixes: list[Fix]) -> None:
    found = corrected(READING, fixes).attributions
    for i, a in enumerate(found):
        seen, at = {i}, a.parent
        while at is not None:
            assert 0 <= at < len(found)
            assert at not in seen
            seen.add(at)
            at = found[at].parent
    assert corrected(READING, fixes) == corrected(READING, fixes)
