"""The stage's own data tables: tab-separated files beside this package, ``#`` lines are comments."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def rows(name: str) -> Iterator[list[str]]:
    """The rows of the table ``name`` under ``pages/data``, each split at its tabs."""
    text = (files("takhrij.pages") / "data" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
