"""The client over an API in the same process: records, pages, tags, waiting, refusals."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from takhrij.api import create_api
from takhrij.client import Client
from takhrij.errors import LedgerBusy, LedgerError, UsageError
from takhrij.ledger import open_ledger
from tests.desk.made import CLAIM, fill


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    where: Path = tmp_path_factory.mktemp("client") / "desk.db"
    fill(where)
    with open_ledger(where, create=False) as ledger:
        yield Client(http=TestClient(create_api(ledger), base_url="http://127.0.0.1"))


def answering(*answers: httpx.Response) -> Client:
    waiting = list(answers)
    http = httpx.Client(base_url="http://desk.example", transport=httpx.MockTransport(lambda asked: waiting.pop(0)))
    return Client(http=http)


def test_all_that_a_desk_knows_is_had_as_records(desk: Client) -> None:
    assert [article.id for article in desk.articles()] == ["wadi/1.html", "wadi/1.html-2", "wadi/1.html-3"]
    assert desk.article("wadi/1.html").evidence.page_sha256
    assert [hit.id for hit in desk.search("البلدية", outlet="صحيفة الوادي")] == ["wadi/1.html"]
    (claim,) = desk.claims("السد")
    assert claim == desk.claim(CLAIM)
    assert (claim.origins.min, claim.origins.max) == (1, 4)
    assert [[link.name for link in way.chain] for way in desk.chains(CLAIM) if way.attribution is not None] == [
        ["صحيفة الوادي", "مدير المياه"]
    ]
    (copied,) = desk.copies("wadi/1.html-2")
    assert copied.first == "wadi/1.html"
    assert list(desk.copies("wadi/1.html-3")) == []
    assert desk.actors()[0] == desk.actor("مدير المياه")
    assert desk.outlets()[0].articles == 1
    assert desk.places("السد سليم")[0].mentions == 1
    assert list(desk.reviews()) == []


def test_attributions_come_with_their_words(desk: Client) -> None:
    said = list(desk.attributions(actor="مدير المياه"))
    assert [(one.article, one.number, one.cue_words, one.content_words) for one in said] == [
        ("wadi/1.html", 0, "قال", ["السد سليم تمامًا"])
    ]
    assert {one.act for one in desk.attributions("البلدية", act="deny")} == {"deny"}


def test_a_sentence_is_looked_up_and_a_text_read(desk: Client) -> None:
    assert desk.check("السد سليم تمامًا").published == []
    reading = desk.read("الجسر\nقالت هيئة الجسور إن الجسر سليم.", outlet="منبر")
    assert reading.attributions[0].speaker == "هيئة الجسور"


def test_a_collection_is_streamed_line_by_line(desk: Client) -> None:
    assert [json.loads(line)["id"] for line in desk.export()] == ["wadi/1.html", "wadi/1.html-2", "wadi/1.html-3"]
    assert [json.loads(line)["id"] for line in desk.export("claims.jsonl")] == [CLAIM]
    assert next(desk.export("attributions.csv")).startswith('\ufeff"article"')
    with pytest.raises(UsageError):
        list(desk.export("everything"))


def test_refusals_are_told_in_words(desk: Client) -> None:
    with pytest.raises(UsageError, match="Not in the ledger"):
        desk.claim("none")
    with pytest.raises(UsageError, match="act"):
        list(desk.search(act="zzz"))
    with pytest.raises(UsageError, match="out of date"):
        desk.add("http://example.org/a")  # what changes something wants a token


def test_what_changes_something_is_sent_as_asked() -> None:
    sent: list[tuple[str, Any]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append((request.url.path, json.loads(request.content)))
        if request.url.path == "/api/verdict":
            return httpx.Response(201, json={"number": 7})
        job = {"id": "a", "name": "x", "state": "waiting", "at": 0, "begun": "2024-05-01", "articles": [], "faults": []}
        return httpx.Response(202, json=job)

    http = httpx.Client(base_url="http://desk.example", transport=httpx.MockTransport(answer))
    with Client(token="secret", http=http) as desk:
        assert desk.add("http://example.org/a").state == "waiting"
        assert desk.verdict(CLAIM, "true", "سبب", ("https://example.org/b",)) == 7
    assert sent == [
        ("/api/jobs", {"address": "http://example.org/a"}),
        ("/api/verdict", {"claim": CLAIM, "verdict": "true", "reason": "سبب", "links": ["https://example.org/b"]}),
    ]


def test_what_was_had_before_is_not_sent_again() -> None:
    row: dict[str, Any] = {"outlets": []}
    desk = answering(httpx.Response(200, json=row, headers={"etag": '"a"'}), httpx.Response(304, headers={"etag": '"a"'}))
    assert desk.outlets() == desk.outlets() == []


def test_the_client_waits_where_it_is_asked_to() -> None:
    desk = answering(httpx.Response(429, headers={"retry-after": "0"}), httpx.Response(200, json={"outlets": []}))
    assert desk.outlets() == []
    busy = answering(httpx.Response(429, headers={"retry-after": "3600"}))
    with pytest.raises(UsageError, match="429"):
        busy.outlets()


def test_a_desk_that_fails_is_told_apart() -> None:
    busy = {"type": "urn:takhrij:problem:busy", "title": "Busy", "status": 503, "detail": "later", "reason": None}
    with pytest.raises(LedgerBusy, match="Busy"):
        answering(httpx.Response(503, json=busy)).outlets()
    with pytest.raises(LedgerError, match="502"):
        answering(httpx.Response(502, text="<html>")).outlets()
    with pytest.raises(LedgerError):
        Client("http://127.0.0.1:9").outlets()


def test_a_token_goes_along() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={"outlets": []})

    http = httpx.Client(base_url="http://desk.example", transport=httpx.MockTransport(answer))
    with Client(token="secret", language="ar", http=http) as desk:
        desk.outlets()
    assert asked[0].headers["authorization"] == "Bearer secret"
    assert asked[0].headers["accept-language"] == "ar"
