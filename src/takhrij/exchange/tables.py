"""Flat tables of what was read and traced, and CSV that a spreadsheet opens without harm.

Lost on the way: nesting (a content of several spans is given from its first start to its last end, and its words joined),
the reasons, and of a chain all but the names.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from takhrij.records import PlaceMention, Reading, Span, Trace

Cell = str | int | float | bool | None
Kind = Literal["text", "whole", "number", "flag"]
#: Columns of a table in order, with what they hold.
Columns = Mapping[str, Kind]

ATTRIBUTIONS: Columns = {
    "article": "text", "outlet": "text", "date": "text", "title": "text", "url": "text", "number": "whole", "act": "text",
    "polarity": "text", "speaker": "text", "party": "text", "party_kind": "text", "party_country": "text", "actor": "text",
    "cue": "text", "source": "text", "content": "text", "target": "text", "medium": "text", "content_start": "whole",
    "content_end": "whole", "parent": "whole", "confidence": "number",
}  # fmt: skip
REPORTS: Columns = {
    "claim": "text", "claim_text": "text", "article": "text", "outlet": "text", "date": "text", "url": "text",
    "attribution": "whole", "start": "whole", "end": "whole", "words": "text", "party": "text", "act": "text", "chain": "text",
    "outlets": "whole", "unattributed": "whole", "origins_min": "whole", "origins_max": "whole", "denials": "whole",
}  # fmt: skip
PLACES: Columns = {
    "article": "text", "outlet": "text", "date": "text", "words": "text", "name": "text", "kind": "text", "country": "text",
    "lat": "number", "lon": "number", "start": "whole", "end": "whole",
}  # fmt: skip

#: How a formula begins, for any spreadsheet, after blanks and controls that one may pass over; and the mark that guards.
_HARMFUL = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@|%＝＋－＠']|[\t\r\n]")
_GUARD = "'"
_BOM = "\ufeff"


def attribution_table(readings: Iterable[Reading]) -> Iterator[dict[str, Cell]]:
    """A row for each attribution, columns :data:`ATTRIBUTIONS`."""
    for reading in readings:
        article, text = reading.article, reading.article.text
        for number, a in enumerate(reading.attributions):
            yield {
                "article": article.id,
                "outlet": article.outlet,
                "date": article.date,
                "title": article.title,
                "url": article.url,
                "number": number,
                "act": a.act,
                "polarity": a.polarity,
                "speaker": a.speaker,
                "party": a.party.name if a.party else None,
                "party_kind": a.party.kind if a.party else None,
                "party_country": a.party.country if a.party else None,
                "actor": a.actor,
                "cue": a.cue.of(text),
                "source": _words(a.source, text),
                "content": " … ".join(span.of(text) for span in a.content),
                "target": _words(a.target, text),
                "medium": _words(a.medium, text),
                "content_start": min((s.start for s in a.content), default=None),
                "content_end": max((s.end for s in a.content), default=None),
                "parent": a.parent,
                "confidence": float(a.confidence),
            }


def report_table(trace: Trace) -> Iterator[dict[str, Cell]]:
    """A row for each report of each claim, columns :data:`REPORTS`. A chain reads from the outlet to the speaker."""
    articles = {reading.article.id: reading.article for reading in trace.readings}
    for claim in trace.claims:
        for report in claim.reports:
            article = articles.get(report.article)
            statement = None if report.statement is None else claim.statements[report.statement]
            yield {
                "claim": claim.id,
                "claim_text": claim.text,
                "article": report.article,
                "outlet": article.outlet if article else None,
                "date": article.date if article else None,
                "url": article.url if article else None,
                "attribution": report.attribution,
                "start": report.span.start,
                "end": report.span.end,
                "words": report.span.of(article.text) if article else None,
                "party": statement.party if statement else None,
                "act": statement.act if statement else None,
                "chain": " ← ".join(link.name for link in report.chain),
                "outlets": claim.outlets,
                "unattributed": claim.unattributed,
                "origins_min": claim.origins.min,
                "origins_max": claim.origins.max,
                "denials": len(claim.denials),
            }


def place_table(readings: Iterable[Reading]) -> Iterator[dict[str, Cell]]:
    """A row for each place named, columns :data:`PLACES`."""
    for reading in readings:
        article = reading.article
        for m in reading.mentions:
            if isinstance(m, PlaceMention):
                yield {
                    "article": article.id, "outlet": article.outlet, "date": article.date, "words": m.span.of(article.text),
                    "name": m.name, "kind": m.place_kind, "country": m.country, "lat": m.lat, "lon": m.lon,
                    "start": m.span.start, "end": m.span.end,
                }  # fmt: skip


def _words(span: Span | None, text: str) -> str | None:
    return None if span is None else span.of(text)


def write_csv(rows: Iterable[Mapping[str, Cell]], columns: Sequence[str] | Columns) -> Iterator[str]:
    """The lines of a CSV file, a byte-order mark first so that spreadsheets read it as UTF-8; encode them as UTF-8.

    Text that a spreadsheet would take for a formula gets an apostrophe before it, and so does text that begins with one,
    so that :func:`read_csv` gives back what was written. NUL and lone surrogates become U+FFFD.
    """
    names = list(columns)
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    buffer.write(_BOM)
    writer.writerow(names)
    for row in rows:
        yield _taken(buffer)
        writer.writerow([_cell(row.get(name)) for name in names])
    yield _taken(buffer)


def read_csv(text: str, columns: Columns) -> Iterator[dict[str, Cell]]:
    """The rows of a file of :func:`write_csv`. An empty cell is None: that a text was empty is lost."""
    reader = csv.reader(io.StringIO(text.removeprefix(_BOM), newline=""))
    names = next(reader, [])
    for cells in reader:
        yield {name: _value(cell, columns.get(name, "text")) for name, cell in zip(names, cells, strict=True)}


def _taken(buffer: io.StringIO) -> str:
    line = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return line


def guarded(text: str) -> str:
    """``text`` so that no spreadsheet takes it for a formula."""
    text = fit(text)
    return _GUARD + text if _HARMFUL.match(text) else text


def fit(text: str) -> str:
    """``text`` as UTF-8 files of other programs can hold it: NUL and lone surrogates become U+FFFD."""
    return text.replace("\x00", "\ufffd").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _cell(value: Cell) -> Cell:
    return guarded(value) if isinstance(value, str) else "" if value is None else value


def _value(cell: str, kind: Kind) -> Any:
    if not cell:
        return None
    if kind == "text":
        return cell.removeprefix(_GUARD)
    if kind == "flag":
        return cell == "True"
    return int(cell) if kind == "whole" else float(cell)
