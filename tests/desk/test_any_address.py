"""Whatever an address or a form holds, no page answers with a fault of the program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote_from_bytes

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from takhrij.desk import create_desk
from takhrij.ledger import open_ledger
from takhrij.people.gate import flat
from tests.desk.made import CLAIM, fill

NAMES = [
    "id", "name", "q", "cursor", "of", "view", "format", "verify", "print", "n", "lang", "digits", "collection", "outlet",
    "speaker", "party", "act", "kind", "after", "before", "place", "denied_claim", "subject", "next", "key",
]  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(
        [CLAIM, "wadi/1.html", "مدير المياه", "صحيفة الوادي", "السد سليم", "1", "ar", "yes", "deny", "state_body", ""]
    ),
    st.sampled_from(["-1", "9" * 30, '"', "*", "NOT", "a OR", "(", "%", "_", "'; DROP TABLE docs; --", "../../etc/passwd"]),
    st.text(max_size=60),
).map(lambda text: text.encode("utf-8", "surrogatepass"))
ANY = st.one_of(VALUES, st.binary(max_size=30))
QUERY = st.lists(st.tuples(st.sampled_from(NAMES), ANY), max_size=5)
BOUNDS = settings(max_examples=200, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    where: Path = tmp_path_factory.mktemp("any") / "desk.db"
    fill(where)
    with open_ledger(where, create=False) as ledger:
        yield TestClient(create_desk(ledger), base_url="http://127.0.0.1", raise_server_exceptions=False)


def paths(desk: TestClient, method: str) -> list[str]:
    found = [str(route.path) for route in flat(desk.app.routes) if method in (getattr(route, "methods", None) or ())]  # type: ignore[attr-defined]
    return sorted(path for path in found if "{" not in path and not path.startswith("/api/"))


def written(query: list[tuple[str, bytes]]) -> str:
    return "&".join(f"{name}={quote_from_bytes(value, safe='')}" for name, value in query)


def test_no_address_is_a_fault_of_the_program(desk: TestClient) -> None:
    there = paths(desk, "GET")
    assert len(there) > 25

    @given(st.sampled_from(there), QUERY)
    @BOUNDS
    def ask(path: str, query: list[tuple[str, bytes]]) -> None:
        answer = desk.get(f"{path}?{written(query)}")
        assert answer.status_code < 500, f"{path}?{written(query)}"

    ask()


def test_no_form_is_a_fault_of_the_program(desk: TestClient) -> None:
    token = re.search(r'name="csrf" value="([^"]+)"', desk.get("/jobs").text)
    assert token is not None
    there = [path for path in paths(desk, "POST") if path != "/jobs"]  # which would begin to fetch

    @given(
        st.sampled_from(there),
        st.lists(st.tuples(st.sampled_from([*NAMES, "kind", "text", "verdict", "note"]), ANY), max_size=6),
    )
    @BOUNDS
    def send(path: str, form: list[tuple[str, bytes]]) -> None:
        body = f"csrf={token[1]}&{written(form)}"
        answer = desk.post(
            path, content=body, headers={"content-type": "application/x-www-form-urlencoded"}, follow_redirects=False
        )
        assert answer.status_code < 500, f"{path} {body}"

    send()
