"""``takhrij export``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from takhrij.cli.common import SupportsWrite, sink
from takhrij.cli.ledgers import opened, pages_of
from takhrij.cli.options import Output, Where, ledger_options, output_options
from takhrij.errors import UsageError

if TYPE_CHECKING:
    from takhrij.exchange.tables import Cell, Columns
    from takhrij.exchange.verdicts import Verdict
    from takhrij.ledger import Ledger, Views
    from takhrij.records import Trace

_ALL = 10**9


@dataclass(frozen=True, slots=True)
class Asked:
    """What narrows a format that is written to a file: the table, and the claims whose pages are wanted."""

    table: str
    claims: tuple[str, ...] = ()


@click.command("export")
@ledger_options
@click.option(
    "--format",
    "form",
    type=click.Choice(
        [
            "jsonl",
            "trace",
            "jsonld",
            "annotations",
            "csv",
            "parquet",
            "geojson",
            "ftm",
            "claimreview",
            "check",
            "gold",
            "wacz",
            "archive",
        ]
    ),
    default="jsonl",
    show_default=True,
)
@click.option(
    "--table", type=click.Choice(["attributions", "reports", "places"]), default="attributions", help="For csv and parquet."
)
@click.option("--claim", "claims", multiple=True, metavar="ID", help="For wacz: the pages of this claim's articles only.")
@output_options
def command(where: Where, form: str, table: str, claims: tuple[str, ...], output: Output) -> None:
    """Write what a collection holds in an open format.

    \b
    jsonl        readings, a row per article, as read --format jsonl gives them
    trace        articles, copies, claims, as trace --format json gives them
    jsonld       the same as schema.org and PROV, with people's verdicts
    annotations  attributions as W3C Web Annotations, a page of them a line
    csv          a table for spreadsheets: --table attributions, reports or places
    parquet      the same table (pip install 'takhrij[parquet]')
    geojson      the places
    ftm          FollowTheMoney entities, one a line (pip install 'takhrij[ftm]')
    claimreview  people's verdicts as schema.org ClaimReview, one a line
    check        people's verdicts as a CSV for Check
    gold         articles that people set right, as rows to train and measure with
    wacz         the evidence, for replayweb.page and other viewers
    archive      the whole collection with pages, claims and reviews, for import into another ledger

    \b
    takhrij export --ledger desk.db --out desk.jsonl
    takhrij export --ledger desk.db --format csv --table reports --out reports.csv
    takhrij export --ledger desk.db --format wacz --claim c-2f61 --out claim.wacz

    What a format cannot hold is said in docs/reference/formats.md.
    """
    if claims and form != "wacz":
        raise UsageError("--claim is for --format wacz")
    with opened(where) as ledger:
        if form in _FILES:
            if output.out is None:
                raise UsageError(f"{form} is no text: give --out FILE")
            _FILES[form](ledger, where.collection, Asked(table, claims), output.out)
            return
        with sink(output.out) as stream:
            _text(ledger.views(where.collection), form, table, stream)


def kept_trace(views: Views) -> Trace:
    """The trace that a collection holds, with the current readings of its articles."""
    from takhrij.records import Trace

    pages = pages_of(lambda cursor, most: views.claims(cursor=cursor, limit=most), lambda page: page.claims, _ALL)
    return Trace(tuple(views.readings()), views.copies(), tuple(kept.claim for page in pages for kept in page.claims))


def verdicts(views: Views) -> Iterator[Verdict]:
    """What people found of the claims that are current, the last word of each person on each."""
    from takhrij.publishing import verdicts_on

    pages = pages_of(lambda cursor, most: views.claims(cursor=cursor, limit=most), lambda page: page.claims, _ALL)
    for kept in (kept for page in pages for kept in page.claims if kept.reviews):
        yield from verdicts_on(views, kept)


def _text(views: Views, form: str, table: str, stream: SupportsWrite) -> None:
    for chunk in _CHUNKS[form](views, table):
        stream.write(chunk)


def _jsonl(views: Views, table: str) -> Iterator[str]:
    from takhrij.exchange.jsonl import write_jsonl

    return write_jsonl(views.readings())


def _trace(views: Views, table: str) -> Iterator[str]:
    from takhrij.exchange.contract import trace_row

    yield _line(trace_row(kept_trace(views)))


def _jsonld(views: Views, table: str) -> Iterator[str]:
    from takhrij.exchange.linked import trace_document

    yield _line(trace_document(kept_trace(views), verdicts(views)))


def _annotations(views: Views, table: str) -> Iterator[str]:
    from takhrij.exchange.annotations import collection

    return (_line(collection(reading)) for reading in views.readings())


def _csv(views: Views, table: str) -> Iterator[str]:
    from takhrij.exchange.tables import write_csv

    rows, columns = _table(views, table)
    return write_csv(rows, columns)


def _geojson(views: Views, table: str) -> Iterator[str]:
    from takhrij.exchange.geo import feature_collection

    yield _line(feature_collection(views.readings()))


def _ftm(views: Views, table: str) -> Iterator[str]:
    from takhrij.exchange.money import entities

    return (_line(entity) for entity in entities(views.readings()))


def _claimreview(views: Views, table: str) -> Iterator[str]:
    from takhrij.exchange.linked import review

    return (_line(review(verdict)) for verdict in verdicts(views))


def _check(views: Views, table: str) -> Iterator[str]:
    from takhrij.exchange.check import write_check

    return write_check(verdicts(views))


def _gold(views: Views, table: str) -> Iterator[str]:
    from takhrij.publishing import gold_rows

    return (_line(row) for row in gold_rows(views))


def _parquet(ledger: Ledger, collection: str, asked: Asked, out: Path) -> None:
    from takhrij.exchange.parquet import write_parquet

    rows, columns = _table(ledger.views(collection), asked.table)
    write_parquet(out, rows, columns)


def _wacz(ledger: Ledger, collection: str, asked: Asked, out: Path) -> None:
    from takhrij.pages.wacz import write_wacz

    if ledger.evidence_folder is None:
        raise UsageError("the evidence of a ledger in a database lies in a folder: give --evidence DIR")
    if not asked.claims:
        write_wacz(ledger.evidence_folder.glob("*.warc.gz"), out)
        return
    views = ledger.views(collection)
    pages = [page for claim in asked.claims for page in _pages_of_claim(views, claim)]
    with TemporaryDirectory(dir=out.parent, prefix=".takhrij-") as folder:
        warc = Path(folder) / "pages.warc.gz"
        ledger.write_warc(pages, warc)
        write_wacz([warc], out, f"Takhrij evidence of {', '.join(asked.claims)}")


def _pages_of_claim(views: Views, claim_id: str) -> list[str]:
    """The digests of the pages that carry a claim or deny it."""
    kept = views.claim(claim_id)
    if kept is None:
        raise UsageError(f"{claim_id}: no such claim in the ledger")
    carriers = [report.article for report in kept.claim.reports] + [denial.article for denial in kept.claim.denials]
    return [sha256 for article in views.articles_by_id(carriers).values() if (sha256 := article.page_sha256)]


def _archive(ledger: Ledger, collection: str, asked: Asked, out: Path) -> None:
    from takhrij.ledger.archive import export_collection

    export_collection(ledger, collection, out)


def _table(views: Views, table: str) -> tuple[Iterator[dict[str, Cell]], Columns]:
    from takhrij.exchange import tables

    if table == "reports":
        return tables.report_table(kept_trace(views)), tables.REPORTS
    if table == "places":
        return tables.place_table(views.readings()), tables.PLACES
    return tables.attribution_table(views.readings()), tables.ATTRIBUTIONS


def _line(value: object) -> str:
    from takhrij.exchange.jsontext import dumps

    return dumps(value) + "\n"


_CHUNKS: dict[str, Callable[[Views, str], Iterator[str]]] = {
    "jsonl": _jsonl, "trace": _trace, "jsonld": _jsonld, "annotations": _annotations, "csv": _csv, "geojson": _geojson,
    "ftm": _ftm, "claimreview": _claimreview, "check": _check, "gold": _gold,
}  # fmt: skip
_FILES: dict[str, Callable[[Ledger, str, Asked, Path], None]] = {"parquet": _parquet, "wacz": _wacz, "archive": _archive}
