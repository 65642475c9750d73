"""What kind of input a file is, by its name or, failing that, by its first bytes."""

from __future__ import annotations

import enum
import re


class Kind(enum.Enum):
    """The kinds of input. ``OTHER`` is passed over in a folder; ``PDF`` is known and not read."""

    HTML = "html"
    TEXT = "text"
    ROWS = "rows"
    WARC = "warc"
    WACZ = "wacz"
    XML = "xml"
    JSON = "json"
    PDF = "pdf"
    ADDRESSES = "addresses"
    OTHER = "other"


_BY_ENDING = {
    ".html": Kind.HTML, ".htm": Kind.HTML, ".xhtml": Kind.HTML, ".txt": Kind.TEXT, ".jsonl": Kind.ROWS, ".ndjson": Kind.ROWS,
    ".warc": Kind.WARC, ".warc.gz": Kind.WARC, ".wacz": Kind.WACZ, ".xml": Kind.XML, ".rss": Kind.XML, ".atom": Kind.XML,
    ".xml.gz": Kind.XML, "result.json": Kind.JSON, ".pdf": Kind.PDF,
}  # fmt: skip
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|!--|article|div|meta)", re.I)
_XML = re.compile(rb"<(?:\?xml|rss|feed|rdf|urlset|sitemapindex)[\s>:]", re.I)
_ADDRESS = re.compile(rb"https?://[^\s<>\"{}]+")


def kind_of_name(name: str) -> Kind:
    """The kind that a file's name promises."""
    lower = name.lower()
    return next((kind for ending, kind in _BY_ENDING.items() if lower.endswith(ending)), Kind.OTHER)


def kind_of_bytes(head: bytes) -> Kind:
    """The kind that the first bytes show; plain text where nothing else does."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF"):
        return Kind.PDF
    if start.startswith((b"WARC/", b"\x1f\x8b")):
        return Kind.WARC
    if start.startswith(b"PK\x03\x04"):
        return Kind.WACZ
    if start.startswith(b"{"):
        first_line = start.split(b"\n", 1)[0].rstrip()
        return Kind.ROWS if b'"text"' in start and (first_line.endswith(b"}") or len(start) >= 4000) else Kind.JSON
    if _MARKUP.match(head) or (start.startswith(b"<?xml") and b"<html" in head[:2048].lower()):
        return Kind.HTML
    if _XML.match(start):
        return Kind.XML
    words = head.split()
    whole = words[:-1] if len(words) > 1 and len(head) >= 4000 else words  # the last one may be cut
    if whole and all(_ADDRESS.fullmatch(word) for word in whole):
        return Kind.ADDRESSES
    return Kind.TEXT
