"""A writer: every change it makes, made in somebody's name and entered in the audit chain in the same transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from types import TracebackType

from sqlalchemy import Connection, select

from takhrij.corrections import Fix, Ruling
from takhrij.errors import UsageError
from takhrij.ledger.adding import Added, Adding, Scope
from takhrij.ledger.chain import Chain, Change
from takhrij.ledger.database import Database
from takhrij.ledger.edit_views import Edit, rulings
from takhrij.ledger.editing import Editing
from takhrij.ledger.evidence import EvidenceFolder
from takhrij.ledger.indexing import Indexer
from takhrij.ledger.reindex import analyzer_version, refresh
from takhrij.ledger.reviewing import Actor, Reviewing, Subject
from takhrij.ledger.schema import articles, meta, readings
from takhrij.ledger.tracing import Joined, TraceKept, Tracing
from takhrij.records import Claim, Page, Reading, Trace

#: Readings that :meth:`Writer.add_many` commits at once.
BATCH = 64


@dataclass(slots=True)
class _Open:
    """The transaction at hand and what writes within it."""

    connection: Connection
    chain: Chain
    indexer: Indexer
    adding: Adding


class Writer:
    """Adds to one collection of a ledger. Use it as a context manager, or :meth:`close` it.

    Each call is one transaction, unless it stands within :meth:`batch`. Every method raises
    :class:`~takhrij.errors.LedgerBusy` where another process is writing and does not finish in time; nothing is written then.
    """

    def __init__(self, database: Database, folder: EvidenceFolder | None, who: str, collection: str, extractor: str) -> None:
        if not who.strip():
            raise UsageError("a change needs a name: who makes it?")
        if not collection.strip():
            raise UsageError("a collection needs a name")
        self.who = who
        self._database = database
        self._folder = folder
        self._scope = Scope(collection, extractor)
        self._open: _Open | None = None
        self._ready = False

    def add(self, reading: Reading, evidence: Page | None = None) -> Added:
        """Keep a reading, and the page that it was read from. What is there already stays as it is.

        The same article with another text or other facts becomes its next version; the same one read otherwise, or by
        another extractor, gets a new current reading, and the earlier one is kept with what changed.
        """
        with self.batch():
            return self._now().adding.add(self._scope, reading, evidence)

    def add_many(self, items: Iterable[Reading | tuple[Reading, Page | None]], size: int = BATCH) -> Counter[Added]:
        """Keep many readings, ``size`` of them to a transaction; how many did what. Breaking off loses the open batch only."""
        done: Counter[Added] = Counter()
        iterator = (item if isinstance(item, tuple) else (item, None) for item in items)
        while part := list(islice(iterator, size)):
            with self.batch():
                adding = self._now().adding
                adding.prefetch(self._scope.collection, [reading.article.id for reading, _ in part])
                done.update([adding.add(self._scope, reading, page) for reading, page in part])
        return done

    def put_trace(self, trace: Trace) -> TraceKept:
        """Make a trace what the ledger says of the trace's articles; see :meth:`takhrij.ledger.tracing.Tracing.put`.

        The articles must have been added. Trace all articles of a collection together: claims in which any of the trace's
        articles had a part are replaced.
        """
        with self.batch():
            now = self._now()
            now.adding.flush()
            return Tracing(now.connection, now.chain, now.indexer, self._scope.collection).put(trace)

    def review(self, subject: Subject, verdict: str, note: str = "") -> int:
        """Keep what ``who`` says of a subject; the review's number. Raises :class:`UsageError` for an unknown subject."""
        with self.batch():
            now = self._now()
            now.adding.flush()
            return Reviewing(now.connection, now.chain, self._scope.collection).review(self.who, subject, verdict, note)

    def fix(self, fix: Fix, note: str = "") -> int:
        """Set an attribution right; the edit's number. The article's reading is the corrected one from now on, and every later
        reading of the same text is corrected likewise. Raises :class:`UsageError` where nothing stands there to set right."""
        with self.batch():
            return self._editing().fix(fix, note)

    def rule(self, ruling: Ruling, claim: str, note: str = "") -> int:
        """Keep that reports of ``claim`` belong together or do not; the edit's number. :meth:`replace_claims` does the rest."""
        with self.batch():
            return self._editing().rule(ruling, claim, note)

    def reading(self, article_id: str) -> Reading:
        """The current reading of an article within the open batch. Raises :class:`UsageError` for an unknown article."""
        with self.batch():
            return self._editing().current_reading(article_id)

    def rulings(self) -> tuple[Ruling, ...]:
        """The rulings that stand, those of the open batch among them."""
        with self.batch():
            return rulings(self._now().connection, self._scope.collection)

    def assign(self, claim: str, to: str, note: str = "") -> int:
        """Say who is to look at a claim, or with ``""`` that nobody is."""
        with self.batch():
            return self._editing().assign(claim, to, note)

    def undo(self, edit: int, note: str = "") -> Edit:
        """Take back a correction, a ruling or an assignment; what it was. Raises :class:`UsageError`."""
        with self.batch():
            return self._editing().undo(edit, note)

    def replace_claims(self, gone: Iterable[str], claims: Iterable[Claim]) -> TraceKept:
        """Put ``claims`` in the place of the claims with the ids ``gone``; those among both stay, as they are now."""
        with self.batch():
            now = self._now()
            now.adding.flush()
            return Tracing(now.connection, now.chain, now.indexer, self._scope.collection).replace(gone, tuple(claims))

    def join(self, joined: Joined) -> TraceKept:
        """Keep what came of joining articles in place; see :meth:`takhrij.ledger.tracing.Tracing.join`."""
        with self.batch():
            now = self._now()
            now.adding.flush()
            return Tracing(now.connection, now.chain, now.indexer, self._scope.collection).join(joined)

    def record(self, action: str, subject: str, after: str, before: str | None = None) -> None:
        """Enter in the audit chain something that was done elsewhere, such as a role given."""
        with self.batch():
            self._now().chain.append(Change(action, subject, self._scope.collection, before, after))

    def put_actor(self, actor: Actor) -> None:
        """Set down an actor's name, kind, country, or that it is the same as another. Raises :class:`UsageError`."""
        with self.batch():
            now = self._now()
            Reviewing(now.connection, now.chain, self._scope.collection).put_actor(actor)

    def has_page(self, sha256: str) -> bool:
        """Whether a page with this digest has been read by this writer's extractor already, so that it need not be again."""
        query = (
            select(readings.c.seq)
            .join(articles, articles.c.seq == readings.c.article)
            .where(articles.c.page_sha256 == sha256, articles.c.collection == self._scope.collection)
            .where(readings.c.extractor == self._scope.extractor, readings.c.current == 1)
        )
        with self._database.reading() as connection:
            return connection.execute(query).first() is not None

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Make the calls within one transaction: all of them, or where one raises none."""
        if self._open is not None:
            yield
            return
        try:
            with self._database.writing() as connection:
                self._prepare(connection)
                chain = Chain(connection, self.who)
                indexer = Indexer(self._database, connection)
                adding = Adding(connection, chain, indexer, self._folder)
                self._open = _Open(connection, chain, indexer, adding)
                yield
                adding.flush()
                indexer.flush()
                chain.flush()
        except BaseException:
            self._ready = False  # the next transaction cuts off the records that this one does not name after all
            self.close()
            raise
        finally:
            self._open = None

    def close(self) -> None:
        """Give the evidence file back."""
        if self._folder is not None:
            self._folder.close()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _editing(self) -> Editing:
        now = self._now()
        return Editing(now.connection, now.chain, now.adding, self._scope.collection, self.who)

    def _now(self) -> _Open:
        assert self._open is not None
        return self._open

    def _prepare(self, connection: Connection) -> None:
        """Once: cut off what a killed writer left, and make the indexes anew where the analyzer is another one."""
        if self._ready:
            return
        if self._folder is not None:
            self._folder.tidy(connection)
        kept = connection.execute(select(meta.c.value).where(meta.c.key == "analyzer")).scalar()
        if kept != analyzer_version():
            refresh(self._database, connection, self.who)
        self._ready = True
