"""The seam between the ledger and the database under it: transactions, the full-text index, errors in plain words.

Two of them exist, :mod:`takhrij.ledger.sqlite` and :mod:`takhrij.ledger.postgres`; everything else in the ledger is
written once, against this protocol.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, exc

from takhrij.errors import LedgerBusy, LedgerDamaged, LedgerError, LedgerVersion
from takhrij.ledger.query import Query

#: How long a writer waits for another one, in seconds, before it is told that the ledger is busy.
WAIT_S = 10.0


@dataclass(frozen=True, slots=True)
class Words:
    """The index keys of one document by field, in reading order: the headline, the first paragraph, the rest."""

    head: tuple[str, ...]
    lead: tuple[str, ...] = ()
    body: tuple[str, ...] = ()


class Database(Protocol):
    """What the ledger asks of a database."""

    name: str
    engine: Engine
    #: The join whose left side the planner is to start from: what a full-text query found.
    first_join: str

    def reading(self) -> AbstractContextManager[Connection]:
        """A read-only transaction: one state of the ledger, whatever is written meanwhile."""

    def writing(self) -> AbstractContextManager[Connection]:
        """The one writing transaction. Raises :class:`LedgerBusy` after :data:`WAIT_S` of waiting for another writer."""

    def add_words(self, connection: Connection, table: str, rows: Iterable[tuple[int, Words]]) -> None:
        """Enter documents, by number, into a full-text table."""

    def remove_words(self, connection: Connection, table: str, rows: Iterable[tuple[int, Words]]) -> None:
        """Take documents out of a full-text table, with the words that they were entered with."""

    def clear_words(self, connection: Connection, table: str) -> None:
        """Empty a full-text table."""

    def wrong_words(self, connection: Connection, table: str, expected: Iterable[tuple[int, Words]]) -> list[int]:
        """The documents whose entries in a full-text table are not those of ``expected``, which holds all of them."""

    def match(self, table: str, query: Query) -> tuple[str, dict[str, str]]:
        """A SELECT of the documents that a query finds, with its values: number (``seq``) and ``tier``.

        The tier is 2 where the first field has all wanted words, 1 where the first two have them, else 0.
        """

    def holding(self, table: str, name: str, key: str) -> tuple[str, str]:
        """A SELECT of the numbers (``seq``) of the documents that hold one key, with the value of its parameter ``name``."""

    def distance_sql(self, latitude: str, longitude: str) -> str:
        """An expression for the kilometres from (:lat, :lon) to the point in two columns."""

    def close(self) -> None:
        """Give all connections back."""


def mapping(rows: Iterable[Any]) -> dict[Any, Any]:
    """Rows of two columns as a dict from the first to the second."""
    return {row[0]: row[1] for row in rows}


@contextmanager
def plain_errors(name: str) -> Iterator[None]:
    """Turns what the driver raises into one line of ours, naming the ledger."""
    try:
        yield
    except exc.DBAPIError as error:
        raise _translated(name, error) from error


def _translated(name: str, error: exc.DBAPIError) -> LedgerError:
    words = str(error.orig).strip().split("\n")[0]
    state = getattr(error.orig, "sqlstate", None)
    if "is locked" in words or "busy" in words or state in {"55P03", "40001", "40P01"}:
        return LedgerBusy(f"{name}: another process is writing to the ledger; try again")
    if "not a database" in words:
        return LedgerVersion(f"{name}: not a ledger")
    if "malformed" in words or "disk I/O error" in words:
        return LedgerDamaged(f"{name}: the file is damaged ({words}); restore a backup")
    if "readonly" in words or "read-only" in words:
        return LedgerError(f"{name}: may not be written to")
    return LedgerError(f"{name}: {words}")
