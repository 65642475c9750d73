"""Undoing the content and transfer codings of an HTTP body, never past a bound.

A few kilobytes of gzip or brotli can stand for gigabytes, so each step asks its decoder for no more than the bound leaves.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping

from takhrij.errors import DamagedInput, TooLarge, UnsupportedInput

_STEP = 256 * 1024
_MOST_CODINGS = 3
_CODED = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_ORIGINAL = "x-archive-orig-"


def decoded(body: bytes, codings: str | None, name: str, bound: int) -> bytes:
    """``body`` with the content ``codings`` of an HTTP header undone, the last one applied first.

    Raises :class:`~takhrij.errors.TooLarge` where more than ``bound`` bytes come out, :class:`~takhrij.errors.DamagedInput`
    where the body is no such coding or ends early, :class:`~takhrij.errors.UnsupportedInput` for a coding that is not known.
    """
    steps = [c.strip().lower() for c in (codings or "").split(",") if c.strip() and c.strip().lower() != "identity"]
    if len(steps) > _MOST_CODINGS:
        raise DamagedInput(name, "encoded more than three times over")
    for coding in reversed(steps):
        body = b"".join(_bounded(_undo(body, coding, name), name, bound))
    return body


def _bounded(chunks: Iterable[bytes], name: str, bound: int) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > bound:
            raise TooLarge(name, f"more than {bound} bytes when unpacked")
        yield chunk


def _undo(body: bytes, coding: str, name: str) -> Iterator[bytes]:
    if coding in {"gzip", "x-gzip"}:
        return _zlib(body, zlib.MAX_WBITS | 16, name)
    if coding == "deflate":
        # what servers call deflate comes with and without its header
        return _zlib(body, zlib.MAX_WBITS if body[:1] and body[0] & 0x0F == 8 else -zlib.MAX_WBITS, name)
    if coding == "br":
        return _brotli(body, name)
    raise UnsupportedInput(name, f"the content coding {coding[:20]!r} is not known")


def _zlib(body: bytes, window: int, name: str) -> Iterator[bytes]:
    decoder = zlib.decompressobj(window)
    waiting = body
    try:
        while waiting:
            yield decoder.decompress(waiting, _STEP)
            waiting = decoder.unconsumed_tail
            if decoder.eof and decoder.unused_data.startswith(b"\x1f\x8b"):  # members one after another
                waiting, decoder = decoder.unused_data, zlib.decompressobj(window)
            elif decoder.eof:
                return
    except zlib.error:
        raise DamagedInput(name, "its compression is damaged") from None
    if not decoder.eof:
        raise DamagedInput(name, "its compressed body ends early")


def _brotli(body: bytes, name: str) -> Iterator[bytes]:
    import brotli  # type: ignore[import-untyped]

    decoder = brotli.Decompressor()
    try:
        yield decoder.process(body, output_buffer_limit=_STEP)
        while not decoder.is_finished():
            if decoder.can_accept_more_data():
                raise DamagedInput(name, "its compressed body ends early")
            yield decoder.process(b"", output_buffer_limit=_STEP)
    except brotli.error:
        raise DamagedInput(name, "its compression is damaged") from None


def headers_of_decoded(headers: Mapping[str, str]) -> dict[str, str]:
    """``headers`` (lower-case names) as they fit a body whose codings are undone.

    Those that spoke of the coded body go on under ``x-archive-orig-`` names, as other archives keep them.
    """
    return {_ORIGINAL + name if name in _CODED else name: value for name, value in headers.items()}


def unchunked(body: bytes, name: str) -> bytes:
    """``body`` without the chunk marks of HTTP/1.1; one that has none is given back as it is."""
    parts: list[bytes] = []
    at = 0
    while True:
        line_end = body.find(b"\r\n", at, at + 100)
        size = _chunk_size(body[at:line_end]) if line_end >= 0 else None
        if size is None:
            if not parts:
                return body  # some archivers undo the chunks and leave the header
            raise DamagedInput(name, "its chunks are damaged")
        if size == 0:
            return b"".join(parts)
        start = line_end + 2
        if start + size > len(body):
            raise DamagedInput(name, "its last chunk ends early")
        parts.append(body[start : start + size])
        at = start + size + 2


def _chunk_size(line: bytes) -> int | None:
    digits = line.split(b";", 1)[0].strip()
    if not digits or len(digits) > 8 or not all(c in b"0123456789abcdefABCDEF" for c in digits):
        return None
    return int(digits, 16)
