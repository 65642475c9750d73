"""Verdicts by programs: one route under ``/api`` that writes, for tokens with the scope ``review``."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from takhrij.api import models
from takhrij.exchange.verdicts import with_links
from takhrij.ledger import Ledger, Subject
from takhrij.people import visitor

Link = Annotated[str, Field(pattern=r"^https?://\S+$", max_length=2000)]


class VerdictIn(BaseModel):
    """What a person found of a claim, with the reason and the addresses that it rests on."""

    claim: str = Field(max_length=200)
    verdict: str = Field(min_length=1, max_length=100, description="true partly misleading context false fabricated satire ...")
    reason: str = Field("", max_length=20_000)
    links: list[Link] = Field([], max_length=50)


class Kept(BaseModel):
    """The number under which something was kept."""

    number: int


def router(ledger: Ledger) -> APIRouter:
    """The route, writing in the name of who asks."""
    api = APIRouter(prefix="/api", responses={400: {"model": models.Problem}, 403: {"model": models.Problem}})

    @api.post("/verdict", response_model=Kept, tags=["reviews"], summary="Give a verdict on a claim")
    def verdict(given: VerdictIn) -> Any:
        who = visitor()
        with ledger.writer(who.name, who.collection) as writer:
            note = with_links(given.reason, given.links)
            number = writer.review(Subject("claim", given.claim), given.verdict.strip(), note)
        return JSONResponse({"number": number})

    return api
