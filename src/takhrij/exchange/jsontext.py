"""JSON as takhrij writes it: UTF-8, unescaped, one value a line, safe for any text that an article may hold."""

from __future__ import annotations

import json
import re
from typing import Any

from takhrij.errors import DamagedInput, DataError

#: What must not stand bare in a line of JSON: lone surrogates, which UTF-8 cannot hold, and the three line ends that
#: JSON allows in strings but many readers split lines at (NEL, LINE SEPARATOR, PARAGRAPH SEPARATOR).
_ESCAPED = re.compile("[\ud800-\udfff\u0085\u2028\u2029]")


def dumps(value: object, indent: int | None = None) -> str:
    """``value`` as JSON, on one line unless ``indent`` is given; letters stay letters.

    A lone surrogate is written as its ``\\udXXX`` escape, so that every text can be written as UTF-8 and comes back from
    :func:`loads` the same, every offset in it kept. Raises :class:`DataError` for infinities and NaN, which JSON lacks.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    except ValueError as error:
        raise DataError(f"not to be written as JSON: {error}") from None
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def loads(text: str | bytes, name: str = "input") -> Any:
    """The value of one JSON text. Raises :class:`DamagedInput`, naming ``name``, where it is none or nests too deep."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = "nests too deep" if isinstance(error, RecursionError) else str(error).replace("\n", " ")
        raise DamagedInput(name, f"not JSON ({reason})") from None


def texts(data: bytes) -> list[bytes]:
    """The JSON texts that a file holds: one over many lines, or one a line."""
    lines = [line for line in data.split(b"\n") if line.strip()]
    return [data] if len(lines) < 2 or lines[0].strip() in (b"{", b"[") else lines
