"""The API over a small ledger: rows, pages, tags, problems, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from takhrij.api import create_api, models
from takhrij.api.problems import language
from takhrij.ledger import Views, open_ledger
from tests.desk.made import CLAIM, fill


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    where: Path = tmp_path_factory.mktemp("api") / "desk.db"
    fill(where)
    with open_ledger(where, create=False) as ledger:
        yield TestClient(create_api(ledger), base_url="http://127.0.0.1")


def get(api: TestClient, path: str) -> Any:
    answer = api.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_each_answer_is_as_described(api: TestClient) -> None:
    articles = models.Articles.model_validate(get(api, "/api/articles"), strict=True)
    article = models.ArticleOut.model_validate(get(api, "/api/article?id=wadi/1.html"), strict=True)
    assert article.model_dump(include={"id", "text"}) == articles.articles[0].model_dump(include={"id", "text"})
    assert len(article.evidence.page_sha256 or "") == 64
    claims = models.Claims.model_validate(get(api, "/api/claims"), strict=True)
    claim = models.ClaimOut.model_validate(get(api, f"/api/claim?id={CLAIM}"), strict=True)
    assert claims.claims == [claim]
    assert (claim.origins.min, claim.origins.max, claim.origins.parties[0].why_ar) == (1, 4, "تكلّم بنفسه")
    assert [link.name for link in claim.reports[0].chain] == ["صحيفة الوادي", "مدير المياه"]
    hits = models.Hits.model_validate(get(api, "/api/search?q=البلدية&facet=outlet&facet=act"), strict=True)
    assert hits.total == 3
    start, end = hits.hits[0].marks[0]
    assert hits.hits[0].snippet[start:end] == "البلدية"
    assert set(hits.facets) == {"outlet", "act"}
    assert models.Outlets.model_validate(get(api, "/api/outlets"), strict=True).outlets
    assert models.Actors.model_validate(get(api, "/api/actors"), strict=True).actors[0].name == "مدير المياه"
    assert models.Health.model_validate(get(api, "/api/health"), strict=True).articles == 3


def test_pages_of_articles_fit_together(api: TestClient) -> None:
    whole = [row["id"] for row in get(api, "/api/articles")["articles"]]
    found, cursor = [], ""
    while cursor is not None:
        page = get(api, "/api/articles?limit=1" + (f"&cursor={cursor}" if cursor else ""))
        found += [row["id"] for row in page["articles"]]
        cursor = page["next"]
    assert found == whole


def test_filters(api: TestClient) -> None:
    assert get(api, "/api/claims?outlets=12&denied=true")["total"] == 1
    assert get(api, "/api/claims?outlets=13")["total"] == 0
    assert get(api, "/api/search?outlet=صحيفة الوادي")["total"] == 1
    assert get(api, "/api/search?after=2024-05-02")["total"] == 1


@pytest.mark.parametrize("path", ["/api/article?id=wadi/1.html", f"/api/claim?id={CLAIM}"])
def test_what_the_asker_has_is_not_sent_again(api: TestClient, path: str) -> None:
    tag = api.get(path).headers["etag"]
    again = api.get(path, headers={"if-none-match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/claim?id=none", 404), ("/api/article?id=none", 404), ("/api/article", 400), ("/api/nothing", 404),
        ("/api/claims?limit=0", 400), ("/api/claims?cursor=zzz", 400), ("/api/articles?cursor=%00", 400),
        ("/api/search?cursor=W10=", 400), ("/api/search?act=fly", 400), ("/api/search?after=soon", 400),
        ("/api/search?q=-only", 400), ("/api/search?facet=colour", 400), ("/api/search?q=" + "ا" * 2001, 400),
        ("/api/claims?outlets=99999999999999999999", 400), ("/api/actors?limit=x", 400),
    ],
)  # fmt: skip
def test_a_wrong_call_is_a_problem_in_the_askers_language(api: TestClient, path: str, status: int) -> None:
    for wanted, said in (("ar-EG, en;q=0.5", "ar"), ("en, ar;q=0.1", "en")):
        answer = api.get(path, headers={"accept-language": wanted})
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["content-language"] == said
        problem = models.Problem.model_validate(answer.json())
        assert problem.status == status
        assert any("ء" <= letter <= "ي" for letter in problem.title) == (said == "ar")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"text": 5}', b'{"text": ""}', b"\xff", b'{"text": "\\ud800"}'])
def test_a_body_that_is_no_text_is_a_problem(api: TestClient, body: bytes) -> None:
    answer = api.post("/api/read", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["type"] == "urn:takhrij:problem:bad_request"


def test_bodies_are_bounded(api: TestClient) -> None:
    assert api.post("/api/read", content=b" " * 2_000_001).status_code == 413
    assert api.post("/api/read", content=iter([b" " * 1_000_000] * 3)).status_code == 413


def test_other_origins_and_other_hosts_are_refused(api: TestClient) -> None:
    text = {"text": "نص"}
    for headers in ({"origin": "null"}, {"origin": "http://127.0.0.1.evil.example"}, {"sec-fetch-site": "same-site"}):
        assert api.post("/api/read", json=text, headers=headers).status_code == 403
    for host in ("evil.example", "127.0.0.1.evil.example", "[", ""):
        assert api.get("/api/health", headers={"host": host}).status_code == 421
    assert api.get("/api/health", headers={"host": "localhost:8765"}).status_code == 200


def test_a_text_that_is_not_arabic_is_a_row_too(api: TestClient) -> None:
    answer = api.post("/api/read", json={"text": "The dam is sound,\nthe director said.", "outlet": "Valley"})
    row = models.ReadingOut.model_validate(answer.json(), strict=True)
    assert (row.lang, row.title, row.outlet, row.attributions) == ("en", "The dam is sound,", "Valley", [])


def test_a_fault_is_told_without_its_traceback(api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(views: Views) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(Views, "outlets", broken)
    answer = api.get("/api/outlets", headers={"accept-language": "ar"})
    assert (answer.status_code, answer.json()["type"]) == (500, "urn:takhrij:problem:fault")
    assert "secret" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_the_description_reads_well(api: TestClient) -> None:
    document = get(api, "/openapi.json")
    assert set(document["paths"]) == {
        "/api/articles", "/api/article", "/api/search", "/api/read", "/api/claims", "/api/claim", "/api/outlets",
        "/api/actors", "/api/health", "/api/verdict", "/api/attributions", "/api/chains", "/api/copies", "/api/reviews",
        "/api/actor", "/api/outlet", "/api/places", "/api/check", "/api/export", "/api/jobs", "/api/job",
    }  # fmt: skip
    for path in document["paths"].values():
        for call in path.values():
            assert call["summary"]
            assert call["tags"]
            good = next(answer for status, answer in call["responses"].items() if status.startswith("2"))
            described = good["content"].get("application/json", {}).get("schema", {})
            assert "$ref" in described or call["tags"] == ["exports"]
    for name, schema in document["components"]["schemas"].items():
        assert schema.get("description") or name.endswith("ValidationError"), name


@pytest.mark.parametrize(
    ("accepted", "wanted"),
    [("", "en"), ("ar", "ar"), ("en;q=0.4,ar;q=0.6", "ar"), ("fr", "en"), ("ar;q=zz", "en"), ("AR-eg", "ar"), ("*", "en")],
)
def test_language(accepted: str, wanted: str) -> None:
    assert language(accepted) == wanted
