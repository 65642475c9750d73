"""Ledgers of both stores for the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from takhrij.ledger import Ledger, open_ledger

Opener = Callable[..., Ledger]


@pytest.fixture
def open_store(store: str, tmp_path: Path) -> Iterator[Opener]:
    """Opens the ledger of :func:`store`, as often as wanted."""
    opened: list[Ledger] = []

    def opener(**options: object) -> Ledger:
        ledger = open_ledger(store, evidence_folder=tmp_path / "evidence", **options)  # type: ignore[arg-type]
        opened.append(ledger)
        return ledger

    yield opener
    for ledger in opened:
        ledger.close()


@pytest.fixture
def ledger(open_store: Opener) -> Ledger:
    """An empty ledger, in each store."""
    return open_store()
