"""What a ledger answers, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import click

from takhrij.ledger.answers import ActorRow, ClaimPage, Count, Hit, HitPage, KeptArticle, KeptClaim, PlaceRow, Version
from takhrij.ledger.reviewing import Review
from takhrij.records import CopySet
from takhrij.render.safe import cut, piece, shown, width
from takhrij.render.terminal import EVERYTHING, LONGEST, claim_lines, copy_line, reading_lines


def hit_lines(page: HitPage) -> Iterator[str]:
    """The articles that a search found, the words looked for set off in each snippet."""
    yield f"{page.total} articles found" if page.total != 1 else "1 article found"
    for hit in page.hits:
        facts = "  ".join(shown(f) for f in (hit.outlet, hit.date, hit.url) if f)
        yield ""
        yield click.style(shown(hit.title) or shown(hit.id), bold=True)
        yield f"  {shown(hit.id)}  {facts}".rstrip()
        yield f"  {_marked(hit)}"
    yield from _more(len(page.hits), page.total)


def _marked(hit: Hit) -> str:
    """The snippet; each piece is made safe by itself, the letters beside it kept apart from its edges."""
    pieces: list[str] = []
    at = hit.snippet.start
    for mark in sorted(hit.marks):
        pieces += [
            piece(hit.text[at : mark.start]),
            click.style(piece(hit.text[mark.start : mark.end]), fg="yellow", bold=True),
        ]
        at = mark.end
    return "".join([*pieces, piece(hit.text[at : hit.snippet.end])]).strip()


def count_lines(counts: Sequence[Count]) -> Iterator[str]:
    """A value a line, its count before it."""
    for row in counts:
        yield f"{row.count:7d}  {shown(row.value)}"


def claim_list(page: ClaimPage) -> Iterator[str]:
    """Two lines a claim."""
    yield f"{page.total} claims" if page.total != 1 else "1 claim"
    for kept in page.claims:
        claim = kept.claim
        yield ""
        yield click.style(f"«{cut(shown(claim.text), LONGEST)}»", bold=True)
        denied = click.style(f" · denials: {len(claim.denials)}", fg="red") if claim.denials else ""
        reviewed = f" · reviews: {len(kept.reviews)}" if kept.reviews else ""
        bounds = f"{claim.origins.min} to {claim.origins.max}"
        yield f"  {claim.id}  outlets: {claim.outlets} · distinct origins: {bounds}{denied}{reviewed}"
    yield from _more(len(page.claims), page.total)


def kept_claim_lines(kept: KeptClaim, copies: Sequence[CopySet]) -> Iterator[str]:
    """A claim whole: its card, what happened to it day by day, the reviews on it."""
    yield from claim_lines(kept.claim, copies, EVERYTHING)
    if not kept.current:
        gone = f"; most of its reports are now in {shown(kept.gone_to)}" if kept.gone_to else ""
        yield click.style(f"   no longer a claim of its own since the last trace{gone}", fg="yellow")
    for event in kept.claim.events:
        what = shown(event.text) or event.kind.replace("_", " ")
        yield f"   {event.date or 'no date'}: {what} ({shown(event.article)})"
    yield from _reviews(kept.reviews)


def kept_article_lines(kept: KeptArticle) -> Iterator[str]:
    """An article whole: its attributions, its versions and readings, copies, claims and reviews."""
    yield from reading_lines(kept.reading)
    yield f"  added {kept.added}, read by {shown(kept.extractor)}"
    if kept.reading.article.page_sha256:
        yield f"  page {kept.reading.article.page_sha256}"
    if len(kept.versions) > 1:
        yield from (f"  version {v.number} of {v.added}{' (current)' if v.current else ''}" for v in kept.versions)
    if len(kept.readings) > 1:
        yield from (f"  {_reading(v)}" for v in kept.readings)
    yield from (f"  copies: {copy_line(copy, len(copy.ids))}" for copy in kept.copies)
    yield from (f"  claim {claim}" for claim in kept.claims)
    yield from _reviews(kept.reviews)


def _reading(version: Version) -> str:
    changed = ""
    if c := version.changes:
        changed = f": {len(c.added)} attributions added, {len(c.gone)} gone, {len(c.changed)} changed"
    return f"reading {version.number} of {version.added} by {shown(version.extractor or '?')}{changed}"


def _reviews(reviews: Iterable[Review]) -> Iterator[str]:
    for review in reviews:
        stale = ", of an earlier state" if review.stale else ""
        about = "" if review.subject.attribution is None else f" on [{review.subject.attribution}]"
        note = f": {shown(review.note)}" if review.note else ""
        yield f"   review by {shown(review.who)}, {review.at}{about}: {shown(review.verdict)}{note}{stale}"


def actor_lines(rows: Sequence[ActorRow]) -> Iterator[str]:
    """An actor a line: how many attributions in how many articles, its kind, country, id and name."""
    yield "  attr.  art.  kind               id  name"
    for row in rows:
        kind = f"{row.kind or '-'} {row.country or ''}".strip()
        merged = f"  (the same as {shown(row.merged_into)})" if row.merged_into else ""
        yield f"{row.attributions:7d} {row.articles:5d}  {_padded(kind, 18)} {shown(row.id)}  {shown(row.name)}{merged}"


def place_lines(rows: Sequence[PlaceRow]) -> Iterator[str]:
    """A place a line: how many articles name it, its kind, country, point and name."""
    yield "   art.  kind                 point  name"
    for row in rows:
        kind = f"{row.kind} {row.country or ''}".strip()
        yield f"{row.articles:7d}  {_padded(kind, 14)} {point(row.lat, row.lon):>15}  {shown(row.name)}"


def point(lat: float | None, lon: float | None) -> str:
    """Degrees, or a dash where no point is known."""
    return "-" if lat is None or lon is None else f"{lat:.3f},{lon:.3f}"


def _padded(text: str, columns: int) -> str:
    return text + " " * max(0, columns - width(text))


def _more(shown_now: int, total: int) -> Iterator[str]:
    if shown_now < total:
        yield f"\n… and {total - shown_now} more (--limit shows them)"
