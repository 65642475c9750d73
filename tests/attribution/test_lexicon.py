"""The lexicon: paradigms, clitics, and tables that hold what they say."""

from __future__ import annotations

import re

import pytest

from takhrij.attribution import lexicon
from takhrij.text.fold import fold


@pytest.mark.parametrize(
    ("word", "lemma", "kind"),
    [
        ("وأضافت", "أضاف", "past"),
        ("ستعلن", "أعلن", "present"),
        ("وأكدوا", "أكد", "past"),
        ("يؤكدون", "أكد", "present"),
        ("مؤكداً", "أكد", "participle"),
        ("ومشيرة", "أشار", "participle"),
        ("قالوا", "قال", "past"),
        ("دعت", "دعا", "past"),
        ("نفت", "نفى", "past"),
        ("اعلن", "أعلن", "past"),
        ("وأَكَّدَ", "أكد", "past"),
        ("طالبهم", "طالب", "past"),
        ("دعوته", "دعا", "masdar"),
        ("للمطالبة", "طالب", "masdar"),
        ("مدعيا", "ادعى", "participle"),
        ("بحسب", "بحسب", "according"),
        ("ووفقا", "وفقا", "according"),
        ("تصريحات", "تصريحات", "noun"),
    ],
)
def test_an_inflected_form_leads_to_its_lemma(word: str, lemma: str, kind: str) -> None:
    found = {(c.lemma, c.kind) for c in lexicon.lookup(fold(word))}
    assert (lemma, kind) in found


@pytest.mark.parametrize("word", ["الجسر", "قرية", "في", "والقمح", "ثلاثة", "سيارة"])
def test_a_word_that_communicates_nothing_has_no_entry(word: str) -> None:
    assert lexicon.lookup(fold(word)) == ()


def test_gender_number_and_person_come_from_the_form() -> None:
    past = next(c for c in lexicon.lookup(fold("وأضافت")) if c.kind == "past")
    assert (past.gender, past.number, past.person) == ("f", "s", 3)
    first = next(c for c in lexicon.lookup(fold("نؤكد")) if c.kind == "present")
    assert first.person == 1


def test_the_likeliest_entry_comes_first() -> None:
    weights = [c.weight for c in lexicon.lookup(fold("يعد"))]
    assert weights == sorted(weights, reverse=True)
    assert len(weights) > 1


def test_every_row_of_the_tables_is_whole() -> None:
    for name, kinds in (("cue_verbs.tsv", None), ("cue_words.tsv", {"according", "noun"})):
        rows = list(lexicon.rows(name))
        assert len(rows) > 50
        for number, row in rows:
            assert row[0] in lexicon.ACTS, f"{name}, line {number}"
            frames = row[5] if kinds is None else row[3]
            assert set(frames.split()) <= {*lexicon.FRAMES, "+T"}, f"{name}, line {number}"
            assert int(row[6] if kinds is None else row[4]) in {1, 2, 3}, f"{name}, line {number}"
            if kinds is not None:
                assert row[1] in kinds, f"{name}, line {number}"


@pytest.mark.parametrize("name", ["cue_verbs.tsv", "cue_words.tsv"])
def test_every_row_has_an_example_in_which_its_cue_is_found(name: str) -> None:
    for number, row in lexicon.rows(name):
        act, lemma, example = row[0], row[1 if name == "cue_verbs.tsv" else 2], row[-1]
        words = re.findall(r"\[(.+?)\]", example)
        assert len(words) == 1, f"{name}, line {number}: {example}"
        found = {(c.act, c.lemma) for c in lexicon.lookup(fold(words[0]))}
        assert (act, lemma) in found, f"{name}, line {number}: {example}"
        assert len(example.split()) > 1
