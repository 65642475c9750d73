"""The pages of jobs: giving an address, a file or a text to be read and kept, and seeing how far it is."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, HTTPException, Query, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from takhrij.desk.desk import Desk
from takhrij.desk.view import link
from takhrij.errors import UsageError
from takhrij.people import visitor


def router(desk: Desk) -> APIRouter:
    """The routes of jobs."""
    routes = APIRouter()
    jobs = desk.jobs

    @routes.get("/jobs")
    def listed(request: Request) -> Response:
        return desk.pages.show(request, "jobs.html", jobs=jobs.of(desk.collection), fault=None)

    @routes.get("/job")
    def one(request: Request, id: Annotated[str, Query(max_length=40)]) -> Response:
        job = jobs.get(id, desk.collection)
        if job is None:
            raise HTTPException(404)
        carried = desk.views.articles_by_id(job.articles)
        return desk.pages.show(request, "job.html", job=job, carried=carried)

    @routes.post("/jobs")
    def begin(
        request: Request,
        address: Annotated[str, Form(max_length=4000)] = "",
        text: Annotated[str, Form()] = "",
        file: Annotated[UploadFile | None, File()] = None,
    ) -> Response:
        who, collection = visitor().name, desk.collection
        try:
            if address.strip():
                job = jobs.address(who, collection, address.strip())
            elif file is not None and file.filename:
                job = jobs.file(who, collection, file.filename, file.file.read())
            elif text.strip():
                job = jobs.file(who, collection, "text.txt", text.encode("utf-8", "replace"))
            else:
                raise UsageError("nothing was given: an address, a file or a text")
        except UsageError as error:
            return desk.pages.show(request, "jobs.html", 400, jobs=jobs.of(collection), fault=str(error))
        return RedirectResponse(link("/job", id=job.id), 303)

    return routes
