"""A trace as JSON-LD: schema.org ``Claim`` and ``NewsArticle``, chains and denials in terms of PROV; and ``ClaimReview``.

``ClaimReview`` is written from a person's verdict only. The context that maps the keys lies beside
(``data/context.jsonld``) and is embedded, so that a document stands alone. Lost: reasons, events, where a link of a chain is
named, days that are not whole; what an address must not hold is percent-encoded. Of a ClaimReview from outside, what
:class:`Verdict` has no field for is lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from takhrij.errors import DamagedInput
from takhrij.exchange.verdicts import Verdict
from takhrij.records import Article, Claim, Trace


@cache
def context() -> dict[str, Any]:
    """The ``@context`` of our documents."""
    value: dict[str, Any] = json.loads(files("takhrij.exchange").joinpath("data", "context.jsonld").read_text("utf-8"))
    inner: dict[str, Any] = value["@context"]
    return inner


def trace_document(trace: Trace, verdicts: Iterable[Verdict] = ()) -> dict[str, Any]:
    """A trace as one JSON-LD document, with the reviews of its claims that people made."""
    articles = {reading.article.id: reading.article for reading in trace.readings}
    copied: dict[str, set[str]] = {}
    for copy in trace.copies:
        for one in copy.ids:
            copied.setdefault(one, set()).update(set(copy.ids) - {one})
    firsts = {one: copy.first for copy in trace.copies if copy.first for one in copy.ids if one != copy.first}
    graph: list[dict[str, Any]] = [_article(a, sorted(copied.get(a.id, ())), firsts.get(a.id)) for a in articles.values()]
    graph += [_claim(claim, articles) for claim in trace.claims]
    graph += [review(verdict, embedded=True) for verdict in verdicts]
    return {"@context": context(), "@graph": graph}


def _article(article: Article, copies: list[str], first: str | None) -> dict[str, Any]:
    node: dict[str, Any] = {"id": article_uri(article.id), "type": "NewsArticle", "articleId": article.id}
    facts = {"url": iri(article.url), "datePublished": _day(article.date), "inLanguage": article.lang}
    known = {"headline": article.title, **facts}
    node |= {key: value for key, value in known.items() if value}
    node["textSha256"] = article.text_sha256
    if article.outlet:
        node["publisher"] = {"type": "Organization", "name": article.outlet}
    if copies:
        node["copyOf"] = [article_uri(one) for one in copies]
    if first:
        node["firstCopy"] = article_uri(first)
    return node


def _claim(claim: Claim, articles: dict[str, Article]) -> dict[str, Any]:
    carriers = list(dict.fromkeys(report.article for report in claim.reports))
    dated = sorted((day, one) for one in carriers if one in articles and (day := articles[one].date))
    node: dict[str, Any] = {
        "id": claim_uri(claim.id),
        "type": "Claim",
        "text": claim.text,
        "appearance": [{"id": article_uri(one)} for one in carriers],
        "outlets": claim.outlets,
        "unattributed": claim.unattributed,
        "originsMin": claim.origins.min,
        "originsMax": claim.origins.max,
        "author": [{"type": "Thing", "name": s.party} for s in claim.statements if s.party],
        "reports": [
            {
                "type": "Report",
                "inArticle": article_uri(report.article),
                "start": report.span.start,
                "end": report.span.end,
                "chain": [{"link": link.kind, "agent": {"type": "Thing", "name": link.name}} for link in report.chain],
            }
            for report in claim.reports
        ],
    }
    if dated:
        node["firstAppearance"] = {"id": article_uri(dated[0][1])}
    if claim.denials:
        node["deniedBy"] = [
            {"type": "Denial", "scope": d.scope, "inArticle": article_uri(d.article)}
            | ({"agent": {"type": "Thing", "name": d.party}} if d.party else {})
            for d in claim.denials
        ]
    return node


def review(verdict: Verdict, embedded: bool = False) -> dict[str, Any]:
    """A verdict as a ``ClaimReview``, alone under schema.org's own context, or ``embedded`` in a document of ours."""
    at, kind = ("id", "type") if embedded else ("@id", "@type")
    claim: dict[str, Any] = {kind: "Claim", "text": verdict.text}
    if verdict.claim:
        claim[at] = verdict.claim if ":" in verdict.claim else claim_uri(verdict.claim)
    if verdict.claimant:
        claim["author"] = {kind: "Thing", "name": verdict.claimant}
    if verdict.appearances:
        claim["appearance"] = [{kind: "NewsArticle", "url": iri(address)} for address in verdict.appearances]
    node: dict[str, Any] = {
        kind: "ClaimReview",
        "claimReviewed": verdict.text,
        "itemReviewed": claim,
        "reviewRating": {kind: "Rating", "alternateName": verdict.rating},
        "author": {kind: "Person", "name": verdict.author},
        "inLanguage": verdict.language,
    }
    facts = {"url": iri(verdict.url), "datePublished": _day(verdict.date), "citation": list(verdict.links)}
    known = {"reviewBody": verdict.summary, **facts}
    node |= {key: value for key, value in known.items() if value}
    return node if embedded else {"@context": "https://schema.org", **node}


