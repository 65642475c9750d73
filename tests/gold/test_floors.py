"""The quality gate: held-out articles of the open corpus are read at least as well as when the floors were pinned."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from takhrij.evaluation.figures import figures
from training.pins import digest, held_out_rows, read

ROOT = Path(__file__).parents[2]
PINS = json.loads((ROOT / "tests/gold/pins.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def rows() -> list[dict]:
    return held_out_rows(ROOT / "corpus")


def test_the_gold_is_the_pinned_one(rows: list[dict]) -> None:
    assert (len(rows), digest(rows)) == (PINS["articles"], PINS["sha256"]), "the gold changed: python -m training.pins"


def test_reading_stays_above_the_floors(rows: list[dict]) -> None:
    found = figures([read(row) for row in rows])
    below = {name: (found[name].f1, floor) for name, floor in PINS["floors"].items() if found[name].f1 < floor}
    assert below == {}
