"""Routes of the single facts: attributions, the ways of a claim, copies, reviews."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Query, Request

from takhrij.api import fact_models, models, rows
from takhrij.api.problems import problem
from takhrij.api.routes import Cursor, Id, Limit, Words, search_filters, tagged
from takhrij.errors import UsageError
from takhrij.exchange.contract import reading_row
from takhrij.exchange.jsontext import dumps
from takhrij.ledger import Filters, Views
from takhrij.people import visitor
from takhrij.records import Reading

_T = TypeVar("_T")
_Actor = Annotated[str | None, Query(max_length=2000, description="Only what is attributed to this actor, by its id.")]
MISSING: dict[int | str, dict[str, Any]] = {404: {"model": models.Problem}}


def router(views: Callable[[], Views]) -> APIRouter:
    """The routes over what ``views`` gives."""
    api = APIRouter(prefix="/api", responses={400: {"model": models.Problem}, 429: {"model": models.Problem}})
    _said(api, views)
    _ways(api, views)
    _sets(api, views)
    return api


def _said(api: APIRouter, views: Callable[[], Views]) -> None:
    @api.get(
        "/attributions", response_model=fact_models.Attributions, tags=["attributions"], summary="Who is said to have said what"
    )
    def attributions(
        request: Request,
        filters: Annotated[Filters, Depends(search_filters)],
        q: Words = "",
        actor: _Actor = None,
        cursor: Cursor = None,
        limit: Limit = 20,
    ) -> Any:
        page = views().search(q, replace(filters, actor=actor) if actor else filters, cursor, limit)
        readings = views().readings_by_id(hit.id for hit in page.hits)
        said = [row for hit in page.hits if hit.id in readings for row in said_rows(readings[hit.id], actor, filters)]
        return tagged(request, dumps({"attributions": said, "next": page.next}))


def said_rows(reading: Reading, actor: str | None, filters: Filters) -> list[dict[str, Any]]:
    """The attributions of an article as rows, those of ``actor`` and of the act asked for only."""
    article, text = reading.article, reading.article.text
    found = []
    for number, (a, row) in enumerate(zip(reading.attributions, reading_row(reading)["attributions"], strict=True)):
        if (actor and a.actor != actor) or (filters.act and a.act != filters.act):
            continue
        found.append(
            {
                **row, "article": article.id, "number": number, "outlet": article.outlet, "date": article.date,
                "cue_words": a.cue.of(text), "source_words": a.source.of(text) if a.source else None,
                "content_words": [span.of(text) for span in a.content],
            }
        )  # fmt: skip
    return found


def _ways(api: APIRouter, views: Callable[[], Views]) -> None:
    @api.get("/chains", response_model=fact_models.Ways, responses=MISSING, tags=["claims"], summary="The ways of a claim")
    def chains(request: Request, claim: Id) -> Any:
        kept = views().claim(claim)
        if kept is None:
            return problem("not_found", request.headers.get("accept-language", ""))
        articles = views().articles_by_id(report.article for report in kept.claim.reports)
        ways = []
        for report, row in zip(kept.claim.reports, rows.kept_claim_row(kept)["reports"], strict=True):
            article = articles.get(report.article)
            ways.append(
                {
                    "article": report.article, "outlet": article.outlet if article else None,
                    "date": article.date if article else None, "attribution": report.attribution, "span": list(report.span),
                    "words": article.text[report.span.start : report.span.end] if article else "", "chain": row["chain"],
                    "text_sha256": article.text_sha256 if article else None,
                }
            )  # fmt: skip
        ordered = sorted(ways, key=lambda way: (way["date"] or "9999", way["article"]))
        return tagged(request, dumps({"claim": kept.claim.id, "chains": ordered}))


def _sets(api: APIRouter, views: Callable[[], Views]) -> None:
    @api.get("/copies", response_model=fact_models.Copies, tags=["articles"], summary="Articles that are mostly one text")
    def copies(
        request: Request,
        article: Annotated[str | None, Query(max_length=2000, description="Only the sets that hold this article.")] = None,
        cursor: Cursor = None,
        limit: Limit = 100,
    ) -> Any:
        found = [copy for copy in views().copies() if article is None or article in copy.ids]
        shown, following = part_of(found, cursor, limit)
        return tagged(
            request, dumps({"copies": [rows.copy_row(copy) for copy in shown], "total": len(found), "next": following})
        )

    @api.get("/reviews", response_model=fact_models.Reviews, tags=["reviews"], summary="What people found")
    def reviews(request: Request, cursor: Cursor = None, limit: Limit = 100) -> Any:
        found = [review for review in views().reviews() if review.verdict or visitor().may("reviewer")]
        shown, following = part_of(found, cursor, limit)
        listed = [{**rows.review_row(r), "number": r.seq, "kind": r.subject.kind, "subject": r.subject.id} for r in shown]
        return tagged(request, dumps({"reviews": listed, "total": len(found), "next": following}))


def part_of(found: Sequence[_T], cursor: str | None, limit: int) -> tuple[Sequence[_T], str | None]:
    """The part of a whole list that a cursor asks for, and the cursor of the next one. Raises :class:`UsageError`."""
    if cursor is not None and not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 10):
        raise UsageError(f"{cursor[:40]!r} is no cursor of this list")
    start = int(cursor or 0)
    end = start + limit
    return found[start:end], str(end) if end < len(found) else None
