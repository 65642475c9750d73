"""Pages added under SIGKILL, and onto a disk that is full; tests/cli/test_killed.py is a short sample."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import killed_pages
import pytest


def test_five_hundred_pages_survive_twenty_kills(tmp_path: Path) -> None:
    assert killed_pages.check_kills(tmp_path, pages=500, kills=20, seed=3) > 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of three quarters of a MiB."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk takes root")
    disk = tmp_path / "disk"
    disk.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=768k", "none", str(disk)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("no file system can be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_one_line_and_tears_nothing(small_disk: Path, tmp_path: Path) -> None:
    killed_pages.write_pages(tmp_path / "in", 150)
    ledger = small_disk / "l.db"
    done = killed_pages.takhrij("add", tmp_path / "in", "--ledger", ledger)
    assert done.returncode != 0
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert "cannot be written" in lines[0] or "full" in lines[0]
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    assert killed_pages.problems(ledger) == []
    assert killed_pages.takhrij("add", tmp_path / "in", "--ledger", ledger).returncode == 0
    assert killed_pages.takhrij("add", tmp_path / "in", "--ledger", tmp_path / "calm.db").returncode == 0
    assert killed_pages.held(ledger) == killed_pages.held(tmp_path / "calm.db")
