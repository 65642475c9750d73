"""Backups: taken while others add, put back into either store to the same digests, refused where damaged."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import ledger_samples as samples
import pytest
from sqlalchemy import select

from takhrij.errors import LedgerDamaged, LedgerError, LedgerVersion, UsageError
from takhrij.ledger import Ledger, Subject, open_ledger, restore
from takhrij.ledger.backup import read_manifest
from takhrij.ledger.schema import KEPT
from takhrij.records import Page


@pytest.fixture
def worked(ledger: Ledger) -> Ledger:
    with ledger.writer("desk") as writer:
        for reading in samples.all_four():
            writer.add(reading, Page(reading.article.id, reading.article.text.encode()))
        writer.add_many([samples.generated(i) for i in range(30)])
        writer.put_trace(samples.trace())
        writer.review(Subject("claim", "c-bridge"), "false")
    return ledger


def _kept(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    with ledger.database.reading() as connection:
        return {t.name: sorted(map(tuple, connection.execute(select(t))), key=repr) for t in KEPT}


def test_restored_into_each_store_it_is_the_same(
    worked: Ledger, tmp_path: Path, new_database: Callable[[], str], store: str
) -> None:
    head = worked.backup(tmp_path / "b.zip")
    targets = [(tmp_path / "r.db", None), (new_database(), tmp_path / "r2")]
    for to, evidence in targets:
        assert restore(tmp_path / "b.zip", to, evidence) == head == worked.head()
        with open_ledger(to, create=False, evidence_folder=evidence) as restored:
            assert restored.verify(head).problems == []
            assert _kept(restored) == _kept(worked)
            for query in ("الجسر", '"جسر الوادي"', "speaker:الهيئة", "قال"):
                assert restored.views().search(query) == worked.views().search(query)
            assert restored.views().facets("speaker") == worked.views().facets("speaker")
            with restored.writer("desk") as writer:
                writer.add(samples.generated(1000))
            back = restored.backup(tmp_path / f"back-{back_name(to)}.zip")
            assert back.seq == head.seq + 1


def back_name(to: object) -> str:
    return "sqlite" if isinstance(to, Path) else "postgres"


def test_there_and_back_again(worked: Ledger, tmp_path: Path, new_database: Callable[[], str]) -> None:
    before = _kept(worked)
    worked.backup(tmp_path / "1.zip")
    there = new_database()
    restore(tmp_path / "1.zip", there, tmp_path / "e1")
    with open_ledger(there, evidence_folder=tmp_path / "e1") as ledger:
        ledger.backup(tmp_path / "2.zip")
    restore(tmp_path / "2.zip", tmp_path / "back.db")
    with open_ledger(tmp_path / "back.db") as ledger:
        assert _kept(ledger) == before


def test_a_backup_taken_while_adding_goes_on(open_store: Callable[..., Ledger], tmp_path: Path) -> None:
    adder, saver = open_store(), open_store()
    stop = threading.Event()
    failures: list[BaseException] = []

    def add() -> None:
        number = 0
        try:
            with adder.writer("desk") as writer:
                while not stop.is_set() and number < 2000:
                    reading = samples.generated(number)
                    writer.add(reading, Page(reading.article.id, reading.article.text.encode()))
                    number += 1
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=add)
    thread.start()
    try:
        heads = [saver.backup(tmp_path / f"{i}.zip") for i in range(3)]
    finally:
        stop.set()
        thread.join()
    assert failures == []
    assert adder.verify().problems == []
    for i, head in enumerate(heads):
        assert restore(tmp_path / f"{i}.zip", tmp_path / f"r{i}.db") == head
        with open_ledger(tmp_path / f"r{i}.db") as restored:
            assert restored.verify(head).problems == []
            assert restored.views().totals().articles == head.seq - 1
    assert adder.verify(heads[-1]).problems == []


def _rewritten(source: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)


def test_damaged_backups_are_refused_and_leave_nothing(worked: Ledger, tmp_path: Path) -> None:
    good = tmp_path / "b.zip"
    worked.backup(good)
    whole = good.read_bytes()
    damaged = tmp_path / "d.zip"
    places = range(50, len(whole) - 200, 211)
    flips = [whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :] for at in places]
    for content in (b"", whole[: len(whole) // 2]):
        damaged.write_bytes(content)
        _refused(damaged, tmp_path)
    for change in (
        lambda name, data: None if name.startswith("evidence/") else data,
        lambda name, data: data[:-1] if name == "tables/readings.jsonl" else data,
        lambda name, data: b"{}" if name == "manifest.json" else data,
    ):
        _rewritten(good, damaged, change)
        _refused(damaged, tmp_path)
    unharmed = 0
    for content in flips:
        damaged.write_bytes(content)
        try:
            read_manifest(damaged)
        except (LedgerDamaged, LedgerVersion):
            _refused(damaged, tmp_path)
        else:  # a byte of the zip that says nothing of its contents: a time of day, say
            unharmed += 1
            restore(damaged, tmp_path / f"r{unharmed}.db")
            with open_ledger(tmp_path / f"r{unharmed}.db") as restored:
                assert _kept(restored) == _kept(worked)
    assert unharmed <= 0.1 * len(flips)


def _refused(path: Path, folder: Path) -> None:
    with pytest.raises((LedgerDamaged, LedgerVersion)) as caught:
        restore(path, folder / "refused.db")
    assert "\n" not in str(caught.value)
    assert not list(folder.glob("refused.db*"))


def test_rows_forged_within_a_backup_are_refused(worked: Ledger, tmp_path: Path) -> None:
    """Someone who also mends the manifest is betrayed by the chain."""
    import hashlib
    import json

    worked.backup(tmp_path / "b.zip")
    forged: dict[str, str] = {}

    def forge(name: str, data: bytes) -> bytes:
        if name == "tables/reviews.jsonl":
            data = data.replace(b'"verdict": "false"', b'"verdict": "true"')
            forged[name] = hashlib.sha256(data).hexdigest()
        if name == "manifest.json":
            manifest = json.loads(data)
            manifest["files"].update(forged)
            data = json.dumps(manifest).encode()
        return data

    _rewritten(tmp_path / "b.zip", tmp_path / "f.zip", forge)
    assert forged
    with pytest.raises(LedgerDamaged, match="reviews:1: was altered"):
        restore(tmp_path / "f.zip", tmp_path / "r.db")
    assert not (tmp_path / "r.db").exists()


def test_nothing_is_overwritten(worked: Ledger, tmp_path: Path, store: str) -> None:
    worked.backup(tmp_path / "b.zip")
    with pytest.raises(UsageError):
        worked.backup(tmp_path / "b.zip")
    (tmp_path / "r.db").write_bytes(b"")
    with pytest.raises(UsageError):
        restore(tmp_path / "b.zip", tmp_path / "r.db")
    with pytest.raises(UsageError):
        restore(tmp_path / "b.zip", store, tmp_path / "other")
    with pytest.raises(UsageError):
        restore(tmp_path / "none.zip", tmp_path / "q.db")
    with pytest.raises(LedgerError):
        worked.backup(tmp_path / "no" / "b.zip")
    assert worked.verify().problems == []
