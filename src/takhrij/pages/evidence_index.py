"""The index of the evidence: for each record where it lies and the digest of its raw bytes, chained line by line.

A line is ``<chain> <json>``; the chain is the SHA-256 of the chain before it and the JSON text. A changed, lost or moved line
breaks the chain from there on.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

_START = "0" * 64


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its file, offset and length in bytes, the SHA-256 of its raw bytes and of the page in it ("" for none)."""

    file: str
    offset: int
    length: int
    record: str
    page: str
    url: str

    @property
    def end(self) -> int:
        """The offset just past the record."""
        return self.offset + self.length


@dataclass(slots=True)
class Index:
    """The rows of an index file in order, with the end of the chain; ``broken`` names the first line that does not fit."""

    rows: list[Row]
    chain: str
    size: int
    broken: str | None = None
    torn: bool = False


def load(path: Path) -> Index:
    """The index at ``path``, up to its first line that does not fit. A last line without its end counts as torn, not broken."""
    index = Index([], _START, 0)
    if not path.exists():
        return index
    data = path.read_bytes()
    for number, line in enumerate(data.splitlines(keepends=True), 1):
        if not line.endswith(b"\n"):
            index.torn = True
            return index
        row = _parsed(line, index.chain)
        if row is None:
            index.broken = f"line {number} of {path.name} was changed, or one before it lost"
            return index
        index.rows.append(row)
        index.chain = line[:64].decode("ascii")
        index.size += len(line)
    return index


def _parsed(line: bytes, chain: str) -> Row | None:
    said, space, text = line[:64], line[64:65], line[65:-1]
    if space != b" " or said != _link(chain, text):
        return None
    try:
        return Row(**json.loads(text))
    except (ValueError, TypeError):
        return None


def _link(chain: str, text: bytes) -> bytes:
    return hashlib.sha256(chain.encode("ascii") + text).hexdigest().encode("ascii")


def append(path: Path, rows: list[Row], chain: str) -> str:
    """Write ``rows`` behind the index and to the disk; the chain's new end."""
    lines = []
    for row in rows:
        text = json.dumps(asdict(row), ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
        link = _link(chain, text)
        lines.append(link + b" " + text + b"\n")
        chain = link.decode("ascii")
    with path.open("ab") as stream:
        stream.write(b"".join(lines))
        stream.flush()
        os.fsync(stream.fileno())
    return chain
