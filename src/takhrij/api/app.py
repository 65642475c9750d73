"""The application: routes, guards, and every error as a problem."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from takhrij.api.guards import Guards
from takhrij.api.problems import code_of, code_of_status, problem
from takhrij.api.routes import router
from takhrij.errors import TakhrijError
from takhrij.ledger import Ledger
from takhrij.version import __version__

_ABOUT = """\
Who said it, through whom it reached us, how many distinct origins stand behind it, who denies it.

Offsets are Unicode code points into an article's `text`; a span is `[start, end)`. Days are ISO 8601. Lists are paged:
give `next` back as `cursor`. Errors are `application/problem+json`, in Arabic or English by `Accept-Language`.
"""


def create_api(ledger: Ledger, collection: str = "default") -> FastAPI:
    """The API over one collection of an open ledger. It answers under names of loopback only."""
    app = FastAPI(title="Takhrij", version=__version__, description=_ABOUT, docs_url=None, redoc_url=None)
    app.include_router(router(lambda: ledger.views(collection)))
    app.add_middleware(Guards)
    app.add_exception_handler(TakhrijError, _failed)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _refused)
    return app


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
