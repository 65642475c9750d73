"""``takhrij eval``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from takhrij.cli.common import progress, sink
from takhrij.cli.options import Output, output_options
from takhrij.errors import DamagedInput, EmptyInput


@click.command("eval")
@click.argument("gold", type=click.Path(exists=True, path_type=Path), metavar="GOLD")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--worst", "worst_count", type=click.IntRange(0, 1000), default=0, help="Show the N worst articles, gold and answer."
)
@output_options
def command(gold: Path, form: str, worst_count: int, output: Output) -> None:
    """Read the articles of a gold file and score what was read.

    GOLD is a .jsonl of gold rows (id, text, entities, attributions) or a folder of articles in inline markup (corpus/).

    \b
    takhrij eval gold.jsonl
    takhrij eval corpus/ --worst 20 --out worst.txt
    """
    from takhrij.evaluation.matching import Match, match

    rows = _rows(gold)
    matches: list[Match] = []
    for row in progress(rows, len(rows), output.quiet, "reading"):
        matches.append(match(row, _answers(row)))
        if output.verbose:
            click.echo(str(row["id"]), err=True)
    with sink(output.out) as stream:
        for line in _json(matches) if form == "json" else _text(matches, worst_count):
            stream.write(line + "\n")


def _rows(gold: Path) -> list[dict[str, Any]]:
    if gold.is_dir():
        from takhrij.exchange.markup import load

        return [dict(row) for row in load(gold)]
    rows: list[dict[str, Any]] = []
    with gold.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                row["text"], row["entities"], row["attributions"]
            except (ValueError, KeyError, TypeError) as fault:
                raise DamagedInput(f"{gold}, line {number}", f"no gold row ({type(fault).__name__}: {fault})") from None
            rows.append(row)
    if not rows:
        raise EmptyInput(str(gold), "holds no gold row")
    return rows


def _answers(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The attributions read in a gold row's text, as rows of the contract."""
    from takhrij.attribution import read_attributions
    from takhrij.exchange.contract import reading_row
    from takhrij.pages import article_from_text
    from takhrij.records import Reading

    article = article_from_text(row["text"], str(row["id"]))
    found: list[dict[str, Any]] = reading_row(Reading(article, read_attributions(article)))["attributions"]
    return found


def _json(matches: list[Any]) -> Iterator[str]:
    from dataclasses import asdict, is_dataclass

    from takhrij.evaluation import figures as f

    values = {k: asdict(v) if is_dataclass(v) and not isinstance(v, type) else v for k, v in f.figures(matches).items()}
    yield json.dumps(
        values | {"interval": f.interval(matches), "by_kind": f.by_kind(matches), "by_outlet": f.by_outlet(matches)}
    )


def _text(matches: list[Any], worst_count: int) -> Iterator[str]:
    from takhrij.evaluation import figures as f

    for name, value in f.figures(matches).items():
        shown = f"  p {value.p:.3f}  r {value.r:.3f}  f1 {value.f1:.3f}" if isinstance(value, f.Rate) else value
        yield f"{name:26s} {shown}"
    low, high = f.interval(matches)
    yield f"{'who_said_what, 95 %':26s}   {low:.3f} to {high:.3f} (articles drawn anew 1,000 times)"
    yield "\nkind                       there  found  right"
    for kind, (there, found, right) in f.by_kind(matches).items():
        yield f"{kind:26s} {there:5d}  {found:.3f}  {right:.3f}"
    yield "\noutlet                  articles  who said what"
    for outlet, (articles, value) in f.by_outlet(matches).items():
        yield f"{outlet:26s} {articles:5d}  {value:.3f}"
    yield "\nconfidence from   answers   mean   right"
    for low, count, mean, right in f.reliability(matches):
        yield f"{low:15.1f} {count:9d}  {mean:.3f}  {right:.3f}"
    for m in f.worst(matches, worst_count):
        yield from _worst(m)


def _worst(m: Any) -> Iterator[str]:
    from takhrij.render.safe import cut, shown

    text = m.row["text"]

    def line(row: Any, who: str | None) -> str:
        what = " … ".join(text[s:e] for s, e in row["content"])
        return f"{shown(text[slice(*row['cue'])])}: {shown(who or '-')}: «{cut(shown(what), 110)}»"

    yield f"\n{m.row['id']}"
    for j in m.judged:
        verdict = "right" if j.right else "missed" if not j.answer else "wrong"
        yield f"  {verdict:7s} gold   {line(j.gold.row, j.names[0] if j.names else None)}"
        if j.answer and not j.right:
            yield f"          answer {line(j.answer.row, j.answer.row.get('speaker'))}"
    for s in m.spurious:
        yield f"  too much answer {line(s.row, s.row.get('speaker'))}"
