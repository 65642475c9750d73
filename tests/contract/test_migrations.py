"""Ledgers of older tables are brought up to date where they are opened, in each store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import ledger_samples as samples
import pytest
from older_tables import make_old

from takhrij.ledger import Ledger, open_ledger, restore
from takhrij.ledger.migrations import NEWEST, revision
from takhrij.ledger.schema import KEPT

Opener = Callable[..., Ledger]


def _filled(ledger: Ledger) -> None:
    with ledger.writer("desk") as writer:
        writer.add_many(samples.all_four())
        writer.put_trace(samples.trace())


def test_an_old_ledger_is_brought_up_to_date(store: str, open_store: Opener) -> None:
    old = open_store()
    _filled(old)
    found = old.views().search("place:وادي")
    head = old.head()
    old.close()
    make_old(store)
    with open_store() as ledger:
        with ledger.database.reading() as connection:
            assert revision(connection) == NEWEST
        assert ledger.verify(head).problems == []
        assert ledger.views().search("place:وادي") == found
        assert [entry.action for entry in ledger.views().audit(limit=2).entries] == ["reindex", "trace"]
        assert ledger.views().edits() == ()
        head = ledger.head()
    with open_store() as ledger:
        assert ledger.head() == head


def test_a_backup_of_old_tables_is_restored(open_store: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store() as ledger:
        _filled(ledger)
        older = tuple(table for table in KEPT if table.name not in ("edits", "corrected"))
        monkeypatch.setattr("takhrij.ledger.backup.KEPT", older)
        monkeypatch.setattr("takhrij.ledger.migrations.NEWEST", "0001")
        ledger.backup(tmp_path / "old.zip")
        monkeypatch.undo()
    restore(tmp_path / "old.zip", tmp_path / "new.db")
    with open_ledger(tmp_path / "new.db") as again:
        assert again.verify().problems == []
        assert again.views().search("place:وادي").total == 1
        assert list(again.views().readings()) == samples.all_four()
