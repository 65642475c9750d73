"""The check page: what the ledger has of a sentence, and what fact-checkers have published about it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from takhrij.desk.cards import card
from takhrij.desk.desk import Desk
from takhrij.ledger.answers import KeptClaim
from takhrij.lookup import look_up

#: Claims that a sentence is compared with on the page, and what is shown of either list.
_COMPARED, _SHOWN = 60, 12


def router(desk: Desk) -> APIRouter:
    """The route of the check page."""
    routes = APIRouter()

    @routes.get("/check")
    def check(request: Request, q: Annotated[str, Query(max_length=2000)] = "") -> Response:
        words = " ".join(q.split())
        answers = [a for a in look_up(desk.views, words, most=_COMPARED) if a.result.label != "related"] if words else []
        shown = [(answer, card(KeptClaim(answer.claim, True, None), desk.copies)) for answer in answers[:_SHOWN]]
        values: dict[str, Any] = {
            "q": q,
            "answers": shown,
            "found": desk.published.find(words)[:_SHOWN],
            "has_checks": bool(desk.published),
        }
        return desk.pages.show(request, "check.html", **values)

    return routes
