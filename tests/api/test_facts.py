"""The routes of single facts: tags, cursors, the rate, streaming, and who sees what."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from takhrij.api import create_api
from takhrij.api.brake import Brake
from takhrij.ledger import Ledger, Subject, open_ledger
from tests.desk.made import CLAIM, fill

TAGGED = [
    "/api/articles", "/api/search?q=السد", "/api/claims", "/api/outlets", "/api/actors", "/api/attributions",
    f"/api/chains?claim={CLAIM}", "/api/copies", "/api/reviews", "/api/places", "/api/actor?id=مدير المياه",
    "/api/outlet?name=صحيفة الوادي", "/api/check?q=السد سليم",
]  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    fill(tmp_path / "desk.db")
    with open_ledger(tmp_path / "desk.db", create=False) as opened:
        yield opened


@pytest.fixture
def api(ledger: Ledger) -> TestClient:
    return TestClient(create_api(ledger), base_url="http://127.0.0.1")


@pytest.mark.parametrize("path", TAGGED)
def test_what_is_known_already_is_not_sent_again(api: TestClient, path: str) -> None:
    first = api.get(path)
    assert first.status_code == 200, first.text
    again = api.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_attributions_are_paged_by_their_articles(api: TestClient) -> None:
    whole = api.get("/api/attributions?limit=200").json()["attributions"]
    found: list[Any] = []
    cursor: str | None = ""
    while cursor is not None:
        page = api.get("/api/attributions?limit=1" + (f"&cursor={cursor}" if cursor else "")).json()
        found += page["attributions"]
        cursor = page["next"]
    assert found == whole
    assert {(row["article"], row["number"]) for row in whole} == {("wadi/1.html", 0), ("wadi/1.html", 1)}
    assert whole[0]["cue_words"] == "قال"


def test_chains_stand_in_the_order_of_their_days(api: TestClient) -> None:
    ways = api.get(f"/api/chains?claim={CLAIM}").json()["chains"]
    assert [way["date"] for way in ways] == ["2024-05-01", "2024-05-03", None]
    assert ways[0]["words"] == "السد سليم تمامًا"
    assert len(ways[0]["text_sha256"]) == 64
    assert api.get("/api/chains?claim=none").status_code == 404


def test_lists_without_end_have_cursors(ledger: Ledger, api: TestClient) -> None:
    with ledger.writer("noura@example.org") as writer:
        for number in range(3):
            writer.review(Subject("claim", CLAIM), "true", f"سبب {number}")
    first = api.get("/api/reviews?limit=2").json()
    rest = api.get(f"/api/reviews?limit=2&cursor={first['next']}").json()
    assert [row["note"] for row in first["reviews"] + rest["reviews"]] == ["سبب 0", "سبب 1", "سبب 2"]
    assert (first["total"], rest["next"]) == (3, None)
    assert "example.org" not in json.dumps(first), "an address is never shown"
    for cursor in ("x", "-1", "1e3", "٣"):
        assert api.get(f"/api/reviews?cursor={cursor}").status_code == 400


def test_long_answers_are_streamed(api: TestClient) -> None:
    with api.stream("GET", "/api/export?format=jsonl") as answer:
        assert "content-length" not in answer.headers
        assert [json.loads(line)["id"] for line in answer.iter_lines()] == ["wadi/1.html", "wadi/1.html-2", "wadi/1.html-3"]
    for form in ("annotations", "attributions.csv", "places.csv", "claims.jsonl"):
        assert api.get(f"/api/export?format={form}").status_code == 200
    assert api.get("/api/export?format=zip").status_code == 400


def test_an_asker_in_haste_is_asked_to_wait(ledger: Ledger) -> None:
    app = Brake(create_api(ledger), at_once=3, a_second=0.5)
    api = TestClient(app, base_url="http://127.0.0.1")
    assert [api.get("/api/health").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = api.get("/api/health", headers={"accept-language": "ar"})
    assert 1 <= int(refused.headers["retry-after"]) <= 2
    assert refused.json()["type"] == "urn:takhrij:problem:too_fast"
    assert api.get("/openapi.json").status_code == 200, "the bound is the API's"


def test_what_begins_a_job_wants_a_token(api: TestClient) -> None:
    assert api.post("/api/jobs", json={"address": "http://example.org/a"}).status_code == 403
    assert api.get("/api/jobs").json() == {"jobs": []}
    assert api.get("/api/job?id=none").status_code == 404
