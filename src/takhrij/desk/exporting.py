"""A claim to take along: its facts in the open formats, its preserved pages as WACZ."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Response

from takhrij.api.routes import Id
from takhrij.desk.desk import Desk
from takhrij.errors import UsageError
from takhrij.exchange import contract, geo, linked, tables
from takhrij.exchange.annotations import collection
from takhrij.exchange.jsontext import dumps
from takhrij.ledger.answers import KeptClaim
from takhrij.publishing import verdicts_on
from takhrij.records import Reading, Trace


def router(desk: Desk) -> APIRouter:
    """The route of exports."""
    routes = APIRouter()

    @routes.get("/claim/export")
    def export(id: Id, format: Annotated[str, Query(max_length=20)] = "csv") -> Response:
        kept = desk.claim(id)
        if format == "wacz":
            return _file(wacz(desk, kept), "application/wacz", f"claim-{_name(id)}.wacz")
        if format not in FORMATS:
            raise HTTPException(404)
        write, kind, ending = FORMATS[format]
        return _file(write(desk, kept).encode("utf-8", "replace"), kind, f"claim-{_name(id)}.{ending}")

    return routes


def trace_of(desk: Desk, kept: KeptClaim) -> Trace:
    """A claim alone as a trace: its articles' readings, and what of the sets of copies lies among these."""
    ids = dict.fromkeys([r.article for r in kept.claim.reports] + [d.article for d in kept.claim.denials])
    readings = desk.views.readings_by_id(ids)
    return Trace(tuple(readings.values()), tuple(desk.copies.of(ids)), (kept.claim,))


def wacz(desk: Desk, kept: KeptClaim) -> bytes:
    """The preserved pages of the articles that carry or deny a claim. Raises :class:`UsageError` where none was kept."""
    from takhrij.pages.wacz import write_wacz

    readings = trace_of(desk, kept).readings
    digests = [sha256 for reading in readings if (sha256 := reading.article.page_sha256)]
    with tempfile.TemporaryDirectory(prefix="takhrij-wacz-") as name:
        warc, out = Path(name) / "pages.warc.gz", Path(name) / "claim.wacz"
        if not digests or not desk.ledger.write_warc(digests, warc):
            raise UsageError("no page was kept of any article of this claim")
        write_wacz([warc], out, f"Takhrij evidence of {kept.claim.id}")
        return out.read_bytes()


def _csv(desk: Desk, kept: KeptClaim) -> str:
    return "".join(tables.write_csv(tables.report_table(trace_of(desk, kept)), tables.REPORTS))


def _jsonld(desk: Desk, kept: KeptClaim) -> str:
    return dumps(linked.trace_document(trace_of(desk, kept), verdicts_on(desk.views, kept))) + "\n"


def _geojson(desk: Desk, kept: KeptClaim) -> str:
    return dumps(geo.feature_collection(_carriers(desk, kept))) + "\n"


def _trace(desk: Desk, kept: KeptClaim) -> str:
    return dumps(contract.trace_row(trace_of(desk, kept))) + "\n"


def _annotations(desk: Desk, kept: KeptClaim) -> str:
    return "".join(dumps(collection(reading)) + "\n" for reading in _carriers(desk, kept))


def _claimreview(desk: Desk, kept: KeptClaim) -> str:
    return "".join(dumps(linked.review(verdict)) + "\n" for verdict in verdicts_on(desk.views, kept))


def _carriers(desk: Desk, kept: KeptClaim) -> tuple[Reading, ...]:
    return trace_of(desk, kept).readings


def _name(claim: str) -> str:
    """A claim's id as part of a file name."""
    return "".join(c for c in claim if c.isascii() and (c.isalnum() or c in "-_"))[:40] or "claim"


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


#: Format -> what writes it, its media type, the ending of its file.
FORMATS: dict[str, tuple[Callable[[Desk, KeptClaim], str], str, str]] = {
    "csv": (_csv, "text/csv; charset=utf-8", "csv"),
    "jsonld": (_jsonld, "application/ld+json", "jsonld"),
    "geojson": (_geojson, "application/geo+json", "geojson"),
    "trace": (_trace, "application/json", "json"),
    "annotations": (_annotations, "application/x-ndjson", "jsonl"),
    "claimreview": (_claimreview, "application/x-ndjson", "jsonl"),
}
