"""``takhrij watch``."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from takhrij.cli.add_verb import Adding
from takhrij.cli.common import Inputs, sink
from takhrij.cli.ledgers import opened
from takhrij.cli.options import Output, Where, ledger_options, output_options, table_options, who_option
from takhrij.errors import UsageError

if TYPE_CHECKING:
    from takhrij.ledger import Ledger
    from takhrij.pages.feeds import FetchChanged
    from takhrij.pages.readers import Extract
    from takhrij.pipeline import Tables


@click.command("watch")
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@ledger_options
@who_option
@click.option("--state", type=click.Path(dir_okay=False, path_type=Path), help="Which items were seen (L.feeds).")
@click.option("--every", type=click.FloatRange(1, 10_080), metavar="MINUTES", help="Poll again and again, until Ctrl-C.")
@table_options
@output_options
def command(
    feeds: tuple[str, ...],
    where: Where,
    who: str,
    state: Path | None,
    every: float | None,
    actors: tuple[Path, ...],
    places: tuple[Path, ...],
    output: Output,
) -> None:
    """Poll feeds (RSS, Atom, sitemaps) and add each new item's page to the ledger, once.

    FEED is an address, or a file with an address on each line. Without --every, one poll, fit for cron. Pages are fetched
    politely: robots.txt is obeyed, one request at a time, two seconds between two to one host.

    \b
    takhrij watch https://example.org/feed --ledger desk.db
    takhrij watch feeds.txt --ledger desk.db --every 15
    """
    from takhrij.pages.extractor import Extractor
    from takhrij.pages.fetch import Fetcher
    from takhrij.pipeline import Tables

    addresses = _addresses(feeds)
    seen = state or _beside(where.ledger)
    tables = Tables(actors, places)
    inputs = Inputs(output.quiet)
    with sink(output.out) as stream, opened(where, create=True) as ledger, Fetcher() as fetcher, Extractor() as extract:
        poll = Poll(ledger, where.collection, who, tables, seen, extract)
        while True:
            adding = poll.once(addresses, fetcher, inputs, output.verbose)
            stream.write(adding.summary(adding.fresh) + "\n")
            if adding.stopped:
                raise click.Abort
            if every is None:
                break
            time.sleep(every * 60)
    raise click.exceptions.Exit(1 if inputs.failed else 0)


class Poll:
    """Polls into one collection of a ledger."""

    def __init__(
        self, ledger: Ledger, collection: str, who: str, tables: Tables, state: Path, extract: Extract | None = None
    ) -> None:
        self._views = ledger.views(collection)
        self._writer = ledger.writer(who, collection, tables.extractor)
        self._tables = tables
        self._state = state
        self._extract = extract

    def once(self, feeds: list[str], fetcher: FetchChanged, inputs: Inputs, verbose: bool = False) -> Adding:
        """One poll of all feeds. Each item is in the ledger before the next one is asked for, and so marked as seen."""
        from takhrij.joining import settle
        from takhrij.pages.feeds import watch
        from takhrij.pipeline import read_pages

        adding = Adding(verbose)
        with self._writer as writer:
            found = adding.counted(watch(feeds, self._state, fetcher, on_error=inputs.on_error, extract=self._extract))
            read = read_pages(found, on_error=inputs.on_error, tables=self._tables)
            adding.done = writer.add_many(adding.until_stopped(read), size=1)
            if not adding.stopped:
                adding.kept = settle(writer, self._views)
        return adding


def _addresses(feeds: tuple[str, ...]) -> list[str]:
    """The addresses given, those in files among them. Raises :class:`UsageError` for a file that cannot be read."""
    found: list[str] = []
    for feed in feeds:
        if "://" in feed:
            found.append(feed)
            continue
        try:
            lines = Path(feed).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            raise UsageError(f"{feed}: neither an address nor a file with addresses") from None
        found += [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if not found:
        raise UsageError(f"{feeds[0]}: holds no address")
    return found


def _beside(ledger: str) -> Path:
    if "://" in ledger:
        raise UsageError("a ledger in a database needs --state FILE, where the items seen are kept")
    return Path(ledger + ".feeds")
