"""A ledger in one SQLite file: write-ahead log, so that readers never wait; FTS5 over lemmas, without a copy of the text."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.pool import QueuePool

from takhrij.ledger.database import WAIT_S, Words, plain_errors
from takhrij.ledger.query import Query, Term

#: Pages that a connection keeps, in KiB: a server has many that read, and one at a time that writes.
_CACHE_KIB, _WRITER_CACHE_KIB = 4_096, 65_536


class SqliteDatabase:
    """One file. ``name`` is the path as the user gave it."""

    first_join = "CROSS JOIN"  # SQLite's way of saying that the order stands; it guesses wrong on FTS5 tables

    def __init__(self, path: Path, wait_s: float = WAIT_S) -> None:
        self.name = str(path)
        self.path = path
        self.engine: Engine = create_engine(
            URL.create("sqlite", database=str(path)),
            connect_args={"timeout": wait_s, "check_same_thread": False},
            poolclass=QueuePool,
            pool_size=8,
            max_overflow=32,
            pool_use_lifo=True,  # the connections that were used last know the pages
        )
        event.listen(self.engine, "connect", _prepare)
        event.listen(self.engine, "begin", _begin)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with plain_errors(self.name), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with plain_errors(self.name), self.engine.connect() as plain:
            connection = plain.execution_options(takhrij_begin="BEGIN IMMEDIATE")
            _keep(plain, _WRITER_CACHE_KIB)
            try:
                with connection.begin():
                    yield connection
            finally:
                _keep(plain, _CACHE_KIB)

    def add_words(self, connection: Connection, table: str, rows: Iterable[tuple[int, Words]]) -> None:
        if values := _values(rows):
            connection.exec_driver_sql(f"INSERT INTO {table}(rowid, head, lead, body) VALUES (?, ?, ?, ?)", values)

    def remove_words(self, connection: Connection, table: str, rows: Iterable[tuple[int, Words]]) -> None:
        if values := _values(rows):
            sql = f"INSERT INTO {table}({table}, rowid, head, lead, body) VALUES ('delete', ?, ?, ?, ?)"
            connection.exec_driver_sql(sql, values)

    def clear_words(self, connection: Connection, table: str) -> None:
        connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES ('delete-all')")

    def wrong_words(self, connection: Connection, table: str, expected: Iterable[tuple[int, Words]]) -> list[int]:
        entries = f"{table}_entries"
        vocabulary = f"fts5vocab(main, {table}, instance)"
        connection.exec_driver_sql(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{entries} USING {vocabulary}")
        kept: dict[int, int] = {}
        # Entries come by key, not by document: what is compared is a sum of hashes, which no order changes.
        for doc, entry in _rows(connection, f'SELECT doc, term, col, "offset" FROM {entries}'):
            kept[doc] = kept.get(doc, 0) + hash(entry)
        for doc, words in expected:
            fields = (("head", words.head), ("lead", words.lead), ("body", words.body))
            sums = sum(hash((key, field, at)) for field, keys in fields for at, key in enumerate(keys))
            kept[doc] = kept.get(doc, 0) - sums
        return sorted(doc for doc, rest in kept.items() if rest)

    def match(self, table: str, query: Query) -> tuple[str, dict[str, str]]:
        wanted = " AND ".join("(" + " OR ".join(map(_quoted, group)) + ")" for group in query.wanted)
        unwanted = " OR ".join(map(_quoted, query.unwanted))
        values = {
            "query": f"({wanted}) NOT ({unwanted})" if unwanted else wanted,
            "head": f"{{head}} : ({wanted})",
            "lead": f"{{head lead}} : ({wanted})",
        }
        head, lead = (f"(SELECT rowid FROM {table} WHERE {table} MATCH :{name})" for name in ("head", "lead"))
        tier = f"CASE WHEN rowid IN {head} THEN 2 WHEN rowid IN {lead} THEN 1 ELSE 0 END"
        return f"SELECT rowid AS seq, {tier} AS tier FROM {table} WHERE {table} MATCH :query", values

    def holding(self, table: str, name: str, key: str) -> tuple[str, str]:
        return f"SELECT rowid AS seq FROM {table} WHERE {table} MATCH :{name}", _quoted(Term((key,)))

    def distance_sql(self, latitude: str, longitude: str) -> str:
        return f"kilometres(:lat, :lon, {latitude}, {longitude})"

    def close(self) -> None:
        self.engine.dispose()


def make_words(connection: Connection, table: str) -> None:
    """Create a full-text table. It keeps the index only; each key is one token, whatever letters it has."""
    connection.execute(
        text(f"CREATE VIRTUAL TABLE {table} USING fts5(head, lead, body, content='', columnsize=0, tokenize='unicode61')")
    )


def kilometres(lat: float, lon: float, other_lat: float | None, other_lon: float | None) -> float | None:
    """The great-circle distance between two points in degrees (haversine, a mean radius of 6371 km)."""
    if other_lat is None or other_lon is None:
        return None
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))


def _quoted(term: Term) -> str:
    return '"' + " ".join(term.keys) + '"'


def _values(rows: Iterable[tuple[int, Words]]) -> list[tuple[int, str, str, str]]:
    return [(seq, " ".join(words.head), " ".join(words.lead), " ".join(words.body)) for seq, words in rows]


def _rows(connection: Connection, sql: str) -> Iterator[tuple[int, tuple[str, str, int]]]:
    for doc, *entry in connection.exec_driver_sql(sql):
        yield doc, tuple(entry)


def _keep(connection: Connection, kib: int) -> None:
    """Have a connection keep so many pages, outside of any transaction."""
    raw: Any = connection.connection.driver_connection
    raw.execute(f"PRAGMA cache_size = -{kib}")


def _prepare(connection: Any, _record: object) -> None:
    raw: sqlite3.Connection = getattr(connection, "driver_connection", connection)
    raw.isolation_level = None  # transactions are begun by _begin, not by the driver
    raw.create_function("kilometres", 4, kilometres, deterministic=True)
    raw.execute("PRAGMA synchronous = NORMAL")
    raw.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    raw.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("takhrij_begin", "BEGIN"))
