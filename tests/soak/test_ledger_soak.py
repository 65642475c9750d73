"""The ledger under SIGKILL and under a crowd, on both stores; see :mod:`ledger_soak`."""

from __future__ import annotations

import random
from pathlib import Path

import ledger_soak

KILLS, ARTICLES, SECONDS = 30, 1500, 60.0


def test_killed_writers_leave_a_clean_ledger_that_ends_like_an_undisturbed_one(store: str, tmp_path: Path) -> None:
    evidence = tmp_path / "evidence"
    tally = ledger_soak.killed_rounds(store, evidence, KILLS, ARTICLES, random.Random(1))
    assert tally["unclean"] == 0
    assert all(tally[mode] for mode in ledger_soak.MODES)
    assert ledger_soak.finish(store, evidence, ARTICLES) == ledger_soak.undisturbed(tmp_path, ARTICLES)


def test_two_writers_and_ten_readers(store: str, tmp_path: Path) -> None:
    done = ledger_soak.crowd(store, tmp_path / "evidence", SECONDS)
    assert done["reads"] > 0
    assert done["articles"] > 0
