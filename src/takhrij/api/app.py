"""The application: routes, guards, and every error as a problem."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Scope

from takhrij.api.brake import Brake
from takhrij.api.checks import router as checks_router
from takhrij.api.exports import router as export_router
from takhrij.api.facts import router as facts_router
from takhrij.api.guards import Guards
from takhrij.api.jobroutes import router as jobs_router
from takhrij.api.jobs import Jobs
from takhrij.api.names import router as names_router
from takhrij.api.problems import code_of, code_of_status, problem
from takhrij.api.reviews import router as review_router
from takhrij.api.routes import router
from takhrij.errors import TakhrijError
from takhrij.ledger import Ledger, Views
from takhrij.lookup import Published
from takhrij.people import Access, Gate
from takhrij.people.gate import Refuse
from takhrij.people.visitor import collection_or
from takhrij.version import __version__

_AT_ONCE = 8

_ABOUT = """\
Who said it, through whom it reached us, how many distinct origins stand behind it, who denies it.

Offsets are Unicode code points into an article's `text`; a span is `[start, end)`. Days are ISO 8601. Lists are paged:
give `next` back as `cursor`. Answers carry an entity tag: send it back as `If-None-Match` and get 304 where nothing is new.
Long exports are streamed, a row a line. Past the rate that one asker may have, the answer is 429 with `Retry-After`. Errors
are `application/problem+json`, in Arabic or English by `Accept-Language`.
"""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the API and the desk share: the fact-checks of others, and the jobs of this desk."""

    published: Published
    jobs: Jobs


def create_api(
    ledger: Ledger,
    collection: str = "default",
    access: Access | None = None,
    refuse: Refuse | None = None,
    beside: Beside | None = None,
) -> FastAPI:
    """The API over an open ledger, ``collection`` where none is asked for; who may reach it and how is for ``access`` to say.

    ``refuse`` answers what the gate does not let through; without it, with a problem as JSON. ``beside`` is shared with a desk.
    """
    access = access or Access()
    beside = beside or Beside(Published(()), Jobs(ledger))

    def views() -> Views:
        return ledger.views(collection_or(collection))

    app = FastAPI(title="Takhrij", version=__version__, description=_ABOUT, docs_url=None, redoc_url=None, lifespan=_lifespan)
    for part in (
        router(views), facts_router(views), names_router(views), checks_router(views, beside.published), export_router(views),
        review_router(ledger), jobs_router(views, beside.jobs),
    ):  # fmt: skip
        app.include_router(part)
    known = Known(ledger)
    app.add_middleware(Brake)
    app.add_middleware(Gate, access=access, default=collection, collections=known.names, refuse=refuse or _problem)
    app.add_middleware(Guards, hosts=access.hosts)
    app.add_exception_handler(TakhrijError, _failed)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Bounds how many requests are worked on at once: more threads answer no sooner, and each holds a connection."""
    current_default_thread_limiter().total_tokens = _AT_ONCE
    yield


class Known:
    """The names of a ledger's collections, looked up anew every few seconds."""

    _FOR_S = 3.0

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._held: tuple[float, list[str]] = (-1e9, [])

    def names(self) -> list[str]:
        """Their names."""
        at, names = self._held
        if time.monotonic() - at > self._FOR_S:
            names = self._ledger.collections()
            self._held = (time.monotonic(), names)
        return names


def _problem(scope: Scope, code: str) -> ASGIApp:
    return problem(code, Headers(scope=scope).get("accept-language", ""))


def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, TakhrijError)
    return problem(code_of(error), request.headers.get("accept-language", ""), str(error))


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors()[:5])
    return problem("bad_request", request.headers.get("accept-language", ""), wrong)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem(code_of_status(error.status_code), request.headers.get("accept-language", ""))
