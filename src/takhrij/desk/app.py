"""The desk's application: the API with the pages beside it, and errors shown as pages to browsers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Scope

from takhrij.api import create_api
from takhrij.api.app import Beside
from takhrij.api.jobs import Jobs
from takhrij.api.problems import code_of, code_of_status, problem, status_of, words_of
from takhrij.desk.assets import assets
from takhrij.desk.correcting import router as correcting_router
from takhrij.desk.desk import Desk
from takhrij.desk.pages import router
from takhrij.desk.people import router as people_router
from takhrij.desk.review import router as review_router
from takhrij.desk.view import Pages
from takhrij.errors import TakhrijError
from takhrij.ledger import Ledger
from takhrij.lookup import Published
from takhrij.people import Access

_Handler = Callable[[Request, Any], Any]


def create_desk(
    ledger: Ledger, collection: str = "default", access: Access | None = None, fact_checks: tuple[Path, ...] = ()
) -> FastAPI:
    """The desk and the API over an open ledger, ``collection`` where none is asked for.

    ``access`` says who may do what and how the desk is reached; without it, one user on this machine may do everything.
    ``fact_checks`` names files of ClaimReview that the check page looks sentences up in.
    """
    access = access or Access()
    pages = Pages()
    published, jobs = Published(fact_checks), Jobs(ledger)
    desk = Desk(ledger, collection, pages, published, jobs)
    app = create_api(ledger, collection, access, lambda scope, code: _refusal(pages, scope, code), Beside(published, jobs))
    for part in (
        assets(), router(desk), review_router(desk, access.people), correcting_router(desk),
        people_router(desk, access),
    ):  # fmt: skip
        app.include_router(part, include_in_schema=False)
    for kind in (TakhrijError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, _shown(pages, app.exception_handlers[kind]))
    return app


def _refusal(pages: Pages, scope: Scope, code: str) -> ASGIApp:
    request = Request(scope)
    if scope["path"].startswith("/api/") or scope["path"] == "/openapi.json":
        return problem(code, request.headers.get("accept-language", ""))
    return problem_page(pages, request, code)


def _shown(pages: Pages, otherwise: _Handler) -> _Handler:
    """A handler that answers errors of a page with a page, and leaves those of the API to ``otherwise``."""

    def handle(request: Request, error: Any) -> Any:
        if request.url.path.startswith(("/api/", "/static/")):
            return otherwise(request, error)
        reason = None
        if isinstance(error, TakhrijError):
            code, reason = code_of(error), str(error)
        else:
            code = code_of_status(error.status_code) if isinstance(error, HTTPException) else "bad_request"
        return problem_page(pages, request, code, reason)

    return handle


def problem_page(pages: Pages, request: Request, code: str, reason: str | None = None) -> Response:
    """The page of a problem, in the reader's language."""
    title, detail = words_of(code, pages.words(request).language)
    return pages.show(request, "problem.html", status_of(code), title=title, detail=detail, reason=reason)
