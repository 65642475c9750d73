"""Articles near another one, by the rare words they share: found through the full-text index, at a cost that hardly grows with
the ledger.

How frequent a word is, is only asked up to :data:`_COMMON` articles, so that no long list of a common word is read. Two queries
find the articles, whatever the number of words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from sqlalchemy import Connection, text

from takhrij.ledger.codec import clean
from takhrij.ledger.database import Database
from takhrij.ledger.words import keys

#: Different words of an article that are looked up, in the order in which they are given.
_ASKED = 160
#: A word in so many articles or more says nothing; of the others the rarest are taken, so many of them.
_COMMON, _RARE = 1000, 40
#: So many of them an article must share: one of these days, and one of any other time, which then has a sentence in common.
_SHARED, _AGAIN = 3, 6


@dataclass(frozen=True, slots=True)
class Nearness:
    """What counts as near: published within so many ``days`` of ``day`` (ISO 8601; None for any day), ``most`` articles."""

    day: str | None
    days: int
    most: int = 40


def nearby(
    database: Database, connection: Connection, collection: str, texts: Iterable[str], near: Nearness
) -> tuple[str, ...]:
    """The ids of the articles that share most rare words with ``texts``, those with most of them first.

    Undated articles are near at any time, and so is what shares many of the words. The words that matter most come first in
    ``texts``: no more than :data:`_ASKED` are asked for.
    """
    wanted = list(islice(dict.fromkeys(key for one in texts for key in keys(one)), _ASKED))
    rare = _rarest(database, connection, wanted)
    if not rare:
        return ()
    found, values = _holding(database, rare, _COMMON)
    first, last = _window(near)
    in_time = "(d.day = '' OR (d.day >= :first AND d.day <= :last))" if first else "1 = 1"
    sql = (
        f"SELECT a.id FROM (SELECT d.seq AS seq, count(*) AS shared FROM ({' UNION ALL '.join(found)}) w"
        f" {database.first_join} docs d ON d.seq = w.seq WHERE d.collection = :collection GROUP BY d.seq, d.day"
        f" HAVING count(*) >= CASE WHEN {in_time} THEN :shared ELSE :again END"
        " ORDER BY shared DESC, seq DESC LIMIT :most) n JOIN articles a ON a.seq = n.seq ORDER BY n.shared DESC, n.seq DESC"
    )
    values |= {"collection": collection, "shared": min(_SHARED, len(rare)), "again": _AGAIN, "most": near.most}
    values |= {"first": first, "last": last} if first else {}
    return tuple(connection.execute(text(sql), values).scalars())


def _rarest(database: Database, connection: Connection, wanted: Sequence[str]) -> list[str]:
    """Those of the words ``wanted`` that fewest articles hold, but more than one."""
    if not wanted:
        return []
    found, values = _holding(database, wanted, _COMMON)
    counted = " UNION ALL ".join(f"SELECT {i} AS word, count(*) AS number FROM ({one}) h{i}" for i, one in enumerate(found))
    rows = connection.execute(text(counted), values).all()
    rare = sorted((row.number, row.word) for row in rows if 1 < row.number < _COMMON)
    return [wanted[word] for _, word in rare[:_RARE]]


def _holding(database: Database, words: Sequence[str], most: int) -> tuple[list[str], dict[str, str | int]]:
    """A SELECT of at most ``most`` numbers of articles for each of ``words``, and the values of all."""
    selects, values = [], dict[str, str | int]()
    for i, word in enumerate(words):
        sql, values[f"word_{i}"] = database.holding("doc_words", f"word_{i}", word)
        selects.append(f"SELECT seq FROM ({sql} LIMIT {most}) k{i}")
    return selects, values


def _window(near: Nearness) -> tuple[str, str]:
    """The first and the last day that are near, the latter so that an instant of that day sorts before it; ``""`` for any."""
    try:
        day = date.fromisoformat(clean(near.day or "")[:10])
        return (day - timedelta(near.days)).isoformat(), (day + timedelta(near.days)).isoformat() + "~"
    except (ValueError, OverflowError):
        return "", ""
