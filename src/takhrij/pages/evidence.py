"""The evidence: every page as it was read, kept in WARC files that anybody can open, and an index that shows each changed byte.

A record is appended and reaches the disk before its line in the index does, so a process killed at any point leaves whole
records, at most one torn one behind them, and no line without its record. Opening the store for writing takes up the whole
ones and cuts off the torn one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO

from takhrij.errors import LedgerBusy, LedgerDamaged
from takhrij.pages import evidence_index
from takhrij.pages.evidence_index import Row
from takhrij.pages.evidence_records import info_bytes, members, read_record, record_bytes, target_of
from takhrij.records import Page

INDEX = "index.jsonl"
_ROLL = 1 << 30
_SYNC_EVERY = 256
_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a page's record lies: its file, offset and length in bytes; ``digest`` is the SHA-256 of the page's body."""

    file: str
    offset: int
    length: int
    digest: str


@dataclass(frozen=True, slots=True)
class Damage:
    """Something wrong with the evidence: ``where`` (a file, an offset or an address) and what in one line."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class Evidence:
    """A folder of WARC files. Reading needs no lock; the first :meth:`put` takes the one for writing.

    ``roll`` is the size in bytes past which a new file is begun.
    """

    def __init__(self, folder: str | Path, *, roll: int = _ROLL) -> None:
        self.folder = Path(folder)
        self._roll = roll
        self._index = evidence_index.load(self.folder / INDEX)
        self._by_page: dict[str, Row] = {}
        self._by_address: dict[tuple[str, str], Row] = {}
        self._pending: list[Row] = []
        self._lock: IO[bytes] | None = None
        self._out: IO[bytes] | None = None
        self._remember(self._index.rows)

    def __enter__(self) -> Evidence:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def put(self, page: Page) -> Locator:
        """Keep ``page``, once for its address and content. It is sure to be on disk after :meth:`sync` or :meth:`close`.

        Raises :class:`LedgerBusy` where another process writes here, :class:`LedgerDamaged` where the index is broken.
        """
        digest, address = page.sha256, target_of(page)
        known = self._by_address.get((digest, address))
        if known is None:
            self._open_for_writing()
            known = self._by_address.get((digest, address)) or self._append(record_bytes(page), digest, address)
        return Locator(known.file, known.offset, known.length, digest)

    def get(self, digest: str) -> bytes:
        """The body whose SHA-256 is ``digest``. Raises :class:`LedgerDamaged` where it is missing or was altered."""
        page = self.page(digest)
        return page.body

    def page(self, digest: str) -> Page:
        """The page whose body has the SHA-256 ``digest``, as it was kept; raises like :meth:`get`."""
        if digest not in self._by_page and self._lock is None:
            self._index = evidence_index.load(self.folder / INDEX)
            self._remember(self._index.rows)
        row = self._by_page.get(digest)
        if row is None:
            raise LedgerDamaged(f"{self.folder.name}: no evidence with the digest {digest[:16]}...")
        member = self.raw(row)
        stored = read_record(member, f"{row.file}@{row.offset}")
        if stored.page is None or stored.page.sha256 != digest:
            raise LedgerDamaged(f"{row.file}@{row.offset}: the page does not fit its digest")
        return stored.page

    def raw(self, row: Row) -> bytes:
        """The raw bytes of a record. Raises :class:`LedgerDamaged` where they are missing or do not fit the index."""
        if self._out is not None:
            self._out.flush()
        try:
            with (self.folder / row.file).open("rb") as stream:
                stream.seek(row.offset)
                member = stream.read(row.length)
        except OSError:
            raise LedgerDamaged(f"{row.file}: the file is missing or cannot be read") from None
        if len(member) < row.length:
            raise LedgerDamaged(f"{row.file}@{row.offset}: the file ends before this record does")
        if hashlib.sha256(member).hexdigest() != row.record:
            raise LedgerDamaged(f"{row.file}@{row.offset}: altered since it was written ({row.url})")
        return member

    def rows(self) -> Iterator[Row]:
        """Every record of a page, in the order of writing."""
        return (row for row in [*self._index.rows, *self._pending] if row.page)

    def sync(self) -> None:
        """Bring all that was put to the disk, the records before their lines in the index."""
        if self._out is not None and self._pending:
            self._out.flush()
            os.fsync(self._out.fileno())
            self._index.chain = evidence_index.append(self.folder / INDEX, self._pending, self._index.chain)
            self._index.rows.extend(self._pending)
            self._pending = []

    def close(self) -> None:
        """:meth:`sync`, and give the lock back."""
        self.sync()
        for stream in (self._out, self._lock):
            if stream is not None:
                stream.close()
        self._out = self._lock = None

    def verify(self) -> list[Damage]:
        """Re-read every byte of the evidence; what was changed, lost or left torn, in the order of the files."""
        self.sync()
        index = evidence_index.load(self.folder / INDEX)
        found = [Damage(INDEX, index.broken)] if index.broken else []
        if index.torn:
            found.append(Damage(INDEX, "its last line is torn: an interrupted write, mended by the next one"))
        ends: dict[str, int] = {}
        for row in index.rows:
            if row.offset != ends.get(row.file, 0):
                found.append(Damage(f"{row.file}@{row.offset}", "the index has a gap before this record"))
            ends[row.file] = row.end
            try:
                self._check(row)
            except LedgerDamaged as error:
                found.append(_damage(error))
        for path in self._files():
            if extra := path.stat().st_size - ends.get(path.name, 0):
                what = f"{extra} bytes behind the last known record: an interrupted write, mended by the next one, or added"
                found += [Damage(path.name, what)] if extra > 0 else []
        return found

    def _check(self, row: Row) -> None:
        member = self.raw(row)
        if row.page:
            stored = read_record(member, f"{row.file}@{row.offset}")
            if stored.page is None or stored.page.sha256 != row.page:
                raise LedgerDamaged(f"{row.file}@{row.offset}: the page does not fit its digest")

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob("*.warc.gz"))

    def _remember(self, rows: list[Row]) -> None:
        for row in rows:
            if row.page:
                self._by_page.setdefault(row.page, row)
                self._by_address.setdefault((row.page, row.url), row)

    def _append(self, member: bytes, digest: str, address: str) -> Row:
        out = self._file_for_writing()
        row = Row(Path(out.name).name, out.tell(), len(member), hashlib.sha256(member).hexdigest(), digest, address)
        out.write(member)
        self._pending.append(row)
        self._remember([row])
        if len(self._pending) >= _SYNC_EVERY:
            self.sync()
        return row

    def _file_for_writing(self) -> IO[bytes]:
        if self._out is not None and self._out.tell() < self._roll:
            return self._out
        self.sync()
        if self._out is not None:
            self._out.close()
        files = self._files()
        path = files[-1] if files and files[-1].stat().st_size < self._roll else None
        self._out = (path or self.folder / f"evidence-{len(files) + 1:05}.warc.gz").open("ab")
        self._out.seek(0, os.SEEK_END)
        if self._out.tell() == 0:
            self._append(info_bytes(), "", "")
        return self._out

    def _open_for_writing(self) -> None:
        if self._lock is not None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(self.folder / ".lock")
        try:
            self._mend()
        except BaseException:
            self._lock.close()
            self._lock = None
            raise

    def _mend(self) -> None:
        """Take up whole records that the index does not know yet, cut off what is torn behind them."""
        path = self.folder / INDEX
        self._index = evidence_index.load(path)
        if self._index.broken:
            raise LedgerDamaged(f"{self.folder.name}: {self._index.broken}; run verify, and restore it from a copy")
        if self._index.torn:
            os.truncate(path, self._index.size)
        self._remember(self._index.rows)
        ends = {row.file: row.end for row in self._index.rows}
        unknown: list[Row] = []
        for file in self._files():
            start = ends.get(file.name, 0)
            if file.stat().st_size > start:
                unknown += _take_up(file, start)
        if unknown:
            self._index.chain = evidence_index.append(path, unknown, self._index.chain)
            self._index.rows.extend(unknown)
            self._remember(unknown)


def _take_up(path: Path, start: int) -> list[Row]:
    with path.open("rb") as stream:
        stream.seek(start)
        data = stream.read()
    rows, end = [], 0
    for offset, length in members(data):
        member = data[offset : offset + length]
        try:
            stored = read_record(member, path.name)
        except LedgerDamaged:
            break
        page = stored.page.sha256 if stored.page else ""
        rows.append(Row(path.name, start + offset, length, hashlib.sha256(member).hexdigest(), page, stored.url))
        end = offset + length
    if end < len(data):
        os.truncate(path, start + end)
    return rows


def _locked(path: Path) -> IO[bytes]:
    stream = path.open("ab")
    try:
        import fcntl
    except ImportError:  # no such locks on this system: the ledger's own lock has to do
        return stream
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        stream.close()
        raise LedgerBusy(f"{path.parent.name}: another process is writing evidence here; try again when it is done") from None
    return stream


def _damage(error: LedgerDamaged) -> Damage:
    where, _, what = str(error).partition(": ")
    return Damage(where, what)
