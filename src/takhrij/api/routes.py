"""The routes under ``/api``. Each gives a row of :mod:`takhrij.api.rows`, written as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Query, Request, Response

from takhrij.api import models, rows
from takhrij.api.problems import problem
from takhrij.api.reading import read_pasted
from takhrij.exchange.contract import reading_row
from takhrij.exchange.jsontext import dumps
from takhrij.ledger import Filters, Views
from takhrij.ledger.answers import ClaimFilters, KeptArticle, KeptClaim
from takhrij.people import visitor
from takhrij.version import __version__

Limit = Annotated[int, Query(ge=1, le=200, description="Rows at most.")]
Cursor = Annotated[str | None, Query(max_length=500, description="`next` of the page before.")]
Id = Annotated[str, Query(max_length=2000)]
Words = Annotated[str, Query(max_length=2000, description="Words, as `takhrij search` takes them.")]
_MISSING: dict[int | str, dict[str, Any]] = {404: {"model": models.Problem}}


_Kept = TypeVar("_Kept", KeptArticle, KeptClaim)


def without_notes(kept: _Kept) -> _Kept:
    """``kept`` as the asker may see it: notes belong to those who review."""
    return kept if visitor().may("reviewer") else replace(kept, reviews=tuple(r for r in kept.reviews if r.verdict))


def answer(value: object) -> Response:
    """``value`` as JSON; a lone surrogate in a page's words is written as its escape."""
    return Response(dumps(value), media_type="application/json")


def tagged(request: Request, body: str, media_type: str = "application/json") -> Response:
    """``body`` under an entity tag made of its digest; 304 where the asker has it already."""
    tag = f'"{hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "no-cache", "vary": "accept-language, cookie"}
    known = {part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")}
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(body.encode("utf-8", "replace"), headers=headers, media_type=media_type)


def search_filters(
    speaker: str | None = None,
    outlet: str | None = None,
    act: Annotated[str | None, Query(description="state confirm deny accuse judge direct commit believe retract")] = None,
    after: Annotated[str | None, Query(description="First day, ISO 8601.")] = None,
    before: Annotated[str | None, Query(description="Last day, ISO 8601.")] = None,
    place: str | None = None,
    party: str | None = None,
    kind: Annotated[str | None, Query(description="The party's kind: person state_body armed_group company media ...")] = None,
    denied_claim: Annotated[str | None, Query(description="yes: only articles that carry a claim that is denied.")] = None,
) -> Filters:
    """The filters of a search. Values are read as in a query, so that unknown ones are refused in the same words."""
    from takhrij.ledger.query import parse

    facts = {
        "speaker": speaker, "outlet": outlet, "act": act, "after": after, "before": before, "place": place, "party": party,
        "kind": kind, "has-denial": denied_claim,
    }  # fmt: skip
    given = {name: value.replace('"', " ").strip() for name, value in facts.items() if value and value.strip()}
    return parse(" ".join(f'{name}:"{value}"' for name, value in given.items()))[1]


def claim_filters(
    article: Annotated[str | None, Query(description="Only what this article carries.")] = None,
    outlets: Annotated[int | None, Query(ge=1, le=10**6, description="Only what at least so many outlets carry.")] = None,
    origins: Annotated[int | None, Query(ge=0, le=10**6, description="Only what has at most so many origins.")] = None,
    denied: bool | None = None,
    unattributed: bool | None = None,
    reviewed: bool | None = None,
) -> ClaimFilters:
    """The filters of a list of claims."""
    return ClaimFilters(article, outlets, origins, denied, unattributed, reviewed)


def router(views: Callable[[], Views]) -> APIRouter:
    """The routes over what ``views`` gives."""
    api = APIRouter(prefix="/api", responses={400: {"model": models.Problem}})
    _articles(api, views)
    _claims(api, views)
    _names(api, views)
    return api


def _articles(api: APIRouter, views: Callable[[], Views]) -> None:
    @api.get("/articles", response_model=models.Articles, tags=["articles"], summary="Articles with their attributions")
    def articles(request: Request, cursor: Cursor = None, limit: Limit = 20) -> Any:
        page = views().articles(cursor, limit)
        listed = [reading_row(reading) for reading in page.readings]
        return tagged(request, dumps({"articles": listed, "next": page.next}))

    @api.get("/article", response_model=models.ArticleOut, responses=_MISSING, tags=["articles"], summary="One article whole")
    def article(request: Request, id: Id) -> Any:
        kept = views().article(id)
        if kept is None:
            return problem("not_found", request.headers.get("accept-language", ""))
        return tagged(request, dumps(rows.article_row(without_notes(kept))))

    @api.get("/search", response_model=models.Hits, tags=["articles"], summary="Find articles by words and facts")
    def search(
        request: Request,
        filters: Annotated[Filters, Depends(search_filters)],
        q: Words = "",
        facet: Annotated[list[str], Query(max_length=9, description="outlet month day act kind country speaker ...")] = [],  # noqa: B006
        cursor: Cursor = None,
        limit: Limit = 20,
    ) -> Any:
        page = views().search(q, filters, cursor, limit)
        counts = {by: [asdict(row) for row in views().facets(by, q, filters)] for by in dict.fromkeys(facet)}
        hits = [rows.hit_row(hit) for hit in page.hits]
        return tagged(request, dumps({"hits": hits, "total": page.total, "next": page.next, "facets": counts}))

    @api.post("/read", response_model=models.ReadingOut, tags=["articles"], summary="Read a text; nothing is kept")
    def read(pasted: models.Pasted) -> Any:
        return answer(reading_row(read_pasted(pasted.text, pasted.date, pasted.outlet)))


def _claims(api: APIRouter, views: Callable[[], Views]) -> None:
    @api.get("/claims", response_model=models.Claims, tags=["claims"], summary="Claims, those in most articles first")
    def claims(
        request: Request,
        filters: Annotated[ClaimFilters, Depends(claim_filters)],
        q: Words = "",
        cursor: Cursor = None,
        limit: Limit = 20,
    ) -> Any:
        page = views().claims(q, filters, cursor, limit)
        kept = [rows.kept_claim_row(without_notes(one)) for one in page.claims]
        return tagged(request, dumps({"claims": kept, "total": page.total, "next": page.next}))

    @api.get("/claim", response_model=models.ClaimOut, responses=_MISSING, tags=["claims"], summary="One claim whole")
    def claim(request: Request, id: Id) -> Any:
        kept = views().claim(id)
        if kept is None:
            return problem("not_found", request.headers.get("accept-language", ""))
        return tagged(request, dumps(rows.kept_claim_row(without_notes(kept))))


def _names(api: APIRouter, views: Callable[[], Views]) -> None:
    @api.get("/outlets", response_model=models.Outlets, tags=["names"], summary="Outlets with their counts")
    def outlets(request: Request) -> Any:
        return tagged(request, dumps({"outlets": [asdict(row) for row in views().outlets()]}))

    @api.get("/actors", response_model=models.Actors, tags=["names"], summary="Who is attributed something, with counts")
    def actors(request: Request, limit: Annotated[int, Query(ge=1, le=1000)] = 100) -> Any:
        return tagged(request, dumps({"actors": [asdict(row) for row in views().actors(limit)]}))

    @api.get("/health", response_model=models.Health, tags=["service"], summary="Whether the ledger answers")
    def health() -> Any:
        totals = views().totals()
        return answer(
            {"status": "ok", "version": __version__, "articles": totals.articles, "claims": totals.claims},
        )
