"""Where ``serve`` listens."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from takhrij.cli.serve_verb import command
from takhrij.errors import UsageError


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "desk.example.org"])
def test_it_listens_on_loopback_only(tmp_path: Path, host: str) -> None:
    ran = CliRunner().invoke(command, ["--ledger", str(tmp_path / "desk.db"), "--host", host])
    assert isinstance(ran.exception, UsageError)
    assert "no login" in str(ran.exception)


def test_a_missing_ledger_is_said(tmp_path: Path) -> None:
    ran = CliRunner().invoke(command, ["--ledger", str(tmp_path / "none.db")])
    assert isinstance(ran.exception, UsageError)
    assert "no such ledger" in str(ran.exception)
