"""Ingested text made safe to show: a page's words may hold terminal escapes and marks that turn the line around."""

from __future__ import annotations

import re
import unicodedata

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACES = re.compile(r"\s+")


def shown(text: str) -> str:
    """``text`` on one line, each control, bidi override and lone surrogate shown as its code, not obeyed."""
    return piece(text).strip()


def piece(text: str) -> str:
    """Like :func:`shown`, for a piece of a line: a space at either end stays."""
    return _CONTROLS.sub(lambda m: f"<U+{ord(m.group()):04X}>", _SPACES.sub(" ", text))


def width(text: str) -> int:
    """Columns that ``text`` takes on a terminal."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def cut(text: str, most: int) -> str:
    """``text`` of at most ``most`` characters, the cut shown."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
