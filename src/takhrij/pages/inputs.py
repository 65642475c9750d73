"""INPUT to articles: files, folders, standard input and addresses, in the order given, a folder's files sorted.

A bad input becomes one :class:`~takhrij.errors.InputError` handed to ``on_error``; the rest is read on.
"""

from __future__ import annotations

import dataclasses
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any, cast

from takhrij.errors import DamagedInput, EmptyInput, FetchError, InputError, UnsupportedInput
from takhrij.pages.kinds import Kind, kind_of_bytes, kind_of_name
from takhrij.pages.limits import DEFAULT_LIMITS, Limits
from takhrij.pages.names import in_one_line, shown
from takhrij.pages.readers import Extract, Fetch, Found, OnError, Source, read_page, read_stream
from takhrij.records import Article

_HEAD = 4096
_MOST_ADDRESSES = 100_000
#: (what a file's name says, what its bytes show) where the bytes are right.
_RATHER = frozenset({(Kind.XML, Kind.HTML), (Kind.TEXT, Kind.ADDRESSES)})


def read_inputs(
    inputs: Iterable[str | Path],
    *,
    on_error: OnError,
    fetch: Fetch | None = None,
    extract: Extract | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Article]:
    """The articles of ``inputs``, lazily and in a settled order.

    ``fetch`` gets the page of an address (a :class:`~takhrij.pages.fetch.Fetcher`); without it addresses are errors.
    ``extract`` makes articles of pages elsewhere than in this process (a :class:`~takhrij.pages.extractor.Extractor`).
    """
    for _, article in read_with_pages(inputs, on_error=on_error, fetch=fetch, extract=extract, limits=limits):
        yield article


def read_with_pages(
    inputs: Iterable[str | Path],
    *,
    on_error: OnError,
    fetch: Fetch | None = None,
    extract: Extract | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Found:
    """Like :func:`read_inputs`, each article with the page that it was read from, for keeping the evidence."""
    reader = _Reader(Source("", on_error, limits, extract), fetch)
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
            if kind is Kind.OTHER and path.is_dir():
                continue
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

    def __init__(self, source: Source, fetch: Fetch | None) -> None:
        self._on_error: OnError = lambda error: source.on_error(in_one_line(error))
        self._base = dataclasses.replace(source, on_error=self._on_error, fetch=fetch)
        self._fetch = fetch
        self._times: dict[str, int] = {}

    def read(self, source: str) -> Found:
        for page, article in self._guarded(shown(source), partial(self._open, source)):
            yield page, self._with_own_id(article)

    def _with_own_id(self, article: Article) -> Article:
        name = shown(article.id)
        times = self._times[name] = self._times.get(name, 0) + 1
        own = name if times == 1 else f"{name}#{times}"
        return article if own == article.id else dataclasses.replace(article, id=own)

    def _guarded(self, name: str, open_it: Callable[[], Found]) -> Found:
        """What ``open_it`` finds, up to the error that ends it, which becomes one line."""
        try:
            yield from open_it()
        except InputError as error:
            self._on_error(error)
        except OSError as error:
            self._on_error(DamagedInput(name, (error.strerror or "cannot be read").lower()))

    def _open(self, source: str) -> Found:
        if source == "-":
            return self._standard_input()
        if "://" in source[:12]:
            return self._address(source)
        path = Path(source)
        if "\x00" in source or not os.path.lexists(path):
            raise EmptyInput(shown(source), "no such file or folder")
        if path.is_dir():
            return self._folder(path, source)
        return self._file(path, self._source(shown(path.name)))

    def _folder(self, folder: Path, source: str) -> Found:
        usable = False
        for path in _walk(folder):
            if kind_of_name(path.name) is Kind.OTHER:
                continue
            usable = True
            name = shown(path.relative_to(folder).as_posix())
            # a sitemap that lies among pages is no wish to fetch all that it lists
            yield from self._guarded(name, partial(self._file, path, self._source(name, fetch=None)))
        if not usable:
            raise EmptyInput(shown(source), "a folder with nothing to read")

    def _file(self, path: Path, source: Source) -> Found:
        if not path.is_file():
            raise UnsupportedInput(source.name, "neither a file nor a folder")
        with path.open("rb") as stream:
            kind = kind_of_name(path.name)
            if kind in {Kind.OTHER, Kind.XML, Kind.TEXT}:
                seen = kind_of_bytes(stream.peek(_HEAD)[:_HEAD])
                kind = seen if kind is Kind.OTHER or (kind, seen) in _RATHER else kind
            if kind is Kind.ADDRESSES and source.fetch is not None:
                yield from self._addresses(stream)
            else:
                yield from read_stream(stream, kind, source)

    def _source(self, name: str, **other: Any) -> Source:
        return dataclasses.replace(self._base, name=name, **other)

    def _standard_input(self) -> Found:
        given = sys.stdin.buffer
        stream = given if isinstance(given, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, given))
        kind = kind_of_bytes(stream.peek(_HEAD)[:_HEAD])
        if kind is Kind.ADDRESSES:
            return self._addresses(stream)
        return read_stream(stream, kind, self._source("-"))

    def _addresses(self, stream: IO[bytes]) -> Found:
        for number, line in enumerate(iter(lambda: stream.readline(_HEAD), b"")):
            if number >= _MOST_ADDRESSES:
                raise UnsupportedInput("-", f"more than {_MOST_ADDRESSES} addresses")
            for url in line.decode("utf-8", "replace").split():
                yield from self._guarded(shown(url), partial(self._address, url))

    def _address(self, url: str) -> Found:
        if self._fetch is None:
            raise FetchError(shown(url), "addresses are not fetched here")
        return read_page(self._fetch(url), self._source(url))


def _walk(folder: Path) -> Iterator[Path]:
    """Every file under ``folder``, sorted, hidden ones left out; links to folders are not followed.

    The folder of pictures and scripts that a browser saves beside a page (``x_files`` beside ``x.html``) is passed over.
    """
    for root, folders, names in os.walk(folder):
        pages = {name.rsplit(".", 1)[0] for name in names if kind_of_name(name) is Kind.HTML}
        folders[:] = sorted(f for f in folders if not f.startswith(".") and not _beside_a_page(f, pages))
        yield from (Path(root) / n for n in sorted(names) if not n.startswith("."))


def _beside_a_page(folder: str, pages: set[str]) -> bool:
    return any(
        folder.endswith(end) and folder.removesuffix(end) in pages for end in ("_files", ".files", "_fichiers", "-Dateien")
    )
