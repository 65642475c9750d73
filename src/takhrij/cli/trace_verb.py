"""``takhrij trace``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from takhrij.cli.common import Inputs, output_options, progress, sink, worker_options
from takhrij.records import Trace


@click.command("trace")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
@output_options
@worker_options
def command(
    inputs: tuple[str, ...], form: str, out: Path | None, quiet: bool, verbose: bool, workers: int, engine: str
) -> None:
    """Join what the inputs say: copies, claims, the chain of each report, distinct origins as bounds, denials.

    \b
    takhrij trace pages/
    takhrij trace pages/ more.jsonl --format json --out trace.json
    """
    from takhrij.pages import count_inputs
    from takhrij.pipeline import read_inputs, trace_readings

    state = Inputs(quiet)
    total = None if quiet else count_inputs(inputs)
    readings = []
    found = read_inputs(inputs, on_error=state.on_error, workers=workers, engine=engine)  # type: ignore[arg-type]
    for reading in progress(found, total, quiet, "reading"):
        readings.append(reading)
        state.read += 1
        if verbose:
            click.echo(f"{reading.article.id}: {len(reading.attributions)} attributions", err=True)
    if readings:
        trace = trace_readings(readings)
        with sink(out) as stream:
            for chunk in _chunks(trace, form):
                stream.write(chunk)
    raise click.exceptions.Exit(state.exit_code())


def _chunks(trace: Trace, form: str) -> Iterator[str]:
    if form == "json":
        from takhrij.exchange.contract import trace_row
        from takhrij.exchange.jsontext import dumps

        yield dumps(trace_row(trace)) + "\n"
    elif form == "html":
        from takhrij.render.page import trace_page

        yield trace_page(trace)
    else:
        from takhrij.render.terminal import trace_lines

        for line in trace_lines(trace):
            yield line + "\n"
