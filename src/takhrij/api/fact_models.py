"""The shapes of what the ledger knows piece by piece: attributions, ways, copies, places, what was looked up, jobs."""

from __future__ import annotations

from pydantic import BaseModel, Field

from takhrij.api import models
from takhrij.api.models import Pair


class Said(models.AttributionOut):
    """An attribution with the words of its spans, and where it stands."""

    article: str
    number: int = Field(description="Its place among the article's attributions, from 0.")
    outlet: str | None
    date: str | None
    cue_words: str
    source_words: str | None
    content_words: list[str]


class Attributions(BaseModel):
    """Attributions in the order of a search of their articles; a page holds all those of its articles."""

    attributions: list[Said]
    next: str | None


class Way(BaseModel):
    """How a claim came to one article: hands from the outlet down to who speaks, and the words there."""

    article: str
    outlet: str | None
    date: str | None
    attribution: int | None
    span: Pair
    words: str
    chain: list[models.LinkOut]
    text_sha256: str | None


class Ways(BaseModel):
    """The ways of a claim, by day, undated ones last."""

    claim: str
    chains: list[Way]


class Copies(BaseModel):
    """Sets of copies."""

    copies: list[models.CopyOut]
    total: int
    next: str | None


class Place(BaseModel):
    """A place that articles name, its point in degrees where one is known."""

    name: str
    kind: str
    country: str | None
    lat: float | None
    lon: float | None
    articles: int
    mentions: int


class Places(BaseModel):
    """The places, those in most articles first."""

    places: list[Place]


class Match(BaseModel):
    """A claim of the ledger, and how a sentence stands to it: same, part, contradict or same_words_other_speaker."""

    label: str
    score: float
    why: str
    claim: models.ClaimOut


class PublishedCheck(BaseModel):
    """A fact-check that somebody has published, in his own words."""

    claim: str
    rating: str
    publisher: str
    url: str
    date: str | None
    score: float
    why: str


class Check(BaseModel):
    """What there is on a sentence. No verdict of the program's own is among it."""

    claims: list[Match]
    published: list[PublishedCheck]


class Reviewed(models.ReviewOut):
    """A review with its subject."""

    number: int
    kind: str
    subject: str


class Reviews(BaseModel):
    """Reviews in the order in which they were made."""

    reviews: list[Reviewed]
    total: int
    next: str | None


class JobOut(BaseModel):
    """A job. ``at`` is 0 waiting, 1 fetching, 2 reading, 3 tracing, 4 done."""

    id: str
    name: str
    state: str
    at: int
    begun: str
    articles: list[str]
    faults: list[tuple[str, str]]


class Jobs(BaseModel):
    """The jobs of this desk, the newest first."""

    jobs: list[JobOut]


class Wanted(BaseModel):
    """An address to be read and preserved."""

    address: str = Field(min_length=1, max_length=4000, description="It begins with http:// or https://.")
