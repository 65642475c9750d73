"""What the verbs share: the sink of their output, progress, and the count of failed inputs."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Protocol, TypeVar

import click

from takhrij.cli import OutputClosed
from takhrij.errors import InputError, UsageError

_T = TypeVar("_T")
#: With fewer items than this, no bar is worth the flicker.
_FEW = 5


class SupportsWrite(Protocol):
    """What a verb needs of its sink."""

    def write(self, text: str, /) -> int:
        """Write ``text``."""


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
    """Where a verb writes, in UTF-8. A file appears under its name only when it is whole.

    Raises :class:`UsageError` where ``out`` cannot be written, :class:`OutputClosed` where nobody reads the screen's pipe.
    """
    if out is None:
        stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="surrogatepass", newline="\n", write_through=True)
        try:
            yield stream if sys.stdout.isatty() else _Unstyled(stream)
            stream.flush()
        except BrokenPipeError:
            raise OutputClosed from None
        finally:
            with contextlib.suppress(OSError):  # the error that matters is under way already
                stream.detach()
        return
    with _file(out) as file:
        yield _Unstyled(file)


@contextlib.contextmanager
def _file(out: Path) -> Iterator[IO[str]]:
    """``out`` opened for writing; a device or a pipe is written as it is, never replaced."""
    plain = out.is_file() or not out.exists()
    part = out.with_name(f"{out.name}.part{os.getpid()}") if plain else out
    try:
        file = part.open("w", encoding="utf-8", errors="surrogatepass", newline="\n")
    except OSError as fault:
        raise UsageError(f"{out}: cannot be written ({(fault.strerror or 'failed').lower()})") from None
    try:
        with file:
            yield file
        if plain:
            part.replace(out)
    finally:
        if plain:
            part.unlink(missing_ok=True)


class _Unstyled(io.TextIOBase):
    """A stream that is no terminal: colours are left off on the way."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(click.unstyle(text))


def progress(items: Iterable[_T], total: int | None, quiet: bool, label: str) -> Iterator[_T]:
    """``items``, with a bar on the terminal's error stream when there are more than a few and somebody looks."""
    if quiet or not sys.stderr.isatty() or (total is not None and total <= _FEW):
        yield from items
        return
    with click.progressbar(items, length=total, label=label, file=sys.stderr, show_pos=True) as bar:
        yield from bar
