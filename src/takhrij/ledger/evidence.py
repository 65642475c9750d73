"""The pages as they came, in WARC files beside the ledger, each found again by its SHA-256.

Every writer appends to a file of its own and holds a lock on it. A record is on the disk before the transaction that
names it is committed, so a killed writer leaves at most bytes that no row names, a torn record among them; the next writer
cuts them off. The row of a record holds the SHA-256 of its raw bytes, so that any changed byte shows, the packing's too.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO, FileIO
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote
from uuid import uuid4

from sqlalchemy import Connection, func, select

from takhrij.errors import LedgerDamaged, LedgerError
from takhrij.ledger.codec import canonical
from takhrij.ledger.database import mapping
from takhrij.ledger.schema import evidence
from takhrij.records import Page

try:
    import fcntl
except ImportError:  # Windows: writers must not be killed while others write
    fcntl = None  # type: ignore[assignment]

#: A file past this size, in bytes, is followed by a new one.
_FULL = 1 << 30
SUFFIX = ".warc.gz"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies: the file's name in the folder, offset and length in bytes, and their SHA-256."""

    file: str
    offset: int
    length: int
    record: str


class EvidenceFolder:
    """A folder of WARC files. Nothing is created before the first record is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file: FileIO | None = None
        self._name = ""

    def write(self, page: Page) -> Place:
        """Append a page, as a ``response`` where it came from the web with its headers, else as a ``resource``."""
        raw = _record(page)
        file = self._open()
        start = file.tell()
        try:
            left = memoryview(raw)
            while left:  # a disk that fills up takes a part and no more
                left = left[file.write(left) or 0 :]
        except OSError as error:
            with suppress(OSError):  # half a record in the middle would stop other readers of WARC
                file.seek(start)
                file.truncate()
            raise self._unwritten(error) from None
        return Place(self._name, start, len(raw), hashlib.sha256(raw).hexdigest())

    def sync(self) -> None:
        """Have what was written on the disk before a transaction names it."""
        if self._file is not None:
            try:
                os.fsync(self._file.fileno())
            except OSError as error:
                raise self._unwritten(error) from None

    def read(self, place: Place, facts: Mapping[str, Any], digest: str) -> Page:
        """The page at ``place``. Raises :class:`LedgerDamaged` where it is missing or any byte of its record was changed."""
        from warcio.archiveiterator import ArchiveIterator

        raw = self.raw(place, digest)
        try:
            body = next(iter(ArchiveIterator(BytesIO(raw)))).raw_stream.read()
        except Exception as error:  # warcio and zlib raise what they like over strange bytes
            raise LedgerDamaged(f"evidence {digest[:16]} in {place.file} cannot be read ({type(error).__name__})") from None
        page = Page(body=body, **facts)
        if page.sha256 != digest:
            raise LedgerDamaged(f"evidence {digest[:16]} in {place.file} was altered")
        return page

    def raw(self, place: Place, digest: str) -> bytes:
        """The bytes of the record of the page ``digest`` as they lie in the file; raises like :meth:`read`."""
        what = f"evidence {digest[:16]} in {place.file}"
        try:
            with open(self.folder / place.file, "rb") as file:
                file.seek(place.offset)
                raw = file.read(place.length)
        except FileNotFoundError:
            raise LedgerDamaged(f"{what} is missing") from None
        except (OSError, ValueError, OverflowError) as error:
            raise LedgerDamaged(f"{what} cannot be read ({type(error).__name__})") from None
        if len(raw) < place.length:
            raise LedgerDamaged(f"{what} is cut short")
        if hashlib.sha256(raw).hexdigest() != place.record:
            raise LedgerDamaged(f"{what} was altered")
        return raw

    def tidy(self, connection: Connection) -> None:
        """Cut off what killed writers left: bytes past the last record that a row names. Call within a writing transaction."""
        if not self.folder.is_dir():
            return
        ends = connection.execute(
            select(evidence.c.file, func.max(evidence.c.offset + evidence.c.length)).group_by(evidence.c.file)
        )
        named: dict[str, int] = mapping(ends)
        for path in self.folder.glob(f"*{SUFFIX}"):
            end = named.get(path.name, 0)
            if path.name != self._name and path.stat().st_size > end:
                _cut(path, end)

    def close(self) -> None:
        """Give the file back; an empty one is removed."""
        if self._file is not None:
            empty = self._file.tell() == 0
            self._file.close()
            self._file = None
            if empty:
                (self.folder / self._name).unlink()
            self._name = ""

    def _unwritten(self, error: OSError) -> LedgerError:
        return LedgerError(f"{self.folder}: evidence cannot be written ({error.strerror})")

    def _open(self) -> IO[bytes]:
        if self._file is not None and self._file.tell() >= _FULL:
            self.close()
        if self._file is None:
            self._name = f"{datetime.now(UTC):%Y%m%d%H%M%S}-{uuid4().hex[:12]}{SUFFIX}"
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                self._file = FileIO(self.folder / self._name, "x")  # no buffer: what cannot be written shows at once
                _sync_folder(self.folder)
            except OSError as error:
                raise self._unwritten(error) from None
            _lock(self._file)
        return self._file


def facts(page: Page) -> str:
    """What is known of a page besides its bytes, as JSON."""
    known = {
        "name": page.name, "url": page.url, "final_url": page.final_url, "media_type": page.media_type,
        "captured": page.captured, "headers": dict(page.headers),
    }  # fmt: skip
    return canonical({key: value for key, value in known.items() if value})


def facts_of(text: str) -> dict[str, Any]:
    """The facts of :func:`facts`, as :class:`Page` takes them."""
    value: dict[str, Any] = {"name": "", **json.loads(text)}
    return value


def _record(page: Page) -> bytes:
    """The page as one gzip member with one WARC record in it."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import BufferWARCWriter

    writer = BufferWARCWriter(gzip=True)
    dates = {"WARC-Date": page.captured} if page.captured and page.captured.endswith("Z") else {}
    address = page.final_url or page.url or "file:///" + page.name.lstrip("/")
    address = quote(address.encode("utf-8", "replace"), safe=":/?#[]@!$&'()*+,;=%~")
    fields: dict[str, Any] = {"payload": BytesIO(page.body), "warc_headers_dict": dates}
    if page.headers and address.lower().startswith(("http://", "https://")):
        headers = [(_line(name), _line(value)) for name, value in page.headers.items()]
        fields["http_headers"] = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
        record = writer.create_warc_record(address, "response", **fields)
    else:
        kind = _line(page.media_type or "application/octet-stream")
        record = writer.create_warc_record(address, "resource", warc_content_type=kind, **fields)
    writer.write_record(record)
    raw: bytes = writer.get_contents()
    return raw


def _line(text: str) -> str:
    return " ".join(text.split()).encode("ascii", "replace").decode("ascii")


def _lock(file: IO[bytes] | FileIO) -> None:
    if fcntl is not None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sync_folder(folder: Path) -> None:
    """Have the name of a new file on the disk, where folders can be synced at all."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _cut(path: Path, end: int) -> None:
    """Shorten a file that no writer holds; one that is held is its holder's business."""
    with suppress(OSError), open(path, "r+b") as file:
        _lock(file)
        if end:
            file.truncate(end)
        else:
            path.unlink()
