"""The pages as they came, in WARC files beside the ledger, each found again by its SHA-256.

Every writer appends to a file of its own and holds a lock on it. A record is on the disk before the transaction that
names it is committed, so a killed writer leaves at most bytes that no row names; the next writer cuts them off.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
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
    """Where a record lies: the file's name in the folder, and its bytes."""

    file: str
    offset: int
    length: int


class EvidenceFolder:
    """A folder of WARC files. Nothing is created before the first record is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file: BinaryIO | None = None
        self._name = ""

    def write(self, page: Page) -> Place:
        """Append a page, as a ``response`` where it came from the web with its headers, else as a ``resource``."""
        from warcio.warcwriter import WARCWriter

        file = self._open()
        start = file.tell()
        writer = WARCWriter(file, gzip=True)
        try:
            writer.write_record(_record(writer, page))
        except OSError as error:
            with suppress(OSError):  # half a record in the middle would stop other readers of WARC
                file.seek(start)
                file.truncate()
            raise self._unwritten(error) from None
        return Place(self._name, start, file.tell() - start)

    def sync(self) -> None:
        """Have what was written on the disk before a transaction names it."""
        if self._file is not None:
            try:
                self._file.flush()
                os.fsync(self._file.fileno())
            except OSError as error:
                raise self._unwritten(error) from None

    def read(self, place: Place, facts: Mapping[str, Any], digest: str) -> Page:
        """The page at ``place``. Raises :class:`LedgerDamaged` where it is missing or its bytes have another digest."""
        from warcio.archiveiterator import ArchiveIterator

        try:
            with open(self.folder / place.file, "rb") as file:
                file.seek(place.offset)
                raw = file.read(place.length)
            body = next(iter(ArchiveIterator(BytesIO(raw)))).raw_stream.read()
        except Exception as error:  # warcio and zlib raise what they like over altered bytes
            raise LedgerDamaged(f"evidence {digest[:16]} in {place.file} cannot be read ({type(error).__name__})") from None
        page = Page(body=body, **facts)
        if page.sha256 != digest:
            raise LedgerDamaged(f"evidence {digest[:16]} in {place.file} was altered")
        return page

    def raw(self, place: Place) -> bytes:
        """The bytes of a record as they lie in the file."""
        with open(self.folder / place.file, "rb") as file:
            file.seek(place.offset)
            return file.read(place.length)

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

    def _unwritten(self, error: OSError) -> LedgerError:
        return LedgerError(f"{self.folder}: evidence cannot be written ({error.strerror})")

    def _open(self) -> BinaryIO:
        if self._file is not None and self._file.tell() >= _FULL:
            self.close()
        if self._file is None:
            self._name = f"{datetime.now(UTC):%Y%m%d%H%M%S}-{uuid4().hex[:12]}{SUFFIX}"
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                self._file = open(self.folder / self._name, "xb")  # noqa: SIM115 - held open over many records
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


def _record(writer: Any, page: Page) -> Any:
    from warcio.statusandheaders import StatusAndHeaders

    dates = {"WARC-Date": page.captured} if page.captured and page.captured.endswith("Z") else {}
    address = page.final_url or page.url or "file:///" + page.name.lstrip("/")
    address = quote(address.encode("utf-8", "replace"), safe=":/?#[]@!$&'()*+,;=%~")
    if not page.headers or not address.lower().startswith(("http://", "https://")):
        kind = page.media_type or "application/octet-stream"
        return writer.create_warc_record(
            address, "resource", payload=BytesIO(page.body), warc_content_type=_line(kind), warc_headers_dict=dates
        )
    headers = [(_line(name), _line(value)) for name, value in page.headers.items()]
    status = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
    return writer.create_warc_record(
        address, "response", payload=BytesIO(page.body), http_headers=status, warc_headers_dict=dates
    )


def _line(text: str) -> str:
    return " ".join(text.split()).encode("ascii", "replace").decode("ascii")


def _lock(file: BinaryIO) -> None:
    if fcntl is not None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def _cut(path: Path, end: int) -> None:
    """Shorten a file that no writer holds; one that is held is its holder's business."""
    with suppress(OSError), open(path, "r+b") as file:
        _lock(file)
        if end:
            file.truncate(end)
        else:
            path.unlink()
