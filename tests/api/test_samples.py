"""The API and the desk over the sample pages, read and traced for real."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from takhrij.api import models
from takhrij.desk import create_desk
from takhrij.ledger import open_ledger
from takhrij.pipeline import find_pages, read_pages, retrace

BRIDGE = Path(__file__).parents[2] / "samples" / "bridge"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    failed: list[object] = []
    with open_ledger(tmp_path_factory.mktemp("samples") / "desk.db") as ledger:
        with ledger.writer("noura") as writer:
            found = find_pages([BRIDGE], on_error=failed.append)
            writer.add_many(read_pages(found, on_error=failed.append))
            retrace(writer, ledger.views())
        assert failed == []
        yield TestClient(create_desk(ledger), base_url="http://127.0.0.1")


def test_every_article_and_claim_opens(desk: TestClient) -> None:
    articles = models.Articles.model_validate(desk.get("/api/articles?limit=200").json(), strict=True).articles
    claims = models.Claims.model_validate(desk.get("/api/claims?limit=200").json(), strict=True).claims
    assert len(articles) == len(list(BRIDGE.glob("*.html")))
    assert claims
    for row in articles:
        assert desk.get(f"/article?id={quote(row.id, safe='')}").status_code == 200
    for claim in claims[:10]:
        page = desk.get(f"/claim?id={claim.id}&digits=latn").text
        count = re.sub(r"<[^>]+>", "", page.partition('<p class="bounds">')[2].partition("</p>")[0])
        assert str(claim.origins.max) in count or claim.origins.max == 0
        for party in claim.origins.parties:
            assert party.why_ar in page


def test_a_pasted_article_reads_as_it_does_from_the_ledger(desk: TestClient) -> None:
    kept = models.Articles.model_validate(desk.get("/api/articles").json()).articles[0]
    answer = desk.post("/api/read", json={"text": kept.text, "date": kept.date, "outlet": kept.outlet})
    read = models.ReadingOut.model_validate(answer.json(), strict=True)
    assert read.text == kept.text
    assert [a.cue for a in read.attributions] == [a.cue for a in kept.attributions]
