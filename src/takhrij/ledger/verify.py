"""Looking for damage: in the chain, in every row of every table, in the evidence.

Three comparisons find it. Each entry of the chain against the hash it must have. Each kept row against the last digest
that the chain has for it. Each index row against the one that the kept rows give. A row too many or too few is damage too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, select

from takhrij.errors import LedgerDamaged
from takhrij.ledger import chain
from takhrij.ledger.chain import GENESIS, Head
from takhrij.ledger.codec import digest, row_digest, unpack
from takhrij.ledger.database import Database, Words
from takhrij.ledger.evidence import EvidenceFolder, Place, facts_of
from takhrij.ledger.indexing import (
    NAMED,
    article_words,
    attribution_rows,
    claim_row,
    claim_words,
    denial_rows,
    doc_row,
    mention_rows,
    report_rows,
)
from takhrij.ledger.reindex import analyzer_version, current_claims, current_readings
from takhrij.ledger.schema import (
    KEPT,
    articles,
    attributions,
    claim_docs,
    claims,
    denials,
    docs,
    evidence,
    mentions,
    meta,
    names,
    readings,
    reports,
)
from takhrij.ledger.words import name_key

Say = Callable[[str], None]
_INDEXED = (docs, attributions, mentions, claim_docs, reports, denials)
#: Problems of one kind that are named one by one; the rest are counted.
_NAMED_MOST = 20


@dataclass(slots=True)
class Report:
    """What ``verify`` found. ``problems`` is empty where nothing is damaged; ``head`` is the chain's end."""

    head: Head
    entries: int = 0
    rows: int = 0
    evidence: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether nothing is damaged."""
        return not self.problems


def verify(database: Database, folder: EvidenceFolder | None, expected: Head | None, progress: Say | None = None) -> Report:
    """Compare everything; see :meth:`takhrij.ledger.ledger.Ledger.verify`."""
    say = progress or (lambda _: None)
    with database.reading() as connection:
        report = Report(chain.head(connection))
        say("the chain")
        digests = _chain(connection, report, expected)
        say("the kept rows")
        _kept(connection, report, digests)
        say("the indexes")
        try:
            _indexes(database, connection, report)
        except (LedgerDamaged, KeyError, TypeError, ValueError) as error:
            report.problems.append(f"indexes: cannot be compared ({error})")
        say("the evidence")
        _evidence(connection, report, folder)
    return report


def _chain(connection: Connection, report: Report, expected: Head | None) -> dict[str, str | None]:
    digests: dict[str, str | None] = {}
    previous, number = GENESIS, 0
    for entry in chain.entries(connection):
        report.entries += 1
        if entry.seq != number + 1:
            report.problems.append(f"chain: entries {number + 1} to {entry.seq - 1} are missing")
        if entry.computed(previous) != entry.hash:
            report.problems.append(f"chain: entry {entry.seq} was edited or moved, or the one before it removed")
        try:
            digests.update(entry.digests())
        except (ValueError, TypeError):
            report.problems.append(f"chain: entry {entry.seq} does not name its rows")
        previous, number = entry.hash, entry.seq
        if expected is not None and entry.seq == expected.seq and entry.hash != expected.hash:
            report.problems.append(f"chain: entry {entry.seq} is not the one that the given head names")
    if not number:
        report.problems.append("chain: has no entries")
    if expected is not None and expected.seq > number:
        report.problems.append(f"chain: ends at entry {number}, cut off before entry {expected.seq} that the given head names")
    return digests


def _kept(connection: Connection, report: Report, digests: dict[str, str | None]) -> None:
    wanted = {row: value for row, value in digests.items() if value is not None}
    wrong: list[str] = []
    for table in KEPT:
        if table.name == "audit":
            continue
        keys = [column.name for column in table.primary_key.columns]
        for row in _rows(connection, table):
            report.rows += 1
            name = ":".join([table.name, *(str(row[key]) for key in keys)])
            due = wanted.pop(name, None)
            if due is None:
                wrong.append(f"{name}: a row that nobody entered")
            elif row_digest(row) != due:
                wrong.append(f"{name}: was altered")
            elif (problem := _inner_digest(table, row)) is not None:
                wrong.append(f"{name}: {problem}")
    wrong += [f"{name}: is missing" for name in wanted]
    _name(report, wrong)


def _inner_digest(table: Table, row: dict[str, Any]) -> str | None:
    """Whether the record in ``body`` has the digest beside it. It does unless it was entered wrong."""
    if table not in (articles, readings, claims):
        return None
    try:
        return None if digest(unpack(row["body"], "")) == row["digest"] else "its record has another digest"
    except LedgerDamaged:
        return "its record cannot be unpacked"


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    result = connection.execution_options(stream_results=True).execute(select(table))
    for row in result.mappings():
        yield {str(key): value for key, value in row.items()}


def _indexes(database: Database, connection: Connection, report: Report) -> None:
    sums = _Sums()

    def articles_due() -> Iterator[tuple[int, Words]]:
        for seq, collection, reading in current_readings(connection):
            sums.expect(docs, [doc_row(seq, collection, reading.article)])
            sums.expect(attributions, attribution_rows(seq, reading))
            sums.expect(mentions, mention_rows(seq, reading))
            yield seq, article_words(reading.article)

    def claims_due() -> Iterator[tuple[int, Words]]:
        for seq, collection, claim in current_claims(connection):
            sums.expect(claim_docs, [claim_row(seq, collection, claim)])
            sums.expect(reports, report_rows(seq, collection, claim))
            sums.expect(denials, denial_rows(seq, collection, claim))
            yield seq, claim_words(claim)

    wrong: list[str] = []
    same_lemmas = connection.execute(select(meta.c.value).where(meta.c.key == "analyzer")).scalar() == analyzer_version()
    for table_name, due in (("doc_words", articles_due()), ("claim_words", claims_due())):
        found = database.wrong_words(connection, table_name, due)
        # Words entered with other lemmas differ without being altered; the next writer enters them anew.
        wrong += [f"{table_name}:{seq}: the words were altered" for seq in found if same_lemmas]
    named: dict[int, str] = {}
    for row in _rows(connection, names):
        report.rows += 1
        named[row["seq"]] = row["name"]
        if same_lemmas and row["key"] != name_key(row["name"]):
            wrong.append(f"names:{row['seq']}: was altered")
    for table in _INDEXED:
        for row in _rows(connection, table):
            report.rows += 1
            sums.take(table, row, named)
    wrong += sums.wrong()
    _name(report, wrong)


class _Sums:
    """Compares rows as sums of hashes, so that neither order nor memory matters: what is due less what is there is zero."""

    def __init__(self) -> None:
        self._sums: dict[str, Counter[int]] = {table.name: Counter() for table in _INDEXED}

    def expect(self, table: Table, rows: Iterable[dict[str, Any]]) -> None:
        for row in rows:
            self._sums[table.name][_key(table, row)] += _hash(table, row)

    def take(self, table: Table, row: dict[str, Any], named: dict[int, str]) -> None:
        for column in NAMED.get(table.name, ()):
            row[column] = named.get(row[column], row[column])
        self._sums[table.name][_key(table, row)] -= _hash(table, row)

    def wrong(self) -> list[str]:
        return [
            f"{table}:{key}: not what the kept records give"
            for table, sums in self._sums.items()
            for key, rest in sums.items()
            if rest
        ]


def _key(table: Table, row: dict[str, Any]) -> int:
    key: int = row[next(iter(table.primary_key.columns)).name]
    return key


def _hash(table: Table, row: dict[str, Any]) -> int:
    return hash(repr([row[column.name] for column in table.columns]))


def _evidence(connection: Connection, report: Report, folder: EvidenceFolder | None) -> None:
    wrong: list[str] = []
    ends: dict[str, int] = {}
    for row in connection.execute(select(evidence).order_by(evidence.c.file, evidence.c.offset)):
        report.evidence += 1
        if folder is None:
            wrong.append(f"evidence:{row.digest[:16]}: no folder of evidence was given")
            continue
        try:
            if row.offset != ends.get(row.file, 0):
                wrong.append(f"evidence in {row.file}: bytes that no row names, or two name, before byte {row.offset}")
            ends[row.file] = row.offset + row.length
            folder.read(Place(row.file, row.offset, row.length, row.record), facts_of(row.facts), row.digest)
        except (LedgerDamaged, ValueError, TypeError) as error:
            wrong.append(str(error))
    _name(report, wrong)


def _name(report: Report, wrong: list[str]) -> None:
    report.problems += wrong[:_NAMED_MOST]
    if len(wrong) > _NAMED_MOST:
        report.problems.append(f"and {len(wrong) - _NAMED_MOST} more like these")
