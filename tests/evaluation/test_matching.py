"""Matching answers to gold, and the figures over them."""

from __future__ import annotations

import pytest

from takhrij.evaluation.figures import by_kind, figures, interval, reliability, who_said_what, worst
from takhrij.evaluation.matching import match, overlap, parents, same_name

TEXT = "قالت هيئة المياه إن الخزان امتلأ. وأضافت أن الضخ يبدأ غدا."


def span(words: str, start: int = 0) -> list[int]:
    at = TEXT.index(words, start)
    return [at, at + len(words)]


GOLD = {
    "id": "g",
    "outlet": "o",
    "text": TEXT,
    "entities": {"E1": ["هيئة المياه", "الهيئة"]},
    "attributions": [
        {"cue": span("قالت"), "source": span("هيئة المياه"), "speaker": "E1", "content": [span("إن الخزان امتلأ")],
        "act": "state",
         "target": None, "medium": None},
        {"cue": span("وأضافت"), "source": None, "speaker": "E1", "content": [span("أن الضخ يبدأ غدا")], "act": "state",
         "target": None, "medium": None},
    ],
}  # fmt: skip


def answer(i: int, **changes: object) -> dict:
    base = {**GOLD["attributions"][i], "speaker": "هيئة المياه", "parent": None, "confidence": 0.9}
    return {**base, **changes}


def test_the_gold_itself_is_all_right() -> None:
    m = match(GOLD, [answer(0), answer(1)])
    assert who_said_what([m]) == 1.0
    assert figures([m])["dropped_speaker_accuracy"] == 1.0


def test_a_leading_complementizer_may_be_kept_or_left() -> None:
    m = match(GOLD, [answer(0, content=[span("الخزان امتلأ")]), answer(1)])
    assert figures([m])["content_exact"].f1 == 1.0


def test_a_wrong_speaker_or_content_is_not_right() -> None:
    m = match(GOLD, [answer(0, speaker="وزارة الزراعة"), answer(1, content=[span("غدا")])])
    assert who_said_what([m]) == 0.0
    assert figures([m])["detection"].f1 == 1.0


def test_what_is_too_much_costs_precision() -> None:
    extra = {**answer(0), "cue": span("الضخ"), "content": [span("غدا")]}
    found = figures([match(GOLD, [answer(0), answer(1), extra])])["detection"]
    assert (found.p, found.r) == (pytest.approx(2 / 3, abs=1e-3), 1.0)


def test_a_cue_is_matched_once_with_the_best_content() -> None:
    worse = answer(0, content=[span("الخزان")])
    m = match(GOLD, [worse, answer(0), answer(1)])
    assert m.judged[0].content_right
    assert len(m.spurious) == 1


@pytest.mark.parametrize(
    ("said", "right"),
    [("هيئة المياه", True), ("رئيس هيئة المياه", True), ("الهيئة", True), ("المياه والري في المدينة الجديدة", False)],
)
def test_names(said: str, right: bool) -> None:
    assert same_name(said, ["هيئة المياه", "الهيئة"]) is right


def test_another_entity_that_fits_better_wins() -> None:
    assert not same_name("وزارة الزراعة", ["الوزارة", "وزارة المياه"], [["وزارة الزراعة"]])


def test_parents_are_the_innermost() -> None:
    rows = [{"cue": [0, 1], "content": [[2, 20]]}, {"cue": [3, 4], "content": [[5, 15]]}, {"cue": [6, 7], "content": [[8, 9]]}]
    assert parents(rows) == [None, 0, 1]


def test_the_tables_hold_every_answer() -> None:
    m = match(GOLD, [answer(0), answer(1, confidence=0.2)])
    assert sum(count for _, count, _, _ in reliability([m])) == 2
    assert by_kind([m])["indirect"][0] == 2
    assert worst([m]) == [m]
    assert interval([m], times=20) == (1.0, 1.0)
    assert overlap(frozenset(), frozenset()) == 1.0
