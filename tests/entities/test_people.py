"""Names of people, and the pairs of names that must and must not be one actor."""

from __future__ import annotations

from pathlib import Path

import pytest

from takhrij.entities.actors import actors
from takhrij.entities.people import name_parts, person_id, same_person

PAIRS = [
    line.split("\t")
    for line in Path(__file__).with_name("name_pairs.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def test_there_are_150_pairs_of_both_kinds() -> None:
    assert len(PAIRS) >= 150
    assert min(sum(pair[2] == kind for pair in PAIRS) for kind in ("same", "different")) > 60


@pytest.mark.parametrize(("one", "other"), [pair[:2] for pair in PAIRS if pair[2] == "different"])
def test_no_two_actors_are_merged(one: str, other: str) -> None:
    assert not actors().same(one, other)
    assert not actors().same(other, one)


def test_nine_in_ten_of_the_same_are_found() -> None:
    same = [pair[:2] for pair in PAIRS if pair[2] == "same"]
    found = [pair for pair in same if actors().same(*pair)]
    assert len(found) >= 0.9 * len(same)


def test_parts_are_joined_and_titles_left_off() -> None:
    assert name_parts("اللواء صلاح الدين عبد الرحمن أبو بكر") == ("صلاحالدين", "عبدالرحمن", "ابوبكر")
    assert name_parts("د. سامي نصر الله") == ("سامي", "نصرالله")


def test_an_id_is_the_same_for_spellings_and_titles_only() -> None:
    assert person_id("الدكتور عبد الله العمري") == person_id("عبدالله العُمري")
    assert person_id("سيرغي إيفانوف") == person_id("سيرجي إيفانوف")
    assert person_id("فهد بن سعد") != person_id("سعد بن فهد")


def test_father_and_son_are_two() -> None:
    assert not same_person("محمد بن سالم الحربي", "سالم الحربي")
    assert same_person("محمد بن سالم الحربي", "محمد الحربي")
