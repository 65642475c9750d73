"""The route of whole collections, streamed: nothing is held but the row at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from takhrij.api import models
from takhrij.exchange.annotations import collection
from takhrij.exchange.jsonl import write_jsonl
from takhrij.exchange.jsontext import dumps
from takhrij.exchange.tables import ATTRIBUTIONS, PLACES, attribution_table, place_table, write_csv
from takhrij.ledger import Views

Format = Literal["jsonl", "annotations", "attributions.csv", "places.csv", "claims.jsonl"]
_KINDS = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson", "annotations": "application/x-ndjson"}
#: Lines that are sent at once.
_LINES = 50


def router(views: Callable[[], Views]) -> APIRouter:
    """The route over what ``views`` gives."""
    api = APIRouter(prefix="/api", responses={400: {"model": models.Problem}, 429: {"model": models.Problem}})

    @api.get(
        "/export",
        tags=["exports"],
        summary="A whole collection, streamed",
        response_class=StreamingResponse,
        responses={200: {"content": {"application/x-ndjson": {}, "text/csv": {}}}},
    )
    def export(format: Format = "jsonl") -> StreamingResponse:
        lines = _CHUNKS[format](views())
        kind = _KINDS[format.rpartition(".")[2]]
        name = f"takhrij.{format if '.' in format else 'jsonl'}"
        return StreamingResponse(
            _together(lines), media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'}
        )

    return api


def _together(lines: Iterator[str]) -> Iterator[bytes]:
    waiting: list[str] = []
    for line in lines:
        waiting.append(line)
        if len(waiting) >= _LINES:
            yield "".join(waiting).encode("utf-8", "replace")
            waiting.clear()
    yield "".join(waiting).encode("utf-8", "replace")


def _claims(views: Views) -> Iterator[str]:
    from takhrij.api.routes import without_notes
    from takhrij.api.rows import kept_claim_row

    cursor: str | None = None
    while True:
        page = views.claims(cursor=cursor, limit=200)
        for kept in page.claims:
            yield dumps(kept_claim_row(without_notes(kept))) + "\n"
        cursor = page.next
        if cursor is None:
            return


def _annotations(views: Views) -> Iterator[str]:
    return (dumps(collection(reading)) + "\n" for reading in views.readings())


_CHUNKS: dict[str, Callable[[Views], Iterator[str]]] = {
    "jsonl": lambda views: write_jsonl(views.readings()),
    "annotations": _annotations,
    "attributions.csv": lambda views: write_csv(attribution_table(views.readings()), ATTRIBUTIONS),
    "places.csv": lambda views: write_csv(place_table(views.readings()), PLACES),
    "claims.jsonl": _claims,
}
