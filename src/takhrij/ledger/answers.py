"""What views are asked with and answer with: frozen records, no database in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from takhrij.ledger.changes import Changes
from takhrij.ledger.reviewing import Review
from takhrij.records import Act, Claim, CopySet, PartyKind, PlaceKind, Reading, Span


@dataclass(frozen=True, slots=True)
class Near:
    """Within ``km`` kilometres of a point in degrees."""

    lat: float
    lon: float
    km: float


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search. ``speaker``, ``party``, ``act``, ``denied`` hold of one and the same attribution.

    ``speaker`` and ``party`` match names that hold these words in any form; ``actor`` is an id; ``outlet`` the whole name;
    ``place`` a place's name or part of it; ``after`` and ``before`` closed bounds on the day; ``has_denial`` and
    ``origins_at_most`` (by the maximum) hold of a claim that the article carries.
    """

    speaker: str | None = None
    party: str | None = None
    kind: PartyKind | None = None
    act: Act | None = None
    denied: bool | None = None
    actor: str | None = None
    outlet: str | None = None
    after: str | None = None
    before: str | None = None
    place: str | None = None
    near: Near | None = None
    has_denial: bool | None = None
    origins_at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that a search found. ``snippet`` is a span of its text, ``marks`` the words in it that were looked for."""

    id: str
    title: str
    url: str | None
    outlet: str | None
    date: str | None
    text: str
    snippet: Span
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class HitPage:
    """A page of hits in order, how many there are in all, and the cursor of the next page (None on the last one).

    Pages fit together while articles are added: what came after the first page was asked for is not in the later ones.
    """

    hits: tuple[Hit, ...]
    total: int
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many articles (or attributions, where that is what is counted) have a value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an article's text, or one reading of it."""

    number: int
    digest: str
    added: str
    current: bool
    extractor: str | None = None
    changes: Changes | None = None


@dataclass(frozen=True, slots=True)
class KeptArticle:
    """An article with its current reading, its history, the reviews on it and the claims that it carries."""

    reading: Reading
    added: str
    extractor: str
    versions: tuple[Version, ...]
    readings: tuple[Version, ...]
    reviews: tuple[Review, ...]
    claims: tuple[str, ...]
    copies: tuple[CopySet, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """A page of readings, and the cursor of the next page."""

    readings: tuple[Reading, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimFilters:
    """What narrows the claims. Numbers are closed bounds; ``article`` is the id of one that carries the claim."""

    article: str | None = None
    outlets_at_least: int | None = None
    origins_at_most: int | None = None
    has_denial: bool | None = None
    unattributed: bool | None = None
    reviewed: bool | None = None


@dataclass(frozen=True, slots=True)
class KeptClaim:
    """A claim with the reviews on it. ``current`` is false for one that the last trace no longer has; see ``gone_to``."""

    claim: Claim
    current: bool
    gone_to: str | None
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """A page of claims, those in most articles first, how many there are, and the cursor of the next page."""

    claims: tuple[KeptClaim, ...]
    total: int
    next: str | None = None


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor as the attributions name it, or as a person set it down: how many attributions, in how many articles."""

    id: str
    name: str
    kind: str | None
    country: str | None
    attributions: int
    articles: int
    denials: int
    merged_into: str | None = None


@dataclass(frozen=True, slots=True)
class OutletRow:
    """An outlet: its articles, their attributions, how many of these name no speaker, and its first and last day."""

    name: str
    articles: int
    attributions: int
    unattributed: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place that articles name, with its point where one is known."""

    name: str
    kind: PlaceKind
    country: str | None
    lat: float | None
    lon: float | None
    articles: int
    mentions: int


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One change: who did what to what, and when."""

    seq: int
    at: str
    who: str
    action: str
    collection: str
    subject: str
    before: str | None
    after: str | None
    program: str
    hash: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Entries of the audit chain, the newest first, and the cursor of the next page."""

    entries: tuple[AuditRow, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """How much a collection holds."""

    articles: int = 0
    attributions: int = 0
    claims: int = 0
    outlets: int = 0
    by_act: tuple[Count, ...] = field(default=())
