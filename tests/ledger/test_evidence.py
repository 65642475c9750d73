"""The evidence beside a ledger: each changed byte is found, a torn end is cut off, a failed transaction leaves no gap."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from takhrij.errors import LedgerDamaged, UsageError
from takhrij.ledger import Ledger, open_ledger
from takhrij.records import Article, Page, Reading


def page(number: int) -> Page:
    """Every other one was fetched, with headers."""
    name = f"https://example.org/{number}"
    headers = {"content-type": "text/html; charset=utf-8", "etag": f'"{number}"'} if number % 2 else {}
    body = f"<p>افتتح المجلس البلدي الجسر رقم {number} أمس.</p>".encode() * 3
    return Page(name, body, name if headers else None, media_type="text/html", captured="2021-05-02T10:00:00Z", headers=headers)


def reading(number: int) -> Reading:
    return Reading(Article(f"a/{number}", f"جسر الوادي رقم {number}", page_sha256=page(number).sha256), (), ())


def fill(ledger: Ledger, numbers: range) -> None:
    with ledger.writer("desk") as writer:
        writer.add_many([(reading(number), page(number)) for number in numbers])


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "l.db") as ledger:
        fill(ledger, range(12))
        yield ledger


def files(ledger: Ledger) -> list[Path]:
    assert ledger.evidence_folder is not None
    return sorted(ledger.evidence_folder.glob("*.warc.gz"))


def test_a_hundred_changed_bytes_are_found(ledger: Ledger) -> None:
    chance = random.Random(7)
    (path,) = files(ledger)
    data = path.read_bytes()
    for _ in range(100):
        at = chance.randrange(len(data))
        path.write_bytes(data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :])
        assert [p for p in ledger.verify().problems if "was altered" in p], f"a change at byte {at} went unseen"
    path.write_bytes(data)
    assert ledger.verify().problems == []


def test_every_byte_counts(ledger: Ledger) -> None:
    """The bytes of the packing that say nothing, such as the time in a gzip header, are as much evidence as the others."""
    (path,) = files(ledger)
    data = path.read_bytes()
    for at in range(10):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        with pytest.raises(LedgerDamaged, match="was altered"):
            ledger.page(page(0).sha256)


def test_loss_is_named(ledger: Ledger) -> None:
    (path,) = files(ledger)
    data = path.read_bytes()
    path.write_bytes(data[:-10])
    assert [p.rpartition(" is ")[2] for p in ledger.verify().problems] == ["cut short"]
    path.unlink()
    assert {p.rpartition(" is ")[2] for p in ledger.verify().problems} == {"missing"}


def test_other_tools_read_the_files(ledger: Ledger) -> None:
    with files(ledger)[0].open("rb") as stream:
        kinds = [record.rec_type for record in ArchiveIterator(stream, check_digests="raise")]
    assert kinds == ["resource", "response"] * 6


@pytest.mark.parametrize("torn", [b"\x1f\x8b", b"\x1f\x8b\x08\x00 half a record", b"\x00" * 5000])
def test_a_torn_end_is_cut_off_by_the_next_writer(ledger: Ledger, torn: bytes) -> None:
    (path,) = files(ledger)
    data = path.read_bytes()
    path.write_bytes(data + torn)
    stray = path.with_name("20200101000000-of-a-killed-writer.warc.gz")
    stray.write_bytes(torn)
    assert ledger.verify().problems == []
    fill(ledger, range(12, 14))
    assert path.read_bytes() == data
    assert not stray.exists()
    report = ledger.verify()
    assert (report.problems, report.evidence) == ([], 14)


def test_a_failed_transaction_leaves_no_gap(ledger: Ledger) -> None:
    with ledger.writer("desk") as writer:
        writer.add(reading(20), page(20))
        wrong = replace(reading(22), article=replace(reading(22).article, page_sha256="0" * 64))
        with pytest.raises(UsageError, match="was not read from"):
            writer.add_many([(reading(21), page(21)), (wrong, page(22))])
        writer.add(reading(23), page(23))
    report = ledger.verify()
    assert (report.problems, report.evidence) == ([], 14)
    assert ledger.page(page(21).sha256) is None
    kept = []
    for path in files(ledger):
        with path.open("rb") as stream:
            kept += [record.rec_headers["WARC-Target-URI"] for record in ArchiveIterator(stream)]
    assert not [address for address in kept if address.endswith(("/21", "/22"))]


def test_bytes_between_records_are_named(ledger: Ledger) -> None:
    """A gap that no row covers could hide a change: it is damage."""
    from sqlalchemy import text

    with ledger.database.writing() as connection:
        connection.execute(text("DELETE FROM evidence WHERE digest = :d"), {"d": page(5).sha256})
    assert any("bytes that no row names" in problem for problem in ledger.verify().problems)
