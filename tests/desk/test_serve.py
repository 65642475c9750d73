"""Where ``serve`` listens, and what it wants before it does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import uvicorn
from click.testing import CliRunner, Result

from takhrij.cli.serve_verb import command
from takhrij.errors import UsageError
from takhrij.ledger import open_ledger
from takhrij.people import accounts, open_people


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    with open_ledger(tmp_path / "desk.db"):
        return str(tmp_path / "desk.db")


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What would have been served, and how."""
    found: list[dict[str, Any]] = []
    monkeypatch.setattr(uvicorn, "run", lambda app, **options: found.append(options))
    monkeypatch.setattr("takhrij.cli.serve_verb._warm", lambda: None)
    return found


def serve(ledger: str, *options: str) -> Result:
    return CliRunner().invoke(command, ["--ledger", ledger, *options])


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "desk.example.org"])
def test_without_a_login_it_listens_on_loopback_only(ledger: str, host: str) -> None:
    ran = serve(ledger, "--host", host)
    assert isinstance(ran.exception, UsageError)
    assert "no login" in str(ran.exception)
    assert "\n" not in str(ran.exception)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--people", "--host", "0.0.0.0"], "passwords would travel open"),
        (["--people", "--host", "0.0.0.0", "--behind-proxy"], "give --site NAME"),
        (["--people", "--tls-cert", __file__], "go together"),
        (["--people", "--site", "*"], "host name"),
        (["--behind-proxy", "--site", "desk.example.org"], "give --people"),
    ],
)
def test_what_would_stand_open_is_refused(ledger: str, options: list[str], says: str) -> None:
    ran = serve(ledger, *options)
    assert isinstance(ran.exception, UsageError)
    assert says in str(ran.exception)
    assert "\n" not in str(ran.exception)


def test_the_first_start_prints_the_owners_link_once_there_is_none(ledger: str, served: list[dict[str, Any]]) -> None:
    ran = serve(ledger, "--people", "--behind-proxy", "--site", "desk.example.org", "--host", "0.0.0.0")
    assert ran.exit_code == 0, ran.exception
    [line] = [line for line in ran.stderr.splitlines() if "/join?key=" in line]
    assert "https://desk.example.org/join?key=" in line
    people = open_people(Path(ledger + ".people"))
    accounts.join(people, line.rpartition("=")[2], "نورة", "", "أربع كلمات تكفي هنا")
    again = serve(ledger)
    assert again.exit_code == 0, again.exception
    assert "/join" not in again.stderr
    assert [options["host"] for options in served] == ["0.0.0.0", "127.0.0.1"]


def test_a_desk_for_one_makes_no_store(ledger: str, served: list[dict[str, Any]]) -> None:
    assert serve(ledger).exit_code == 0
    assert not Path(ledger + ".people").exists()
    assert served[0]["proxy_headers"] is False


def test_a_missing_ledger_is_said(tmp_path: Path) -> None:
    ran = serve(str(tmp_path / "none.db"))
    assert isinstance(ran.exception, UsageError)
    assert "no such ledger" in str(ran.exception)
