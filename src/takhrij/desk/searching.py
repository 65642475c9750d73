"""Search: articles and claims by their words, facets and filters; and the feed of a search for a feed reader."""

from __future__ import annotations

from typing import Annotated, Any, get_args

from fastapi import APIRouter, Depends, Request, Response

from takhrij.api.routes import Cursor, Words, search_filters
from takhrij.desk.cards import card
from takhrij.desk.desk import Desk
from takhrij.desk.view import link
from takhrij.desk.watching import GIVEN, search_key, watched
from takhrij.exchange.feed import Channel, Item, rss
from takhrij.ledger import Filters
from takhrij.ledger.answers import Count, Hit
from takhrij.records import Act, PartyKind

FACETS = ("outlet", "speaker", "act", "kind", "place", "month")
_FEED = 50


def router(desk: Desk) -> APIRouter:
    """The routes of search."""
    routes = APIRouter()

    @routes.get("/search")
    def search(
        request: Request, filters: Annotated[Filters, Depends(search_filters)], q: Words = "", cursor: Cursor = None
    ) -> Response:
        given = asked(request)
        key = search_key(q, given)
        found = desk.views.search(q, filters, cursor, 20)
        claims = desk.views.claims(q, limit=5) if q.strip() and not cursor else None
        values: dict[str, Any] = {
            "q": q, "given": dict.fromkeys(GIVEN, "") | given, "facets": facets(desk, q, filters),
            "acts": get_args(Act), "kinds": get_args(PartyKind),
            "cursor": cursor, "claims": [card(one, desk.copies) for one in claims.claims] if claims else [],
            "claims_found": claims.total if claims else 0, "key": key,
            "watched": watched(desk, "search", key),
        }  # fmt: skip
        return desk.pages.show(request, "search.html", found=found, **values)

    @routes.get("/feed")
    def feed(request: Request, filters: Annotated[Filters, Depends(search_filters)], q: Words = "") -> Response:
        base = str(request.base_url).rstrip("/")
        words = desk.pages.words(request)
        given = asked(request)
        hits = desk.views.search(q, filters, None, _FEED, by_day=True).hits
        title = " · ".join(part for part in (words.say("name"), q, *given.values()) if part)
        channel = Channel(title, base + link("/search", q=q, **given), words.say("feed_about"))
        return Response(
            rss(channel, [_item(base, hit) for hit in hits]).encode("utf-8", "replace"), media_type="application/rss+xml"
        )

    return routes


def asked(request: Request) -> dict[str, str]:
    """The filters that the address has, by name."""
    return {name: value for name in GIVEN if (value := request.query_params.get(name, "").strip())}


def facets(desk: Desk, q: str, filters: Filters) -> dict[str, tuple[Count, ...]]:
    """How many articles found have each value; of the whole collection counted once a minute."""
    if q.strip() or filters != Filters():
        return {by: desk.views.facets(by, q, filters, 8) for by in FACETS}
    return desk.kept("facets", lambda: {by: desk.views.facets(by, most=8) for by in FACETS})


def _item(base: str, hit: Hit) -> Item:
    summary = hit.text[hit.snippet.start : hit.snippet.end]
    return Item(hit.id, hit.title or hit.id, summary, base + link("/article", id=hit.id), hit.date, hit.outlet)
