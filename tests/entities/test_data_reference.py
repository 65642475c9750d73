"""The reference of the data counts the rows that there are."""

from __future__ import annotations

import re
from pathlib import Path

from takhrij.entities.tables import DATA, read

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "data.md"


def test_every_table_is_listed_with_its_rows() -> None:
    listed: set[str] = set()
    for line in REFERENCE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        tables = re.findall(r"`([a-z_]+\.tsv)`", cells[0])
        if not line.startswith("|") or not tables or not re.fullmatch(r"[0-9,]+", cells[1]):
            continue
        assert int(cells[1].replace(",", "")) == sum(1 for table in tables for _ in read(table, 1)), tables
        listed |= set(tables)
    assert listed == {table.name for table in DATA.iterdir()}
