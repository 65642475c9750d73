"""Articles and their readings as views give them."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from takhrij.ledger.answers import ArticlePage, KeptArticle, Version
from takhrij.ledger.changes import Changes
from takhrij.ledger.claim_views import copy_sets, reviews_of_article
from takhrij.ledger.codec import article_of, clean, reading_of, unpack
from takhrij.ledger.schema import articles, readings, reports
from takhrij.ledger.schema import claims as claims_table
from takhrij.ledger.search import read_cursor, write_cursor
from takhrij.records import Article, Reading


def kept_article(connection: Connection, collection: str, article_id: str) -> KeptArticle | None:
    """An article with all that is kept of it, or None."""
    mine = (articles.c.collection == collection, articles.c.id == clean(article_id))
    versions = connection.execute(select(articles).where(*mine).order_by(articles.c.version)).all()
    if not versions:
        return None
    current = next(row for row in versions if row.current)
    read = connection.execute(select(readings).where(readings.c.article == current.seq).order_by(readings.c.seq)).all()
    now = next(row for row in read if row.current)
    reading = unpacked(current.body, now.body, article_id)
    carried = (
        select(claims_table.c.id)
        .join(reports, reports.c.claim == claims_table.c.seq)
        .where(reports.c.collection == collection, reports.c.article == clean(article_id))
    )
    return KeptArticle(
        reading=reading,
        added=versions[0].added,
        extractor=now.extractor,
        versions=tuple(Version(row.version, row.digest, row.added, bool(row.current)) for row in versions),
        readings=tuple(
            Version(row.seq, row.digest, row.added, bool(row.current), row.extractor, _changes(row.changes)) for row in read
        ),
        reviews=reviews_of_article(connection, collection, article_id, reading, current.digest),
        claims=tuple(dict.fromkeys(connection.execute(carried.order_by(reports.c.claim)).scalars())),
        copies=tuple(copy for copy in copy_sets(connection, collection) if article_id in copy.ids),
    )


def version(connection: Connection, collection: str, article_id: str, number: int) -> Article | None:
    """One version of an article, or None."""
    query = select(articles.c.body).where(articles.c.collection == collection, articles.c.id == clean(article_id))
    body = connection.execute(query.where(articles.c.version == number)).scalar()
    return None if body is None else article_of(unpack(body, f"article {article_id}"))


def earlier_reading(connection: Connection, collection: str, article_id: str, number: int) -> Reading | None:
    """One reading of an article by its number, or None."""
    query = (
        select(articles.c.body, readings.c.body.label("reading"))
        .join(readings, readings.c.article == articles.c.seq)
        .where(articles.c.collection == collection, articles.c.id == clean(article_id), readings.c.seq == number)
    )
    row = connection.execute(query).first()
    return None if row is None else unpacked(row.body, row.reading, article_id)


def page(connection: Connection, collection: str, cursor: str | None, limit: int) -> ArticlePage:
    """A page of current readings in the order of adding."""
    after: Any = 0 if cursor is None else read_cursor(cursor, 1)[0]
    query = current(collection, articles.c.seq, articles.c.id, articles.c.body, readings.c.body.label("reading"))
    rows = connection.execute(query.where(articles.c.seq > after).order_by(articles.c.seq).limit(limit + 1)).all()
    following = write_cursor([rows[limit - 1].seq]) if len(rows) > limit else None
    return ArticlePage(tuple(unpacked(row.body, row.reading, row.id) for row in rows[:limit]), following)


def current(collection: str, *columns: ColumnElement[Any]) -> Select[Any]:
    """A query for columns of the current articles of a collection and of their current readings."""
    query = select(*columns).join_from(articles, readings, readings.c.article == articles.c.seq)
    return query.where(articles.c.collection == collection, articles.c.current == 1, readings.c.current == 1)


def unpacked(article: bytes, reading: bytes, article_id: str) -> Reading:
    """A reading from the bodies of its rows. Raises :class:`~takhrij.errors.LedgerDamaged`."""
    return reading_of(article_of(unpack(article, f"article {article_id}")), unpack(reading, f"the reading of {article_id}"))


def _changes(text: str | None) -> Changes | None:
    if text is None:
        return None
    value = json.loads(text)
    pairs = tuple((old, new) for old, new in value["changed"])
    return Changes(tuple(value["added"]), tuple(value["gone"]), pairs)
