"""Adding readings within one transaction: articles with their versions, readings with theirs, the pages as evidence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update

from takhrij.corrections import Fix, corrected
from takhrij.errors import UsageError
from takhrij.ledger.chain import Chain, Change, now
from takhrij.ledger.changes import compare
from takhrij.ledger.codec import (
    article_of,
    article_value,
    clean,
    digest,
    pack,
    reading_of,
    reading_value,
    row_digest,
    unpack,
)
from takhrij.ledger.edit_views import fixes_of
from takhrij.ledger.evidence import EvidenceFolder, facts
from takhrij.ledger.indexing import Indexer
from takhrij.ledger.schema import articles, edits, evidence, readings
from takhrij.ledger.schema import corrected as corrected_table
from takhrij.records import Article, Page, Reading

Row = dict[str, Any]


class Added(Enum):
    """What adding a reading did."""

    NEW = "new"
    SAME = "same"
    VERSION = "version"
    REREAD = "reread"


@dataclass(frozen=True, slots=True)
class Known:
    """The current version of an article and its current reading, as far as adding needs them.

    ``base`` is the reading as the program made it: another row only where people's corrections changed it.
    """

    article: int
    version: int
    article_digest: str
    reading: int
    extractor: str
    reading_digest: str
    base: int
    base_digest: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a writer writes, and as what."""

    collection: str
    extractor: str


@dataclass(frozen=True, slots=True)
class _Made:
    """A reading as the program made it, the same with people's corrections, and what changed since the one before."""

    base: Reading
    base_digest: str
    reading: Reading
    digest: str
    changes: str | None


def _same_base(known: Known, scope: Scope, base_digest: str) -> bool:
    return (known.extractor, known.base_digest) == (scope.extractor, base_digest)


