"""Routes of single names: one actor, one outlet, the places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from takhrij.api import fact_models, models
from takhrij.api.facts import MISSING
from takhrij.api.problems import problem
from takhrij.api.routes import Id, tagged
from takhrij.exchange.jsontext import dumps
from takhrij.ledger import Views

_Name = Annotated[str, Query(max_length=2000)]


def router(views: Callable[[], Views]) -> APIRouter:
    """The routes over what ``views`` gives."""
    api = APIRouter(prefix="/api", responses={400: {"model": models.Problem}, 429: {"model": models.Problem}})

    @api.get("/actor", response_model=models.Actor, responses=MISSING, tags=["names"], summary="One actor with its counts")
    def actor(request: Request, id: Id) -> Any:
        return _one(request, views().actor(id))

    @api.get("/outlet", response_model=models.Outlet, responses=MISSING, tags=["names"], summary="One outlet with its counts")
    def outlet(request: Request, name: _Name) -> Any:
        return _one(request, views().outlet(name))

    @api.get("/places", response_model=fact_models.Places, tags=["names"], summary="Places that articles name")
    def places(
        request: Request,
        name: Annotated[str | None, Query(max_length=2000, description="Only the places of this name.")] = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    ) -> Any:
        found = views().places(limit) if name is None else views().place(name)[:limit]
        return tagged(request, dumps({"places": [asdict(row) for row in found]}))

    return api


def _one(request: Request, row: Any) -> Any:
    if row is None:
        return problem("not_found", request.headers.get("accept-language", ""))
    return tagged(request, dumps(asdict(row)))
