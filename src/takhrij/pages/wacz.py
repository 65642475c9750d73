"""WARC files as one WACZ 1.1.1, which replayweb.page and other viewers open.

The layout follows the specification of Webrecorder (specs.webrecorder.net/wacz/1.1.1): WARC data and the index stored as they
are, a page list, a Frictionless data package with the SHA-256 of each file, and a digest of that package. Written with zipfile:
the ``wacz`` package would bring in ``surt``, which is AGPL.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import mmap
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from takhrij.errors import LedgerDamaged, TakhrijError
from takhrij.pages.evidence_records import Stored, members, read_record
from takhrij.version import __version__

VERSION = "1.1.1"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class _Entry:
    stored: Stored
    digest: str
    file: str
    offset: int
    length: int

    @property
    def timestamp(self) -> str:
        return "".join(c for c in self.stored.captured if c.isdigit())[:14].ljust(14, "0")


def write_wacz(warcs: Iterable[Path], out: Path, title: str = "Takhrij evidence") -> int:
    """Write the WARC files ``warcs`` (gzip, one record a member) as the WACZ ``out``; how many pages it holds.

    Raises :class:`~takhrij.errors.LedgerDamaged` where a record cannot be read: damaged evidence is not passed on.
    """
    entries: list[_Entry] = []
    files = [path for path in sorted(warcs) if path.stat().st_size]
    for path in files:
        entries.extend(_entries(path))
    if not entries:
        raise TakhrijError(f"{out.name}: no evidence to export")
    part = out.with_name(out.name + ".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        resources = [_store_file(archive, path) for path in files]
        index = "".join(f"{line}\n" for line in sorted(_cdxj(entry) for entry in entries)).encode()
        resources.append(_store(archive, "indexes/index.cdx", index, packed=True))
        resources.append(_store(archive, "pages/pages.jsonl", _page_list(entries), packed=False))
        package = _package(title, resources)
        _store(archive, "datapackage.json", package, packed=False)
        digest = {"path": "datapackage.json", "hash": _sha256(package)}
        _store(archive, "datapackage-digest.json", json.dumps(digest, indent=2).encode(), packed=False)
    part.replace(out)
    return len(entries)


def _entries(path: Path) -> Iterator[_Entry]:
    end = 0
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for offset, length in members(data):
            end = offset + length
            stored = read_record(data[offset:end], f"{path.name}@{offset}")
            if stored.page is not None:
                yield _Entry(replace(stored, page=None), stored.page.sha256, path.name, offset, length)
        if end < len(data):
            raise LedgerDamaged(f"{path.name}: damaged or torn at byte {end}")


def _store(archive: zipfile.ZipFile, name: str, data: bytes, *, packed: bool) -> dict[str, object]:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    archive.writestr(info, data)
    return {"name": name.rsplit("/", 1)[-1], "path": name, "hash": _sha256(data), "bytes": len(data)}


def _store_file(archive: zipfile.ZipFile, path: Path) -> dict[str, object]:
    """A WARC file as it is, copied in steps."""
    name, digest, size = f"archive/{path.name}", hashlib.sha256(), 0
    with path.open("rb") as stream, archive.open(zipfile.ZipInfo(name, _EPOCH), "w", force_zip64=True) as out:
        while step := stream.read(_STEP):
            out.write(step)
            digest.update(step)
            size += len(step)
    return {"name": path.name, "path": name, "hash": f"sha256:{digest.hexdigest()}", "bytes": size}


def _sha256(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _package(title: str, resources: list[dict[str, object]]) -> bytes:
    package = {
        "profile": "data-package",
        "wacz_version": VERSION,
        "title": title,
        "software": f"takhrij {__version__}",
        "created": dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "resources": resources,
    }
    return json.dumps(package, indent=2, ensure_ascii=False).encode()


def _page_list(entries: list[_Entry]) -> bytes:
    rows: list[dict[str, object]] = [{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}]
    rows += [
        {"id": f"{entry.digest[:16]}-{n}", "url": entry.stored.url, "ts": entry.stored.captured, "title": entry.stored.url}
        for n, entry in enumerate(entries)
    ]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _cdxj(entry: _Entry) -> str:
    facts = {
        "url": entry.stored.url,
        "digest": f"sha-256:{entry.digest}",
        "mime": entry.stored.media_type.split(";")[0].strip() or "application/octet-stream",
        "offset": entry.offset,
        "length": entry.length,
        "status": entry.stored.status,
        "filename": entry.file,
    }
    return f"{sort_key(entry.stored.url)} {entry.timestamp} {json.dumps(facts)}"


def sort_key(url: str) -> str:
    """The address in the order of its host's labels (``org,example)/a?b``), lower-case, as CDXJ indexes are sorted.

    >>> sort_key("https://www.Example.org/News/1?b=2")
    'org,example)/news/1?b=2'
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if not host:
        return "".join(url.split()).lower()
    where = ",".join(reversed(host.split("."))) + (f":{port}" if port and port not in {80, 443} else "")
    path = parts.path or "/"
    query = f"?{'&'.join(sorted(parts.query.split('&')))}" if parts.query else ""
    return "".join(f"{where}){path}{query}".split()).lower()
