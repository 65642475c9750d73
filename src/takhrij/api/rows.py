"""The rows that the API answers with: those of ``read`` and ``trace``, and what the ledger knows beside."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from takhrij.exchange.contract import claim_row, reading_row
from takhrij.exchange.verdicts import shown_name
from takhrij.ledger.answers import Hit, KeptArticle, KeptClaim, Version
from takhrij.ledger.reviewing import Review
from takhrij.records import CopySet

Row = dict[str, Any]


def article_row(kept: KeptArticle) -> Row:
    """A row of ``read``, with the evidence, versions, readings, copies, claims and reviews."""
    article = kept.reading.article
    return {
        **reading_row(kept.reading),
        "evidence": {"page_sha256": article.page_sha256, "text_sha256": article.text_sha256, "added": kept.added},
        "extractor": kept.extractor,
        "versions": [_version(version) for version in kept.versions],
        "readings": [{**_version(version), "extractor": version.extractor} for version in kept.readings],
        "copies": [copy_row(copy) for copy in kept.copies],
        "claims": list(kept.claims),
        "reviews": [review_row(review) for review in kept.reviews],
    }


def kept_claim_row(kept: KeptClaim) -> Row:
    """An entry of ``claims`` in a trace, with both reasons of each origin, the events, and where a claim that is gone went."""
    claim = kept.claim
    row = claim_row(claim)
    for party, shown in zip(claim.origins.parties, row["origins"]["parties"], strict=True):
        shown |= {"in_max": party.in_max, "why_ar": party.why_ar}
    return {
        **row,
        "events": [asdict(event) for event in claim.events],
        "current": kept.current,
        "gone_to": kept.gone_to,
        "reviews": [review_row(review) for review in kept.reviews],
    }


def copy_row(copy: CopySet) -> Row:
    """A set of copies."""
    return {"ids": list(copy.ids), "first": copy.first, "why": copy.why}


def hit_row(hit: Hit) -> Row:
    """An article found. The snippet's words come along; its marks are offsets into those words."""
    start = hit.snippet.start
    return {
        "id": hit.id, "url": hit.url, "title": hit.title, "date": hit.date, "outlet": hit.outlet,
        "snippet": hit.text[start : hit.snippet.end],
        "marks": [[mark.start - start, mark.end - start] for mark in hit.marks],
    }  # fmt: skip


def review_row(review: Review) -> Row:
    """A review."""
    return {
        "verdict": review.verdict, "note": review.note, "who": shown_name(review.who), "at": review.at,
        "attribution": review.subject.attribution, "stale": review.stale,
    }  # fmt: skip


def _version(version: Version) -> Row:
    return {"number": version.number, "sha256": version.digest, "added": version.added, "current": version.current}
