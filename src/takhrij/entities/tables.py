"""Reading the tables of this stage: tab-separated text, a row a line, ``#`` for comments, UTF-8.

The package's own tables lie in ``entities/data``; a user's own tables have the same form and are read by the same code.
A fault in any of them is a :class:`~takhrij.errors.DataError` that names the file and the line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NoReturn

from takhrij.errors import DataError

DATA = files("takhrij.entities").joinpath("data")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its fields, trimmed, and where it stands."""

    fields: tuple[str, ...]
    file: str
    line: int

    def __getitem__(self, i: int) -> str:
        return self.fields[i]

    def names(self, i: int) -> tuple[str, ...]:
        """The field ``i`` taken apart at ``|``; ``-`` and an empty field hold nothing."""
        return tuple(name for part in self.fields[i].split("|") if (name := part.strip()) and name != "-")

    def optional(self, i: int) -> str | None:
        """The field ``i``, or None where it is ``-``, empty or left off."""
        value = self.fields[i] if i < len(self.fields) else ""
        return value if value and value != "-" else None

    def wrong(self, what: str) -> NoReturn:
        """Raise a :class:`DataError` about this row."""
        raise DataError(f"{self.file}, line {self.line}: {what}")

    def number(self, i: int, low: float, high: float) -> float:
        """The field ``i`` as a number of ``low`` to ``high``. Raises :class:`DataError` where it is none."""
        try:
            value = float(self.fields[i])
        except ValueError:
            self.wrong(f"{self.fields[i]!r} is no number")
        if not low <= value <= high:
            self.wrong(f"{self.fields[i]} is not between {low:g} and {high:g}")
        return value


def read(table: Traversable | Path | str, columns: int) -> Iterator[Row]:
    """The rows of ``table`` with at least ``columns`` fields each.

    A bare name is one of the package's own tables. Raises :class:`DataError` where the file cannot be read, is not
    UTF-8, or a row has fewer fields.
    """
    source = DATA.joinpath(table) if isinstance(table, str) else table
    try:
        text = source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "is not UTF-8" if isinstance(error, UnicodeDecodeError) else (error.strerror or "cannot be read")
        raise DataError(f"{source}: {reason}") from error
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        row = Row(tuple(field.strip() for field in line.split("\t")), source.name, number)
        if len(row.fields) < columns:
            row.wrong(f"{columns} fields parted by tabs are needed, there are {len(row.fields)}")
        yield row
