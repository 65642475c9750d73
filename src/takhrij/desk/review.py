"""Review of claims: verdicts, notes and assignment, parting and joining, the reading queue, the history."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, HTTPException, Query, Request, Response
from fastapi.responses import RedirectResponse

from takhrij.api.routes import Cursor, Id, answer
from takhrij.corrections import Ruling
from takhrij.desk.cards import card
from takhrij.desk.desk import Desk
from takhrij.desk.view import link
from takhrij.exchange.linked import review as claim_review
from takhrij.exchange.verdicts import with_links, words
from takhrij.ledger import Subject, Writer
from takhrij.ledger.answers import ClaimFilters
from takhrij.ledger.edit_views import Edit
from takhrij.people import accounts, visitor
from takhrij.people.store import People
from takhrij.publishing import verdicts_on
from takhrij.records import Article, Report
from takhrij.revising import rule, take_back

_Text = Annotated[str, Form(max_length=20_000)]
_Short = Annotated[str, Form(max_length=2000)]
_LINK = re.compile(r"https?://\S+")
#: Reports of one claim that are offered for parting.
MOST = 200
#: What the queue shows, and of which claims: order of the list, filters.
_QUEUES: dict[str, tuple[Literal["new", "thin", "spread"], ClaimFilters]] = {
    "new": ("new", ClaimFilters(reviewed=False)),
    "thin": ("thin", ClaimFilters(reviewed=False, outlets_at_least=2)),
    "denied": ("spread", ClaimFilters(reviewed=False, has_denial=True)),
}


@dataclass(frozen=True, slots=True)
class Carried:
    """A report of a claim by its number, with the article that carries it."""

    number: int
    report: Report
    article: Article | None

    @property
    def words(self) -> str:
        """The words of the report."""
        return self.article.text[self.report.span.start : self.report.span.end] if self.article else ""


def router(desk: Desk, people: People | None) -> APIRouter:
    """The routes of review."""
    routes = APIRouter()
    _claims(routes, desk, people)
    _said(routes, desk)
    _grouping(routes, desk)
    return routes


def _claims(routes: APIRouter, desk: Desk, people: People | None) -> None:
    @routes.get("/queue")
    def queue(request: Request, view: Annotated[str, Query(max_length=20)] = "new") -> Response:
        mine = assigned(desk)
        if view in ("mine", "given"):
            wanted = [claim for claim, to in mine.items() if view == "given" or to == visitor().name]
            kept = [one for name in wanted[:50] if (one := desk.current(name)) is not None]
        else:
            order, filters = _QUEUES.get(view, _QUEUES["new"])
            kept = list(desk.views.queue(order, filters, 50))
        cards = [card(one, desk.copies) for one in kept]
        return desk.pages.show(request, "queue.html", cards=cards, view=view, given=mine)

    @routes.get("/review")
    def review(request: Request, id: Id, q: Annotated[str, Query(max_length=2000)] = "") -> Response:
        kept = desk.claim(id)
        offered, carriers = kept.claim.reports[:MOST], {r.article for r in kept.claim.reports}
        articles = desk.views.articles_by_id(r.article for r in offered)
        rows = [Carried(number, report, articles.get(report.article)) for number, report in enumerate(offered)]
        near = [one for one in desk.views.claims(q, limit=12).claims if one.claim.id != id] if q.strip() else []
        edits = [e for e in desk.views.edits("ruling") if e.undone is None and _touches(e, carriers)]
        team = [one.name for one in accounts.members(people, visitor().collection)] if people else [visitor().name]
        values: dict[str, Any] = {
            "card": card(kept, desk.copies), "rows": rows, "near": near, "q": q, "edits": edits,
            "team": team, "given": assigned(desk).get(id, ""), "verdicts": words(), "reviews": kept.reviews,
        }  # fmt: skip
        return desk.pages.show(request, "review.html", **values)

    @routes.get("/history")
    def history(request: Request, subject: Annotated[str, Query(max_length=2000)] = "", cursor: Cursor = None) -> Response:
        page = desk.views.audit(subject or None, cursor, 50)
        return desk.pages.show(request, "history.html", page=page, subject=subject, cursor=cursor)

    @routes.get("/claimreview")
    def claimreview(id: Id) -> Response:
        return answer([claim_review(verdict) for verdict in verdicts_on(desk.views, desk.claim(id))])


def _said(routes: APIRouter, desk: Desk) -> None:
    @routes.post("/review/verdict")
    def verdict(id: Annotated[str, Form()], verdict: _Short, reason: _Text = "", links: _Text = "") -> Response:
        given = [line.strip() for line in links.splitlines() if line.strip()]
        if verdict not in words() or not all(_LINK.fullmatch(line) for line in given):
            return back("/review", id, fault="links" if verdict in words() else "verdict")
        keep(desk, Subject("claim", id), verdict, with_links(reason, given))
        return back("/review", id, done="verdict")

    @routes.post("/review/note")
    def note(id: Annotated[str, Form()], text: _Text) -> Response:
        if text.strip():
            keep(desk, Subject("claim", id), "", text.strip())
        return back("/review", id, done="note")

    @routes.post("/review/assign")
    def assign(id: Annotated[str, Form()], to: _Short = "") -> Response:
        with desk.writer() as writer:
            writer.assign(id, to.strip())
        return back("/review", id, done="assign")


def _grouping(routes: APIRouter, desk: Desk) -> None:
    @routes.post("/review/part")
    def part(id: Annotated[str, Form()], report: Annotated[list[int], Form()] = [], note: _Text = "") -> Response:  # noqa: B006
        total = len(desk.claim(id).claim.reports)
        if not report or len(set(report)) >= total:
            return back("/review", id, fault="part")
        return _ruled(desk, id, lambda writer: rule(writer, desk.views, "apart", [id], report, note), "part")

    @routes.post("/review/join")
    def join(id: Annotated[str, Form()], other: _Short, note: _Text = "") -> Response:
        if other == id or desk.claim(other).current is False:
            return back("/review", id, fault="join")
        return _ruled(desk, id, lambda writer: rule(writer, desk.views, "together", [id, other], (), note), "join")

    @routes.post("/review/undo")
    def undo(edit: Annotated[int, Form()], id: Annotated[str, Form()] = "", note: _Text = "") -> Response:
        kept = desk.views.edit(edit)
        if kept is None or (kept.kind == "ruling" and not visitor().may("editor")):
            raise HTTPException(404 if kept is None else 403)
        if kept.kind == "fix":
            with desk.writer() as writer:
                take_back(writer, desk.views, edit, note)
            return back("/correct", kept.subject, done="undo")
        return _ruled(desk, id or kept.subject, lambda writer: take_back(writer, desk.views, edit, note), "undo")


def assigned(desk: Desk) -> dict[str, str]:
    """Claims that somebody is to look at, by their present ids, with the name of who."""
    return desk.now("assigned", lambda: _assigned(desk))


def _assigned(desk: Desk) -> dict[str, str]:
    last = {edit.subject: str(edit.value) for edit in desk.views.edits("assign") if edit.undone is None}
    found: dict[str, str] = {}
    for name, to in last.items():
        if to and (kept := desk.current(name)) is not None and not any(r.verdict for r in kept.reviews):
            found[kept.claim.id] = to
    return found


def _touches(edit: Edit, articles: set[str]) -> bool:
    """Whether a ruling is on reports of any of ``articles``."""
    return isinstance(edit.value, Ruling) and any(p.article in articles for p in (*edit.value.these, *edit.value.those))


def keep(desk: Desk, subject: Subject, verdict: str, note: str) -> None:
    """Keep what the one who asks says of a subject."""
    with desk.writer() as writer:
        writer.review(subject, verdict, note)


def _ruled(desk: Desk, claim: str, do: Callable[[Writer], object], done: str) -> Response:
    with desk.writer() as writer:
        do(writer)
    found = desk.current(claim)
    return back("/review", found.claim.id, done=done) if found else RedirectResponse("/queue", 303)


def back(path: str, name: str, **more: Any) -> Response:
    """To the page that a form came from, with what was done, or what was not and why."""
    return RedirectResponse(link(path, id=name, **more), 303)
