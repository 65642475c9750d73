"""The bounds inside which a page is read. A page past one of them is an error of its own; the batch goes on."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, times in seconds.

    ``page`` bounds one page or row after decompression, ``file`` a plain file that is read whole, ``records`` the records
    taken from one archive or feed, ``depth`` the nesting of elements in a page and ``elements`` their number.
    """

    page: int = 16 * MIB
    file: int = 64 * MIB
    records: int = 1_000_000
    depth: int = 2_000
    elements: int = 100_000


DEFAULT_LIMITS = Limits()
