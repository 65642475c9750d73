"""``takhrij add``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from takhrij.cli.common import Inputs, progress, sink
from takhrij.cli.ledgers import opened
from takhrij.cli.options import Output, Run, Where, ledger_options, output_options, run_options, who_option
from takhrij.cli.read_verb import count
from takhrij.records import Article, Page, Reading

if TYPE_CHECKING:
    from takhrij.ledger import Added, TraceKept


@click.command("add")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@ledger_options
@who_option
@click.option("--trace/--no-trace", default=True, show_default=True, help="Join what is new to the claims.")
@click.option("--reread", is_flag=True, help="Read again what was read before by this same program.")
@output_options
@run_options
def command(inputs: tuple[str, ...], where: Where, who: str, trace: bool, reread: bool, output: Output, run: Run) -> None:
    """Read articles and keep them: text, attributions, the page as evidence beside the ledger, the claims of all together.

    What is there already stays as it is, and is not read again: break off at any time, and run it again to go on.

    Up to 200 new articles, and a tenth of the collection, are joined to its claims in place; more are traced together with all
    the rest, and so is everything once a fifth was joined in place.

    \b
    takhrij add pages/ --ledger desk.db
    takhrij add crawl.warc.gz --ledger desk.db --workers 4 --collection flood
    takhrij add pages/ --ledger postgresql://host/desk --evidence pages.evidence
    """
    from takhrij.joining import settle
    from takhrij.pipeline import Tables, find_pages, not_kept, read_pages

    state = Inputs(output.quiet)
    tables = Tables(run.actors, run.places)
    with sink(output.out) as stream, opened(where, create=True) as ledger:
        views = ledger.views(where.collection)
        with ledger.writer(who, where.collection, tables.extractor) as writer:
            adding = Adding(output.verbose)
            found = counted(find_pages(inputs, on_error=state.on_error), inputs, state, output)
            fresh = adding.counted(found if reread else not_kept(found, writer, views))
            read = read_pages(fresh, on_error=state.on_error, workers=run.workers, engine=run.engine, tables=tables)
            adding.done = writer.add_many(adding.until_stopped(read))
            if trace and not adding.stopped:
                adding.kept = settle(writer, views)
        if not state.read and not adding.stopped:
            raise click.exceptions.Exit(2)
        stream.write(adding.summary(state.read) + "\n")
    if adding.stopped:
        raise click.Abort
    raise click.exceptions.Exit(state.exit_code())


class Adding:
    """What a run of adding did. Where the user breaks off, what was read by then is kept all the same."""

    def __init__(self, verbose: bool = False) -> None:
        self.stopped = False
        self.fresh = 0
        self.done: Counter[Added] = Counter()
        self.kept: TraceKept | None = None
        self._verbose = verbose

    def counted(self, found: Iterable[tuple[Page, Article]]) -> Iterator[tuple[Page, Article]]:
        """``found``, counted as not in the ledger yet."""
        for pair in found:
            self.fresh += 1
            yield pair

    def until_stopped(self, read: Iterable[tuple[Reading, Page]]) -> Iterator[tuple[Reading, Page]]:
        """``read`` up to where Ctrl-C is pressed, with a line of each where ``--verbose`` asks for it."""
        try:
            for reading, page in read:
                if self._verbose:
                    click.echo(f"{reading.article.id}: {len(reading.attributions)} attributions", err=True)
                yield reading, page
        except KeyboardInterrupt:
            self.stopped = True

    def summary(self, found: int) -> str:
        """What was added, what was there of all ``found``, and what the trace brought, in one line."""
        from takhrij.ledger import Added

        new, versions, reread = (self.done[kind] for kind in (Added.NEW, Added.VERSION, Added.REREAD))
        there = found - self.fresh + self.done[Added.SAME]
        line = f"{new} articles added, {versions} newer versions, {reread} read anew, {there} there already"
        if (kept := self.kept) is not None:
            line += f"; claims: {kept.new} new, {kept.changed} changed, {kept.same} as before, {kept.gone} gone"
        return line


def counted(
    found: Iterable[tuple[Page, Article]], inputs: tuple[str, ...], state: Inputs, output: Output
) -> Iterator[tuple[Page, Article]]:
    """``found``, each counted as usable and shown as progress."""
    total = None if output.quiet else count(inputs)
    for pair in progress(found, total, output.quiet, "adding"):
        state.read += 1
        yield pair
