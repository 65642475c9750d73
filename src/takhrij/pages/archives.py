"""WARC and WACZ to pages: the HTML and plain text among the records, decoded, each under its address."""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO
from urllib.parse import urlsplit

from takhrij.errors import DamagedInput, InputError, TooLarge, UnsupportedInput
from takhrij.pages.inflate import decoded, headers_of_decoded, unchunked
from takhrij.pages.limits import Limits
from takhrij.pages.warc import Record, error_of, http_message, records
from takhrij.records import Page

OnError = Callable[[InputError], None]

_TEXT_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
_MOST_MEMBERS = 10_000
_MOST_PAGE_LINES = 100_000
#: What zipfile raises over damaged, encrypted and unknown files (RuntimeError: no password; RecursionError is one too).
_ZIP_ERRORS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, zlib.error, struct.error)


def pages_from_warc(
    stream: IO[bytes], name: str, on_error: OnError, limits: Limits, only: frozenset[str] = frozenset()
) -> Iterator[Page]:
    """The pages of a WARC; with ``only``, those at these addresses. A record that cannot be read goes to ``on_error``.

    A revisit whose page stands earlier in the archive gives nothing new; one whose page is elsewhere is named.
    """
    seen: set[str] = set()
    for number, record in enumerate(records(stream, name, limits.page, on_error), 1):
        if number > limits.records:
            raise TooLarge(name, f"more than {limits.records} records")
        if only and record.url not in only:
            continue
        try:
            page = _page(record, name, limits, seen)
        except InputError as error:
            on_error(error)
            continue
        if page is not None:
            yield page


def _page(record: Record, name: str, limits: Limits, seen: set[str]) -> Page | None:
    where = record.url or name
    if record.kind == "revisit":
        if record.headers.get("warc-payload-digest") in seen or not _maybe_text(record):
            return None
        raise UnsupportedInput(where, "a revisit of a page that this archive does not hold")
    if record.kind not in {"response", "resource"} or not where.startswith(("http", "urn:", "file:")):
        return None
    if error := error_of(record, where, limits.page):
        if _maybe_text(record):
            raise error
        return None
    page = _response(record, where, limits) if record.kind == "response" else _resource(record, where)
    if page is not None and (digest := record.headers.get("warc-payload-digest")):
        seen.add(digest)
    return page


def _maybe_text(record: Record) -> bool:
    """Whether a record whose content is not at hand may be a page: its address has no ending of a file of another kind."""
    last = urlsplit(record.url or "").path.rsplit("/", 1)[-1].lower()
    return "." not in last or last.endswith((".html", ".htm", ".php", ".aspx", ".asp", ".shtml", ".txt"))


def _response(record: Record, where: str, limits: Limits) -> Page | None:
    if not record.headers.get("content-type", "application/http").startswith("application/http"):
        return None
    status, headers, body = http_message(record.block, where)
    media = headers.get("content-type", "text/html").lower()
    if status != 200 or not media.startswith(_TEXT_TYPES) or not body or _is_robots(where):
        return None
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = unchunked(body, where)
    body = decoded(body, headers.get("content-encoding"), where, limits.page)
    return Page(
        name=where,
        body=body,
        url=record.url,
        media_type=media,
        captured=record.headers.get("warc-date"),
        headers=headers_of_decoded(headers),
    )


def _resource(record: Record, where: str) -> Page | None:
    media = record.headers.get("content-type", "").lower()
    if not media.startswith(_TEXT_TYPES) or not record.block:
        return None
    url = record.url if where.startswith("http") else None
    return Page(name=where, body=record.block, url=url, media_type=media, captured=record.headers.get("warc-date"))


def _is_robots(url: str) -> bool:
    return urlsplit(url).path == "/robots.txt"


def pages_from_wacz(stream: IO[bytes], name: str, on_error: OnError, limits: Limits) -> Iterator[Page]:
    """The pages that a WACZ lists (all, where it lists none), read from the WARC files in it; nothing is written to disk."""
    try:
        archive = zipfile.ZipFile(stream)
    except _ZIP_ERRORS:
        raise DamagedInput(name, "not a WACZ, or its directory is damaged") from None
    with archive:
        members = archive.infolist()
        if len(members) > _MOST_MEMBERS:
            raise TooLarge(name, f"more than {_MOST_MEMBERS} files in it")
        warcs = [m for m in members if m.filename.startswith("archive/") and m.filename.endswith((".warc", ".warc.gz"))]
        if not warcs:
            raise DamagedInput(name, "a WACZ without a WARC in it")
        only = _listed(archive, members, limits)
        for member in warcs:
            if ".." in member.filename.split("/"):
                on_error(DamagedInput(f"{name}/{member.filename[:80]}", "a path that leaves the archive"))
                continue
            yield from _member(archive, member, f"{name}/{member.filename}", on_error, limits, only)


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, on_error: OnError, limits: Limits, only: frozenset[str]
) -> Iterator[Page]:
    try:
        with archive.open(member) as stream:
            yield from pages_from_warc(stream, name, on_error, limits, only)
    except InputError as error:
        on_error(error)
    except _ZIP_ERRORS:
        on_error(DamagedInput(name, "this file in the WACZ is encrypted or damaged"))


def _listed(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], limits: Limits) -> frozenset[str]:
    """The addresses in ``pages/pages.jsonl`` and ``extraPages.jsonl``."""
    found: set[str] = set()
    for member in members:
        if member.filename not in {"pages/pages.jsonl", "pages/extraPages.jsonl"} or member.file_size > limits.file:
            continue
        try:
            with archive.open(member) as stream:
                for number, line in enumerate(stream):
                    if number > _MOST_PAGE_LINES:
                        break
                    row = json.loads(line)
                    if isinstance(row, dict) and isinstance(row.get("url"), str):
                        found.add(row["url"])
        except _ZIP_ERRORS:
            continue  # a list that cannot be read lists nothing
    return frozenset(found)