class Adding:
    """Adds within the transaction of ``connection``; :meth:`flush` before it is committed."""

    def __init__(self, connection: Connection, chain: Chain, indexer: Indexer, folder: EvidenceFolder | None) -> None:
        self._connection = connection
        self._chain = chain
        self._indexer = indexer
        self._folder = folder
        self._known: dict[tuple[str, str], Known | None] = {}
        self._fixes: dict[tuple[str, str], list[Fix]] = {}
        self._any_fixes = connection.execute(select(edits.c.seq).where(edits.c.kind == "fix").limit(1)).first() is not None
        self._rows: dict[Table, list[Row]] = {evidence: [], articles: [], readings: [], corrected_table: []}
        self._pages: set[str] = set()
        self._next = {
            table: (connection.execute(select(func.max(table.c.seq))).scalar() or 0) + 1 for table in (articles, readings)
        }

    def prefetch(self, collection: str, ids: Sequence[str]) -> None:
        """Look up many articles in one query."""
        wanted = sorted({clean(i) for i in ids if (collection, clean(i)) not in self._known})
        self._known.update(dict.fromkeys((collection, i) for i in wanted))
        base = readings.alias("base")
        query = (
            select(articles.c.id, articles.c.seq, articles.c.version, articles.c.digest)
            .add_columns(readings.c.seq, readings.c.extractor, readings.c.digest)
            .add_columns(func.coalesce(base.c.seq, readings.c.seq), func.coalesce(base.c.digest, readings.c.digest))
            .join(readings, readings.c.article == articles.c.seq)
            .outerjoin(corrected_table, corrected_table.c.reading == readings.c.seq)
            .outerjoin(base, base.c.seq == corrected_table.c.base)
            .where(articles.c.collection == collection, articles.c.current == 1, readings.c.current == 1)
        )
        for start in range(0, len(wanted), 400):
            for row in self._connection.execute(query.where(articles.c.id.in_(wanted[start : start + 400]))):
                self._known[collection, row[0]] = Known(*row[1:])
        if self._any_fixes and wanted:
            found = fixes_of(self._connection, collection, wanted)
            self._fixes |= {(collection, i): fixes for i, fixes in found.items()}

    def edited(self, collection: str, article_id: str) -> None:
        """Forget what is known of an article whose corrections are others now."""
        self._any_fixes = True
        for known in (self._known, self._fixes):
            known.pop((collection, clean(article_id)), None)

    def add(self, scope: Scope, reading: Reading, page: Page | None = None) -> Added:
        """Add a reading and its page, corrected where people have set it right. What is there already is left alone."""
        article = reading.article
        key = (scope.collection, clean(article.id))
        if key not in self._known:
            self.prefetch(scope.collection, [article.id])
        known = self._known[key]
        rows = self._page(page, article) if page is not None else {}
        body = article_value(article)
        base, base_digest = reading, digest(reading_value(reading))
        reading = corrected(base, self._fixes.get(key, ()))
        article_digest = digest(body)
        reading_digest = base_digest if reading is base else digest(reading_value(reading))
        if known is None or known.article_digest != article_digest:
            done = Added.NEW if known is None else Added.VERSION
            if known is not None:
                rows |= self._retire(known)
            seq, added = self._article(scope, key[1], known, body, article_digest)
            rows |= added
            self._indexer.article(seq, scope.collection, article)
            changes = None
        elif (known.extractor, known.base_digest, known.reading_digest) == (scope.extractor, base_digest, reading_digest):
            done, seq = Added.SAME, known.article
        else:
            done, seq = Added.REREAD, known.article
            changes = self._changes(known, reading)
            rows |= self._outdate(known.reading)
            self._indexer.forget_reading(seq)
        if done is not Added.SAME:
            version = 1 if known is None else known.version + (done is Added.VERSION)
            made = _Made(base, base_digest, reading, reading_digest, changes)
            there = known.base if known is not None and done is Added.REREAD and _same_base(known, scope, base_digest) else None
            number, program, added = self._readings(scope, seq, made, there)
            rows |= added
            self._indexer.reading(seq, reading)
            self._known[key] = Known(
                seq, version, article_digest, number, scope.extractor, reading_digest, program, base_digest
            )
        if rows:
            action = "evidence" if done is Added.SAME else {"new": "add", "version": "revise", "reread": "reread"}[done.value]
            before = None if known is None else f"{known.article_digest}/{known.reading_digest}"
            after = f"{article_digest}/{reading_digest}"
            self._chain.append(Change(action, f"article:{key[1]}", scope.collection, before, after, rows))
        return done

    def flush(self) -> None:
        """Write all rows that wait; evidence is on the disk before."""
        if self._folder is not None and self._rows[evidence]:
            self._folder.sync()
        for table, rows in self._rows.items():
            if rows:
                self._connection.execute(insert(table), rows)
                rows.clear()

    def _page(self, page: Page, article: Article) -> dict[str, str | None]:
        if self._folder is None:
            raise UsageError("evidence needs a folder: give --evidence DIR")
        sha256 = page.sha256
        if article.page_sha256 not in (None, sha256):
            raise UsageError(f"{article.id}: was not read from the page {page.name}")
        if sha256 in self._pages:
            return {}
        self._pages.add(sha256)
        if self._connection.execute(select(evidence.c.digest).where(evidence.c.digest == sha256)).first():
            return {}
        place = self._folder.write(page)
        row = {"digest": sha256, "facts": facts(page), **asdict(place)}
        self._rows[evidence].append(row)
        return {f"evidence:{sha256}": row_digest(row)}

    def _article(
        self, scope: Scope, article_id: str, known: Known | None, body: Row, article_digest: str
    ) -> tuple[int, dict[str, str | None]]:
        seq = self._number(articles)
        row = {
            "seq": seq, "collection": scope.collection, "id": article_id, "version": known.version + 1 if known else 1,
            "current": 1, "digest": article_digest, "page_sha256": body.get("page_sha256"), "added": now(), "body": pack(body),
        }  # fmt: skip
        self._rows[articles].append(row)
        return seq, {f"articles:{seq}": row_digest(row)}

    def _readings(self, scope: Scope, article: int, made: _Made, there: int | None) -> tuple[int, int, dict[str, str | None]]:
        """Keep a reading and, where corrections changed it, the program's own unless that is ``there`` already.

        Gives the numbers of the current reading and of the program's own, and the rows written.
        """
        rows: dict[str, str | None] = {}
        base: int | None = None
        if made.digest != made.base_digest:
            base = there or self._number(readings)
            if there is None:
                rows |= self._reading(scope, base, article, (made.base, made.base_digest, None, 0))
        number = self._number(readings)
        rows |= self._reading(scope, number, article, (made.reading, made.digest, made.changes, 1))
        if base is not None:
            row = {"reading": number, "base": base}
            self._rows[corrected_table].append(row)
            rows[f"corrected:{number}"] = row_digest(row)
        return number, base or number, rows

    def _reading(
        self, scope: Scope, seq: int, article: int, kept: tuple[Reading, str, str | None, int]
    ) -> dict[str, str | None]:
        """Keep a reading under the number ``seq``: itself, its digest, what changed, and whether it is the current one."""
        reading, reading_digest, changes, current = kept
        row = {
            "seq": seq, "article": article, "extractor": scope.extractor, "current": current, "digest": reading_digest,
            "added": now(), "changes": changes, "body": pack(reading_value(reading)),
        }  # fmt: skip
        self._rows[readings].append(row)
        return {f"readings:{seq}": row_digest(row)}

    def _retire(self, known: Known) -> dict[str, str | None]:
        """Make a newer version of an article the current one."""
        rows = self._outdate(known.reading)
        row = self._row(articles, known.article)
        self._indexer.forget_article(known.article, article_of(unpack(row["body"], f"article {row['id']}")))
        self._connection.execute(update(articles).where(articles.c.seq == known.article).values(current=0))
        return rows | {f"articles:{known.article}": row_digest({**row, "current": 0})}

    def _outdate(self, seq: int) -> dict[str, str | None]:
        row = self._row(readings, seq)
        self._connection.execute(update(readings).where(readings.c.seq == seq).values(current=0))
        return {f"readings:{seq}": row_digest({**row, "current": 0})}

    def _changes(self, known: Known, reading: Reading) -> str:
        body = self._row(readings, known.reading)["body"]
        old = reading_of(reading.article, unpack(body, f"the reading of {reading.article.id}"))
        return json.dumps(asdict(compare(old.attributions, reading.attributions)), separators=(",", ":"))

    def _row(self, table: Table, seq: int) -> Row:
        self.flush()
        return dict(self._connection.execute(select(table).where(table.c.seq == seq)).mappings().one())

    def _number(self, table: Table) -> int:
        seq = self._next[table]
        self._next[table] += 1
        return seq
