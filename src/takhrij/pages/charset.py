"""Bytes to text: which charset a page is in, whatever it says of itself.

Order: a byte-order mark; UTF-16 without one, told by its zero bytes; valid UTF-8, which hardly ever comes about by
chance; then what resiliparse makes of the bytes and of the ``meta`` element. A declared charset that the bytes
contradict is passed over: windows-1256 said to be UTF-8 is read as windows-1256.
"""

from __future__ import annotations

import codecs
import re

from takhrij.errors import NotText

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{3,40})", re.I)
_SIGNATURES = (
    b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF", b"Rar!", b"7z\xbc\xaf", b"BZh",
    b"\xfd7zXZ", b"\xd0\xcf\x11\xe0", b"SQLite format 3", b"OggS", b"ID3", b"RIFF", b"\x28\xb5\x2f\xfd", b"wOFF", b"wOF2",
)  # fmt: skip
_ARABIC = re.compile(r"[\u0621-\u064a]")
_ODD_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x80-\x84\x86-\x9f]")
#: The share of control characters past which decoded bytes are taken for binary, and of broken UTF-8 that is mended.
_BINARY_SHARE = 0.02
_BROKEN_SHARE = 0.01
#: What is tried where nothing tells: the charsets in which Arabic pages were saved before UTF-8.
_LEGACY = ("windows-1256", "iso-8859-6", "windows-1252")


def _as_windows_1256(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("windows-1256", "replace"), error.end


_MIXED = "takhrij-windows-1256"
codecs.register_error(_MIXED, _as_windows_1256)


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """The text of ``data``, without byte-order mark and NUL characters; broken bytes become U+FFFD.

    ``declared`` is the charset of an HTTP header. Raises :class:`NotText` for binary data and unreadable charsets.
    """
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return _checked(data[len(mark) :].decode(charset, "replace"), name)
    if data.startswith(_SIGNATURES):
        raise NotText(name, "not a text but a binary file")
    if wide := _wide_charset(data):
        return _checked(data.decode(wide, "replace"), name)
    for errors in ("strict", "surrogatepass"):
        try:
            return _checked(data.decode("utf-8", errors), name)
        except UnicodeDecodeError:
            continue
    return _checked(_legacy(data, declared), name)


def _wide_charset(data: bytes) -> str | None:
    """UTF-16 without a mark shows as a zero byte, or the Arabic block's 0x06, in every other place."""
    head = data[:4000]
    if len(head) < 8:
        return None
    for start, charset in ((1, "utf-16-le"), (0, "utf-16-be")):
        high, low = head[start::2], head[1 - start :: 2]
        if high.count(0) + high.count(6) > 0.9 * len(high) and low.count(0) < 0.05 * len(low) and 0 in high:
            return charset
    return None


def _legacy(data: bytes, declared: str | None) -> str:
    mended = data.decode("utf-8", "replace")
    broken, arabic = mended.count("\ufffd"), len(_ARABIC.findall(mended))
    if broken <= _BROKEN_SHARE * len(mended) and arabic > 20:
        return mended  # UTF-8 with a few bytes cut or spoilt
    if arabic > broken:
        return data.decode("utf-8", _MIXED)  # parts in two charsets, as pasted templates have them
    meta = _META.search(data[:4096])
    candidates = [c for c in (meta.group(1).decode("ascii") if meta else None, declared, _guess(data), *_LEGACY) if c]
    best, best_score = mended, -1.0
    for charset in candidates:
        try:
            text = data.decode(charset, "replace")
        except (LookupError, ValueError):
            continue
        score = _plausible(text)
        if score > best_score + 0.02:  # an earlier candidate wins a near tie
            best, best_score = text, score
    return best


def _guess(data: bytes) -> str | None:
    from resiliparse.parse.encoding import detect_encoding

    guessed = detect_encoding(data[:200_000])
    return str(guessed) if guessed else None


def _plausible(text: str) -> float:
    """The share of ``text``'s letters beyond ASCII that are Arabic or common Latin, less its unreadable characters."""
    sample = text[:200_000]
    beyond = sum(ord(c) > 127 for c in sample)
    if not beyond:
        return 1.0
    bad = sample.count("\ufffd") + len(_ODD_CONTROL.findall(sample))
    return (len(_ARABIC.findall(sample)) - 2 * bad) / beyond


def _checked(text: str, name: str) -> str:
    sample = text[:100_000].replace("\x00", "")
    if sample and (len(_ODD_CONTROL.findall(sample)) + sample.count("\ufffd")) > _BINARY_SHARE * len(sample) + 2:
        raise NotText(name, "not a text: binary, or in a charset that cannot be told")
    if text and text.count("\x00") > _BINARY_SHARE * len(text) + 2:
        raise NotText(name, "not a text but a binary file")
    return text.replace("\x00", "").lstrip("\ufeff")