def verdicts_from(value: Any, name: str = "input") -> Iterator[Verdict]:
    """The ClaimReviews in a JSON-LD value: one, a list, a ``@graph``, or nested. Others' types are passed over.

    Raises :class:`DamagedInput`, naming ``name``, for a ClaimReview without a claim or a rating.
    """
    pending = [value]
    while pending:
        node = pending.pop(0)
        if isinstance(node, list):
            pending[:0] = node
        elif isinstance(node, dict):
            if "ClaimReview" in {kind.rpartition("/")[2].rpartition(":")[2] for kind in map(str, _list(_get(node, "type")))}:
                yield _verdict(node, name)
            else:
                pending[:0] = [inner for inner in node.values() if isinstance(inner, list | dict)]


def _verdict(node: dict[str, Any], name: str) -> Verdict:
    item = _first(node.get("itemReviewed"))
    rating = _first(node.get("reviewRating"))
    text = _text(node.get("claimReviewed")) or _text(item.get("text")) or _text(item.get("name"))
    said = _text(rating.get("alternateName")) or _text(rating.get("name")) or _text(rating.get("ratingValue"))
    if not text or not said:
        raise DamagedInput(name, f"a ClaimReview without {'a rating' if text else 'a claim'}")
    appearances = [_address(a) for a in (*_list(item.get("appearance")), *_list(item.get("firstAppearance")))]
    claim = _text(_get(item, "id")) or ""
    return Verdict(
        claim=claim_of(claim),
        text=text,
        rating=said,
        author=_text(_first(node.get("author")).get("name")) or _text(node.get("author")) or "",
        summary=_text(node.get("reviewBody")) or _text(node.get("description")) or "",
        url=_text(node.get("url")),
        date=(_text(node.get("datePublished")) or "")[:10] or None,
        claimant=_text(_first(item.get("author")).get("name")),
        appearances=tuple(dict.fromkeys(a for a in appearances if a)),
        language=_text(node.get("inLanguage")) or "ar",
    )


def _get(node: dict[str, Any], key: str) -> Any:
    return node.get("@" + key, node.get(key))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(value: Any) -> dict[str, Any]:
    return next((item for item in _list(value) if isinstance(item, dict)), {})


def _text(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("@value")
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def _day(text: str | None) -> str | None:
    """A day as XML Schema has it, or None for what is no whole day."""
    try:
        return date.fromisoformat(text or "").isoformat()
    except ValueError:
        return None


def _address(value: Any) -> str | None:
    return _text(value) if not isinstance(value, dict) else _text(value.get("url")) or _text(_get(value, "id"))


_CLAIM = "urn:takhrij:claim:"
#: What an IRI must not hold (RFC 3987, section 2.2 and 4.1): controls, spaces, some marks, bidi controls, surrogates.
_NOT_IRI = re.compile(
    r"[^\x21\x23-;=?-\[\]_a-z~\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000dffff]|[\u200e\u200f\u202a-\u202e]"
)


def iri(address: str | None) -> str | None:
    """An address as an IRI: what must not stand in one is percent-encoded, so that no reader of RDF drops it."""
    if address is None:
        return None
    return _NOT_IRI.sub(lambda match: quote(match.group().encode("utf-8", "surrogatepass")), address)


def claim_uri(claim: str) -> str:
    """The URI of a claim by its id."""
    return _CLAIM + quote(claim.encode("utf-8", "surrogatepass"), safe="")


def claim_of(uri: str) -> str:
    """The id in a URI of :func:`claim_uri`; any other URI as it is."""
    from urllib.parse import unquote_to_bytes

    return unquote_to_bytes(uri[len(_CLAIM) :]).decode("utf-8", "surrogatepass") if uri.startswith(_CLAIM) else uri


def article_uri(article: str) -> str:
    """The URI of an article by its id."""
    return "urn:takhrij:article:" + quote(article.encode("utf-8", "surrogatepass"), safe="")
