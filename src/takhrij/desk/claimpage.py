"""The page of a claim: its count, ways, denials, days, wordings, places, and how to cite it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response

from takhrij.api.routes import Id, tagged
from takhrij.desk.cards import ReportRow, card, denier, report_rows, shown_reports
from takhrij.desk.citation import citation
from takhrij.desk.desk import Desk
from takhrij.desk.diagram import diagram
from takhrij.desk.moments import moments
from takhrij.desk.plots import Spot, dated, place_map, timeline
from takhrij.desk.watching import watched
from takhrij.desk.wording import wordings
from takhrij.desk.words import Words
from takhrij.ledger.answers import KeptClaim, PlaceRow
from takhrij.records import Article, Claim, Denial, Span

#: Denials whose words are shown, places and published fact-checks of one claim, at most.
_MOST_DENIALS, _MOST_PLACES, _MOST_CHECKS = 30, 60, 5
#: A drawing opened by itself may use the styles within it, and nothing else.
_DRAWING_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class DenialRow:
    """A denial with the article that carries it and its words."""

    denial: Denial
    article: Article | None
    words: str


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place that the words of a claim name, and how many of its articles name it there."""

    name: str
    kind: str
    country: str | None
    lat: float | None
    lon: float | None
    articles: int


def router(desk: Desk) -> APIRouter:
    """The routes of a claim's page and of its drawings."""
    routes = APIRouter()

    @routes.get("/claim")
    def claim(request: Request, id: Id, print: Annotated[bool, Query()] = False) -> Response:
        return desk.pages.show(request, "claim.html", whole=print, watched=watched(desk, "claim", id), **contents(desk, id))

    @routes.get("/claim/timeline.svg")
    def days(request: Request, id: Id) -> Response:
        return drawing(desk, request, lambda words: timeline(contents(desk, id)["moments"], words))

    @routes.get("/claim/map.svg")
    def map(request: Request, id: Id) -> Response:
        return drawing(desk, request, lambda words: place_map(spots(contents(desk, id)["places"]), words))

    return routes


def contents(desk: Desk, name: str) -> dict[str, Any]:
    """All that the page and its drawings show of a claim, for whoever reads it in whatever language."""
    return desk.now(f"claim {name}", lambda: _contents(desk, desk.claim(name)))


def _contents(desk: Desk, kept: KeptClaim) -> dict[str, Any]:
    claim = kept.claim
    rows, articles = carried(desk, claim)
    when = moments(claim, rows, articles)
    return {
        "card": card(kept, desk.copies), "rows": rows, "card_reviews": kept.reviews, "moments": when,
        "ways": diagram(row.chain for row in rows), "denials": denials(desk, claim), "wordings": wordings(rows),
        "places": places(desk, claim), "cite": {"ar": citation(claim, rows, "ar"), "en": citation(claim, rows, "en")},
        "published": desk.published.find(claim.text)[:_MOST_CHECKS], "drawn": bool(dated(when)),
    }  # fmt: skip


def carried(desk: Desk, claim: Claim) -> tuple[list[ReportRow], dict[str, Article]]:
    """The claim's reports as rows, and the articles of these and of its events and denials, by id."""
    ids = [r.article for r in shown_reports(claim)]
    ids += [d.article for d in claim.denials] + [event.article for event in claim.events]
    articles = desk.views.articles_by_id(ids)
    return report_rows(claim, desk.copies, articles), articles


def denials(desk: Desk, claim: Claim) -> list[DenialRow]:
    """The denials, each party and scope once, with their words."""
    each: dict[tuple[str, str], Denial] = {}
    for denial in claim.denials:
        each.setdefault(denier(denial), denial)
    shown = list(each.values())[:_MOST_DENIALS]
    readings = desk.views.readings_by_id(denial.article for denial in shown)
    found = []
    for denial in shown:
        reading = readings.get(denial.article)
        words = ""
        if reading is not None and denial.attribution < len(reading.attributions):
            said = reading.attributions[denial.attribution]
            spans = [span for span in (said.source, said.cue, *said.content) if span is not None]
            text = reading.article.text
            words = text[min(s.start for s in spans) : max(s.end for s in spans)]
        found.append(DenialRow(denial, reading.article if reading is not None else None, words))
    return found


def places(desk: Desk, claim: Claim) -> list[PlaceFound]:
    """The places that the words of the claim's reports name, those in most articles first."""
    spans: dict[str, list[Span]] = {}
    for report in shown_reports(claim):
        spans.setdefault(report.article, []).append(report.span)
    count: Counter[tuple[str, str, str | None, float | None, float | None]] = Counter()
    for found in desk.views.places_in(spans).values():
        count.update({(m.name, m.place_kind, m.country, m.lat, m.lon) for m in found})
    rows = [PlaceFound(*key, number) for key, number in count.most_common(_MOST_PLACES)]
    return sorted(rows, key=lambda row: (-row.articles, row.name))


def spots(places: Iterable[PlaceFound | PlaceRow]) -> list[Spot]:
    """Those of ``places`` that have a point."""
    return [Spot(p.name, p.lat, p.lon, p.articles) for p in places if p.lat is not None and p.lon is not None]


def drawing(desk: Desk, request: Request, draw: Callable[[Words], str | None]) -> Response:
    """A drawing in the reader's language, under an entity tag; 404 where there is nothing to draw."""
    svg = draw(desk.pages.words(request))
    if svg is None:
        raise HTTPException(404)
    response = tagged(request, svg, "image/svg+xml")
    response.headers["content-security-policy"] = _DRAWING_POLICY
    return response
