"""``takhrij places``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from takhrij.cli.common import sink
from takhrij.cli.ledgers import viewed
from takhrij.cli.options import Output, Where, limit_option, output_options, perhaps_ledger_options, table_options
from takhrij.errors import UsageError


@click.command("places")
@click.argument("names", nargs=-1, metavar="[NAME...]")
@perhaps_ledger_options
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@limit_option
@table_options
@output_options
def command(
    names: tuple[str, ...],
    where: Where,
    form: str,
    limit: int,
    actors: tuple[Path, ...],
    places: tuple[Path, ...],
    output: Output,
) -> None:
    """Say which places a NAME may mean, and which of the names in a sentence are taken for places there, and why.

    Without a NAME, list the places that a ledger's articles name.

    \b
    takhrij places طرابلس
    takhrij places 'انطلقت القافلة من مدينة طرابلس اللبنانية'
    takhrij places --ledger desk.db --limit 50
    takhrij places --places mine.tsv 'رأس المرجان'
    """
    if not names and not where.ledger:
        raise UsageError("name a place, or a ledger with --ledger L")
    with sink(output.out) as stream:
        for line in _explained(names, form, places) if names else _named(where, form, limit):
            stream.write(line + "\n")


def _explained(names: tuple[str, ...], form: str, files: tuple[Path, ...]) -> Iterator[str]:
    from takhrij.exchange.jsontext import dumps

    for name in names:
        row = _row(name, files)
        if form == "text":
            yield from _told(row)
        else:
            yield dumps(row)


def _row(name: str, files: tuple[Path, ...]) -> dict[str, Any]:
    """All places of that name, and the mentions when it is read as a text."""
    from takhrij.entities.places import find_places
    from takhrij.pipeline import Tables

    _, known = Tables(places=files).load()
    may_be = [
        {
            "name": p.name, "english": p.english, "place_kind": p.kind, "country": p.country, "lat": p.lat, "lon": p.lon,
            "population": p.population, "certain": p.strength == 2,
        }
        for p in known.names.get(name)
        if p.strength
    ]  # fmt: skip
    read = [
        {
            "span": list(m.span), "name": m.name, "place_kind": m.place_kind, "country": m.country, "lat": m.lat, "lon": m.lon,
            "confidence": m.confidence, "why": m.why,
        }
        for m in find_places(name, names=known)
    ]  # fmt: skip
    return {"text": name, "may_be": may_be, "read": read}


def _told(row: dict[str, Any]) -> Iterator[str]:
    from takhrij.render.ledger_lines import point
    from takhrij.render.safe import shown

    yield click.style(shown(row["text"]), bold=True)
    if not row["may_be"] and not row["read"]:
        yield "  no place known by this name, and none read in it"
    for p in row["may_be"]:
        sure = "" if p["certain"] else ", needs a word beside it that makes it a place"
        people = f", {p['population']:,} people" if p["population"] else ""
        yield f"  may be: {p['name']} ({p['english']}), {_kind(p)}, {point(p['lat'], p['lon'])}{people}{sure}"
    for m in row["read"]:
        where = f"{_kind(m)}, {point(m['lat'], m['lon'])}"
        yield f"  read as: {shown(m['name'])}, {where}, {m['confidence']:.2f}: {shown(m['why'])}"


def _kind(place: dict[str, Any]) -> str:
    return f"{place['place_kind']} {place['country'] or ''}".strip()


def _named(where: Where, form: str, limit: int) -> Iterator[str]:
    from dataclasses import asdict

    from takhrij.exchange.jsontext import dumps
    from takhrij.render.ledger_lines import place_lines

    with viewed(where) as views:
        rows = views.places(limit)
    return place_lines(rows) if form == "text" else (dumps(asdict(row)) for row in rows)
