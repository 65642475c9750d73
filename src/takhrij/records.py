"""The records that the stages hand on: frozen, slotted, no logic beyond their own.

The way of the data is ``Page -> Article -> Attributions -> (actors, mentions) -> Copies -> Claims``. A stage knows the
records, the errors and :mod:`takhrij.text`, never another stage. Offsets are Unicode code points into
:attr:`Article.text`; a span is half open. Days are ISO 8601 strings, country codes ISO 3166 alpha-2.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from takhrij.errors import SpanError

Act = Literal["state", "confirm", "deny", "accuse", "judge", "direct", "commit", "believe", "retract"]
Polarity = Literal["asserted", "denied"]
PartyKind = Literal[
    "person", "state_body", "armed_group", "intergovernmental", "company", "media", "ngo", "expert",
    "party_political", "crowd", "document", "unnamed", "other",
]  # fmt: skip
PlaceKind = Literal["country", "region", "settlement", "water", "facility", "other"]
LinkKind = Literal["outlet", "agency", "paper", "medium", "speaker"]
PairLabel = Literal["same", "part", "contradict", "same_words_other_speaker", "related", "unrelated"]
DenialScope = Literal["whole", "part", "framing"]


class Span(NamedTuple):
    """A half-open range of code points in an article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span marks in ``text``. Raises :class:`SpanError` where it does not fit."""
        if not 0 <= self.start < self.end <= len(text):
            raise SpanError(f"the span {self.start}..{self.end} does not fit a text of {len(text)} characters")
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched or given, as bytes, before anything is made of it.

    ``name`` is the input as the user knows it (path relative to INPUT, URL, record id); ``captured`` is an ISO 8601
    instant in UTC where known; ``headers`` are HTTP response headers, names in lower case.
    """

    name: str
    body: bytes
    url: str | None = None
    final_url: str | None = None
    media_type: str | None = None
    captured: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """The hex digest of the body."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Article:
    """One news text with its facts. ``text`` holds the headline as its first line, then a paragraph a line.

    ``title`` is the headline; ``date`` the day of publication with ``date_evidence`` naming where it was read and
    ``date_certainty`` in 0..1; ``credit`` the agencies, papers or bylines that the page credits, joined by ``"; "``;
    ``skip`` the spans of ``text`` that are no news (comment forms, share bars) and are not to be read;
    ``page_sha256`` the digest of the page that it was read from; ``lang`` an ISO 639-1 code.
    """

    id: str
    text: str
    title: str = ""
    url: str | None = None
    date: str | None = None
    date_evidence: str | None = None
    date_certainty: float = 0.0
    outlet: str | None = None
    author: str | None = None
    section: str | None = None
    lang: str = "ar"
    credit: str | None = None
    skip: tuple[Span, ...] = ()
    page_sha256: str | None = None
    forwarded_from: str | None = None

    @property
    def text_sha256(self) -> str:
        """The hex digest of the text in UTF-8, lone surrogates passed through."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Party:
    """The highest body that a speaker speaks for: a spokesman's ministry, the ministry itself, or a person for himself."""

    name: str
    kind: PartyKind
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue by which the text assigns a content to a source.

    ``speaker`` is the fullest name in the article of who speaks, after resolving dropped subjects, pronouns and short
    forms; ``speaker_span`` the span of that antecedent. ``actor`` and ``party`` are filled by the entities stage.
    ``parent`` is the index, in the article's attributions, of the one in whose content this cue lies. ``why`` holds the
    steps that led here (cue entry, pattern or model, antecedent), for ``--explain``.
    """

    cue: Span
    content: tuple[Span, ...]
    act: Act
    source: Span | None = None
    speaker: str | None = None
    speaker_span: Span | None = None
    actor: str | None = None
    party: Party | None = None
    polarity: Polarity = "asserted"
    target: Span | None = None
    medium: Span | None = None
    parent: int | None = None
    confidence: float = 0.0
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in the text. ``lat``/``lon`` in degrees, absent where no point is known; ``why`` the reason."""

    span: Span
    name: str
    place_kind: PlaceKind
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    confidence: float = 1.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A stretch of days named in the text, as a closed interval of ISO days. ``precision`` is day, week, month or year."""

    span: Span
    start: str
    end: str
    precision: str = "day"


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A quantity. ``bound`` is ``exact``, ``about``, ``at_least``, ``at_most``; ``counted`` the thing counted."""

    span: Span
    value: float
    unit: str | None = None
    bound: str = "exact"
    counted: str | None = None


Mention = PlaceMention | DateMention | NumberMention


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with all that was read in it."""

    article: Article
    attributions: tuple[Attribution, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class CopySet:
    """Articles whose bodies are mostly one underlying text. ``first`` only where the order is justified; ``why``
    says by what.
    """

    ids: tuple[str, ...]
    first: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One hand through which a report came. ``span`` is where the article names it, absent for the outlet itself."""

    kind: LinkKind
    name: str
    actor: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One proposition by one party, over all its reports."""

    party: str | None
    actor: str | None
    act: Act
    polarity: Polarity


@dataclass(frozen=True, slots=True)
class Report:
    """One article's carrying of a claim. ``attribution`` and ``statement`` are null where the outlet asserts it itself."""

    article: str
    attribution: int | None
    span: Span
    statement: int | None
    chain: tuple[ChainLink, ...] = ()


@dataclass(frozen=True, slots=True)
class OriginParty:
    """A party at the end of some chain, and how it counts. ``why`` is in English, ``why_ar`` in Arabic."""

    name: str
    actor: str | None
    named: bool
    in_min: bool
    as_told_by: str | None = None
    in_max: bool = True
    why: str = ""
    why_ar: str = ""


@dataclass(frozen=True, slots=True)
class Origins:
    """Bounds on the distinct origins of a claim, with the parties and the reason for each."""

    min: int
    max: int
    parties: tuple[OriginParty, ...] = ()


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial of a claim or of a part of it."""

    party: str | None
    scope: DenialScope
    article: str
    attribution: int


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a claim: a first report, a first naming, a denial, a retraction, another number."""

    kind: str
    date: str | None
    article: str
    text: str = ""
    text_ar: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One proposition with all who state, carry or deny it. ``text`` is a verbatim span of one of its articles."""

    id: str
    text: str
    statements: tuple[Statement, ...]
    reports: tuple[Report, ...]
    outlets: int
    unattributed: int
    origins: Origins
    denials: tuple[Denial, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """What a set of articles says: the copies among them, and their claims, those in most articles first."""

    readings: tuple[Reading, ...]
    copies: tuple[CopySet, ...]
    claims: tuple[Claim, ...]
