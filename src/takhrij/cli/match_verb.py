"""``takhrij match``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import click

from takhrij.cli.common import Inputs, progress, sink
from takhrij.cli.options import Output, output_options
from takhrij.errors import DamagedInput, TakhrijError


@click.command("match")
@click.argument("pairs", type=click.Path(exists=True, dir_okay=False, allow_dash=True), metavar="PAIRS.jsonl")
@output_options
def command(pairs: str, output: Output) -> None:
    """Tell of each pair of statements whether they are one.

    A row in is {"pair", "a", "b", "a_date", "b_date"}: two sentences, and the days they were published where known. A row out
    is {"pair", "label", "score", "why"}; score is how likely the two are one statement or one holds the other.

    \b
    same                       one statement by one party
    part                       one holds the other
    contradict                 both cannot hold
    same_words_other_speaker   the same proposition by somebody else
    related, unrelated         about one thing, or not

    \b
    takhrij match pairs.jsonl --out answers.jsonl
    echo '{"a": "قالت الهيئة إن الجسر آمن", "b": "نفت الهيئة أن الجسر آمن"}' | takhrij match -
    """
    from takhrij.exchange.jsontext import dumps

    state = Inputs(output.quiet)
    with sink(output.out) as stream:
        for answer in progress(_answers(pairs, state), None, output.quiet, "matching"):
            stream.write(dumps(answer) + "\n")
            if output.verbose:
                click.echo(f"{answer['pair']}: {answer['label']}", err=True)
    raise click.exceptions.Exit(state.exit_code())


def _answers(pairs: str, state: Inputs) -> Iterator[dict[str, Any]]:
    from takhrij.claims import match

    name = Path(pairs).name
    with sys.stdin.buffer if pairs == "-" else open(pairs, "rb") as lines:
        for number, row in _rows(lines, name, state):
            try:
                answer = next(match([{"pair": number, **row}]))
            except TakhrijError as error:
                state.on_error(DamagedInput(f"{name}:{number}", str(error)))
                continue
            state.read += 1
            yield answer


def _rows(lines: IO[bytes], name: str, state: Inputs) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows with their numbers from 1; a line that is none goes to ``state``."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            state.on_error(DamagedInput(f"{name}:{number}", f"not a row of JSON ({type(error).__name__})"))
            continue
        if not isinstance(row, dict):
            state.on_error(DamagedInput(f"{name}:{number}", "not an object"))
        elif not all(isinstance(row.get(key), str | None) for key in ("a_date", "b_date")):
            state.on_error(DamagedInput(f"{name}:{number}", "a_date and b_date are days such as 2024-05-31, or null"))
        else:
            yield number, row
