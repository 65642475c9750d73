"""Keeping the claims and the copies of a trace: what is new, what changed, what is gone, and where it went."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from takhrij.errors import UsageError
from takhrij.ledger.chain import Chain, Change
from takhrij.ledger.codec import canonical, claim_of, claim_value, clean, digest, pack, row_digest, unpack
from takhrij.ledger.database import mapping
from takhrij.ledger.due import due
from takhrij.ledger.indexing import Indexer
from takhrij.ledger.schema import articles, claims, copies, denials, reports
from takhrij.records import Claim, CopySet, Trace

Row = dict[str, Any]
Rows = dict[str, str | None]
#: Rows that one audit entry covers at most.
_PART = 500


@dataclass(frozen=True, slots=True)
class TraceKept:
    """How many claims a trace brought that were new, otherwise than before, the same; and how many it no longer holds."""

    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0

    def __add__(self, other: TraceKept) -> TraceKept:
        return TraceKept(self.new + other.new, self.changed + other.changed, self.same + other.same, self.gone + other.gone)


@dataclass(frozen=True, slots=True)
class Joined:
    """What came of joining articles in place: ``claims`` and ``copies`` for those that the articles touched.

    ``traced`` and ``joined`` are kept with it: how many articles were traced together the last time, and how many were joined
    one by one since, these among them. ``left`` are articles that are still to be joined.
    """

    gone: Sequence[str]
    claims: Sequence[Claim]
    gone_copies: Sequence[CopySet] = ()
    copies: Sequence[CopySet] = ()
    traced: int = 0
    joined: int = 0
    left: Sequence[str] = field(default=())


class Tracing:
    """Keeps traces within the transaction of ``connection``."""

    def __init__(self, connection: Connection, chain: Chain, indexer: Indexer, collection: str) -> None:
        self._connection = connection
        self._chain = chain
        self._indexer = indexer
        self._collection = collection

    def put(self, trace: Trace) -> TraceKept:
        """Make ``trace`` what the ledger says of its articles: their earlier claims and copies are replaced.

        A claim is the same one where its id is. One that no longer comes up is kept, no longer current, and points to the
        claim that took over most of its reports. Raises :class:`UsageError` for an article that is not in the ledger.
        """
        ids = [clean(reading.article.id) for reading in trace.readings]
        self._must_know(ids)
        before = self._current(ids, [clean(claim.id) for claim in trace.claims])
        result, rows = self._keep(before, trace.claims)
        rows |= self._copies(trace.copies, set(ids))
        after = canonical({"articles": len(ids), "claims": len(trace.claims), "copies": len(trace.copies)})
        if rows or due(self._connection, self._collection).articles:
            self._enter("trace", after, rows)
        return result

    def replace(self, gone: Iterable[str], new: Sequence[Claim]) -> TraceKept:
        """Put ``new`` claims in the place of those with the ids ``gone``, and leave all others alone."""
        before = self._current((), [clean(i) for i in (*gone, *(claim.id for claim in new))])
        result, rows = self._keep(before, new)
        self._enter("regroup", canonical({"claims": [claim.id for claim in new]}), rows)
        return result

    def join(self, joined: Joined) -> TraceKept:
        """Put the claims and the copies that articles touched in the place of those that were there; no other is changed."""
        before = self._current((), [clean(i) for i in (*joined.gone, *(claim.id for claim in joined.claims))])
        result, rows = self._keep(before, joined.claims)
        gone = {copy_body(copy) for copy in joined.gone_copies}
        if gone != {copy_body(copy) for copy in joined.copies}:
            rows |= self._swap_copies(joined.copies, lambda body: body in gone)
        after = {"traced": joined.traced, "joined": joined.joined, "left": [clean(i) for i in joined.left]}
        self._enter("join", canonical(after), rows)
        return result

    def _keep(self, before: dict[str, Row], new: Sequence[Claim]) -> tuple[TraceKept, Rows]:
        """Make ``new`` current instead of ``before``, whose ids lead to what took over."""
        rows: Rows = {}
        kept = Counter[str]()
        stale: list[tuple[int, Claim]] = []
        fresh: list[tuple[int, Claim]] = []
        number = (self._connection.execute(select(func.max(claims.c.seq))).scalar() or 0) + 1
        new_rows: list[Row] = []
        for claim in new:
            old = before.pop(clean(claim.id), None)
            row = self._row(claim)
            if old is not None and old["digest"] == row["digest"] and old["current"]:
                kept["same"] += 1
                continue
            if old is None:
                seq, number = number, number + 1
                new_rows.append({"seq": seq, **row})
            else:
                seq = old["seq"]
                self._connection.execute(update(claims).where(claims.c.seq == seq).values(**row))
                stale += [(seq, _claim(old))] if old["current"] else []
            kept["new" if old is None else "changed"] += 1
            fresh.append((seq, claim))
            rows[f"claims:{seq}"] = row_digest({"seq": seq, **row})
        if new_rows:
            self._connection.execute(insert(claims), new_rows)
        gone = [old for old in before.values() if old["current"]]
        rows |= self._retire(gone, new)
        self._indexer.forget_claims([*stale, *((old["seq"], _claim(old)) for old in gone)])
        for seq, claim in fresh:
            self._indexer.claim(seq, self._collection, claim)
        return TraceKept(kept["new"], kept["changed"], kept["same"], len(gone)), rows

    def _enter(self, action: str, after: str, rows: Rows) -> None:
        for part in _dict_parts(rows) or [{}]:
            self._chain.append(Change(action, "claims", self._collection, None, after, part))

    def _row(self, claim: Claim) -> Row:
        value = claim_value(claim)
        return {
            "collection": self._collection, "id": clean(claim.id), "current": 1, "gone_to": None,
            "digest": digest(value), "body": pack(value),
        }  # fmt: skip

    def _must_know(self, ids: Sequence[str]) -> None:
        known: set[str] = set()
        for part in _parts(ids):
            query = select(articles.c.id).where(articles.c.collection == self._collection, articles.c.current == 1)
            known.update(self._connection.execute(query.where(articles.c.id.in_(part))).scalars())
        if absent := next((i for i in ids if i not in known), None):
            raise UsageError(f"{absent}: add the article before the claims that it carries")

    def _current(self, ids: Sequence[str], claim_ids: Sequence[str]) -> dict[str, Row]:
        """The claims kept so far that any of the articles carries or denies, or that have any of the ids."""
        found: dict[str, Row] = {}
        mine = select(claims).where(claims.c.collection == self._collection)
        for part in _parts(claim_ids):
            rows = self._connection.execute(mine.where(claims.c.id.in_(part)).order_by(claims.c.seq)).mappings()
            found.update((row["id"], dict(row)) for row in rows)
        for part in _parts(ids):
            for table in (reports, denials):
                carried = select(table.c.claim).where(table.c.collection == self._collection, table.c.article.in_(part))
                rows = self._connection.execute(mine.where(claims.c.seq.in_(carried))).mappings()
                found.update((row["id"], dict(row)) for row in rows)
        return found

    def _retire(self, gone: Sequence[Row], present: Sequence[Claim]) -> Rows:
        rows: Rows = {}
        if not gone:
            return rows
        carriers: dict[str, list[tuple[int, int, str]]] = {}
        for claim in present:
            for report in claim.reports:
                carriers.setdefault(report.article, []).append((report.span.start, report.span.end, clean(claim.id)))
        for old in gone:
            votes = Counter(
                new
                for report in _claim(old).reports
                for start, end, new in carriers.get(report.article, ())
                if start < report.span.end and report.span.start < end
            )
            to = min(votes, key=lambda new: (-votes[new], new)) if votes else None
            self._connection.execute(update(claims).where(claims.c.seq == old["seq"]).values(current=0, gone_to=to))
            rows[f"claims:{old['seq']}"] = row_digest({**old, "current": 0, "gone_to": to})
        return rows

    def _copies(self, sets: Sequence[CopySet], ids: set[str]) -> Rows:
        return self._swap_copies(sets, lambda body: bool(ids & set(json.loads(body)["ids"])))

    def _swap_copies(self, sets: Sequence[CopySet], goes: Callable[[str], bool]) -> Rows:
        """Keep ``sets``, in the place of the rows that ``goes`` is true of."""
        mine = select(copies.c.number, copies.c.body).where(copies.c.collection == self._collection)
        old: dict[int, str] = mapping(self._connection.execute(mine))
        wanted = {copy_body(copy) for copy in sets}
        replaced = [n for n, body in old.items() if body not in wanted and goes(body)]
        rows: Rows = {f"copies:{self._collection}:{number}": None for number in replaced}
        for part in _parts(replaced):
            self._connection.execute(delete(copies).where(copies.c.collection == self._collection, copies.c.number.in_(part)))
        number = max(old, default=0)
        new_rows = []
        for body in sorted(wanted - set(old.values())):
            number += 1
            row = {"collection": self._collection, "number": number, "body": body}
            new_rows.append(row)
            rows[f"copies:{self._collection}:{number}"] = row_digest(row)
        if new_rows:
            self._connection.execute(insert(copies), new_rows)
        return rows


def copy_body(copy: CopySet) -> str:
    """A set of copies as its row keeps it."""
    return canonical({"ids": list(copy.ids), "first": copy.first, "why": copy.why})


def copy_of(body: str) -> CopySet:
    """The set of :func:`copy_body`."""
    value = json.loads(body)
    return CopySet(tuple(value["ids"]), value["first"], value["why"])


def _claim(row: Row) -> Claim:
    return claim_of(unpack(row["body"], f"claim {row['id']}"))


def _parts(items: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (items[i : i + _PART] for i in range(0, len(items), _PART))


def _dict_parts(rows: Rows) -> list[Rows]:
    return [dict(part) for part in _parts(list(rows.items()))]
