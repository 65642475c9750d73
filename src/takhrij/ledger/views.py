"""What a collection of a ledger holds, read only. Each call sees one state of the ledger, whatever is written meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from takhrij.corrections import Ruling
from takhrij.ledger import claim_views, edit_views, listing, lookups, nearby, reading_views
from takhrij.ledger.answers import (
    ActorRow,
    ArticlePage,
    AuditPage,
    ClaimFilters,
    ClaimPage,
    Count,
    Filters,
    HitPage,
    KeptArticle,
    KeptClaim,
    OutletRow,
    PlaceRow,
    Totals,
)
from takhrij.ledger.database import Database
from takhrij.ledger.due import Due, due
from takhrij.ledger.edit_views import Edit, EditKind
from takhrij.ledger.nearby import Nearness
from takhrij.ledger.query import Names, parse
from takhrij.ledger.reviewing import Review
from takhrij.ledger.search import Asked, Search
from takhrij.records import Article, Claim, CopySet, PlaceMention, Reading, Span

#: Rows on a page unless the caller says otherwise, and at most.
PAGE = 20
MOST = 1000


class Views:
    """Reads one collection. Unknown cursors and filter values raise :class:`~takhrij.errors.UsageError`."""

    def __init__(self, database: Database, collection: str, names: Names | None = None) -> None:
        self.collection = collection
        self._database = database
        self._names = names

    def search(
        self, query: str = "", filters: Filters | None = None, cursor: str | None = None, limit: int = PAGE, *,
        added_after: int = 0, by_day: bool = False,
    ) -> HitPage:  # fmt: skip
        """Articles by their words and facts; see :mod:`takhrij.ledger.query` for what may be typed.

        ``added_after`` leaves out what was there when :meth:`newest` gave that number; ``by_day`` puts the newest day first,
        wherever in an article the words stand.
        """
        asked = Asked(self.collection, *parse(query, filters, self._names), added_after, by_day, self._names)
        with self._database.reading() as connection:
            return Search(self._database, connection).page(asked, cursor, _bounded(limit))

    def facets(self, by: str, query: str = "", filters: Filters | None = None, most: int = PAGE) -> tuple[Count, ...]:
        """How many of the articles found have each value of outlet, month, day, act, kind, country, speaker, party or place."""
        asked = Asked(self.collection, *parse(query, filters, self._names), names=self._names)
        with self._database.reading() as connection:
            return Search(self._database, connection).facet(asked, by, _bounded(most))

    def article(self, article_id: str) -> KeptArticle | None:
        """An article with its history, or None."""
        with self._database.reading() as connection:
            return reading_views.kept_article(connection, self.collection, article_id)

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Article]:
        """The current texts of many articles at once, by id, in that order; what is not there is left out."""
        with self._database.reading() as connection:
            return lookups.articles_by_id(connection, self.collection, ids)

    def readings_by_id(self, ids: Iterable[str]) -> dict[str, Reading]:
        """The current readings of many articles at once, by id, in that order; what is not there is left out."""
        with self._database.reading() as connection:
            return lookups.readings_by_id(connection, self.collection, ids)

    def outlet_of_each(self) -> dict[str, str]:
        """The outlet of each article that has one, by the article's id."""
        with self._database.reading() as connection:
            return lookups.outlet_of_each(connection, self.collection)

    def places_in(self, spans: Mapping[str, Sequence[Span]]) -> dict[str, list[PlaceMention]]:
        """The places named within spans of articles, by article id."""
        with self._database.reading() as connection:
            return lookups.places_in(connection, self.collection, spans)

    def nearby(self, texts: Iterable[str], near: Nearness) -> tuple[str, ...]:
        """The ids of the articles that share most rare words with ``texts``; see :mod:`takhrij.ledger.nearby`."""
        with self._database.reading() as connection:
            return nearby.nearby(self._database, connection, self.collection, texts, near)

    def due(self) -> Due:
        """Which articles were added or read anew since their claims were last joined."""
        with self._database.reading() as connection:
            return due(connection, self.collection)

    def outlet_names(self) -> tuple[str, ...]:
        """The names of the outlets, uncounted."""
        with self._database.reading() as connection:
            return lookups.outlet_names(connection, self.collection)

    def newest(self) -> int:
        """The number of the article added last; what is added later has a higher one."""
        with self._database.reading() as connection:
            return lookups.newest(connection)

    def traced(self, after: int = 0) -> tuple[int, int | None]:
        """The end of the audit chain, and its last entry past ``after`` that traced the collection or joined to it, or None."""
        with self._database.reading() as connection:
            return lookups.traced(connection, self.collection, after)

    def changed(self, after: int = 0) -> tuple[int, int | None]:
        """The end of the audit chain, and its last entry past ``after`` that may change what is shown of claims, or None."""
        with self._database.reading() as connection:
            return lookups.changed(connection, self.collection, after)

    def version(self, article_id: str, number: int) -> Article | None:
        """An earlier (or the current) version of an article's text, or None."""
        with self._database.reading() as connection:
            return reading_views.version(connection, self.collection, article_id, number)

    def earlier_reading(self, article_id: str, number: int) -> Reading | None:
        """A reading, current or not, by the number that :attr:`KeptArticle.readings` gives, or None."""
        with self._database.reading() as connection:
            return reading_views.earlier_reading(connection, self.collection, article_id, number)

    def articles(self, cursor: str | None = None, limit: int = PAGE) -> ArticlePage:
        """Articles with their current readings, in the order in which they were added."""
        with self._database.reading() as connection:
            return reading_views.page(connection, self.collection, cursor, _bounded(limit))

    def readings(self) -> Iterator[Reading]:
        """All of them, page by page: what was added while they are read may be among them."""
        cursor: str | None = None
        while True:
            page = self.articles(cursor, 200)
            yield from page.readings
            cursor = page.next
            if cursor is None:
                return

    def claims(
        self, query: str = "", filters: ClaimFilters | None = None, cursor: str | None = None, limit: int = PAGE
    ) -> ClaimPage:
        """Claims whose text has the words, those in most articles first."""
        words, _ = parse(query, names=self._names)
        with self._database.reading() as connection:
            asked = claim_views.Asked(self.collection, words, filters or ClaimFilters())
            return claim_views.page(self._database, connection, asked, cursor, _bounded(limit))

    def queue(self, order: Literal["new", "thin", "spread"], filters: ClaimFilters, limit: int = PAGE) -> tuple[KeptClaim, ...]:
        """The first claims to look at: the latest, those of most outlets on fewest origins, or the widest spread."""
        with self._database.reading() as connection:
            asked = claim_views.Asked(self.collection, parse("")[0], filters)
            return claim_views.queue(connection, asked, order, _bounded(limit))

    def claim(self, claim_id: str) -> KeptClaim | None:
        """A claim, one that is gone too, or None."""
        with self._database.reading() as connection:
            return claim_views.kept_claim(connection, self.collection, claim_id)

    def claims_of(self, ids: Iterable[str]) -> tuple[Claim, ...]:
        """The current claims that any of these articles reports or denies."""
        with self._database.reading() as connection:
            return claim_views.claims_of(connection, self.collection, ids)

    def copies(self) -> tuple[CopySet, ...]:
        """The sets of copies among the articles."""
        with self._database.reading() as connection:
            return claim_views.copy_sets(connection, self.collection)

    def reviews(self) -> tuple[Review, ...]:
        """All reviews, in the order in which they were made."""
        with self._database.reading() as connection:
            return claim_views.all_reviews(connection, self.collection)

    def edits(self, kind: EditKind | None = None, subjects: tuple[str, ...] | None = None) -> tuple[Edit, ...]:
        """What people set right, in order: all of it, or of one ``kind`` on these articles or claims."""
        with self._database.reading() as connection:
            if kind is not None and subjects is not None:
                return edit_views.edits_on(connection, self.collection, kind, subjects)
            return edit_views.all_edits(connection, self.collection, kind)

    def edit(self, seq: int) -> Edit | None:
        """One edit by its number, or None."""
        with self._database.reading() as connection:
            return edit_views.edit(connection, self.collection, seq)

    def rulings(self) -> tuple[Ruling, ...]:
        """The rulings on claims that stand, in the order in which they were made."""
        with self._database.reading() as connection:
            return edit_views.rulings(connection, self.collection)

    def actors(self, most: int = MOST) -> tuple[ActorRow, ...]:
        """Who is attributed something, the most often named first."""
        with self._database.reading() as connection:
            return listing.actors(connection, self.collection)[:most]

    def actor(self, actor_id: str) -> ActorRow | None:
        """One actor, or None."""
        with self._database.reading() as connection:
            return next(iter(listing.actors(connection, self.collection, actor_id)), None)

    def outlet(self, name: str) -> OutletRow | None:
        """One outlet, or None."""
        with self._database.reading() as connection:
            return lookups.outlet(connection, self.collection, name)

    def place(self, name: str) -> tuple[PlaceRow, ...]:
        """The places of one name, each point apart; none where no article names it."""
        with self._database.reading() as connection:
            return listing.places(connection, self.collection, name)

    def outlets(self) -> tuple[OutletRow, ...]:
        """The outlets, those with most articles first."""
        with self._database.reading() as connection:
            return listing.outlets(connection, self.collection)

    def places(self, most: int = MOST) -> tuple[PlaceRow, ...]:
        """The places named, those in most articles first."""
        with self._database.reading() as connection:
            return listing.places(connection, self.collection)[:most]

    def totals(self) -> Totals:
        """How much the collection holds."""
        with self._database.reading() as connection:
            return listing.totals(connection, self.collection)

    def audit(self, subject: str | None = None, cursor: str | None = None, limit: int = PAGE) -> AuditPage:
        """Who changed what, the newest first: of the collection, or of one subject (``article:ID``, ``claim:ID``, ...)."""
        with self._database.reading() as connection:
            return listing.audit_page(connection, self.collection, subject, cursor, _bounded(limit))


def _bounded(limit: int) -> int:
    return max(1, min(limit, MOST))
