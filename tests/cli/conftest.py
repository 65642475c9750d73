"""Running the command line within the test's process, and a ledger of sample pages made once."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from takhrij.cli import main

SAMPLES = Path(__file__).parents[2] / "samples"


@dataclass(frozen=True)
class Ran:
    """What a call gave: exit code, standard output and error as text."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def complaints(self) -> list[str]:
        return self.err.splitlines()


Run = Callable[..., Ran]


def call(*args: object, stdin: bytes = b"") -> Ran:
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2))
    given = io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
    code: object = None
    with mock.patch.multiple(sys, argv=["takhrij", *map(str, args)], stdout=out, stderr=err, stdin=given):
        try:
            main()
        except SystemExit as stop:
            code = stop.code
        out.flush()
        err.flush()
    assert isinstance(code, int)
    return Ran(code, out.buffer.getvalue().decode(), err.buffer.getvalue().decode())


@pytest.fixture(scope="session")
def run() -> Run:
    return call


@pytest.fixture(scope="session")
def bridge() -> Path:
    return SAMPLES / "bridge"


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory, bridge: Path) -> Path:
    """A ledger with the pages about the bridge. Tests only look at it; those that write make a copy."""
    where = tmp_path_factory.mktemp("ledger") / "desk.db"
    ran = call("add", bridge, "--ledger", where, "--who", "Noura")
    assert (ran.code, ran.err) == (0, "")
    return where


@pytest.fixture
def english(tmp_path: Path) -> Path:
    """Seven texts that are not Arabic: read without loading what reads Arabic."""
    folder = tmp_path / "english"
    folder.mkdir()
    for number in range(7):
        text = f"The bridge opens, part {number}\nThe authority said that the bridge opens on Sunday, {number} days late.\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder
