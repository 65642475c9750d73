"""The ledger under SIGKILL and under a crowd, on both stores; see :mod:`ledger_soak`."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import ledger_soak
import pytest


@dataclass(frozen=True)
class Scale:
    """How often is killed, over how many articles, and how long the crowd stays."""

    kills: int
    articles: int
    seconds: float


@pytest.fixture
def scale(request: pytest.FixtureRequest) -> Scale:
    return Scale(30, 1500, 60.0) if request.config.getoption("--soak") else Scale(6, 120, 5.0)


def test_killed_writers_leave_a_clean_ledger_that_ends_like_an_undisturbed_one(
    store: str, tmp_path: Path, scale: Scale
) -> None:
    evidence = tmp_path / "evidence"
    tally = ledger_soak.killed_rounds(store, evidence, scale.kills, scale.articles, random.Random(1))
    assert tally["unclean"] == 0
    assert sum(tally[mode] for mode in ledger_soak.MODES) == scale.kills
    assert ledger_soak.finish(store, evidence, scale.articles) == ledger_soak.undisturbed(tmp_path, scale.articles)


def test_two_writers_and_ten_readers(store: str, tmp_path: Path, scale: Scale) -> None:
    done = ledger_soak.crowd(store, tmp_path / "evidence", scale.seconds)
    assert done["reads"] > 0
    assert done["articles"] > 0
