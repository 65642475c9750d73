"""``takhrij read``."""

from __future__ import annotations

from collections.abc import Iterator

import click

from takhrij.cli.common import Inputs, progress, sink
from takhrij.cli.options import Output, Run, output_options, run_options
from takhrij.records import Reading


@click.command("read")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--format", "form", type=click.Choice(["text", "jsonl", "html"]), default="text", show_default=True)
@click.option("--explain", is_flag=True, help="With text: per attribution the cue's entry, the chances and the antecedent.")
@output_options
@run_options
def command(inputs: tuple[str, ...], form: str, explain: bool, output: Output, run: Run) -> None:
    """Read articles and show who said what: cue, source, speaker, content, act, target, medium.

    \b
    takhrij read page.html
    takhrij read pages/ --format jsonl --out pages.jsonl --workers 4
    curl -s ADDRESS | takhrij read - --format html --out page.html
    """
    state = Inputs(output.quiet)
    with sink(output.out) as stream:
        for chunk in _chunks(readings_of(inputs, state, output, run), form, explain):
            stream.write(chunk)
        if not state.read:
            raise click.exceptions.Exit(2)  # within the sink, so that no empty file is left
    raise click.exceptions.Exit(state.exit_code())


def readings_of(inputs: tuple[str, ...], state: Inputs, output: Output, run: Run) -> Iterator[Reading]:
    """The readings of all inputs, counted in ``state`` and shown as progress."""
    from takhrij.pipeline import Tables, read_inputs

    total = None if output.quiet else count(inputs)
    tables = Tables(run.actors, run.places)
    found = read_inputs(inputs, on_error=state.on_error, workers=run.workers, engine=run.engine, tables=tables)
    for reading in progress(found, total, output.quiet, "reading"):
        state.read += 1
        if output.verbose:
            click.echo(f"{reading.article.id}: {len(reading.attributions)} attributions", err=True)
        yield reading


def count(inputs: tuple[str, ...]) -> int | None:
    """How many articles the bar is for, None where that cannot be told beforehand."""
    from takhrij.pages import count_inputs

    try:
        return count_inputs(inputs)
    except OSError:  # said again, as a failed input, when it is read
        return None


def _chunks(readings: Iterator[Reading], form: str, explain: bool) -> Iterator[str]:
    if form == "jsonl":
        from takhrij.exchange.contract import reading_row
        from takhrij.exchange.jsontext import dumps

        for reading in readings:
            yield dumps(reading_row(reading)) + "\n"
    elif form == "html":
        from takhrij.render.page import reading_page

        if read := list(readings):
            yield reading_page(read)
    else:
        from takhrij.render.terminal import reading_lines

        for reading in readings:
            for line in reading_lines(reading, explain):
                yield line + "\n"
