"""``takhrij trace``."""

from __future__ import annotations

from collections.abc import Iterator

import click

from takhrij.cli.common import Inputs, sink
from takhrij.cli.options import Output, Run, output_options, run_options
from takhrij.cli.read_verb import readings_of
from takhrij.records import Trace


@click.command("trace")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True)
@click.option("--all", "everything", is_flag=True, help="With text: all claims and reports, not the first ones.")
@output_options
@run_options
def command(inputs: tuple[str, ...], form: str, everything: bool, output: Output, run: Run) -> None:
    """Join what the inputs say: copies, claims, the chain of each report, distinct origins as bounds, denials.

    \b
    takhrij trace pages/
    takhrij trace pages/ more.jsonl --format json --out trace.json
    takhrij trace pages/ --all | less -R
    """
    from takhrij.pipeline import trace_readings

    state = Inputs(output.quiet)
    with sink(output.out) as stream:
        readings = list(readings_of(inputs, state, output, run))
        if not readings:
            raise click.exceptions.Exit(2)  # within the sink, so that no empty file is left
        for chunk in _chunks(trace_readings(readings), form, everything):
            stream.write(chunk)
    raise click.exceptions.Exit(state.exit_code())


def _chunks(trace: Trace, form: str, everything: bool) -> Iterator[str]:
    if form == "json":
        from takhrij.exchange.contract import trace_row
        from takhrij.exchange.jsontext import dumps

        yield dumps(trace_row(trace)) + "\n"
    elif form == "html":
        from takhrij.render.page import trace_page

        yield trace_page(trace)
    else:
        from takhrij.render.terminal import EVERYTHING, FIRST_ONES, trace_lines

        for line in trace_lines(trace, EVERYTHING if everything else FIRST_ONES):
            yield line + "\n"
