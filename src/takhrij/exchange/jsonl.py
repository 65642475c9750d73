"""JSON lines of readings, in and out, line by line: nothing is held but the line at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from takhrij.errors import DamagedInput
from takhrij.exchange.contract import reading_from_row, reading_row
from takhrij.exchange.jsontext import dumps, loads
from takhrij.records import Reading


def write_jsonl(readings: Iterable[Reading]) -> Iterator[str]:
    """A line for each reading, its end of line included; write them as UTF-8."""
    return (dumps(reading_row(reading)) + "\n" for reading in readings)


def read_jsonl(lines: Iterable[str | bytes], name: str = "input") -> Iterator[Reading]:
    """The readings of such lines, blank ones passed over. Raises as :func:`reading_from_row` does, naming the line."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            where = f"{name}, line {number}"
            row = loads(line, where)
            if not isinstance(row, dict):
                raise DamagedInput(where, "not a JSON object")
            yield reading_from_row(row, where)
