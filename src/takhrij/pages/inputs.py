"""INPUT to articles: files, folders, standard input and addresses, in the order given, a folder's files sorted.

A bad input becomes one :class:`~takhrij.errors.InputError` handed to ``on_error``; the rest is read on.
"""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from takhrij.errors import DamagedInput, EmptyInput, FetchError, InputError, TooLarge, UnsupportedInput
from takhrij.pages.kinds import Kind, kind_of_bytes, kind_of_name
from takhrij.pages.limits import DEFAULT_LIMITS, Limits
from takhrij.pages.make import article_from_bytes
from takhrij.pages.rows import articles_from_rows
from takhrij.records import Article, Page

OnError = Callable[[InputError], None]
Fetch = Callable[[str], Page]
Found = Iterator[tuple[Page, Article]]


def read_inputs(
    inputs: Iterable[str | Path], *, on_error: OnError, fetch: Fetch | None = None, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Article]:
    """The articles of ``inputs``, lazily and in a settled order. ``fetch`` gets the page of an address, where given."""
    for _, article in read_with_pages(inputs, on_error=on_error, fetch=fetch, limits=limits):
        yield article


def read_with_pages(
    inputs: Iterable[str | Path], *, on_error: OnError, fetch: Fetch | None = None, limits: Limits = DEFAULT_LIMITS
) -> Found:
    """Like :func:`read_inputs`, each article with the page that it was read from, for keeping the evidence."""
    reader = _Reader(on_error, fetch, limits)
    for source in inputs:
        yield from reader.read(str(source))


def count_inputs(inputs: Iterable[str | Path]) -> int | None:
    """How many articles ``inputs`` hold at a cheap count (files, lines of JSON), None where only reading could tell."""
    total = 0
    for source in map(str, inputs):
        path = Path(source)
        if source == "-" or not path.exists():
            return None
        for file in _walk(path) if path.is_dir() else [path]:
            kind = kind_of_name(file.name)
            if kind is Kind.ROWS:
                with file.open("rb") as stream:
                    total += sum(1 for line in stream if line.strip())
            elif kind in {Kind.HTML, Kind.TEXT}:
                total += 1
            else:
                return None
    return total


class _Reader:
    """One run over the inputs: keeps the ids that it gave, so that no two articles share one."""

    def __init__(self, on_error: OnError, fetch: Fetch | None, limits: Limits) -> None:
        self._on_error = on_error
        self._fetch = fetch
        self._limits = limits
        self._times: dict[str, int] = {}

    def read(self, source: str) -> Found:
        try:
            for page, article in self._open(source):
                yield page, self._with_own_id(article)
        except InputError as error:
            self._on_error(error)
        except OSError as error:
            self._on_error(DamagedInput(source, (error.strerror or "cannot be read").lower()))

    def _with_own_id(self, article: Article) -> Article:
        times = self._times[article.id] = self._times.get(article.id, 0) + 1
        return article if times == 1 else dataclasses.replace(article, id=f"{article.id}#{times}")

    def _open(self, source: str) -> Found:
        if source == "-":
            return self._standard_input()
        if "://" in source[:12]:
            return self._address(source)
        path = Path(source)
        if "\x00" in source or not os.path.lexists(path):
            raise EmptyInput(source, "no such file or folder")
        if path.is_dir():
            return self._folder(path, source)
        return self._file(path, path.name)

    def _folder(self, folder: Path, source: str) -> Found:
        usable = False
        for path in _walk(folder):
            if kind_of_name(path.name) is Kind.OTHER:
                continue
            usable = True
            name = path.relative_to(folder).as_posix()
            try:
                yield from self._file(path, name)
            except InputError as error:
                self._on_error(error)
            except OSError as error:
                self._on_error(DamagedInput(name, (error.strerror or "cannot be read").lower()))
        if not usable:
            raise EmptyInput(source, "a folder with nothing to read")

    def _file(self, path: Path, name: str) -> Found:
        kind = kind_of_name(path.name)
        if not path.is_file():
            raise UnsupportedInput(name, "neither a file nor a folder")
        if kind is Kind.OTHER:
            with path.open("rb") as stream:
                kind = kind_of_bytes(stream.read(4096))
        if kind is Kind.ROWS:
            yield from articles_from_rows(_lines(path, self._limits), name, self._on_error, self._limits)
            return
        size = path.stat().st_size
        if size > self._limits.file:
            raise TooLarge(name, f"{size} bytes, more than {self._limits.file}")
        yield from self._bytes(path.read_bytes(), name, kind)

    def _bytes(self, data: bytes, name: str, kind: Kind) -> Found:
        if kind is Kind.ROWS:
            yield from articles_from_rows(data.splitlines(), name, self._on_error, self._limits)
        elif kind is Kind.PDF:
            raise UnsupportedInput(name, "PDF is not read: give the text or the web page")
        else:
            media = {Kind.HTML: "text/html", Kind.TEXT: "text/plain"}.get(kind)
            page = Page(name=name, body=data, media_type=media)
            yield page, article_from_bytes(page, self._limits)

    def _standard_input(self) -> Found:
        data = sys.stdin.buffer.read(self._limits.file + 1)
        if len(data) > self._limits.file:
            raise TooLarge("-", f"more than {self._limits.file} bytes on standard input")
        kind = kind_of_bytes(data[:4096])
        if kind is Kind.ADDRESSES:
            for url in data.decode("utf-8", "replace").split():
                try:
                    yield from self._address(url)
                except InputError as error:
                    self._on_error(error)
            return
        yield from self._bytes(data, "-", kind)

    def _address(self, url: str) -> Found:
        if self._fetch is None:
            raise FetchError(url, "addresses are not fetched here")
        page = self._fetch(url)
        yield page, article_from_bytes(page, self._limits)


def _walk(folder: Path) -> Iterator[Path]:
    """Every file under ``folder``, sorted, hidden ones left out; links to folders are not followed."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        yield from (Path(root) / n for n in sorted(names) if not n.startswith("."))


def _lines(path: Path, limits: Limits) -> Iterator[bytes]:
    """The lines of a file, none longer in memory than the bound on a page."""
    with path.open("rb") as stream:
        while line := stream.readline(limits.page + 1):
            yield line
            if len(line) > limits.page and not line.endswith(b"\n"):
                while (rest := stream.readline(limits.page)) and not rest.endswith(b"\n"):
                    pass
