"""What kind of input a file is, by its name or, failing that, by its first bytes."""

from __future__ import annotations

import enum
import re


class Kind(enum.Enum):
    """The kinds of input. ``OTHER`` is passed over in a folder; ``PDF`` is known and not read."""

    HTML = "html"
    TEXT = "text"
    ROWS = "rows"
    PDF = "pdf"
    ADDRESSES = "addresses"
    OTHER = "other"


_BY_ENDING = {
    ".html": Kind.HTML, ".htm": Kind.HTML, ".xhtml": Kind.HTML, ".txt": Kind.TEXT, ".jsonl": Kind.ROWS, ".ndjson": Kind.ROWS,
    ".pdf": Kind.PDF,
}  # fmt: skip
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|!--|article|div|meta)", re.I)
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
    if start.startswith(b"{") and b'"text"' in head:
        return Kind.ROWS
    if _MARKUP.match(head):
        return Kind.HTML
    words = head.split()
    whole = words[:-1] or words  # the last one may be cut
    if whole and all(_ADDRESS.fullmatch(word) for word in whole):
        return Kind.ADDRESSES
    return Kind.TEXT
