"""Opening the ledger that a verb was given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

from takhrij.cli.options import Where

if TYPE_CHECKING:
    from takhrij.ledger import Ledger, Views

#: Rows that a view gives at once at most.
_PAGE = 1000


class _Page(Protocol):
    @property
    def next(self) -> str | None: ...


_P = TypeVar("_P", bound=_Page)


@contextmanager
def opened(where: Where, *, create: bool = False) -> Iterator[Ledger]:
    """The ledger, closed at the end. Raises :class:`~takhrij.errors.UsageError` where there is none and none is made."""
    from takhrij.ledger import open_ledger

    with open_ledger(where.ledger, create=create, evidence_folder=where.evidence, names=_arabic_names) as ledger:
        yield ledger


def _arabic_names(words: Sequence[str]) -> Sequence[str]:
    """What English words name, in Arabic; the tables are read when the first such words are searched for."""
    if not any(word.isascii() for word in words):
        return ()
    from takhrij.entities.english import arabic_names

    return arabic_names(words)


@contextmanager
def viewed(where: Where) -> Iterator[Views]:
    """The collection, to be read. Raises :class:`~takhrij.errors.UsageError` where there is no such ledger."""
    with opened(where) as ledger:
        yield ledger.views(where.collection)


def pages_of(ask: Callable[[str | None, int], _P], rows: Callable[[_P], Sequence[object]], limit: int) -> list[_P]:
    """The pages of a view that hold its first ``limit`` rows; one at least."""
    found: list[_P] = []
    cursor: str | None = None
    while True:
        page = ask(cursor, min(limit, _PAGE))
        found.append(page)
        limit -= len(rows(page))
        cursor = page.next
        if cursor is None or limit <= 0:
            return found
