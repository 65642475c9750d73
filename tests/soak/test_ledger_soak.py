"""The ledger under SIGKILL and under a crowd; see :mod:`ledger_soak`."""

from __future__ import annotations

import random
from pathlib import Path

import ledger_soak


def test_killed_writers_leave_a_clean_ledger_that_ends_like_an_undisturbed_one(tmp_path: Path) -> None:
    where, evidence = str(tmp_path / "soak.db"), tmp_path / "evidence"
    tally = ledger_soak.killed_rounds(where, evidence, 40, 400, random.Random(1))
    assert tally["unclean"] == 0
    assert tally["killed"] > 0
    assert ledger_soak.finish(where, evidence, 400) == ledger_soak.undisturbed(tmp_path, 400)


def test_two_writers_and_ten_readers(tmp_path: Path) -> None:
    done = ledger_soak.crowd(str(tmp_path / "crowd.db"), tmp_path / "evidence", 200)
    assert done["reads"] > 0
