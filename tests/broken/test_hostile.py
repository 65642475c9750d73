"""Hostile and damaged files: each gives what its table says, in one line each, and the batch goes on."""

import runpy
from pathlib import Path

import pytest

NAMES = sorted(runpy.run_path(str(Path(__file__).parent / "hostile.py"))["CASES"])


@pytest.mark.parametrize("name", NAMES)
def test_each_file_gives_what_it_must(name, cases, batch):
    case, got = cases[name], batch.got[name]
    assert sorted(kind for kind, _ in got["errors"]) == sorted(case.errors), got["errors"]
    assert len(got["texts"]) == case.articles
    assert [text[:100] for text in got["texts"] if not case.holds(text)] == []


def test_each_error_is_one_line_and_names_its_input(batch):
    lines = [line for got in batch.got.values() for _, line in got["errors"]]
    assert len(lines) > 60
    for line in lines:
        assert len(line.splitlines()) == 1
        assert len(line) < 400
        assert ": " in line
        assert "Traceback" not in line


def test_nothing_is_written_beside_and_nothing_is_printed(batch):
    assert batch.beside == ["in"]
    assert batch.noise == ""


def test_there_are_enough_of_them():
    assert len(NAMES) >= 60
