"""What the verbs share: their options, the sink of their output, progress, and the count of failed inputs."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Protocol, TypeVar

import click

from takhrij.errors import InputError

_T = TypeVar("_T")


class SupportsWrite(Protocol):
    """What a verb needs of its sink."""

    def write(self, text: str, /) -> int:
        """Write ``text``."""


Decorated = Callable[..., Any]

_OPTIONS = (
    click.option("--out", "out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file, not to the screen."),
    click.option("--quiet", is_flag=True, help="No progress, no lines about failed inputs."),
    click.option("--verbose", is_flag=True, help="Say of every input that it was read."),
)
_WORKERS = (
    click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes to read with."),
    click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True, help="Where they run."),
)


def output_options(command: Decorated) -> Decorated:
    """Add --out, --quiet and --verbose."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def worker_options(command: Decorated) -> Decorated:
    """Add --workers and --engine."""
    for option in reversed(_WORKERS):
        command = option(command)
    return command


class Inputs:
    """Counts the inputs that failed and says each in one line; tells the exit code at the end."""

    def __init__(self, quiet: bool) -> None:
        self.failed = 0
        self.read = 0
        self._quiet = quiet

    def on_error(self, error: InputError) -> None:
        """Take note of an input that failed."""
        self.failed += 1
        if not self._quiet:
            click.echo(f"takhrij: {error}", err=True)

    def exit_code(self) -> int:
        """0 all read, 1 some failed, 2 nothing was usable."""
        if not self.read:
            return 2
        return 1 if self.failed else 0


@contextlib.contextmanager
def sink(out: Path | None) -> Iterator[SupportsWrite]:
    """Where a verb writes, in UTF-8. A file appears under its name only when it is whole."""
    if out is None:
        stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="surrogatepass", newline="\n", write_through=True)
        try:
            yield stream if sys.stdout.isatty() else _Unstyled(stream)
            stream.flush()
        finally:
            stream.detach()
        return
    part = out.with_name(out.name + ".part")
    try:
        with part.open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
            yield _Unstyled(file)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


class _Unstyled(io.TextIOBase):
    """A stream that is no terminal: colours are left off on the way."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(click.unstyle(text))


def progress(items: Iterable[_T], total: int | None, quiet: bool, label: str) -> Iterator[_T]:
    """``items``, with a bar on the terminal's error stream when there are more than a few and somebody looks."""
    if quiet or not sys.stderr.isatty() or (total is not None and total <= 5):
        yield from items
        return
    with click.progressbar(items, length=total, label=label, file=sys.stderr, show_pos=True) as bar:
        yield from bar
