"""Accounts, sessions, tokens and the brake on guessing."""

from __future__ import annotations

import stat
import time
from pathlib import Path

import pytest

from takhrij.errors import UsageError
from takhrij.people import People, accounts, open_people, sessions
from takhrij.people.roles import ROLES, lesser

PASSWORD = "أربع كلمات تكفي هنا"


@pytest.fixture
def people(tmp_path: Path) -> People:
    return open_people(tmp_path / "desk.people")


@pytest.fixture
def owner(people: People) -> str:
    return accounts.join(people, accounts.invite_owner(people), "نورة", "Noura@Example.org", PASSWORD)


def test_the_first_link_makes_the_owner_once(people: People) -> None:
    assert not accounts.has_owner(people)
    first, second = accounts.invite_owner(people), accounts.invite_owner(people)
    assert accounts.invitation(people, first) is None, "a newer link takes the older one's place"
    person = accounts.join(people, second, " نورة  سالم ", "", PASSWORD)
    assert accounts.has_owner(people)
    assert accounts.name_of(people, person) == "نورة سالم"
    assert accounts.roles_of(people, person) == {"*": "owner"}
    with pytest.raises(UsageError, match="invitation_gone"):
        accounts.join(people, second, "سلمى", "", PASSWORD)


@pytest.mark.parametrize(
    ("name", "email", "password", "fault"),
    [
        ("", "", PASSWORD, "name_needed"), ("\u202eأمل", "", PASSWORD, "name_needed"),
        ("a@b.example", "", PASSWORD, "name_needed"), ("نورة", "", PASSWORD, "name_taken"),
        ("س", "noura@example.org", PASSWORD, "name_taken"), ("س", "no address", PASSWORD, "email_wrong"),
        ("س", "", "short", "password_short"),
    ],
)  # fmt: skip
def test_accounts_that_cannot_be(people: People, owner: str, name: str, email: str, password: str, fault: str) -> None:
    link = accounts.invite(people, "flood", "reader", owner)
    with pytest.raises(UsageError, match=fault):
        accounts.join(people, link, name, email, password)
    assert accounts.invitation(people, link) is not None, "the invitation is good for another try"


def test_nothing_secret_is_kept_as_it_is(people: People, owner: str) -> None:
    secrets = [accounts.invite(people, "flood", "reader", owner), sessions.begin(people, owner)]
    secrets.append(sessions.make_token(people, owner, "feed", ["read"]))
    kept = people.path.read_bytes()
    for secret in (*secrets, PASSWORD):
        assert secret.encode() not in kept
    assert b"$argon2id$" in kept
    assert stat.S_IMODE(people.path.stat().st_mode) == 0o600


def test_logging_in_by_name_or_address(people: People, owner: str) -> None:
    assert sessions.log_in(people, "نورة", PASSWORD, "10.0.0.1") == owner
    assert sessions.log_in(people, "NOURA@example.org", PASSWORD, "10.0.0.1") == owner
    for name, password in (("نورة", PASSWORD + "x"), ("nobody", PASSWORD), ("", "")):
        with pytest.raises(UsageError, match="login_wrong"):
            sessions.log_in(people, name, password, "10.0.0.1")


def test_guessing_is_slowed_down(people: People, owner: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "right_password", lambda _, password: password == PASSWORD)
    for i in range(sessions.MOST_WRONG):
        with pytest.raises(UsageError, match="login_wrong"):
            sessions.log_in(people, "نورة", "guess", f"10.0.0.{i}")
    with pytest.raises(UsageError, match="login_wait"):
        sessions.log_in(people, "نورة", PASSWORD, "10.0.0.9")
    later = time.time() + sessions.WINDOW_S + 1
    monkeypatch.setattr(sessions.time, "time", lambda: later)
    assert sessions.log_in(people, "نورة", PASSWORD, "10.0.0.9") == owner
    for i in range(sessions.MOST_FROM_ONE_PLACE):
        with pytest.raises(UsageError, match="login_wrong"):
            sessions.log_in(people, f"name {i}", "guess", "10.0.0.7")
    with pytest.raises(UsageError, match="login_wait"):
        sessions.log_in(people, "نورة", PASSWORD, "10.0.0.7")


def test_sessions_end(people: People, owner: str, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = sessions.begin(people, owner), sessions.begin(people, owner)
    first, second = sessions.session(people, one), sessions.session(people, other)
    assert first is not None
    assert second is not None
    assert first.person == owner
    assert first.csrf != second.csrf
    sessions.end(people, one)
    assert sessions.session(people, one) is None
    assert sessions.session(people, "none") is None
    accounts.set_password(people, owner, PASSWORD + " جديدة")
    assert sessions.session(people, other) is None, "another password ends all sessions"
    third = sessions.begin(people, owner)
    later = time.time() + sessions.IDLE_S + 1
    monkeypatch.setattr(sessions.time, "time", lambda: later)
    assert sessions.session(people, third) is None


def test_tokens_hold_their_scopes(people: People, owner: str) -> None:
    secret = sessions.make_token(people, owner, "feed reader", ["review", "read"])
    assert sessions.by_token(people, secret) == (owner, frozenset({"read", "review"}))
    [token] = sessions.tokens(people, owner)
    assert (token.name, token.scopes) == ("feed reader", ("read", "review"))
    for scopes in ([], ["all"], ["read", "own"]):
        with pytest.raises(UsageError, match="scopes_needed"):
            sessions.make_token(people, owner, "x", scopes)
    sessions.revoke(people, "another", token.id)
    assert sessions.by_token(people, secret) is not None, "only its own person takes it back"
    sessions.revoke(people, owner, token.id)
    assert sessions.by_token(people, secret) is None


def test_a_token_never_does_more_than_its_person() -> None:
    assert [lesser(role, frozenset({"edit"})) for role in ROLES] == ["reader", "reviewer", "editor", "editor"]
    assert lesser("owner", frozenset({"read"})) == "reader"
    assert lesser("owner", frozenset()) is None
    assert lesser(None, frozenset({"read"})) is None


def test_the_last_owner_stays(people: People, owner: str) -> None:
    with pytest.raises(UsageError, match="last_owner"):
        accounts.set_role(people, owner, "*", "reader")
    assert accounts.roles_of(people, owner) == {"*": "owner"}
    other = accounts.join(people, accounts.invite(people, "*", "owner", owner), "سلمى", "", PASSWORD)
    accounts.set_role(people, owner, "*", None)
    assert [(m.name, m.role, m.everywhere) for m in accounts.members(people, "flood")] == [("سلمى", "owner", True)]
    assert accounts.roles_of(people, other) == {"*": "owner"}
