"""The options that verbs share, each group handed to the verb as one record."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal

import click

Decorated = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Output:
    """Where a verb writes (``out``, else the screen), and how much it says on the error stream."""

    out: Path | None
    quiet: bool
    verbose: bool


@dataclass(frozen=True, slots=True)
class Run:
    """What articles are read with: processes, where they run, and the user's own tables."""

    workers: int
    engine: Literal["local", "ray"]
    actors: tuple[Path, ...]
    places: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """Which ledger, where its pages lie, and which collection in it."""

    ledger: str
    evidence: Path | None
    collection: str


_TABLE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUTPUT = (
    click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file, not to the screen."),
    click.option("--quiet", is_flag=True, help="No progress, no lines about failed inputs."),
    click.option("--verbose", is_flag=True, help="Say of every input that it was read."),
)
_TABLES = (
    click.option("--actors", type=_TABLE, multiple=True, help="Your own table of actors, before the built-in one."),
    click.option("--places", type=_TABLE, multiple=True, help="Your own table of places, before the built-in one."),
)
_RUN = (
    click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes to read with."),
    click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="Where they run."),
    *_TABLES,
)
_REST = (
    click.option("--evidence", type=click.Path(file_okay=False, path_type=Path), help="Where pages are kept (L.evidence)."),
    click.option("--collection", default="default", show_default=True, help="The part of the ledger that is meant."),
)
_WHERE = (click.option("--ledger", required=True, metavar="L", help="The ledger: a file, or postgresql://..."), *_REST)
_PERHAPS = (click.option("--ledger", default="", metavar="L", help="List what this ledger names, with counts."), *_REST)


def output_options(command: Decorated) -> Decorated:
    """Add --out, --quiet and --verbose, handed over as ``output``."""
    return _grouped(command, "output", Output, _OUTPUT)


def run_options(command: Decorated) -> Decorated:
    """Add --workers, --engine, --actors and --places, handed over as ``run``."""
    return _grouped(command, "run", Run, _RUN)


def ledger_options(command: Decorated) -> Decorated:
    """Add --ledger, --evidence and --collection, handed over as ``where``."""
    return _grouped(command, "where", Where, _WHERE)


def perhaps_ledger_options(command: Decorated) -> Decorated:
    """The same, where a ledger is not needed: ``where.ledger`` is empty without one."""
    return _grouped(command, "where", Where, _PERHAPS)


def table_options(command: Decorated) -> Decorated:
    """Add --actors and --places, handed over under these names."""
    for option in reversed(_TABLES):
        command = option(command)
    return command


def who_option(command: Decorated) -> Decorated:
    """Add --who, the name that changes are made in."""
    return click.option("--who", metavar="NAME", default=_user, help="In whose name (the audit chain keeps it).")(command)


def limit_option(command: Decorated) -> Decorated:
    """Add --limit, how many rows at most."""
    return click.option("--limit", type=click.IntRange(1, 1_000_000), default=20, show_default=True, help="Rows at most.")(
        command
    )


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such account on this system
        return "takhrij"


def _grouped(command: Decorated, name: str, kind: type[Any], options: tuple[Decorated, ...]) -> Decorated:
    """``command`` with ``options``, whose values it gets as one record of ``kind`` under ``name``."""
    names = [field.name for field in fields(kind)]

    @functools.wraps(command)
    def call(**values: Any) -> Any:
        group = {field: values.pop(field) for field in names}
        return command(**values, **{name: kind(**group)})

    grouped: Decorated = call
    for option in reversed(options):
        grouped = option(grouped)
    return grouped
