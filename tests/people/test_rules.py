"""Every route has a rule, and the rules hold: each route × role × collection, walked from the application's own routes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from takhrij.desk import create_desk
from takhrij.ledger import Ledger, open_ledger
from takhrij.people import Access, People, accounts, open_people, sessions
from takhrij.people.gate import flat
from takhrij.people.roles import ROLES, Role, at_least
from takhrij.people.rules import RULES
from takhrij.records import Article, Reading
from tests.desk.made import fill

#: State-changing methods whose routes keep nothing of what they are given.
KEEP_NOTHING = {"POST /read", "POST /api/read"}
#: Routes that serve whoever comes.
OPEN = {"GET /static/{name:path}", "GET /login", "POST /login", "GET /join", "POST /join"}
PASSWORD = "أربع كلمات تكفي هنا"


def routes(app: FastAPI) -> list[str]:
    found = []
    for route in flat(app.routes):
        found += [f"{method} {route.path}" for method in sorted(route.methods) if method != "HEAD"]
    return found


def address(route: str) -> str:
    return route.split(" ")[1].replace("{name:path}", "desk.css")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    where = tmp_path_factory.mktemp("rules") / "desk.db"
    fill(where)
    with open_ledger(where) as opened:
        for name in ("open", "hidden"):
            with opened.writer("noura", name) as writer:
                article = Article(f"{name}.html", f"قصة {name} سرية\nقال مدير الجسر إن العبور آمن.", outlet=f"منبر {name}")
                writer.add(Reading(article))
        yield opened


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> People:
    """One person for each role in the collection ``open``, and an owner of everything; nobody else may see ``hidden``."""
    store = open_people(tmp_path_factory.mktemp("people") / "people")
    accounts.join(store, accounts.invite_owner(store), "المالكة", "all@example.org", PASSWORD)
    for role in ROLES:
        accounts.join(store, accounts.invite(store, "open", role, "x"), role, f"{role}@example.org", PASSWORD)
    return store


@pytest.fixture(scope="module")
def app(ledger: Ledger, people: People) -> FastAPI:
    return create_desk(ledger, "open", Access(people))


@pytest.fixture(scope="module")
def clients(app: FastAPI, people: People) -> dict[str, TestClient]:
    """A logged-in client for each role; ``all`` owns every collection."""
    found = {}
    for name in (*ROLES, "المالكة"):
        with people.reading() as db:
            person = db.execute("SELECT id FROM people WHERE name = ?", (name,)).fetchone()["id"]
        secret = sessions.begin(people, person)
        client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False, raise_server_exceptions=False)
        client.headers["cookie"] = f"desk={secret}"
        client.headers["x-csrf-token"] = sessions.session(people, secret).csrf  # type: ignore[union-attr]
        found["all" if name == "المالكة" else name] = client
    return found


def test_every_route_has_a_rule_and_every_rule_a_route(app: FastAPI) -> None:
    there = set(routes(app))
    assert sorted(there - set(RULES)) == [], "give each of these a rule in takhrij/people/rules.py"
    assert sorted(set(RULES) - there) == []


def test_what_may_change_something_says_so() -> None:
    for route, rule in RULES.items():
        assert rule.changes == (not route.startswith("GET ") and route not in KEEP_NOTHING), route
        assert (rule.role is None) == (route in OPEN), route


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_what_its_rules_say(app: FastAPI, clients: dict[str, TestClient], role: Role) -> None:
    for route in routes(app):
        if "logout" in route or "leave" in route:
            continue
        method, rule = route.split(" ")[0], RULES[route]
        answer = clients[role].request(method, address(route))
        allowed = at_least(role, rule.role)
        assert answer.status_code != 500, route
        assert (answer.status_code != 403) == allowed or route == "POST /login", (route, answer.status_code)
        hidden = clients[role].request(method, address(route), params={"collection": "hidden"})
        assert rule.role is None or hidden.status_code == 404, (route, "of a hidden collection", hidden.status_code)


def test_nobody_gets_past_the_open_routes(app: FastAPI) -> None:
    client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
    for route in routes(app):
        method = route.split(" ")[0]
        answer = client.request(method, address(route))
        if route in OPEN:
            assert answer.status_code in {200, 403, 404}, route  # forms without their token; an invitation that is none
        elif method == "GET" and not address(route).startswith("/api/"):
            assert answer.status_code == 303, route
            assert answer.headers["location"].startswith("/login"), route
        else:
            assert answer.status_code == 401, route


def test_a_change_without_its_token_or_from_elsewhere_is_refused(app: FastAPI, clients: dict[str, TestClient]) -> None:
    for route in routes(app):
        method, rule = route.split(" ")[0], RULES[route]
        if not rule.changes:
            continue
        for token in ("", "x" * 43):
            answer = clients["all"].request(method, address(route), headers={"x-csrf-token": token})
            assert answer.status_code == 403, (route, answer.status_code)
        for header in ({"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
            assert clients["all"].request(method, address(route), headers=header).status_code == 403, route


def test_one_persons_token_is_not_anothers(clients: dict[str, TestClient]) -> None:
    stolen = clients["owner"].headers["x-csrf-token"]
    answer = clients["editor"].post("/account/email", data={"email": ""}, headers={"x-csrf-token": stolen})
    assert answer.status_code == 403


@pytest.mark.parametrize("role", ROLES)
def test_a_hidden_collection_shows_nowhere(clients: dict[str, TestClient], role: Role) -> None:
    client = clients[role]
    for path in (
        "/", "/about", "/search?q=قصة", "/search?outlet=منبر hidden", "/queue", "/history", "/api/articles", "/api/outlets",
        "/api/search?q=قصة&facet=outlet", "/api/health", "/api/claims", "/api/article?id=hidden.html",
    ):  # fmt: skip
        text = client.get(path).text
        assert "قصة hidden" not in text, path
        assert "منبر hidden</" not in text, path
    assert client.get("/api/health").json()["articles"] == 1
    assert client.get("/api/search", params={"q": "قصة"}).json()["total"] == 1
    kept = {"cookie": client.headers["cookie"] + "; collection=hidden"}
    assert client.get("/api/search", params={"q": "قصة"}, headers=kept).json()["total"] == 1
    assert ">hidden<" not in client.get("/", headers=kept).text


def test_who_may_see_all_collections_does(clients: dict[str, TestClient]) -> None:
    assert clients["all"].get("/api/search", params={"q": "قصة", "collection": "hidden"}).json()["total"] == 1
    page = clients["all"].get("/?collection=hidden")
    assert "collection=hidden" in page.headers["set-cookie"]
