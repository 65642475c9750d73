"""The check page: what the ledger has of a sentence, and what fact-checkers have published about it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from takhrij.desk.cards import card
from takhrij.desk.desk import Desk
from takhrij.errors import DataError, InputError
from takhrij.exchange.jsontext import loads
from takhrij.ledger.answers import KeptClaim
from takhrij.lookup import look_up

if TYPE_CHECKING:
    from takhrij.claims.factchecks import FactChecks, Found

#: Claims that a sentence is compared with on the page, and what is shown of either list.
_COMPARED, _SHOWN = 60, 12


class Known:
    """The fact-checks in files of ClaimReview, read anew where a file has changed."""

    def __init__(self, files: tuple[Path, ...]) -> None:
        self._files = files
        self._lock = threading.Lock()
        self._state: tuple[tuple[str, float], ...] | None = None
        self._index: FactChecks | None = None

    def find(self, query: str) -> list[Found]:
        """The fact-checks that concern ``query``, the best first."""
        if not self._files or not query.strip():
            return []
        with self._lock:
            state = tuple((str(path), path.stat().st_mtime) for path in self._files if path.exists())
            if self._index is None or state != self._state:
                self._index, self._state = _read(self._files), state
        return self._index.find(query, _SHOWN)


def _read(files: tuple[Path, ...]) -> FactChecks:
    """An index of what the files hold: one JSON-LD document each, or one a line. What is none is passed over."""
    from takhrij.claims.factchecks import FactChecks, from_claim_review

    checks = []
    for path in files:
        for value in _values(path):
            try:
                checks += from_claim_review(value)
            except DataError:
                continue
    return FactChecks(checks)


def _values(path: Path) -> Iterator[Any]:
    data = path.read_bytes() if path.exists() else b""
    lines = [line for line in data.split(b"\n") if line.strip()]
    whole = len(lines) < 2 or lines[0].strip() in (b"{", b"[")
    for one in [data] if whole else lines:
        try:
            yield loads(one, path.name)
        except InputError:
            continue


def router(desk: Desk) -> APIRouter:
    """The route of the check page."""
    routes = APIRouter()
    known = Known(desk.fact_checks)

    @routes.get("/check")
    def check(request: Request, q: Annotated[str, Query(max_length=2000)] = "") -> Response:
        words = " ".join(q.split())
        answers = [a for a in look_up(desk.views, words, most=_COMPARED) if a.result.label != "related"] if words else []
        shown = [(answer, card(KeptClaim(answer.claim, True, None), desk.copies)) for answer in answers[:_SHOWN]]
        values: dict[str, Any] = {"q": q, "answers": shown, "found": known.find(words), "has_checks": bool(desk.fact_checks)}
        return desk.pages.show(request, "check.html", **values)

    return routes
