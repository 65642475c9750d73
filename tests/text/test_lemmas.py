"""Lemmas as a searcher meets them: pairs that must meet, pairs that must not, and what holds for any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij.text.fold import fold
from takhrij.text.lemmas import _table, analyze, lemma


def _pairs(name: str) -> list[tuple[str, str]]:
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    return [(a, b) for a, b in (line.split("\t") for line in lines if not line.startswith("#"))]


def test_at_least_nine_in_ten_of_the_pairs_meet() -> None:
    pairs = _pairs("meet.tsv")
    apart = [(a, b) for a, b in pairs if lemma(a) != lemma(b)]
    assert len(pairs) >= 60
    assert len(apart) <= len(pairs) // 10, apart


def test_none_of_the_lookalikes_meet() -> None:
    pairs = _pairs("part.tsv")
    assert len(pairs) >= 30
    assert [(a, b) for a, b in pairs if lemma(a) == lemma(b)] == []


@pytest.mark.parametrize(
    ("forms", "key"),
    [
        ("وقواتهم بالقوات للقوات فالقوى", "قوه"),
        ("ينفجر انفجرت سينفجر فانفجر", "انفجر"),
        ("وَأَعْلَنَتْ أعــلن اعلنوا سيعلن", "اعلن"),
        ("بيت بيوتها للبيت والبيوت", "بيت"),
    ],
)
def test_the_forms_of_a_word_share_a_key(forms: str, key: str) -> None:
    assert {form: lemma(form) for form in forms.split()} == dict.fromkeys(forms.split(), key)


@pytest.mark.parametrize("word", ["2024", "covid", "x", "", "پکن", "‏", "😀", "_", "ال", "و"])
def test_what_is_no_arabic_word_passes_through(word: str) -> None:
    assert lemma(word) == fold(word).strip("_")


def test_analysis_runs_beside_the_tokens() -> None:
    analysis = analyze("أغلقت البلدية الجسر، وفتحت الطرق.")
    assert analysis.lemmas == [lemma("أغلقت"), lemma("بلدية"), "جسر", "", lemma("وفتحت"), "طريق", ""]
    assert [analysis.tokens.word(i) for i in (1, 5)] == ["البلدية", "الطرق"]


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_any_text_is_analyzed(text: str) -> None:
    analysis = analyze(text)
    assert len(analysis.lemmas) == len(analysis.tokens)
    assert [lemma(form) for form, key in zip(analysis.tokens.forms, analysis.lemmas, strict=True) if key] == [
        key for key in analysis.lemmas if key
    ]


@given(st.text(st.sampled_from("ءابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآؤئ"), min_size=1, max_size=12))
def test_folding_first_changes_nothing(word: str) -> None:
    assert lemma(word) == lemma(fold(word))


def test_no_form_of_the_table_stands_under_two_lemmas() -> None:
    from importlib.resources import files

    seen: dict[str, str] = {}
    for line in files("takhrij.text").joinpath("data", "lemmas.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        head, _, rest = line.partition("\t")
        for form in {fold(form) for form in (head, *rest.split())}:
            assert seen.setdefault(form, head) == head, (form, seen[form], head)
    assert len(_table()) == len(seen)
