"""Watch lists: claims and searches that a person follows, with what is new since he last looked.

A list is kept in the audit chain of the ledger, an entry for each change under the subject ``watch:PERSON``; the newest
entry on a key stands. So it needs no table of its own, lies in every backup, and is the same whatever serves the desk.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from takhrij.api.routes import search_filters
from takhrij.desk.cards import denier
from takhrij.desk.desk import Desk
from takhrij.desk.view import link
from takhrij.ledger.answers import Filters, HitPage
from takhrij.people import visitor
from takhrij.records import Claim, Denial

Kind = Literal["claim", "search"]
_Short = Annotated[str, Form(max_length=4000)]
#: The filters that a search may have, as its address names them.
GIVEN = ("outlet", "speaker", "party", "act", "kind", "after", "before", "place", "denied_claim")
#: Entries of one list that are looked at, and things on it, at most.
_MOST_ENTRIES, MOST = 2000, 100


@dataclass(frozen=True, slots=True)
class Watch:
    """One thing that is followed. ``seen`` is how it was when the person last looked: of a claim its reports and denials by
    short digests and its bounds, of a search the number of the article added last."""

    kind: Kind
    key: str
    seen: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ClaimNews:
    """A followed claim as it is now, and what has come since. ``was`` is the bounds before, where they are others now."""

    watch: Watch
    claim: Claim
    reports: int
    denials: tuple[Denial, ...]
    was: tuple[int, int] | None

    @property
    def any(self) -> bool:
        """Whether anything has come."""
        return bool(self.reports or self.denials or self.was)


@dataclass(frozen=True, slots=True)
class SearchNews:
    """A followed search, and the articles that it has found since."""

    watch: Watch
    asked: dict[str, str]
    found: HitPage

    @property
    def any(self) -> bool:
        """Whether anything has come."""
        return self.found.total > 0


def router(desk: Desk) -> APIRouter:
    """The routes of watch lists."""
    routes = APIRouter()

    @routes.get("/watch")
    def listed(request: Request) -> Response:
        found = watches(desk)
        claims = [news for watch in found if watch.kind == "claim" and (news := claim_news(desk, watch)) is not None]
        searches = [search_news(desk, watch) for watch in found if watch.kind == "search"]
        return desk.pages.show(request, "watch.html", claims=claims, searches=searches)

    @routes.post("/watch")
    def watch(kind: _Short, key: _Short) -> Response:
        _enter(desk, _kind(kind), key, _now(desk, _kind(kind), key))
        return RedirectResponse(_back(_kind(kind), key), 303)

    @routes.post("/watch/seen")
    def seen(kind: _Short, key: _Short) -> Response:
        _enter(desk, _kind(kind), key, _now(desk, _kind(kind), key))
        return RedirectResponse("/watch", 303)

    @routes.post("/watch/stop")
    def stop(kind: _Short, key: _Short) -> Response:
        _enter(desk, _kind(kind), key, None)
        return RedirectResponse("/watch", 303)

    return routes


def watched(desk: Desk, kind: Kind, key: str) -> bool:
    """Whether the one who asks follows it."""
    return any(watch.kind == kind and watch.key == key for watch in watches(desk))


def watches(desk: Desk) -> list[Watch]:
    """What the one who asks follows, in the order in which he began to."""
    last: dict[tuple[str, str], dict[str, Any]] = {}
    cursor: str | None = None
    for _ in range(0, _MOST_ENTRIES, 200):
        page = desk.views.audit(_subject(), cursor, 200)
        for entry in page.entries:
            value = json.loads(entry.after or "{}")
            last.setdefault((value["kind"], value["key"]), value)
        cursor = page.next
        if cursor is None:
            break
    standing = [value for value in reversed(last.values()) if value["seen"] is not None]
    return [Watch(value["kind"], value["key"], value["seen"]) for value in standing][-MOST:]


def claim_news(desk: Desk, watch: Watch) -> ClaimNews | None:
    """What has come to a claim since it was seen, or to the one that it has become; None where both are gone."""
    kept = desk.current(watch.key)
    if kept is None:
        return None
    claim, seen = kept.claim, watch.seen
    reports, denied = set(seen["reports"]), set(seen["denials"])
    fresh = {report.article for report in claim.reports if _digest(report.article) not in reports}
    denials = {_digest(*denier(denial)): denial for denial in claim.denials if _digest(*denier(denial)) not in denied}
    bounds = (claim.origins.min, claim.origins.max)
    was = (int(seen["bounds"][0]), int(seen["bounds"][1]))
    return ClaimNews(watch, claim, len(fresh), tuple(denials.values()), was if was != bounds else None)


def search_news(desk: Desk, watch: Watch) -> SearchNews:
    """What a search has found since it was seen."""
    asked: dict[str, str] = json.loads(watch.key)
    found = desk.views.search(asked.get("q", ""), filters_of(asked), None, 5, added_after=int(watch.seen["newest"]))
    return SearchNews(watch, asked, found)


def search_key(q: str, given: dict[str, str]) -> str:
    """A search as the list keeps it: its words and filters."""
    asked = {"q": q.strip(), **given}
    return json.dumps({name: value for name, value in sorted(asked.items()) if value}, ensure_ascii=True)


def filters_of(asked: dict[str, str]) -> Filters:
    """The filters of a search that was kept."""
    return search_filters(**{name: value for name, value in asked.items() if name != "q"})


def _kind(kind: str) -> Kind:
    if kind not in ("claim", "search"):
        raise HTTPException(400)
    return "claim" if kind == "claim" else "search"


def _now(desk: Desk, kind: Kind, key: str) -> dict[str, Any]:
    """How a thing is now, for later comparison. Refuses what is not there or is no search."""
    if kind == "claim":
        kept = desk.current(key)
        if kept is None:
            raise HTTPException(404)
        claim = kept.claim
        return {
            "reports": sorted({_digest(report.article) for report in claim.reports}),
            "denials": sorted({_digest(*denier(denial)) for denial in claim.denials}),
            "bounds": [claim.origins.min, claim.origins.max],
        }
    try:
        asked = json.loads(key)
    except ValueError:
        raise HTTPException(400) from None
    if not isinstance(asked, dict) or not all(name in ("q", *GIVEN) and isinstance(asked[name], str) for name in asked):
        raise HTTPException(400)
    desk.views.search(asked.get("q", ""), filters_of(asked), None, 1)  # refuses what is no search
    return {"newest": desk.views.newest()}


def _enter(desk: Desk, kind: Kind, key: str, seen: dict[str, Any] | None) -> None:
    after = json.dumps({"kind": kind, "key": key, "seen": seen}, ensure_ascii=True)
    with desk.writer() as writer:
        writer.record("watch", _subject(), after)


def _subject() -> str:
    return f"watch:{visitor().person or visitor().name}"


def _back(kind: Kind, key: str) -> str:
    return link("/claim", id=key) if kind == "claim" else link("/search", **json.loads(key))


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:10]
