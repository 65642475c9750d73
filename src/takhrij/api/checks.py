"""The route that looks a sentence up, in the ledger and among published fact-checks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from takhrij.api import fact_models, models, rows
from takhrij.api.routes import tagged
from takhrij.exchange.jsontext import dumps
from takhrij.ledger import Views
from takhrij.ledger.answers import KeptClaim
from takhrij.lookup import Published, look_up

#: Claims that a sentence is compared with.
_COMPARED = 100


def router(views: Callable[[], Views], published: Published) -> APIRouter:
    """The route over what ``views`` gives."""
    api = APIRouter(prefix="/api", responses={400: {"model": models.Problem}, 429: {"model": models.Problem}})

    @api.get("/check", response_model=fact_models.Check, tags=["claims"], summary="Look a sentence up")
    def check(
        request: Request,
        q: Annotated[str, Query(max_length=2000, description="A sentence, with or without its speaker.")],
        date: Annotated[str | None, Query(pattern=r"^\d{4}-\d{2}-\d{2}$", description="The day it was said.")] = None,
        limit: Annotated[int, Query(ge=1, le=50)] = 10,
    ) -> Any:
        words = " ".join(q.split())
        answers = look_up(views(), words, date, _COMPARED) if words else []
        said = [answer for answer in answers if answer.result.label != "related"][:limit]
        claims = [
            {
                "label": one.result.label, "score": one.result.score, "why": one.result.why,
                "claim": rows.kept_claim_row(KeptClaim(one.claim, True, None)),
            }
            for one in said
        ]  # fmt: skip
        found = [{**asdict(one.check), "score": one.score, "why": one.why} for one in published.find(words)[:limit]]
        return tagged(request, dumps({"claims": claims, "published": found}))

    return api
