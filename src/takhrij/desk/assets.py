"""The files that the pages need: a style sheet, a script, an icon, and the Amiri typeface. Nothing comes from elsewhere."""

from __future__ import annotations

from functools import cache
from importlib import resources

from fastapi import APIRouter, HTTPException, Response

_KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "ttf": "font/ttf"}
#: Address under ``/static/`` -> package, and the file in it.
_FILES = {
    "desk.css": ("takhrij.desk", "static/desk.css"),
    "review.css": ("takhrij.desk", "static/review.css"),
    "pages.css": ("takhrij.desk", "static/pages.css"),
    "desk.js": ("takhrij.desk", "static/desk.js"),
    "icon.svg": ("takhrij.desk", "static/icon.svg"),
    "fonts/amiri-regular.ttf": ("fontpkg_amiri", "files/Amiri-Regular.ttf"),
    "fonts/amiri-bold.ttf": ("fontpkg_amiri", "files/Amiri-Bold.ttf"),
}


@cache
def _content(name: str) -> bytes:
    package, path = _FILES[name]
    return resources.files(package).joinpath(path).read_bytes()


def assets() -> APIRouter:
    """The routes under ``/static``."""
    router = APIRouter()

    @router.get("/static/{name:path}")
    def file(name: str) -> Response:
        if name not in _FILES:
            raise HTTPException(404)
        seconds = 86_400 if name.startswith("fonts/") else 300
        headers = {"cache-control": f"max-age={seconds}"}
        return Response(_content(name), headers=headers, media_type=_KINDS[name.rpartition(".")[2]])

    return router
