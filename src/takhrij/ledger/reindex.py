"""Making the index tables anew from the kept rows: after a restore, and when the lemmas have changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from sqlalchemy import Connection, delete, select, update

from takhrij.ledger.chain import Chain, Change
from takhrij.ledger.codec import article_of, claim_of, reading_of, row_digest, unpack
from takhrij.ledger.database import Database
from takhrij.ledger.indexing import Indexer
from takhrij.ledger.schema import INDEXES, TEXT_TABLES, articles, claims, meta, readings
from takhrij.records import Article, Claim, Reading

_PAGE = 200


@cache
def analyzer_version() -> str:
    """Which lemmas the index is made of: of simplemma's list the version, of our own table and rules a digest."""
    package = files("takhrij.text")
    ours = [package.joinpath("data", "lemmas.tsv"), package.joinpath("lemmas.py"), package.joinpath("fold.py")]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in ours)).hexdigest()
    return f"simplemma {version('simplemma')}, own {digest[:16]}"


def reindex(database: Database, connection: Connection) -> None:
    """Empty the index tables and fill them from the kept rows."""
    for table in INDEXES:
        connection.execute(delete(table))
    for name in TEXT_TABLES:
        database.clear_words(connection, name)
    indexer = Indexer(database, connection)
    for seq, collection, reading in current_readings(connection):
        indexer.article(seq, collection, reading.article)
        indexer.reading(seq, reading)
    for seq, collection, claim in current_claims(connection):
        indexer.claim(seq, collection, claim)
    indexer.flush()


def refresh(database: Database, connection: Connection, who: str) -> None:
    """:func:`reindex`, and enter in the chain that the analyzer is another one now."""
    reindex(database, connection)
    row = {"key": "analyzer", "value": analyzer_version()}
    before = connection.execute(select(meta.c.value).where(meta.c.key == "analyzer")).scalar()
    connection.execute(update(meta).where(meta.c.key == "analyzer").values(value=row["value"]))
    chain = Chain(connection, who)
    chain.append(Change("reindex", "ledger", "", before, row["value"], {"meta:analyzer": row_digest(row)}))
    chain.flush()


def current_readings(connection: Connection) -> Iterator[tuple[int, str, Reading]]:
    """Each current article with its current reading: number, collection, reading."""
    query = (
        select(articles.c.seq, articles.c.collection, articles.c.body, readings.c.body.label("reading"))
        .join(readings, readings.c.article == articles.c.seq)
        .where(articles.c.current == 1, readings.c.current == 1)
    )
    for row in _paged(connection, query, articles.c.seq):
        article: Article = article_of(unpack(row.body, f"article {row.seq}"))
        yield row.seq, row.collection, reading_of(article, unpack(row.reading, f"the reading of article {row.seq}"))


def current_claims(connection: Connection) -> Iterator[tuple[int, str, Claim]]:
    """Each current claim: number, collection, claim."""
    query = select(claims.c.seq, claims.c.collection, claims.c.body).where(claims.c.current == 1)
    for row in _paged(connection, query, claims.c.seq):
        yield row.seq, row.collection, claim_of(unpack(row.body, f"claim {row.seq}"))


def _paged(connection: Connection, query: Any, key: Any) -> Iterator[Any]:
    after = 0
    while rows := connection.execute(query.where(key > after).order_by(key).limit(_PAGE)).all():
        yield from rows
        after = rows[-1].seq
