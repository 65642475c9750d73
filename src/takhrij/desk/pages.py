"""The pages of the desk, each from one state of the ledger: the first screen, the box for a text, and all that one reads."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from takhrij.api.reading import read_pasted
from takhrij.api.routes import Cursor
from takhrij.desk import articlepage, checking, claimpage, exporting, jobpages, names, searching, watching
from takhrij.desk.cards import card
from takhrij.desk.desk import Desk


def router(desk: Desk) -> APIRouter:
    """The routes of the pages."""
    routes = APIRouter()
    _first(routes, desk)
    _reading(routes, desk)
    for part in (claimpage, articlepage, names, searching, watching, checking, exporting, jobpages):
        routes.include_router(part.router(desk))
    return routes


def _first(routes: APIRouter, desk: Desk) -> None:
    @routes.get("/")
    def home(request: Request, cursor: Cursor = None) -> Response:
        values = desk.now(f"home {cursor}", lambda: _cards(desk, cursor))
        return desk.pages.show(request, "home.html", cursor=cursor, **values)

    @routes.get("/about")
    def about(request: Request) -> Response:
        return desk.pages.show(request, "about.html", totals=desk.views.totals(), outlets=desk.outlets())


def _cards(desk: Desk, cursor: str | None) -> dict[str, Any]:
    page = desk.views.claims(cursor=cursor, limit=10)
    return {"cards": [card(kept, desk.copies) for kept in page.claims], "total": page.total, "next": page.next}


def _reading(routes: APIRouter, desk: Desk) -> None:
    @routes.get("/read")
    def form(request: Request) -> Response:
        return desk.pages.show(request, "read.html", reading=None, text="")

    @routes.post("/read")
    def read(request: Request, text: Annotated[str, Form()] = "") -> Response:
        reading = read_pasted(text) if text.strip() else None
        return desk.pages.show(request, "read.html", reading=reading, text=text)
