"""What the pages show of a claim: the counts on its card, and its reports as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from takhrij.ledger import Views
from takhrij.ledger.answers import KeptClaim
from takhrij.records import Article, ChainLink, Claim, CopySet, Denial, Report

#: Reports of one claim whose articles are looked up for a page; more are counted, not shown.
MOST_REPORTS = 200


@dataclass(frozen=True, slots=True)
class Card:
    """A claim with the numbers of its card.

    ``copied`` counts outlets that have the claim only in later copies of another article of it; ``named`` the parties with
    a name in the maximum; ``denials`` those who deny, by scope, each once however many articles carry the denial;
    ``deniers`` their names; ``chain`` the longest way by which it came, from the origin to the outlet.
    """

    claim: Claim
    copied: int
    named: int
    denials: dict[str, int]
    current: bool = True
    gone_to: str | None = None
    deniers: tuple[str, ...] = ()
    chain: tuple[ChainLink, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report on a page: ``chain`` from the origin to the outlet; ``copy_of`` is ``""`` where the first is not known."""

    report: Report
    article: Article | None
    chain: tuple[ChainLink, ...]
    words: str
    copy_of: str | None


class Copies:
    """The sets of copies of a collection by article, read anew when the collection was traced anew: articles that are added
    between two traces change none."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self._seen = 0
        self._held: dict[str, list[CopySet]] = {}

    def of(self, articles: Iterable[str]) -> list[CopySet]:
        """The sets that hold any of ``articles``."""
        held = self._now()
        return list(dict.fromkeys(copy for article in articles for copy in held.get(article, ())))

    def all(self) -> list[CopySet]:
        """All sets."""
        return list(dict.fromkeys(copy for sets in self._now().values() for copy in sets))

    def _now(self) -> dict[str, list[CopySet]]:
        first = self._seen == 0
        top, traced = self._views.traced(self._seen)
        if first or traced is not None:
            found: dict[str, list[CopySet]] = {}
            for copy in self._views.copies():
                for article in copy.ids:
                    found.setdefault(article, []).append(copy)
            self._held = found
        self._seen = top
        return self._held


def card(kept: KeptClaim, copies: Copies) -> Card:
    """The card of a claim."""
    claim = kept.claim
    later = later_copies(claim, copies.of({r.article for r in claim.reports}))
    own: dict[str, bool] = {}
    for report in claim.reports:
        outlet = report.chain[0].name if report.chain and report.chain[0].kind == "outlet" else report.article
        own[outlet] = own.get(outlet, False) or report.article not in later
    denied = Counter(scope for scope, _ in {denier(denial) for denial in claim.denials})
    named = sum(party.named and party.in_max for party in claim.origins.parties)
    deniers = tuple(dict.fromkeys(denial.party for denial in claim.denials if denial.party))
    chain = max((r.chain for r in claim.reports if r.attribution is not None), key=len, default=())[::-1]
    copied = sum(not first for first in own.values())
    return Card(claim, copied, named, dict(denied), kept.current, kept.gone_to, deniers, chain)


def denier(denial: Denial) -> tuple[str, str]:
    """What a denial is counted once by, however many articles carry it: its scope, and the party or else the place."""
    return denial.scope, denial.party or f"{denial.article} {denial.attribution}"


def later_copies(claim: Claim, copies: Sequence[CopySet]) -> dict[str, str]:
    """The claim's articles that are copies of another one of it, each with the one that came first, or ``""``."""
    carriers = list(dict.fromkeys(r.article for r in claim.reports))
    later: dict[str, str] = {}
    for copy in copies:
        mine = [article for article in carriers if article in copy.ids]
        first = copy.first if copy.first in mine else None
        for article in (a for a in mine if a != first) if first else mine[1:]:
            later.setdefault(article, first or "")
    return later


def shown_reports(claim: Claim) -> list[Report]:
    """The reports that a page lists, at most :data:`MOST_REPORTS`.

    One chain of one article is shown once, and a sentence in the outlet's own voice (its headline, mostly) not at all where
    the same article attributes the claim elsewhere.
    """
    attributed = {r.article for r in claim.reports if r.attribution is not None}
    each: dict[object, Report] = {}
    for report in claim.reports:
        if report.attribution is not None or report.article not in attributed:
            way = tuple((link.kind, link.name) for link in report.chain)
            each.setdefault((report.article, report.attribution is None, way), report)
    return list(each.values())[:MOST_REPORTS]


def report_rows(claim: Claim, copies: Copies, articles: Mapping[str, Article]) -> list[ReportRow]:
    """The :func:`shown_reports` in order of their days, undated ones last; ``articles`` holds those that are there, by id."""
    later = later_copies(claim, copies.of(dict.fromkeys(r.article for r in claim.reports)))
    rows = []
    for report in shown_reports(claim):
        article = articles.get(report.article)
        words = article.text[report.span.start : report.span.end] if article is not None else ""
        rows.append(ReportRow(report, article, report.chain[::-1], words, later.get(report.article)))
    return sorted(rows, key=lambda row: ((row.article and row.article.date) or "9999", row.report.article))
