"""The audit chain and ``verify``: whatever is altered behind the ledger's back is found, in each store."""

from __future__ import annotations

import random
from pathlib import Path

import ledger_samples as samples
import pytest
from sqlalchemy import LargeBinary, Table, delete, func, insert, select, text, update

from takhrij.ledger import Actor, Head, Ledger, Subject
from takhrij.ledger.chain import GENESIS, Entry, entries
from takhrij.ledger.schema import INDEXES, KEPT, audit, meta, names
from takhrij.records import Page


@pytest.fixture
def worked(ledger: Ledger) -> Ledger:
    """A ledger in which something of everything was done."""
    with ledger.writer("run 1", extractor="x 1") as writer:
        for reading in samples.all_four():
            writer.add(reading, Page(reading.article.id, reading.article.text.encode()))
        writer.add_many([samples.generated(i) for i in range(12)])
        writer.put_trace(samples.trace())
    with ledger.writer("سلمى", extractor="x 2") as writer:
        writer.review(Subject("claim", "c-bridge"), "false", "الجسر مفتوح")
        writer.review(Subject("attribution", "a/2", 0), "accept")
        writer.put_actor(Actor("own:town", "بلدية السهل"))
        writer.add(samples.bridge())
    return ledger


def test_every_change_is_an_entry(worked: Ledger) -> None:
    page = worked.views().audit(limit=100)
    assert [(e.who, e.action, e.subject) for e in page.entries[:5]] == [
        ("سلمى", "reread", "article:a/1"),
        ("سلمى", "actor", "actor:own:town"),
        ("سلمى", "review", "attribution:a/2#0"),
        ("سلمى", "review", "claim:c-bridge"),
        ("run 1", "trace", "claims"),
    ]
    assert page.entries[-1].action == "create"
    assert len(page.entries) == 5 + 16 + 1
    assert all(e.program.startswith("takhrij ") and e.at.endswith("Z") for e in page.entries)
    first, second = worked.views().audit(limit=20), worked.views().audit(cursor=worked.views().audit(limit=20).next, limit=20)
    assert (*first.entries, *second.entries) == page.entries
    assert [e.action for e in worked.views().audit("article:a/1").entries] == ["reread", "add"]
    with worked.writer("سلمى") as writer:
        writer.review(Subject("claim", "c-bridge"), "true", "صححت")
    entry = worked.views().audit(limit=1).entries[0]
    assert (entry.before, entry.after) == ('["false", "الجسر مفتوح"]', '["true", "صححت"]')
    assert worked.verify(worked.head()).problems == []


def _rechain(ledger: Ledger, change: dict[int, dict[str, object]]) -> None:
    """What a careful forger does: edits entries and computes every later hash anew."""
    with ledger.database.writing() as connection:
        previous = GENESIS
        for entry in list(entries(connection)):
            row = {name: getattr(entry, name) for name in Entry.__slots__} | change.get(entry.seq, {})
            row["hash"] = Entry(**row).computed(previous)
            previous = str(row["hash"])
            connection.execute(update(audit).where(audit.c.seq == entry.seq).values(**row))


@pytest.mark.parametrize("seq", [1, 4, 19, 22])
@pytest.mark.parametrize(
    "column", ["at", "who", "action", "collection", "subject", "before", "after", "rows", "program", "hash"]
)
def test_an_edited_entry_is_found(worked: Ledger, seq: int, column: str) -> None:
    with worked.database.writing() as connection:
        connection.execute(update(audit).where(audit.c.seq == seq).values(**{column: "{}" if column == "rows" else "forged"}))
    assert not worked.verify().clean


@pytest.mark.parametrize("seq", [1, 2, 10, 21])
def test_a_removed_entry_is_found(worked: Ledger, seq: int) -> None:
    with worked.database.writing() as connection:
        connection.execute(delete(audit).where(audit.c.seq == seq))
    assert any(f"entries {seq} to {seq} are missing" in problem for problem in worked.verify().problems)


def test_swapped_entries_are_found(worked: Ledger) -> None:
    with worked.database.writing() as connection:
        for a, b in ((3, 1000), (4, 3), (1000, 4)):
            connection.execute(update(audit).where(audit.c.seq == a).values(seq=b))
    assert not worked.verify().clean


def test_a_chain_cut_short_is_found_by_its_head(worked: Ledger) -> None:
    """The last entry is a review: with its row removed too, only the head that was kept elsewhere can tell."""
    with worked.writer("سلمى") as writer:
        number = writer.review(Subject("claim", "c-bridge"), "true")
    head = Head.parse(str(worked.head()))
    with worked.database.writing() as connection:
        connection.execute(delete(audit).where(audit.c.seq == head.seq))
    assert not worked.verify().clean  # the review's row has no entry
    with worked.database.writing() as connection:
        connection.execute(text("DELETE FROM reviews WHERE seq = :n"), {"n": number})
    assert worked.verify().clean
    assert any("cut off" in problem for problem in worked.verify(head).problems)


def test_a_chain_forged_throughout_is_found_by_its_head(worked: Ledger) -> None:
    head = worked.head()
    _rechain(worked, {5: {"who": "another"}})
    assert worked.verify().clean
    assert any("given head" in problem for problem in worked.verify(head).problems)


