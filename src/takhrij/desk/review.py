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
from takhrij.desk.pages import Desk
from takhrij.desk.view import link
from takhrij.exchange.linked import review as claim_review
from takhrij.exchange.verdicts import with_links, words
from takhrij.ledger import Ledger, Subject, Writer
from takhrij.ledger.answers import ClaimFilters, KeptClaim
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


def router(desk: Desk, ledger: Ledger, people: People | None) -> APIRouter:
    """The routes of review."""
    routes = APIRouter()
    _claims(routes, desk, people)
    _said(routes, desk, ledger)
    _grouping(routes, desk, ledger)
    return routes


def _claims(routes: APIRouter, desk: Desk, people: People | None) -> None:
    @routes.get("/queue")
    def queue(request: Request, view: Annotated[str, Query(max_length=20)] = "new") -> Response:
        mine = assigned(desk)
        if view in ("mine", "given"):
            wanted = [claim for claim, to in mine.items() if view == "given" or to == visitor().name]
            kept = [one for name in wanted[:50] if (one := current(desk, name)) is not None]
        else:
            order, filters = _QUEUES.get(view, _QUEUES["new"])
            kept = list(desk.views.queue(order, filters, 50))
        cards = [card(one, desk.copies) for one in kept]
        return desk.pages.show(request, "queue.html", cards=cards, view=view, given=mine)

    @routes.get("/review")
    def review(request: Request, id: Id, q: Annotated[str, Query(max_length=2000)] = "") -> Response:
        kept = claim_or_404(desk, id)
        rows = [
            Carried(number, report, desk.article(report.article)) for number, report in enumerate(kept.claim.reports[:MOST])
        ]
        near = [one for one in desk.views.claims(q, limit=12).claims if one.claim.id != id] if q.strip() else []
        edits = [
            e for e in desk.views.edits("ruling") if e.undone is None and _touches(e, {r.article for r in kept.claim.reports})
        ]
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
        return answer([claim_review(verdict) for verdict in verdicts_on(desk.views, claim_or_404(desk, id))])


def _said(routes: APIRouter, desk: Desk, ledger: Ledger) -> None:
    @routes.post("/review/verdict")
    def verdict(id: Annotated[str, Form()], verdict: _Short, reason: _Text = "", links: _Text = "") -> Response:
        given = [line.strip() for line in links.splitlines() if line.strip()]
        if verdict not in words() or not all(_LINK.fullmatch(line) for line in given):
            return back("/review", id, fault="links" if verdict in words() else "verdict")
        keep(ledger, Subject("claim", id), verdict, with_links(reason, given))
        return back("/review", id, done="verdict")

    @routes.post("/review/note")
    def note(id: Annotated[str, Form()], text: _Text) -> Response:
        if text.strip():
            keep(ledger, Subject("claim", id), "", text.strip())
        return back("/review", id, done="note")

    @routes.post("/review/assign")
    def assign(id: Annotated[str, Form()], to: _Short = "") -> Response:
        with writer_of(ledger) as writer:
            writer.assign(id, to.strip())
        return back("/review", id, done="assign")


def _grouping(routes: APIRouter, desk: Desk, ledger: Ledger) -> None:
    @routes.post("/review/part")
    def part(id: Annotated[str, Form()], report: Annotated[list[int], Form()] = [], note: _Text = "") -> Response:  # noqa: B006
        total = len(claim_or_404(desk, id).claim.reports)
        if not report or len(set(report)) >= total:
            return back("/review", id, fault="part")
        return _ruled(desk, ledger, id, lambda writer: rule(writer, desk.views, "apart", [id], report, note), "part")

    @routes.post("/review/join")
    def join(id: Annotated[str, Form()], other: _Short, note: _Text = "") -> Response:
        if other == id or claim_or_404(desk, other).current is False:
            return back("/review", id, fault="join")
        return _ruled(desk, ledger, id, lambda writer: rule(writer, desk.views, "together", [id, other], (), note), "join")

    @routes.post("/review/undo")
    def undo(edit: Annotated[int, Form()], id: Annotated[str, Form()] = "", note: _Text = "") -> Response:
        kept = desk.views.edit(edit)
        if kept is None or (kept.kind == "ruling" and not visitor().may("editor")):
            raise HTTPException(404 if kept is None else 403)
        if kept.kind == "fix":
            with writer_of(ledger) as writer:
                take_back(writer, desk.views, edit, note)
            return back("/correct", kept.subject, done="undo")
        return _ruled(desk, ledger, id or kept.subject, lambda writer: take_back(writer, desk.views, edit, note), "undo")


def claim_or_404(desk: Desk, name: str) -> KeptClaim:
    """A claim, current or not."""
    kept = desk.views.claim(name)
    if kept is None:
        raise HTTPException(404)
    return kept


def current(desk: Desk, name: str) -> KeptClaim | None:
    """The claim that ``name`` is or has led to, or None where that is gone too."""
    seen: set[str] = set()
    while name not in seen and (kept := desk.views.claim(name)) is not None:
        if kept.current:
            return kept
        seen.add(name)
        name = kept.gone_to or ""
    return None


def assigned(desk: Desk) -> dict[str, str]:
    """Claims that somebody is to look at, by their present ids, with the name of who."""
    last = {edit.subject: str(edit.value) for edit in desk.views.edits("assign") if edit.undone is None}
    found: dict[str, str] = {}
    for name, to in last.items():
        if to and (kept := current(desk, name)) is not None and not any(r.verdict for r in kept.reviews):
            found[kept.claim.id] = to
    return found


def _touches(edit: Edit, articles: set[str]) -> bool:
    """Whether a ruling is on reports of any of ``articles``."""
    return isinstance(edit.value, Ruling) and any(p.article in articles for p in (*edit.value.these, *edit.value.those))


def writer_of(ledger: Ledger) -> Writer:
    """A writer in the name of who asks, into the collection that is asked for."""
    who = visitor()
    return ledger.writer(who.name, who.collection)


def keep(ledger: Ledger, subject: Subject, verdict: str, note: str) -> None:
    """Keep what the one who asks says of a subject."""
    with writer_of(ledger) as writer:
        writer.review(subject, verdict, note)


def _ruled(desk: Desk, ledger: Ledger, claim: str, do: Callable[[Writer], object], done: str) -> Response:
    with writer_of(ledger) as writer:
        do(writer)
    found = current(desk, claim)
    return back("/review", found.claim.id, done=done) if found else RedirectResponse("/queue", 303)


def back(path: str, name: str, **more: Any) -> Response:
    """To the page that a form came from, with what was done, or what was not and why."""
    return RedirectResponse(link(path, id=name, **more), 303)
