"""The stage as a whole, on texts of our own about invented events."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from takhrij.attribution import read_attributions
from takhrij.attribution.reader import _parents as parents_of
from takhrij.records import Article, Attribution
from takhrij.text.fold import TATWEEL

NEWS = (
    "هيئة المياه: الخزان الجديد يعمل قبل الصيف\n"
    "أعلنت هيئة مياه وادي السنابل أن الخزان الجديد سيبدأ العمل قبل حلول الصيف.\n"
    "وأضافت في بيان أن الخزان يكفي المدينة ثلاثة أسابيع، مؤكدة أن الأسعار لن ترتفع.\n"
    "ونفى مدير الهيئة سامر الكراز وجود أي تلوث في المياه، وقال: «فحصنا العينات مرتين»."
)


def read(text: str) -> tuple[Attribution, ...]:
    return read_attributions(Article("a", text))


def by_cue(text: str) -> dict[str, Attribution]:
    return {a.cue.of(text): a for a in read(text)}


def test_a_dropped_subject_and_a_participle_go_on_with_the_speaker() -> None:
    found = by_cue(NEWS)
    assert found["وأضافت"].source is None
    assert found["وأضافت"].speaker == "هيئة مياه وادي السنابل"
    assert found["مؤكدة"].speaker == "هيئة مياه وادي السنابل"
    assert found["مؤكدة"].act == "confirm"


def test_a_quotation_is_content_without_its_marks() -> None:
    found = by_cue(NEWS)
    assert [c.of(NEWS) for c in found["وقال"].content] == ["فحصنا العينات مرتين"]


def test_a_denial_is_denied() -> None:
    denial = by_cue(NEWS)["ونفى"]
    assert (denial.act, denial.polarity) == ("deny", "denied")
    assert "سامر الكراز" in (denial.speaker or "")


def test_a_text_that_is_not_arabic_has_none() -> None:
    assert read_attributions(Article("e", "The mayor said that the bridge is safe.", lang="en")) == ()


def test_what_is_skipped_is_not_read() -> None:
    text = NEWS + "\nقال أحمد: هذا تعليق قارئ"
    start = text.index("قال أحمد")
    from takhrij.records import Span

    found = read_attributions(Article("a", text, skip=(Span(start, len(text)),)))
    assert found
    assert all(a.cue.start < start for a in found)


@pytest.mark.parametrize("stretch", [lambda w: w.replace("ا", "ا" + TATWEEL), lambda w: w.replace("ن", "نَ").replace("ت", "تْ")])
def test_vowel_marks_and_tatweel_change_nothing(stretch) -> None:
    plain = [(a.act, a.source is None, len(a.content)) for a in read(NEWS)]
    marked = [(a.act, a.source is None, len(a.content)) for a in read(stretch(NEWS))]
    assert marked == plain


def check(text: str) -> None:
    found = read(text)
    for a in found:
        spans = [a.cue, *a.content, *(s for s in (a.source, a.target, a.medium, a.speaker_span) if s)]
        assert all(0 <= s.start < s.end <= len(text) for s in spans)
        assert a.content
        assert a.parent is None or 0 <= a.parent < len(found)
        assert 0 <= a.confidence <= 1
        above, seen = a.parent, set()
        while above is not None:
            assert above not in seen
            seen.add(above)
            above = found[above].parent
        if a.speaker_span:
            assert a.speaker_span.of(text)[2:] in (a.speaker or "")
    assert [a.cue.start for a in found] == sorted(a.cue.start for a in found)


WORDS = [
    "قال",
    "وأضافت",
    "أن",
    "إن",
    "الوزارة",
    "المدير",
    "مؤكدا",
    "«",
    "»",
    '"',
    "،",
    ".",
    ":",
    "\n",
    "بحسب",
    "في",
    "بيان",
    "نفى",
    "الجسر",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_spans_fit_on_any_order_of_news_words(text: str) -> None:
    check(text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_spans_fit_on_any_text(text: str) -> None:
    check(text)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(text) == read(text)


@pytest.mark.parametrize("unit", ["«", "قال ", "كلمة ", "\u064b", "قال أن ", '"قال" ', "وأضاف: «"])
def test_hostile_repetition_is_read_through(unit: str) -> None:
    text = "قال المدير إن الجسر آمن. " + unit * (20_000 // len(unit))
    check(text)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30)), max_size=12))
def test_no_attribution_lies_in_itself(rows: list[tuple[int, int, int]]) -> None:
    cues = sorted(cue for cue, _, _ in rows)
    contents = [[(min(a, b), max(a, b))] for _, a, b in rows]
    above = parents_of(cues, contents)
    for i in range(len(above)):
        at, steps = above[i], 0
        while at is not None:
            assert at != i
            assert steps <= len(above)
            at, steps = above[at], steps + 1
