"""The pages of the desk, each from one state of the ledger."""

from __future__ import annotations

from typing import Annotated, Any, get_args

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request, Response

from takhrij.api.reading import read_pasted
from takhrij.api.routes import Cursor, Id, Words, search_filters
from takhrij.desk.cards import Copies, card, report_rows
from takhrij.desk.view import Pages
from takhrij.ledger import Filters, Ledger, Views
from takhrij.people.visitor import collection_or
from takhrij.records import Act, Article

_FACETS = ("outlet", "speaker", "act")


class Desk:
    """What the pages draw on: the collection of a ledger that is asked for, and the renderer."""

    def __init__(self, ledger: Ledger, collection: str, pages: Pages) -> None:
        self.pages = pages
        self._ledger = ledger
        self._default = collection
        self._copies: dict[str, Copies] = {}

    @property
    def views(self) -> Views:
        """The collection that the visitor asks for and may read."""
        return self._ledger.views(collection_or(self._default))

    @property
    def copies(self) -> Copies:
        """Its sets of copies."""
        views = self.views
        return self._copies.setdefault(views.collection, Copies(self._ledger, views))

    def article(self, name: str) -> Article | None:
        """An article's current text, or None."""
        kept = self.views.article(name)
        return None if kept is None else kept.reading.article


def router(desk: Desk) -> APIRouter:
    """The routes of the pages."""
    routes = APIRouter()
    _lists(routes, desk)
    _single(routes, desk)
    _reading(routes, desk)
    return routes


def _lists(routes: APIRouter, desk: Desk) -> None:
    @routes.get("/")
    def home(request: Request, cursor: Cursor = None) -> Response:
        page = desk.views.claims(cursor=cursor, limit=10)
        cards = [card(kept, desk.copies) for kept in page.claims]
        return desk.pages.show(request, "home.html", cards=cards, total=page.total, next=page.next, cursor=cursor)

    @routes.get("/search")
    def search(
        request: Request, filters: Annotated[Filters, Depends(search_filters)], q: Words = "", cursor: Cursor = None
    ) -> Response:
        found = desk.views.search(q, filters, cursor, 20)
        counts = {by: desk.views.facets(by, q, filters, 8) for by in _FACETS}
        given = {name: request.query_params.get(name, "") for name in ("outlet", "speaker", "act", "after", "before")}
        values: dict[str, Any] = {"q": q, "given": given, "facets": counts, "acts": get_args(Act), "cursor": cursor}
        return desk.pages.show(request, "search.html", found=found, **values)

    @routes.get("/about")
    def about(request: Request) -> Response:
        return desk.pages.show(request, "about.html", totals=desk.views.totals(), outlets=desk.views.outlets())


def _single(routes: APIRouter, desk: Desk) -> None:
    @routes.get("/claim")
    def claim(request: Request, id: Id) -> Response:
        kept = desk.views.claim(id)
        if kept is None:
            raise HTTPException(404)
        rows = report_rows(kept.claim, desk.copies, desk.article)
        return desk.pages.show(request, "claim.html", card=card(kept, desk.copies), rows=rows, card_reviews=kept.reviews)

    @routes.get("/article")
    def article(request: Request, id: Id) -> Response:
        kept = desk.views.article(id)
        if kept is None:
            raise HTTPException(404)
        carried = [found.claim for name in kept.claims if (found := desk.views.claim(name)) is not None and found.current]
        return desk.pages.show(request, "article.html", kept=kept, reading=kept.reading, claims=carried)

    @routes.get("/outlet")
    def outlet(request: Request, name: Annotated[str, Query(max_length=2000)], cursor: Cursor = None) -> Response:
        row = next((row for row in desk.views.outlets() if row.name == name), None)
        if row is None:
            raise HTTPException(404)
        filters = Filters(outlet=name)
        found = desk.views.search("", filters, cursor, 20)
        relayed = desk.views.facets("speaker", "", filters, 20)
        return desk.pages.show(request, "outlet.html", row=row, found=found, relayed=relayed, cursor=cursor)


def _reading(routes: APIRouter, desk: Desk) -> None:
    @routes.get("/read")
    def form(request: Request) -> Response:
        return desk.pages.show(request, "read.html", reading=None, text="")

    @routes.post("/read")
    def read(request: Request, text: Annotated[str, Form()] = "") -> Response:
        reading = read_pasted(text) if text.strip() else None
        return desk.pages.show(request, "read.html", reading=reading, text=text)
