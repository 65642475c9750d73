"""``takhrij import``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from takhrij.cli.add_verb import Adding
from takhrij.cli.common import Inputs, progress, sink
from takhrij.cli.ledgers import opened
from takhrij.cli.options import Output, Where, ledger_options, output_options, who_option
from takhrij.errors import DamagedInput, InputError, SpanError, UsageError
from takhrij.records import Reading

if TYPE_CHECKING:
    from takhrij.exchange.verdicts import Verdict
    from takhrij.ledger import Ledger, Views


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@ledger_options
@who_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "archive", "annotations", "claimreview", "check"]),
    default="jsonl",
    show_default=True,
)
@click.option("--extractor", default="imported", show_default=True, help="What read the articles, as the ledger names it.")
@click.option("--trace/--no-trace", default=True, show_default=True, help="Join what is new to the claims.")
@output_options
def command(files: tuple[str, ...], where: Where, who: str, form: str, extractor: str, trace: bool, output: Output) -> None:
    """Take readings made elsewhere into a ledger: by hand, by another program, by takhrij on another machine.

    \b
    jsonl        readings, as read --format jsonl and export write them; there is no page beside them
    archive      a collection with its pages, claims and reviews, as export --format archive writes it
    annotations  W3C Web Annotations of articles that the ledger has: what they mark becomes the articles' newest reading
    claimreview  verdicts as schema.org ClaimReview (JSON-LD), kept as reviews of the claims with their ids
    check        verdicts in a CSV as export --format check writes it, kept as reviews of the claims with their words

    FILE may be - for standard input. What does not fit its text is refused, row by row.

    \b
    takhrij import other-desk.jsonl --ledger desk.db --extractor "other desk"
    """
    state = Inputs(output.quiet)
    if form == "archive":
        from takhrij.ledger.archive import check_archive

        for file in files:
            check_archive(Path(file))
    with sink(output.out) as stream, opened(where, create=form in ("jsonl", "archive")) as ledger:
        if form == "archive":
            line = "\n".join(_archive(ledger, where.collection, who, Path(file), state) for file in files)
        elif form in ("jsonl", "annotations"):
            rows = _rows(files, state, output) if form == "jsonl" else _annotated(files, ledger.views(where.collection), state)
            line = _readings(ledger, where.collection, who, extractor, trace, rows)
        else:
            line = _reviews(ledger, where.collection, who, _verdicts(files, form, state), state)
        if not state.read:
            raise click.exceptions.Exit(2)
        stream.write(line + "\n")
    raise click.exceptions.Exit(state.exit_code())


def _readings(ledger: Ledger, collection: str, who: str, extractor: str, trace: bool, rows: Iterator[Reading]) -> str:
    from takhrij.joining import settle

    adding, views = Adding(), ledger.views(collection)
    with ledger.writer(who, collection, extractor) as writer:
        adding.done = writer.add_many(rows)
        if trace:
            adding.kept = settle(writer, views)
    adding.fresh = adding.done.total()
    return adding.summary(adding.fresh)


def _archive(ledger: Ledger, collection: str, who: str, file: Path, state: Inputs) -> str:
    from takhrij.ledger import Added
    from takhrij.ledger.archive import import_collection

    done = import_collection(ledger, file, who, collection)
    state.read += 1
    new, there = done.readings[Added.NEW], done.readings[Added.SAME]
    other = done.readings.total() - new - there
    return f"{new} articles added, {other} changed, {there} there already; claims: {done.claims}, reviews: {done.reviews}"


def _rows(files: tuple[str, ...], state: Inputs, output: Output) -> Iterator[Reading]:
    from takhrij.exchange.jsonl import read_jsonl

    for file in files:
        name = Path(file).name
        for number, line in enumerate(progress(_lines(file, state), None, output.quiet, "importing"), 1):
            try:
                for reading in read_jsonl([line]):
                    state.read += 1
                    yield reading
            except (InputError, SpanError) as error:
                reason = str(error).removeprefix("input, line 1: ")
                state.on_error(DamagedInput(f"{name}:{number}", reason))


def _annotated(files: tuple[str, ...], views: Views, state: Inputs) -> Iterator[Reading]:
    """The articles that annotations are on, read as these say; those of a text that the ledger lacks go to ``state``."""
    from takhrij.exchange.annotations import attributions_from, by_source, sources_of

    waiting: dict[str, list[Any]] = {}
    for file in files:
        try:
            for value in _values(file, state):
                for source, items in by_source(value, file).items():
                    waiting.setdefault(source, []).extend(items)
        except InputError as error:
            state.on_error(error)
    for reading in views.readings():
        items = [item for source in sources_of(reading.article) for item in waiting.pop(source, ())]
        if not items:
            continue
        try:
            attributions = attributions_from(items, reading.article, reading.article.id)
        except (InputError, SpanError) as error:
            state.on_error(error if isinstance(error, InputError) else DamagedInput(reading.article.id, str(error)))
            continue
        state.read += 1
        yield replace(reading, attributions=attributions)
    for source in waiting:
        state.on_error(DamagedInput(source[:80], "no such text in the ledger"))


def _lines(file: str, state: Inputs) -> Iterator[bytes]:
    try:
        with sys.stdin.buffer if file == "-" else open(file, "rb") as stream:
            yield from stream
    except OSError as error:
        state.on_error(DamagedInput(file, (error.strerror or "cannot be read").lower()))


def _values(file: str, state: Inputs) -> Iterator[Any]:
    """The JSON values of a file: one over many lines, or one a line."""
    from takhrij.exchange.jsontext import loads, texts

    failed = state.failed
    data = b"".join(_lines(file, state))
    if state.failed > failed:  # said already: it cannot be read
        return
    yield from (loads(one, file) for one in texts(data))


def _verdicts(files: tuple[str, ...], form: str, state: Inputs) -> Iterator[Verdict]:
    from takhrij.exchange.check import read_check
    from takhrij.exchange.linked import verdicts_from

    for file in files:
        try:
            if form == "check":
                yield from read_check(b"".join(_lines(file, state)).decode("utf-8"))
                continue
            for value in _values(file, state):
                yield from verdicts_from(value, file)
        except InputError as error:
            state.on_error(error)
        except (UnicodeDecodeError, ValueError) as error:
            state.on_error(DamagedInput(file, f"not a table of verdicts ({type(error).__name__})"))


def _reviews(ledger: Ledger, collection: str, who: str, verdicts: Iterator[Verdict], state: Inputs) -> str:
    """Keep each verdict as a review of its claim; one of a claim that the ledger does not have goes to ``state``."""
    from takhrij.ledger import Subject

    views = ledger.views(collection)
    there = {(r.subject.id, r.verdict, r.note) for r in views.reviews() if r.subject.kind == "claim"}
    kept = 0
    with ledger.writer(who, collection) as writer:
        for verdict in verdicts:
            claim = _claim_of(verdict, collection, ledger)
            if claim is None:
                state.on_error(DamagedInput(verdict.claim or verdict.text[:60], "no such claim in the ledger"))
                continue
            state.read += 1
            note = " ".join(part for part in (verdict.summary, f"({verdict.author})" if verdict.author else "") if part)
            if (claim, verdict.rating, note) in there:
                continue
            try:
                writer.review(Subject("claim", claim), verdict.rating, note)
            except UsageError as error:
                state.on_error(DamagedInput(claim, str(error)))
                continue
            kept += 1
    return f"{kept} reviews added, {state.read - kept} there already"


def _claim_of(verdict: Verdict, collection: str, ledger: Ledger) -> str | None:
    """The current claim that a verdict is on: the one with its id, else the one with its very words."""
    from takhrij.exchange.linked import claim_of

    views = ledger.views(collection)
    if verdict.claim and (found := views.claim(claim_of(verdict.claim))) is not None and found.current:
        return found.claim.id
    words = verdict.text.replace('"', " ")[:500]
    return next((kept.claim.id for kept in views.claims(f'"{words}"').claims if kept.claim.text == verdict.text), None)
