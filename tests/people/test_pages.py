"""The pages of people, over HTTP: joining, logging in, cookies, tokens, and what nobody is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from takhrij.desk import create_desk
from takhrij.ledger import Ledger, Subject, open_ledger
from takhrij.people import Access, People, accounts, open_people, sessions
from tests.desk.made import CLAIM, fill

PASSWORD = "أربع كلمات تكفي هنا"
Opener = Callable[[], TestClient]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    fill(tmp_path / "desk.db")
    with open_ledger(tmp_path / "desk.db") as opened:
        yield opened


@pytest.fixture
def people(tmp_path: Path) -> People:
    return open_people(tmp_path / "desk.people")


@pytest.fixture
def opener(ledger: Ledger, people: People) -> Opener:
    app = create_desk(ledger, access=Access(people))
    return lambda: TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)


def send(client: TestClient, form: str, to: str, **fields: object):  # type: ignore[no-untyped-def]
    """Fill in a form of the page at ``form``."""
    token = re.search(r'name="csrf" value="([^"]+)"', client.get(form).text)
    assert token
    return client.post(to, data={"csrf": token[1], **fields})


def joined(client: TestClient, key: str, name: str, email: str = "") -> TestClient:
    answer = send(client, f"/join?key={key}", "/join", key=key, name=name, email=email, password=PASSWORD)
    assert answer.status_code == 303, answer.text
    return client


def test_the_session_cookie_is_out_of_reach(opener: Opener, people: People, ledger: Ledger) -> None:
    key = accounts.invite_owner(people)
    client = opener()
    answer = send(client, f"/join?key={key}", "/join", key=key, name="نورة", password=PASSWORD)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert client.get("/").headers["cache-control"] == "private, no-cache"
    secure = TestClient(create_desk(ledger, access=Access(people, frozenset({"desk.example.org"}), secure=True)))
    secure.base_url = "https://desk.example.org"  # type: ignore[assignment]
    secure.follow_redirects = False
    answer = send(secure, "/login", "/login", name="نورة", password=PASSWORD)
    assert answer.status_code == 303
    assert answer.headers["set-cookie"].startswith("__Host-desk=")
    assert "; secure" in answer.headers["set-cookie"].lower()


def test_a_login_form_of_another_page_is_refused(opener: Opener, people: People) -> None:
    accounts.join(people, accounts.invite_owner(people), "نورة", "", PASSWORD)
    assert opener().post("/login", data={"name": "نورة", "password": PASSWORD}).status_code == 403
    one, other = opener(), opener()
    token = re.search(r'name="csrf" value="([^"]+)"', one.get("/login").text)
    assert token
    other.get("/login")
    answer = other.post("/login", data={"csrf": token[1], "name": "نورة", "password": PASSWORD})
    assert answer.status_code == 403


def test_guessing_over_http_has_to_wait(opener: Opener, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts.join(people, accounts.invite_owner(people), "نورة", "", PASSWORD)
    monkeypatch.setattr(sessions, "right_password", lambda hashed, password: False)
    client = opener()
    codes = [send(client, "/login", "/login", name="نورة", password="x").status_code for _ in range(sessions.MOST_WRONG + 1)]
    assert codes == [403] * sessions.MOST_WRONG + [429]


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere_after_logging_in(opener: Opener, people: People, to: str) -> None:
    accounts.join(people, accounts.invite_owner(people), "نورة", "", PASSWORD)
    answer = send(opener(), "/login", "/login", name="نورة", password=PASSWORD, next=to)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_token_does_what_its_scope_says(opener: Opener, people: People, ledger: Ledger) -> None:
    owner = accounts.join(people, accounts.invite_owner(people), "نورة", "", PASSWORD)
    given = {"claim": CLAIM, "verdict": "false", "reason": "متشقق", "links": ["https://example.org/a"]}
    codes = {}
    for scope in ("read", "review"):
        secret = sessions.make_token(people, owner, scope, [scope])
        bearer = {"authorization": f"Bearer {secret}"}
        codes[scope] = (
            opener().get("/api/claims", headers=bearer).status_code,
            opener().post("/api/verdict", json=given, headers=bearer).status_code,
            opener().get("/people", headers=bearer).status_code,
        )
    assert codes == {"read": (200, 403, 403), "review": (200, 200, 403)}
    assert opener().get("/api/claims", headers={"authorization": "Bearer tkh_none"}).status_code == 401
    [review] = ledger.views().reviews()
    assert (review.who, review.verdict, review.note) == ("نورة", "false", "متشقق\nhttps://example.org/a")


def test_readers_see_verdicts_and_no_notes(opener: Opener, people: People, ledger: Ledger) -> None:
    with ledger.writer("نورة") as writer:
        writer.review(Subject("claim", CLAIM), "true", "سبب معلن")
        writer.review(Subject("claim", CLAIM), "", "ملاحظة داخلية")
    accounts.join(people, accounts.invite_owner(people), "نورة", "", PASSWORD)
    reader = joined(opener(), accounts.invite(people, "default", "reader", "x"), "ريم")
    for path in (f"/claim?id={CLAIM}", f"/api/claim?id={CLAIM}", "/api/claims", f"/claimreview?id={CLAIM}"):
        text = reader.get(path).text
        assert "ملاحظة داخلية" not in text, path
        assert "سبب معلن" in text, path


def test_an_owner_of_one_collection_manages_that_one_alone(opener: Opener, people: People, ledger: Ledger) -> None:
    boss = accounts.join(people, accounts.invite_owner(people), "نورة", "noura@example.org", PASSWORD)
    owner = joined(opener(), accounts.invite(people, "default", "owner", boss), "هدى", "huda@example.org")
    page = owner.get("/people").text
    assert "نورة" in page
    assert "@example.org" not in page
    assert send(owner, "/people", "/people/role", person=boss, role="reader").status_code == 403
    answer = send(owner, "/people", "/people/invite", role="reader", everywhere="1")
    key = re.search(r"join\?key=([\w-]+)", answer.text)
    assert key
    given = accounts.invitation(people, key[1])
    assert given is not None
    assert given.collection == "default"
    entry = ledger.views().audit(limit=1).entries[0]
    assert (entry.who, entry.action, entry.after) == ("هدى", "invite", "reader default")


def test_another_password_ends_the_other_sessions(opener: Opener, people: People) -> None:
    one = joined(opener(), accounts.invite_owner(people), "نورة")
    other = opener()
    assert send(other, "/login", "/login", name="نورة", password=PASSWORD).status_code == 303
    assert send(one, "/account", "/account/password", old="ليست هي أبدًا", new=PASSWORD + " ٢").status_code == 400
    assert send(one, "/account", "/account/password", old=PASSWORD, new=PASSWORD + " ٢").status_code == 303
    assert one.get("/account").status_code == 200
    assert other.get("/account").status_code == 303