def test_an_older_head_still_fits(worked: Ledger) -> None:
    head = worked.head()
    with worked.writer("desk") as writer:
        writer.add(samples.generated(99))
    assert worked.verify(head).clean


def _tamper(ledger: Ledger, table: Table, chance: random.Random) -> str | None:
    """Alter, remove or invent one row; what was done."""
    with ledger.database.writing() as connection:
        rows = connection.execute(select(table)).mappings().all()
        if not rows:
            return None
        row = dict(chance.choice(rows))
        where = [table.c[key.name] == row[key.name] for key in table.primary_key.columns]
        deed = chance.choice(["alter", "alter", "alter", "remove", "invent"])
        if deed == "remove" and table is not names:
            connection.execute(delete(table).where(*where))
            return f"removed {where_of(table, row)}"
        if deed == "invent" and table is not names:
            for key in table.primary_key.columns:
                old = row[key.name]
                row[key.name] = (
                    f"{old}x" if isinstance(old, str) else connection.execute(select(func.max(key))).scalar_one() + 1
                )
            if "id" in row:
                row["id"] = "invented"
            connection.execute(insert(table), [row])
            return f"invented {where_of(table, row)}"
        column = chance.choice([c for c in table.columns if c.name != "seq" or table is not names])
        old = row[column.name]
        if isinstance(column.type, LargeBinary):
            at = chance.randrange(len(old) * 8)
            flipped = bytearray(old)
            flipped[at // 8] ^= 1 << at % 8
            new: object = bytes(flipped)
        elif isinstance(old, str) or (old is None and column.type.python_type is str):
            new = (old or "") + "x"
        else:
            new = (old or 0) + 1000
        connection.execute(update(table).where(*where).values(**{column.name: new}))
        return f"{column.name} of {where_of(table, row)}: {old!r:.40} -> {new!r:.40}"


def where_of(table: Table, row: dict[str, object]) -> str:
    return f"{table.name} {[row[key.name] for key in table.primary_key.columns]}"


@pytest.mark.parametrize("seed", range(4))
def test_random_tamperings_of_rows_are_all_found(worked: Ledger, seed: int, tmp_path: Path) -> None:
    """A hundred in all, 25 for each seed, over all tables; the ledger is put back after each."""
    chance = random.Random(seed)
    clean = worked.verify()
    assert clean.problems == []
    kept = _snapshot(worked)
    done = 0
    while done < 25:
        table = chance.choice([*KEPT, *INDEXES])
        deed = _tamper(worked, table, chance)
        if deed is None:
            continue
        done += 1
        assert not worked.verify().clean, deed
        _put_back(worked, kept)
    assert worked.verify().problems == []


def _snapshot(ledger: Ledger) -> dict[Table, list[dict[str, object]]]:
    with ledger.database.reading() as connection:
        return {table: [dict(row) for row in connection.execute(select(table)).mappings()] for table in (*KEPT, *INDEXES)}


def _put_back(ledger: Ledger, kept: dict[Table, list[dict[str, object]]]) -> None:
    with ledger.database.writing() as connection:
        for table, rows in kept.items():
            connection.execute(delete(table))
            if rows:
                connection.execute(insert(table), rows)


def test_tampered_words_are_found(worked: Ledger) -> None:
    with worked.database.writing() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(
                "INSERT INTO doc_words(doc_words, rowid, head, lead, body) VALUES ('delete', 1, 'جسر', '', '')"
            )
        else:
            connection.exec_driver_sql("UPDATE doc_words SET words = words || 'كلمه:1A'::tsvector WHERE seq = 1")
    assert worked.verify().problems == ["doc_words:1: the words were altered"]


def test_altered_and_missing_evidence_is_found(worked: Ledger, tmp_path: Path) -> None:
    (file,) = (tmp_path / "evidence").glob("*.warc.gz")
    whole = file.read_bytes()
    for at in range(5, len(whole), 97):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        if (problems := worked.verify().problems) == []:
            assert all(worked.page(_digest(worked, i)) is not None for i in range(4))  # a gzip header byte that says nothing
        assert all("evidence" in problem for problem in problems)
    file.write_bytes(whole[:-200])
    assert any("evidence" in problem for problem in worked.verify().problems)
    file.unlink()
    assert len(worked.verify().problems) == 4


def _digest(ledger: Ledger, number: int) -> str:
    return Page("", samples.all_four()[number].article.text.encode()).sha256


def test_a_changed_analyzer_makes_the_indexes_anew(worked: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    with worked.database.writing() as connection:
        connection.execute(text("DELETE FROM names"))
    assert not worked.verify().clean
    for module in ("reindex", "writer", "verify"):
        monkeypatch.setattr(f"takhrij.ledger.{module}.analyzer_version", lambda: "another")
    with worked.writer("upgrade") as writer:
        writer.add(samples.generated(50))
    assert worked.verify().problems == []
    assert [e.action for e in worked.views().audit(limit=2).entries] == ["add", "reindex"]
    with worked.database.reading() as connection:
        assert connection.execute(select(meta.c.value).where(meta.c.key == "analyzer")).scalar() == "another"
