"""The records of evidence as they lie in WARC files, read for handing them on: one gzip member, one record."""

from __future__ import annotations

import datetime as dt
import io
import mmap
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from takhrij.errors import DamagedInput, LedgerDamaged
from takhrij.pages.warc import http_message, records
from takhrij.records import Page

_UNLIMITED = 1 << 40
_STEP = 1 << 18


@dataclass(frozen=True, slots=True)
class Stored:
    """What a record says of the page in it: address, instant, media type, HTTP status and the page itself."""

    url: str
    captured: str
    media_type: str
    status: int
    page: Page | None


def now() -> str:
    """This instant as WARC writes it."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_record(member: bytes, where: str) -> Stored:
    """The record in one gzip member. Raises :class:`LedgerDamaged` where the bytes hold no such record."""
    try:
        record = next(records(io.BytesIO(member), where, _UNLIMITED))
        url = record.url or ""
        media, status, body = record.headers.get("content-type", ""), 200, record.block
        headers: dict[str, str] = {}
        if record.kind == "response":
            status, headers, body = http_message(record.block, where)
            media = headers.get("content-type", "")
    except (DamagedInput, StopIteration, OSError, zlib.error, EOFError) as error:
        raise LedgerDamaged(f"{where}: the record cannot be read ({error})") from None
    captured = record.headers.get("warc-date", "")
    page = None
    if record.kind in {"response", "resource"}:
        address = url if url.startswith(("http://", "https://")) else None
        page = Page(name=url, body=body, url=address, media_type=media, captured=captured, headers=headers)
    return Stored(url, captured, media, status, page)


def members(data: bytes | mmap.mmap) -> Iterator[tuple[int, int]]:
    """(offset, length) of each whole gzip member in ``data``, up to the first that is torn."""
    at = 0
    while at < len(data):
        decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
        end = at
        try:
            while not decoder.eof:
                waiting = decoder.unconsumed_tail
                if not waiting:
                    waiting = data[end : end + _STEP]
                    end += len(waiting)
                if not waiting:
                    return
                decoder.decompress(waiting, _STEP)
        except zlib.error:
            return
        end -= len(decoder.unused_data)
        yield at, end - at
        at = end
