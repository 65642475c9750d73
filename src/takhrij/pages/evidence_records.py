"""One page as one gzip member holding one WARC record, and back.

A fetched page becomes a ``response`` with its headers, a given one a ``resource``. The body is kept as it was read, content
codings undone; the headers that spoke of the coded body are kept under ``X-Archive-Orig-`` names, as other archives do.
"""

from __future__ import annotations

import datetime as dt
import gzip
import io
import mmap
import uuid
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

from takhrij import __version__
from takhrij.errors import DamagedInput, LedgerDamaged
from takhrij.pages.inflate import headers_of_decoded
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


def target_of(page: Page) -> str:
    """The address that a page is kept under; one that has none gets a ``urn:`` of its name."""
    return page.final_url or page.url or "urn:takhrij:input:" + quote(page.name)


def record_bytes(page: Page) -> bytes:
    """``page`` as one gzip member with one record, the same bytes for the same page and instant."""
    fetched = bool(page.headers and (page.url or page.final_url))
    block = _http_block(page) if fetched else page.body
    target = target_of(page)
    fields = {
        "WARC-Type": "response" if fetched else "resource",
        "WARC-Target-URI": target,
        "WARC-Date": page.captured or now(),
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{target} {page.captured} {page.sha256}')}>",
        "WARC-Payload-Digest": f"sha256:{page.sha256}",
        "Content-Type": "application/http; msgtype=response" if fetched else page.media_type or "application/octet-stream",
    }
    if page.name != target:
        fields["X-Takhrij-Name"] = quote(page.name)
    return _member(fields, block)


def info_bytes() -> bytes:
    """The ``warcinfo`` record that a file of evidence begins with."""
    fields = {
        "WARC-Type": "warcinfo",
        "WARC-Date": now(),
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
        "Content-Type": "application/warc-fields",
    }
    return _member(fields, f"software: takhrij {__version__}\r\nformat: WARC File Format 1.1\r\n".encode())


def _member(fields: dict[str, str], block: bytes) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import BufferWARCWriter

    writer = BufferWARCWriter(gzip=False, warc_version="1.1")
    record = writer.create_warc_record(
        fields.get("WARC-Target-URI", ""),
        fields["WARC-Type"],
        payload=io.BytesIO(block),
        length=len(block),
        warc_headers=StatusAndHeaders("", [*fields.items(), ("Content-Length", str(len(block)))], protocol="WARC/1.1"),
    )
    writer.write_record(record)
    return gzip.compress(writer.get_contents(), mtime=0)


def _http_block(page: Page) -> bytes:
    lines = ["HTTP/1.1 200 OK"]
    for name, value in headers_of_decoded(page.headers).items():
        clean = "".join(c for c in value if c >= " ")
        lines.append(f"{name}: {clean}")
    lines.append(f"content-length: {len(page.body)}")
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + page.body


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
        address = url if not url.startswith("urn:") else None
        name = unquote(record.headers.get("x-takhrij-name", url))
        page = Page(name=name, body=body, url=address, media_type=media, captured=captured, headers=headers)
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
