"""The shapes of requests and answers, as ``/openapi.json`` describes them. Spans are ``[start, end)`` in code points."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

Pair = list[int]


class Pasted(BaseModel):
    """A text to read. Its first line is taken for the headline."""

    text: str = Field(min_length=1, description="The article's text, a paragraph a line; the first line is the headline.")
    date: str | None = Field(None, pattern=r"^\d{4}-\d{2}-\d{2}$", description="Day of publication, ISO 8601.")
    outlet: str | None = Field(None, max_length=200, description="Who published it.")


class Problem(BaseModel):
    """An error, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str
    reason: str | None = Field(None, description="The program's own line about it, in English.")


class PartyOut(BaseModel):
    """The highest body that a speaker speaks for."""

    name: str
    kind: str
    country: str | None


class AttributionOut(BaseModel):
    """Who is said to have said what: spans into the article's text."""

    cue: Pair
    source: Pair | None
    speaker: str | None
    actor: str | None
    party: PartyOut | None
    content: list[Pair]
    act: str
    polarity: str
    target: Pair | None
    medium: Pair | None
    parent: int | None
    confidence: float


class ReadingOut(BaseModel):
    """A row of ``takhrij read --format jsonl``."""

    id: str
    url: str | None
    title: str
    date: str | None
    outlet: str | None
    lang: str
    credit: str | None
    text: str
    attributions: list[AttributionOut]
    mentions: list[dict[str, Any]] = Field(description="Places, dates and numbers, each with its kind and span.")


class Evidence(BaseModel):
    """The digests by which the preserved page and its text are found again."""

    page_sha256: str | None
    text_sha256: str
    added: str


class CopyOut(BaseModel):
    """Articles whose bodies are mostly one text; ``first`` where the order can be told."""

    ids: list[str]
    first: str | None
    why: str


class ReviewOut(BaseModel):
    """What a person noted."""

    verdict: str
    note: str
    who: str
    at: str
    attribution: int | None
    stale: bool


class VersionOut(BaseModel):
    """One version of a text, or one reading of it."""

    number: int
    sha256: str
    added: str
    current: bool
    extractor: str | None = None


class ArticleOut(ReadingOut):
    """An article as it is kept."""

    evidence: Evidence
    extractor: str
    versions: list[VersionOut]
    readings: list[VersionOut]
    copies: list[CopyOut]
    claims: list[str]
    reviews: list[ReviewOut]


class LinkOut(BaseModel):
    """One hand through which a report came: outlet, agency, paper, medium or speaker."""

    kind: str
    name: str
    actor: str | None
    span: Pair | None


class ReportOut(BaseModel):
    """One article's carrying of a claim, from the outlet down to who speaks; no attribution where it names no source."""

    article: str
    attribution: int | None
    span: Pair
    statement: int | None
    chain: list[LinkOut]


class OriginOut(BaseModel):
    """A party at the end of a chain, in which bounds it counts, and the reason in both languages."""

    name: str
    actor: str | None
    named: bool
    as_told_by: str | None
    in_min: bool
    in_max: bool
    why: str
    why_ar: str


class OriginsOut(BaseModel):
    """Bounds on the number of distinct origins; distinct, not independent."""

    min: int
    max: int
    parties: list[OriginOut]


class DenialOut(BaseModel):
    """A denial of the whole claim, a part of it, or its framing."""

    party: str | None
    scope: str
    article: str
    attribution: int


class EventOut(BaseModel):
    """Something that happened to a claim, in both languages."""

    kind: str
    date: str | None
    article: str
    text: str
    text_ar: str


class ClaimOut(BaseModel):
    """One proposition with all who state, carry or deny it. No score of truth is given: bounds and reasons are."""

    id: str
    text: str
    statements: list[dict[str, Any]]
    reports: list[ReportOut]
    outlets: int
    unattributed: int
    origins: OriginsOut
    denials: list[DenialOut]
    events: list[EventOut]
    current: bool
    gone_to: str | None
    reviews: list[ReviewOut]


class HitOut(BaseModel):
    """An article found; ``marks`` are spans in ``snippet``."""

    id: str
    url: str | None
    title: str
    date: str | None
    outlet: str | None
    snippet: str
    marks: list[Pair]


class CountOut(BaseModel):
    """How many of the articles found have a value."""

    value: str
    count: int


class Articles(BaseModel):
    """A page of articles in the order in which they were added."""

    articles: list[ReadingOut]
    next: str | None = Field(description="Give it back as `cursor` for the next page; null on the last one.")


class Claims(BaseModel):
    """A page of claims, those in most articles first."""

    claims: list[ClaimOut]
    total: int
    next: str | None


class Hits(BaseModel):
    """A page of articles found, and the facets asked for."""

    hits: list[HitOut]
    total: int
    next: str | None
    facets: dict[str, list[CountOut]]


class Outlet(BaseModel):
    """An outlet with its counts."""

    name: str
    articles: int
    attributions: int
    unattributed: int
    first: str | None
    last: str | None


class Actor(BaseModel):
    """An actor as the attributions name it."""

    id: str
    name: str
    kind: str | None
    country: str | None
    attributions: int
    articles: int
    denials: int
    merged_into: str | None


class Outlets(BaseModel):
    """The outlets, those with most articles first."""

    outlets: list[Outlet]


class Actors(BaseModel):
    """The actors, the most often named first."""

    actors: list[Actor]


class Health(BaseModel):
    """That the ledger answers, and how much it holds."""

    status: str
    version: str
    articles: int
    claims: int
