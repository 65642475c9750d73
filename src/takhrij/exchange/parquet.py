"""The tables of :mod:`takhrij.exchange.tables` as Parquet, with the extra ``parquet`` (pyarrow)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from takhrij.errors import DamagedInput, UsageError
from takhrij.exchange.tables import Cell, Columns, fit

_ROWS = 10_000


def write_parquet(path: Path, rows: Iterable[Mapping[str, Cell]], columns: Columns) -> int:
    """Write the rows; how many. Nulls stay nulls; NUL and lone surrogates become U+FFFD."""
    arrow, parquet = _modules()
    kinds = {"text": arrow.string(), "whole": arrow.int64(), "number": arrow.float64(), "flag": arrow.bool_()}
    schema = arrow.schema([(name, kinds[kind]) for name, kind in columns.items()])
    count = 0
    iterator = iter(rows)
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while part := [dict(row) for row in islice(iterator, _ROWS)]:
            for row in part:
                row.update({name: fit(value) for name, value in row.items() if isinstance(value, str)})
            writer.write_table(arrow.Table.from_pylist(part, schema=schema))
            count += len(part)
    return count


def read_parquet(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a Parquet file. Raises :class:`DamagedInput`."""
    arrow, parquet = _modules()
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches():
                yield from batch.to_pylist()
    except (arrow.ArrowException, OSError) as error:
        raise DamagedInput(str(path), f"no Parquet file ({str(error).splitlines()[0]})") from None


def _modules() -> tuple[Any, Any]:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ModuleNotFoundError:
        raise UsageError("Parquet needs an extra: pip install 'takhrij[parquet]'") from None
