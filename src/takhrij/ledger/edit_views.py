"""What people set right, as it is kept: which corrections, rulings and assignments stand, and which were taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, Select, select

from takhrij.corrections import Fix, Ruling
from takhrij.ledger.codec import clean, fix_of, ruling_of
from takhrij.ledger.schema import edits

EditKind = Literal["fix", "ruling", "assign"]
_PART = 400


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that a person set right. ``subject`` is the article's id, or the claim's as it was then.

    ``value`` is a :class:`Fix`, a :class:`Ruling`, or the name of who is to look at the claim (``""`` for nobody);
    ``undone`` the number of the edit that took it back.
    """

    seq: int
    kind: EditKind
    subject: str
    value: Fix | Ruling | str
    note: str
    who: str
    at: str
    undone: int | None = None


def all_edits(connection: Connection, collection: str, kind: EditKind | None = None) -> tuple[Edit, ...]:
    """The edits of a collection in the order in which they were made, those that were taken back too."""
    query = _edits(collection)
    if kind is not None:
        query = query.where(edits.c.kind == kind)
    return tuple(map(_edit, connection.execute(query)))


def edit(connection: Connection, collection: str, seq: int) -> Edit | None:
    """One edit by its number, or None."""
    row = connection.execute(_edits(collection).where(edits.c.seq == seq)).first()
    return None if row is None else _edit(row)


def edits_on(connection: Connection, collection: str, kind: EditKind, subjects: Iterable[str]) -> tuple[Edit, ...]:
    """The edits of one kind on these articles or claims, in order."""
    wanted = sorted({clean(subject) for subject in subjects})
    found: list[Edit] = []
    for start in range(0, len(wanted), _PART):
        part = wanted[start : start + _PART]
        query = _edits(collection).where(edits.c.kind == kind, edits.c.subject.in_(part))
        found += map(_edit, connection.execute(query))
    return tuple(sorted(found, key=lambda one: one.seq))


def fixes_of(connection: Connection, collection: str, articles: Iterable[str]) -> dict[str, list[Fix]]:
    """The corrections that stand, by article."""
    found: dict[str, list[Fix]] = {}
    for one in edits_on(connection, collection, "fix", articles):
        if one.undone is None and isinstance(one.value, Fix):
            found.setdefault(one.subject, []).append(one.value)
    return found


def rulings(connection: Connection, collection: str) -> tuple[Ruling, ...]:
    """The rulings that stand, in the order in which they were made."""
    found = all_edits(connection, collection, "ruling")
    return tuple(one.value for one in found if one.undone is None and isinstance(one.value, Ruling))


def _edits(collection: str) -> Select[Any]:
    later = edits.alias("later")
    columns = (edits.c.seq, edits.c.kind, edits.c.subject, edits.c.body, edits.c.note, edits.c.who, edits.c.at)
    query = select(*columns, later.c.seq.label("undone")).outerjoin(later, later.c.undoes == edits.c.seq)
    return query.where(edits.c.collection == collection, edits.c.undoes.is_(None)).order_by(edits.c.seq)


def _edit(row: Row[Any]) -> Edit:
    body = json.loads(row.body)
    value: Fix | Ruling | str = fix_of(body) if row.kind == "fix" else ruling_of(body) if row.kind == "ruling" else body["to"]
    return Edit(row.seq, row.kind, row.subject, value, row.note, row.who, row.at, row.undone)
