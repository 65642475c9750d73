"""The page of an article: its text with every span marked, who said what, the evidence, and the page as it was preserved."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request, Response

from takhrij.api.guards import POLICY
from takhrij.api.routes import Id
from takhrij.desk.desk import Desk
from takhrij.errors import LedgerDamaged, TakhrijError
from takhrij.ledger.answers import ClaimFilters, KeptArticle
from takhrij.records import Claim, Page

#: Claims of one article that its page lists, at most.
_MOST_CLAIMS = 50
#: What a preserved page may do in its frame: show its own words and the styles within it. It is of no origin, so that
#: nothing in it can reach the desk; nothing is fetched from anywhere.
REPLAY_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'self'"
)
#: Elements by which a page has a browser open a connection whatever its policy says: Chromium opens one to where a frame, an
#: object or a link that is pressed would lead before it asks the policy. Their words stay.
_CALLS = re.compile(
    rb"<(?=/?\s*(?:link|base|meta|frameset|i?frame|object|embed|applet|portal|fencedframe|form|area|a)\b)", re.IGNORECASE
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of looking again. ``state`` is ``same`` where the preserved bytes have the digest that the article names,
    ``damaged`` where they are altered or cannot be read, ``none`` where no page was kept."""

    state: Literal["same", "damaged", "none"]
    digest: str = ""
    size: int = 0
    reason: str = ""


def router(desk: Desk) -> APIRouter:
    """The routes of an article's page and of the preserved page in its frame."""
    routes = APIRouter()

    @routes.get("/article")
    def article(request: Request, id: Id, verify: Annotated[bool, Query()] = False) -> Response:
        kept = desk.article(id)
        values: dict[str, Any] = {
            "kept": kept, "reading": kept.reading, "claims": claims_of(desk, kept),
            "proof": prove(desk, kept) if verify else None,
        }  # fmt: skip
        response = desk.pages.show(request, "article.html", **values)
        response.headers["content-security-policy"] = f"{POLICY}; frame-src 'self'"
        return response

    @routes.get("/article/page")
    def page(id: Id) -> Response:
        kept = desk.article(id)
        found = preserved(desk, kept)
        if found is None:
            raise HTTPException(404)
        return replay(found)

    return routes


def claims_of(desk: Desk, kept: KeptArticle) -> list[Claim]:
    """The current claims that an article carries."""
    if not kept.claims:
        return []
    carried = desk.views.claims(filters=ClaimFilters(article=kept.reading.article.id), limit=len(kept.claims)).claims
    found = {one.claim.id: one.claim for one in carried}
    return [found[name] for name in kept.claims[:_MOST_CLAIMS] if name in found]


def preserved(desk: Desk, kept: KeptArticle) -> Page | None:
    """The page that an article was read from, or None where none was kept. Raises :class:`LedgerDamaged`."""
    digest = kept.reading.article.page_sha256
    return None if digest is None else desk.ledger.page(digest)


def prove(desk: Desk, kept: KeptArticle) -> Proof:
    """Read the preserved bytes again and compute their digest."""
    expected = kept.reading.article.page_sha256
    try:
        page = preserved(desk, kept)
    except LedgerDamaged as error:
        return Proof("damaged", reason=str(error))
    except TakhrijError as error:
        return Proof("none", reason=str(error))
    if page is None or expected is None:
        return Proof("none")
    digest = page.sha256
    return Proof("same" if digest == expected else "damaged", digest, len(page.body))


def replay(page: Page) -> Response:
    """The preserved bytes for a frame of no origin: markup as markup, anything else as plain text."""
    kind = (page.media_type or page.headers.get("content-type", "")).lower()
    markup = (
        "html" in kind or (not kind and page.body[:2000].lower().find(b"<html") >= 0) or page.name.endswith((".html", ".htm"))
    )
    body = page.body
    charset = _charset(kind, body)
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        body, charset = body.decode("utf-16", "replace").encode("utf-8"), "utf-8"
    if markup:
        body = _CALLS.sub(b"<x-", body).replace(b"<x-/", b"</x-")
    headers = {
        "content-security-policy": REPLAY_POLICY,
        "x-dns-prefetch-control": "off",
        "referrer-policy": "no-referrer",
        "content-type": f"{'text/html' if markup else 'text/plain'}; charset={charset}",
        "cache-control": "no-cache",
    }
    return Response(body, headers=headers)


def _charset(kind: str, body: bytes) -> str:
    """The charset by the header, else by the page itself, since the element that names it is not passed on; else UTF-8."""
    said = _CHARSET.search(kind)
    meta = _META_CHARSET.search(body[:4096])
    for name in (said[1] if said else None, meta[1].decode("ascii") if meta else None):
        try:
            if name:
                return codecs.lookup(name).name
        except LookupError:
            continue
    return "utf-8"
