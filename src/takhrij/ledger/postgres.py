"""A ledger in a PostgreSQL database (15 or later): the same tables; a tsvector made of the same lemma keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, make_url, text

from takhrij.errors import LedgerError
from takhrij.ledger.database import WAIT_S, Words, mapping, plain_errors
from takhrij.ledger.query import Query, Term

_T = TypeVar("_T")
#: The advisory lock that makes writers take turns, as the chain of audit entries needs ("takhrij" in ASCII).
_WRITER_LOCK = 0x74616B6872696A
#: Past this position a tsvector keeps no order, and past 256 entries of one key no more of them.
_LAST_POSITION = 16_383
#: Between two fields, so that no phrase reaches from one into the next.
_GAP = 2


class PostgresDatabase:
    """One database. ``name`` is its address without the password."""

    first_join = "JOIN"

    def __init__(self, url: str, wait_s: float = WAIT_S) -> None:
        address = make_url(url.replace("postgres://", "postgresql://", 1)).set(drivername="postgresql+psycopg")
        self.name = address.set(drivername="postgresql").render_as_string(hide_password=True)
        self._wait_ms = int(wait_s * 1000)
        try:
            self.engine: Engine = create_engine(address, pool_size=8, max_overflow=32)
        except ModuleNotFoundError:
            raise LedgerError("PostgreSQL needs an extra: pip install 'takhrij[postgres]'") from None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with plain_errors(self.name), self.engine.connect() as connection, connection.begin():
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            # The planner takes matching a tsvector for cheap; unpacking each one to look at it is what costs.
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            # Where a scan cannot be spared, its cost then passes for so high that compiling the plan seems to pay.
            connection.exec_driver_sql("SET LOCAL jit = off")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with plain_errors(self.name), self.engine.connect() as connection, connection.begin():
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {self._wait_ms}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")
            yield connection

    def add_words(self, connection: Connection, table: str, rows: Iterable[tuple[int, Words]]) -> None:
        values = [{"seq": seq, "words": _vector(words)} for seq, words in rows]
        if values:
            connection.execute(text(f"INSERT INTO {table}(seq, words) VALUES (:seq, CAST(:words AS tsvector))"), values)

    def remove_words(self, connection: Connection, table: str, rows: Iterable[tuple[int, Words]]) -> None:
        if values := [{"seq": seq} for seq, _ in rows]:
            connection.execute(text(f"DELETE FROM {table} WHERE seq = :seq"), values)

    def clear_words(self, connection: Connection, table: str) -> None:
        connection.exec_driver_sql(f"DELETE FROM {table}")

    def wrong_words(self, connection: Connection, table: str, expected: Iterable[tuple[int, Words]]) -> list[int]:
        rows = connection.execute(text(f"SELECT seq, md5(words::text) FROM {table}"))
        kept: dict[int, str] = mapping(rows)
        given = "unnest(CAST(:seqs AS bigint[]), CAST(:words AS text[])) AS v(seq, words)"
        parse = text(f"SELECT v.seq, md5(CAST(v.words AS tsvector)::text) FROM {given}")
        wrong: list[int] = []
        for batch in _batches(expected, 500):
            values = {"seqs": [seq for seq, _ in batch], "words": [_vector(words) for _, words in batch]}
            wrong += [seq for seq, digest in connection.execute(parse, values) if kept.pop(seq, None) != digest]
        return sorted([*wrong, *kept])

    def match(self, table: str, query: Query) -> tuple[str, dict[str, str]]:
        wanted = " & ".join("(" + " | ".join(map(_phrase, group)) + ")" for group in query.wanted)
        unwanted = " | ".join(map(_phrase, query.unwanted))
        values = {"query": f"({wanted}) & !({unwanted})" if unwanted else wanted, "wanted": wanted}
        within = "CAST(:wanted AS tsquery)"
        tier = f"CASE WHEN head @@ {within} THEN 2 WHEN lead @@ {within} THEN 1 ELSE 0 END"
        return f"SELECT seq, {tier} AS tier FROM {table} WHERE words @@ CAST(:query AS tsquery)", values

    def holding(self, table: str, name: str, key: str) -> tuple[str, str]:
        return f"SELECT seq FROM {table} WHERE words @@ CAST(:{name} AS tsquery)", _phrase(Term((key,)))

    def distance_sql(self, latitude: str, longitude: str) -> str:
        half = (
            f"power(sin(radians({latitude} - :lat) / 2), 2) + cos(radians(CAST(:lat AS float8))) * cos(radians({latitude}))"
            f" * power(sin(radians({longitude} - :lon) / 2), 2)"
        )
        return f"(2 * 6371.0 * asin(least(1.0, sqrt({half}))))"

    def close(self) -> None:
        self.engine.dispose()


def make_words(connection: Connection, table: str) -> None:
    """Create a full-text table with its index. The small vectors of the first fields spare a look into the whole one."""
    fields = (("head", "{a}"), ("lead", "{a,b}"))
    columns = ", ".join(f"{name} tsvector GENERATED ALWAYS AS (ts_filter(words, '{kept}')) STORED" for name, kept in fields)
    connection.exec_driver_sql(f"CREATE TABLE {table} (seq bigint PRIMARY KEY, words tsvector NOT NULL, {columns})")
    connection.exec_driver_sql(f"CREATE INDEX {table}_words ON {table} USING gin (words)")


def _vector(words: Words) -> str:
    """The text form of a tsvector. Keys hold letters and digits only, so nothing in it needs escaping."""
    at = 1
    parts: list[str] = []
    for weight, keys in zip("ABC", (words.head, words.lead, words.body), strict=True):
        parts.extend(f"{key}:{min(at + i, _LAST_POSITION)}{weight}" for i, key in enumerate(keys))
        at += len(keys) + _GAP
    return " ".join(parts)


def _phrase(term: Term) -> str:
    return "(" + " <-> ".join(f"'{key}'" for key in term.keys) + ")"


def _batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
