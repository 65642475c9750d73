"""Which articles wait for their claims to be joined: told by the audit chain, which has an entry of each change."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, text

_LAST_TRACED = """
SELECT seq, action, after FROM audit WHERE collection = :collection AND action IN ('trace', 'join') ORDER BY seq DESC LIMIT 1
"""
_READ_SINCE = """
SELECT subject FROM audit WHERE seq > :after AND collection = :collection AND action IN ('add', 'revise', 'reread')
GROUP BY subject ORDER BY min(seq) LIMIT :most
"""
#: Articles that are told at most: so many are never joined one by one.
_MOST_DUE = 2000


@dataclass(frozen=True, slots=True)
class Due:
    """Which articles were added or read anew since their claims were last joined, by id, at most some two thousand.

    ``traced`` is how many articles were traced together the last time, None where nothing ever was; ``joined`` how many were
    joined one by one since.
    """

    articles: tuple[str, ...] = ()
    traced: int | None = None
    joined: int = 0


def due(connection: Connection, collection: str) -> Due:
    """What is to be traced or joined now."""
    row = connection.execute(text(_LAST_TRACED), {"collection": collection}).first()
    last = json.loads(row.after) if row is not None else {}
    asked = {"collection": collection, "after": row.seq if row is not None else 0, "most": _MOST_DUE}
    subjects = connection.execute(text(_READ_SINCE), asked).scalars()
    names = [*last.get("left", ()), *(subject.removeprefix("article:") for subject in subjects)]
    traced = None if row is None else last["articles"] if row.action == "trace" else last["traced"]
    return Due(tuple(dict.fromkeys(names)), traced, last.get("joined", 0))
