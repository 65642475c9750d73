"""``takhrij read``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from takhrij.cli.common import Inputs, output_options, progress, sink, worker_options
from takhrij.records import Reading


@click.command("read")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--format", "form", type=click.Choice(["text", "jsonl", "html"]), default="text", show_default=True)
@click.option("--explain", is_flag=True, help="With text: per attribution the cue's entry, the chances and the antecedent.")
@output_options
@worker_options
def command(
    inputs: tuple[str, ...], form: str, explain: bool, out: Path | None, quiet: bool, verbose: bool, workers: int, engine: str
) -> None:
    """Read articles and show who said what: cue, source, speaker, content, act, target, medium.

    \b
    takhrij read page.html
    takhrij read pages/ --format jsonl --out pages.jsonl --workers 4
    curl -s ADDRESS | takhrij read - --format html --out page.html
    """
    from takhrij.pages import count_inputs
    from takhrij.pipeline import read_inputs

    state = Inputs(quiet)
    total = None if quiet else count_inputs(inputs)
    readings = read_inputs(inputs, on_error=state.on_error, workers=workers, engine=engine)  # type: ignore[arg-type]

    def counted() -> Iterator[Reading]:
        for reading in progress(readings, total, quiet, "reading"):
            state.read += 1
            if verbose:
                found = len(reading.attributions)
                click.echo(f"{reading.article.id}: {found} attributions", err=True)
            yield reading

    with sink(out) as stream:
        for chunk in _chunks(counted(), form, explain):
            stream.write(chunk)
    raise click.exceptions.Exit(state.exit_code())


def _chunks(readings: Iterator[Reading], form: str, explain: bool) -> Iterator[str]:
    if form == "jsonl":
        from takhrij.exchange.contract import reading_row
        from takhrij.exchange.jsontext import dumps

        for reading in readings:
            yield dumps(reading_row(reading)) + "\n"
    elif form == "html":
        from takhrij.render.page import reading_page

        yield reading_page(list(readings))
    else:
        from takhrij.render.terminal import reading_lines

        for reading in readings:
            for line in reading_lines(reading, explain):
                yield line + "\n"
