"""Reading WARC records (ISO 28500) as a stream, none held in memory past a bound.

warcio writes our evidence; for reading archives of unknown making its unbounded header lines will not do, so the few
rules of the format are spelled out here: a version line, headers, ``Content-Length`` bytes, two ends of line.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, cast

from takhrij.errors import DamagedInput, InputError, TooLarge

OnDamage = Callable[[InputError], None]

_GZIP = b"\x1f\x8b"
_MEMBER = b"\x1f\x8b\x08"
_RECORD = b"WARC/1."
_END = b"\r\n\r\n"
_LONGEST_LINE = 16 * 1024
_MOST_HEADERS = 200
_STEP = 64 * 1024
_MOST_DAMAGES = 10
_AHEAD = 1024


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its headers by lower-case name, and its block, cut to nothing where it is larger than the bound."""

    headers: Mapping[str, str]
    block: bytes
    too_large: bool = False

    @property
    def kind(self) -> str:
        """``response``, ``resource``, ``revisit``, ..."""
        return self.headers.get("warc-type", "")

    @property
    def url(self) -> str | None:
        """The target address, angle brackets of old writers taken off."""
        return self.headers.get("warc-target-uri", "").strip("<> ") or None


def records(stream: IO[bytes], name: str, bound: int, on_damage: OnDamage | None = None) -> Iterator[Record]:
    """The records of a WARC, plain or gzip.

    Where the format is broken :class:`DamagedInput` is raised, or handed to ``on_damage`` and the next whole record sought;
    a few records right behind the damage may be passed over with it.
    """
    buffered = io.BufferedReader(cast(io.RawIOBase, stream), _STEP)
    packed = buffered.peek(2)[:2] == _GZIP
    count = damages = 0
    try:
        while True:
            small = cast(IO[bytes], _SmallSteps(buffered))
            source = cast(IO[bytes], gzip.GzipFile(fileobj=small, mode="rb") if packed else buffered)
            try:
                while (record := _record(source, name, bound)) is not None:
                    count += 1
                    yield record
                break
            except (EOFError, zlib.error, gzip.BadGzipFile, DamagedInput) as error:
                reason = error.reason if isinstance(error, DamagedInput) else "its compression is damaged or ends early"
                damage = DamagedInput(name, f"{reason}, after {count} records")
            damages += 1
            if on_damage is None or damages > _MOST_DAMAGES:
                raise damage
            on_damage(damage)
            if not _to_next(buffered, _MEMBER if packed else _RECORD):
                break
    finally:
        buffered.detach()  # the stream is the caller's to close
    if not count and not damages:
        raise DamagedInput(name, "no WARC record in it")


class _SmallSteps:
    """A stream that gzip cannot read far ahead in, so that hardly more than a damaged member is lost with it."""

    def __init__(self, stream: io.BufferedReader[Any]) -> None:
        self._stream = stream

    def read(self, size: int) -> bytes:
        return self._stream.read(min(size, _AHEAD))


def _to_next(stream: io.BufferedReader[Any], mark: bytes) -> bool:
    """Go on to the next ``mark``, which stays to be read; whether there is one."""
    while waiting := stream.peek(_STEP):
        at = waiting.find(mark)
        if at >= 0:
            stream.read(at)
            return True
        stream.read(max(1, len(waiting) - len(mark) + 1))
    return False


def _record(source: IO[bytes], name: str, bound: int) -> Record | None:
    line = _line(source, name)
    while line in {b"\r\n", b"\n"}:
        line = _line(source, name)
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        raise DamagedInput(name, "no WARC record where one should begin")
    headers = _headers(source, name)
    said = headers.get("content-length", "")
    if not said.isascii() or not said.isdigit():
        raise DamagedInput(name, "a record without a length")
    length = int(said)
    if length > bound:
        _skip(source, length, name)
        return Record(headers, b"", too_large=True)
    block = source.read(length)
    if len(block) < length:
        raise DamagedInput(name, "the last record ends early")
    if source.read(len(_END)) not in {_END, b""}:
        raise DamagedInput(name, "a record that does not end where its length says")
    return Record(headers, block)


def _headers(source: IO[bytes], name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for _ in range(_MOST_HEADERS):
        line = _line(source, name)
        if not line.strip():
            return found
        key, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon:
            found.setdefault(key.strip().lower(), value.strip())
    raise DamagedInput(name, f"a record with more than {_MOST_HEADERS} header lines")


def _line(source: IO[bytes], name: str) -> bytes:
    line = source.readline(_LONGEST_LINE + 1)
    if len(line) > _LONGEST_LINE:
        raise DamagedInput(name, f"a header line longer than {_LONGEST_LINE} bytes")
    return line


def _skip(source: IO[bytes], length: int, name: str) -> None:
    while length > 0:
        step = source.read(min(_STEP, length))
        if not step:
            raise DamagedInput(name, "the last record ends early")
        length -= len(step)


def http_message(block: bytes, name: str) -> tuple[int, dict[str, str], bytes]:
    """(status, headers by lower-case name, raw body) of a stored HTTP response."""
    for mark in (b"\r\n\r\n", b"\n\n"):
        head, found, body = block.partition(mark)
        if found and head[:5] == b"HTTP/":
            break
    else:
        raise DamagedInput(name, "a response without HTTP headers")
    first, *lines = head.decode("latin-1").splitlines()
    headers: dict[str, str] = {}
    for line in lines[:_MOST_HEADERS]:
        key, colon, value = line.partition(":")
        if colon:
            headers.setdefault(key.strip().lower(), value.strip())
    status = first.split()[1] if len(first.split()) > 1 else ""
    return (int(status) if status.isascii() and status.isdigit() else 0), headers, body


def error_of(record: Record, name: str, bound: int) -> InputError | None:
    """What is wrong with a record that was passed over, or None."""
    return TooLarge(record.url or name, f"a record larger than {bound} bytes") if record.too_large else None
