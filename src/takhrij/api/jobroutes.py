"""Routes of jobs: an address to be read and preserved, and how far that is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from takhrij.api import fact_models, models
from takhrij.api.facts import MISSING
from takhrij.api.jobs import Job, Jobs
from takhrij.api.problems import problem
from takhrij.api.routes import Id, answer
from takhrij.ledger import Views
from takhrij.people import visitor


def router(views: Callable[[], Views], jobs: Jobs) -> APIRouter:
    """The routes, in the name of who asks and the collection of ``views``."""
    api = APIRouter(prefix="/api", responses={400: {"model": models.Problem}, 429: {"model": models.Problem}})

    @api.post("/jobs", response_model=fact_models.JobOut, status_code=202, tags=["jobs"], summary="Read an address and keep it")
    def begin(wanted: fact_models.Wanted) -> Any:
        job = jobs.address(visitor().name, views().collection, wanted.address.strip())
        return JSONResponse(job_row(job), 202)

    @api.get("/jobs", response_model=fact_models.Jobs, tags=["jobs"], summary="The jobs of this desk")
    def listed() -> Any:
        return answer({"jobs": [job_row(job) for job in jobs.of(views().collection)]})

    @api.get("/job", response_model=fact_models.JobOut, responses=MISSING, tags=["jobs"], summary="How far a job is")
    def one(request: Request, id: Id) -> Any:
        job = jobs.get(id, views().collection)
        if job is None:
            return problem("not_found", request.headers.get("accept-language", ""))
        return answer(job_row(job))

    return api


def job_row(job: Job) -> dict[str, Any]:
    """A job as a row."""
    return {
        "id": job.id, "name": job.name, "state": job.state, "at": job.at, "begun": job.begun, "articles": job.articles,
        "faults": [list(fault) for fault in job.faults],
    }  # fmt: skip
