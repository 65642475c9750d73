"""The pages of an outlet, an actor and a place, and the lists of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response

from takhrij.api.routes import Cursor
from takhrij.desk.claimpage import drawing, spots
from takhrij.desk.desk import Desk
from takhrij.desk.plots import place_map
from takhrij.desk.relays import credits, relays
from takhrij.ledger import Filters
from takhrij.ledger.answers import HitPage
from takhrij.records import Article, Attribution

_Name = Annotated[str, Query(max_length=2000)]
_LISTED = 300


@dataclass(frozen=True, slots=True)
class Saying:
    """An attribution to the actor of a page, with its article and its number there."""

    article: Article
    number: int
    attribution: Attribution

    @property
    def words(self) -> str:
        """What was said."""
        return " […] ".join(span.of(self.article.text) for span in self.attribution.content)


def router(desk: Desk) -> APIRouter:
    """The routes of names."""
    routes = APIRouter()
    _lists(routes, desk)
    _outlet(routes, desk)
    _actor(routes, desk)
    _place(routes, desk)
    return routes


def _lists(routes: APIRouter, desk: Desk) -> None:
    @routes.get("/names")
    def listed(request: Request, of: Annotated[str, Query(max_length=20)] = "actors") -> Response:
        of = of if of in ("actors", "outlets", "places") else "actors"
        rows: tuple[Any, ...]
        if of == "outlets":
            rows = desk.outlets()
        elif of == "places":
            rows = desk.kept("places", lambda: desk.views.places(_LISTED))
        else:
            rows = desk.kept("actors", lambda: desk.views.actors(_LISTED))
        return desk.pages.show(request, "names.html", of=of, rows=rows[:_LISTED])


def _outlet(routes: APIRouter, desk: Desk) -> None:
    @routes.get("/outlet")
    def outlet(request: Request, name: _Name, cursor: Cursor = None) -> Response:
        row = desk.views.outlet(name)
        if row is None:
            raise HTTPException(404)
        filters = Filters(outlet=name)
        values: dict[str, Any] = {
            "found": desk.views.search("", filters, cursor, 20),
            "quoted": desk.kept(f"quoted {name}", lambda: desk.views.facets("speaker", "", filters, 20)),
            "relays": desk.kept(f"relays {name}", lambda: relays(desk, name)),
            "credits": desk.kept(f"credits {name}", lambda: credits(desk, name)),
        }
        return desk.pages.show(request, "outlet.html", row=row, cursor=cursor, **values)


def _actor(routes: APIRouter, desk: Desk) -> None:
    @routes.get("/actor")
    def actor(request: Request, id: _Name, cursor: Cursor = None) -> Response:
        row = desk.views.actor(id)
        if row is None:
            raise HTTPException(404)
        filters = Filters(actor=id)
        found = desk.views.search("", filters, cursor, 20)
        facets = desk.kept(f"beside {id}", lambda: {by: desk.views.facets(by, "", filters, 12) for by in _BESIDE})
        values: dict[str, Any] = {"found": found, "sayings": _sayings(desk, id, found), "facets": facets, "cursor": cursor}
        return desk.pages.show(request, "actor.html", row=row, **values)


def _place(routes: APIRouter, desk: Desk) -> None:
    @routes.get("/place")
    def place(request: Request, name: _Name, cursor: Cursor = None) -> Response:
        rows = desk.views.place(name)
        if not rows:
            raise HTTPException(404)
        filters = Filters(place=name)
        values: dict[str, Any] = {
            "found": desk.views.search("", filters, cursor, 20),
            "facets": {"speaker": desk.kept(f"at {name}", lambda: desk.views.facets("speaker", "", filters, 12))},
        }
        return desk.pages.show(request, "place.html", name=name, rows=rows, cursor=cursor, **values)

    @routes.get("/place/map.svg")
    def map(request: Request, name: _Name) -> Response:
        return drawing(desk, request, lambda words: place_map(spots(desk.views.place(name)), words))


_BESIDE = ("act", "outlet", "place")


def _sayings(desk: Desk, actor: str, found: HitPage) -> list[Saying]:
    readings = desk.views.readings_by_id(hit.id for hit in found.hits)
    return [
        Saying(reading.article, number, attribution)
        for hit in found.hits
        if (reading := readings.get(hit.id)) is not None
        for number, attribution in enumerate(reading.attributions)
        if attribution.actor == actor
    ]
