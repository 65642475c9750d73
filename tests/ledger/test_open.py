"""Opening: what is no ledger is left alone and said in one line; older and newer tables."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from takhrij.errors import LedgerDamaged, LedgerError, LedgerVersion, UsageError
from takhrij.ledger import Head, open_ledger, restore
from takhrij.ledger.migrations import NEWEST, revision
from takhrij.ledger.schema import TEXT_TABLES, metadata
from takhrij.records import Article, Page, Reading


def test_a_new_ledger_is_empty_and_has_an_origin(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l.db") as ledger:
        assert ledger.verify().problems == []
        assert ledger.collections() == []
        assert [e.action for e in ledger.views().audit().entries] == ["create"]
        assert ledger.head().seq == 1
    assert not (tmp_path / "l.db.evidence").exists()


def test_the_migrations_make_what_the_schema_says(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l.db") as ledger, ledger.database.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: kind != "table" or not str(name).startswith(TEXT_TABLES)}
        )
        assert compare_metadata(context, metadata) == []
        assert revision(connection) == NEWEST


@pytest.mark.parametrize("content", [b"not a database", b"\x00" * 4096, b"SQLite format 3\x00" + b"\x01" * 4000])
def test_another_file_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    with pytest.raises((LedgerVersion, LedgerDamaged)) as caught:
        open_ledger(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == content


def test_another_programs_database_is_left_as_it_is(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "x.db") as connection:
        connection.execute("CREATE TABLE articles (a)")
    with pytest.raises(LedgerVersion, match="holds other tables"):
        open_ledger(tmp_path / "x.db")
    with sqlite3.connect(tmp_path / "x.db") as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("articles",)]


def test_a_newer_ledger_is_not_touched(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l.db") as ledger, ledger.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(LedgerVersion, match="newer takhrij"):
        open_ledger(tmp_path / "l.db")


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    for where in (tmp_path, tmp_path / "no" / "l.db", "mysql://x/y"):
        with pytest.raises(UsageError):
            open_ledger(where)
    with pytest.raises(UsageError, match="no such ledger"):
        open_ledger(tmp_path / "l.db", create=False)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(LedgerError) as caught:
        open_ledger("postgresql://user:secret@127.0.0.1:1/none")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)
    with pytest.raises(UsageError):
        restore(tmp_path / "none", tmp_path / "l.db")


def test_evidence_that_cannot_be_written_leaves_nothing_added(tmp_path: Path) -> None:
    (tmp_path / "l.db.evidence").write_text("a file where the folder should be")
    reading = Reading(Article("a", "خبر"))
    with open_ledger(tmp_path / "l.db") as ledger, ledger.writer("desk") as writer:
        with pytest.raises(LedgerError, match="evidence cannot be written"):
            writer.add(reading, Page("a", b"x"))
        assert ledger.head().seq == 1
        assert ledger.views().articles().readings == ()


def test_heads_are_written_and_read() -> None:
    head = Head(7, "a" * 64)
    assert Head.parse(f" {head}\n") == head
    for wrong in ("", "7", "x:" + "a" * 64, "7:abc"):
        with pytest.raises(UsageError):
            Head.parse(wrong)


def test_importing_the_package_does_not_load_the_database() -> None:
    code = "import sys, takhrij, takhrij.text.lemmas; sys.exit('sqlalchemy' in sys.modules or 'simplemma' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
