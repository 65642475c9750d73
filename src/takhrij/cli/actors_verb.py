"""``takhrij actors``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import click

from takhrij.cli.common import sink
from takhrij.cli.ledgers import viewed
from takhrij.cli.options import Output, Where, limit_option, output_options, perhaps_ledger_options, table_options


@click.command("actors")
@click.argument("names", nargs=-1, metavar="[NAME...]")
@perhaps_ledger_options
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@click.option("--text", "context", default="", metavar="TEXT", help="The article's words, which tell whose ministry is meant.")
@limit_option
@table_options
@output_options
def command(
    names: tuple[str, ...],
    where: Where,
    form: str,
    context: str,
    limit: int,
    actors: tuple[Path, ...],
    places: tuple[Path, ...],
    output: Output,
) -> None:
    """Say what a name is taken for: its id, the party it speaks for, and the steps from the one to the other.

    Without a NAME, list: the actors that a ledger's attributions name, or those that are known by the tables.

    \b
    takhrij actors 'المتحدث باسم وزارة الأشغال'
    takhrij actors 'وزير المالية' --text 'وصل إلى تونس وزير المالية'
    takhrij actors --ledger desk.db --limit 50
    takhrij actors --actors mine.tsv 'هيئة جسور المرجان'
    """
    with sink(output.out) as stream:
        if names:
            rows = _explained(names, context, actors)
            lines = _told(rows) if form == "text" else _dumped(rows)
        elif where.ledger:
            lines = _named(where, form, limit)
        else:
            known = islice(_known(actors), limit)
            lines = _listed(known) if form == "text" else _dumped(known)
        for line in lines:
            stream.write(line + "\n")


def _explained(names: tuple[str, ...], context: str, files: tuple[Path, ...]) -> Iterator[dict[str, Any]]:
    from takhrij.pipeline import Tables
    from takhrij.records import Article

    known, _ = Tables(actors=files).load()
    for name in names:
        found = known.resolved(name, Article("", f"{context}\n{name}" if context else name))
        entry = known.lookup(found.actor)
        party = {"name": found.party.name, "kind": found.party.kind, "country": found.party.country}
        names_known = list(entry.names) if entry else []
        yield {"name": name, "actor": found.actor, "party": party, "names": names_known, "why": list(found.why)}


def _told(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    from takhrij.render.safe import shown

    for row in rows:
        party = row["party"]
        country = f", {party['country']}" if party["country"] else ""
        yield click.style(shown(row["name"]), bold=True)
        yield f"  speaks for: {shown(party['name'])} ({party['kind']}{country})"
        yield f"  id: {shown(row['actor'])}"
        if row["names"]:
            yield f"  known as: {shown('، '.join(row['names']))}"
        yield from (f"  · {shown(step)}" for step in row["why"])


def _named(where: Where, form: str, limit: int) -> Iterator[str]:
    from dataclasses import asdict

    from takhrij.render.ledger_lines import actor_lines

    with viewed(where) as views:
        rows = views.actors(limit)
    return actor_lines(rows) if form == "text" else _dumped(asdict(row) for row in rows)


def _known(files: tuple[Path, ...]) -> Iterator[dict[str, Any]]:
    from takhrij.pipeline import Tables

    for entry in Tables(actors=files).load()[0]:
        yield {
            "id": entry.id, "kind": entry.kind, "country": entry.country, "english": entry.english,
            "names": list(entry.names), "table": entry.origin,
        }  # fmt: skip


def _listed(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield f"{row['id']}\t{row['kind']}\t{row['country'] or '-'}\t{row['english']}\t{'|'.join(row['names'])}"


def _dumped(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    from takhrij.exchange.jsontext import dumps

    return (dumps(row) for row in rows)
