"""Polling feeds: each new item once, however often the poll is killed and begun anew.

The state is a small SQLite file. An item counts as seen only when the caller has come back for the next one, and a feed's
validators are kept only when all its items have been handed out: what a kill leaves undone is handed out again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from takhrij.errors import DataError, FetchError, InputError
from takhrij.pages.feed_items import FeedItem, read_feed
from takhrij.pages.fetch import Validators, validators_of
from takhrij.pages.limits import DEFAULT_LIMITS, Limits
from takhrij.pages.readers import Extract, Found, Source, read_page
from takhrij.records import Page

_SCHEMA = """
CREATE TABLE IF NOT EXISTS feed (url TEXT PRIMARY KEY, etag TEXT, modified TEXT);
CREATE TABLE IF NOT EXISTS seen (feed TEXT NOT NULL, item TEXT NOT NULL, PRIMARY KEY (feed, item)) WITHOUT ROWID;
"""


class FetchChanged(Protocol):
    """The part of :class:`~takhrij.pages.fetch.Fetcher` that polling uses."""

    def fetch(self, url: str, known: Validators | None = None) -> Page | None: ...


class FeedState:
    """Which items were seen, and what the servers said last, in the SQLite file ``path``."""

    def __init__(self, path: str | Path) -> None:
        try:
            self._base = sqlite3.connect(path, isolation_level=None)
            self._base.executescript(_SCHEMA)
        except sqlite3.DatabaseError as error:
            raise DataError(f"{path}: not a state of feeds ({error})") from None

    def close(self) -> None:
        """Close the file; everything marked is in it already."""
        self._base.close()

    def validators(self, feed: str) -> Validators | None:
        """What to send along with the next poll of ``feed``."""
        row = self._base.execute("SELECT etag, modified FROM feed WHERE url = ?", (feed,)).fetchone()
        return Validators(*row) if row else None

    def is_new(self, feed: str, item: str) -> bool:
        """Whether ``item`` of ``feed`` was never marked."""
        return self._base.execute("SELECT 1 FROM seen WHERE feed = ? AND item = ?", (feed, item)).fetchone() is None

    def mark(self, feed: str, item: str) -> None:
        """``item`` is done with."""
        self._base.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (feed, item))

    def polled(self, feed: str, known: Validators) -> None:
        """All items of this answer are done with; forget no older ones, since feeds bring old items up again."""
        self._base.execute("INSERT OR REPLACE INTO feed VALUES (?, ?, ?)", (feed, known.etag, known.modified))


def watch(
    feeds: Iterable[str],
    state: str | Path,
    fetcher: FetchChanged,
    *,
    on_error: Callable[[InputError], None],
    extract: Extract | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Found:
    """One poll of each feed: the new items' pages with their articles, fetched from the items' links.

    ``extract`` makes the articles elsewhere than in this process (a :class:`~takhrij.pages.extractor.Extractor`).

    Items without a link, and those whose page cannot be fetched, are passed over and tried again at the next poll.
    """
    with closing(FeedState(state)) as known:
        for feed in feeds:
            try:
                yield from _poll(feed, known, fetcher, Source(feed, on_error, limits, extract))
            except InputError as error:
                on_error(error)


def _poll(feed: str, state: FeedState, fetcher: FetchChanged, source: Source) -> Found:
    page = fetcher.fetch(feed, state.validators(feed))
    if page is None:
        return
    whole = True
    for item in _new_items(feed, page, state, source.limits):
        if item.link is None:
            continue
        try:
            found = fetcher.fetch(item.link)
            if found is not None:
                yield from read_page(found, replace(source, name=item.link))
        except FetchError as error:
            whole = False
            source.on_error(error)
            continue
        except InputError as error:
            source.on_error(error)  # it was fetched and cannot be read: neither can it next time
        state.mark(feed, item.key)
    if whole:
        state.polled(feed, validators_of(page))


def _new_items(feed: str, page: Page, state: FeedState, limits: Limits) -> Iterator[FeedItem]:
    for item in read_feed(page.body, feed, limits).items:
        if state.is_new(feed, item.key):
            yield item
