"""Single rows and batches, for pages that must not count a whole collection to show one name of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, text

from takhrij.ledger.answers import OutletRow
from takhrij.ledger.codec import article_of, clean, unpack
from takhrij.ledger.database import mapping
from takhrij.ledger.reading_views import current, unpacked
from takhrij.ledger.schema import articles, docs, readings
from takhrij.records import Article, PlaceMention, Reading, Span

#: Ids asked for at once: databases bound the values of one statement.
_PART = 500

_OUTLET = """
SELECT count(*) AS articles, min(nullif(d.day, '')) AS first_day, max(nullif(d.day, '')) AS last_day
FROM docs d WHERE d.collection = :collection AND d.outlet = (SELECT seq FROM names WHERE name = :name)
"""
_OUTLET_SAID = """
SELECT count(*) AS number, sum(CASE WHEN a.speaker IS NULL THEN 1 ELSE 0 END) AS nameless
FROM docs d JOIN attributions a ON a.article = d.seq
WHERE d.collection = :collection AND d.outlet = (SELECT seq FROM names WHERE name = :name)
"""
_OUTLET_OF_EACH = """
SELECT t.id, n.name FROM docs d JOIN articles t ON t.seq = d.seq JOIN names n ON n.seq = d.outlet
WHERE d.collection = :collection
"""
_SINCE = "SELECT max(seq) AS top, max(CASE WHEN {which} THEN seq END) AS last FROM audit WHERE seq > :after"


def articles_by_id(connection: Connection, collection: str, ids: Iterable[str]) -> dict[str, Article]:
    """The current texts of those of ``ids`` that are there, in that order."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, Article] = {}
    query = select(articles.c.id, articles.c.body).where(articles.c.collection == collection, articles.c.current == 1)
    for row in _of_each(connection, query, wanted):
        article = article_of(unpack(row.body, f"article {row.id}"))
        found[article.id] = article
    return {name: found[name] for name in wanted if name in found}


def readings_by_id(connection: Connection, collection: str, ids: Iterable[str]) -> dict[str, Reading]:
    """The current readings of those of ``ids`` that are there, in that order."""
    wanted = list(dict.fromkeys(ids))
    found: dict[str, Reading] = {}
    query = current(collection, articles.c.id, articles.c.body, readings.c.body.label("reading"))
    for row in _of_each(connection, query, wanted):
        reading = unpacked(row.body, row.reading, row.id)
        found[reading.article.id] = reading
    return {name: found[name] for name in wanted if name in found}


def places_in(connection: Connection, collection: str, spans: Mapping[str, Sequence[Span]]) -> dict[str, list[PlaceMention]]:
    """The places named within the given spans of articles, by article. Of the readings nothing else is built."""
    found: dict[str, list[PlaceMention]] = {}
    by_clean = {clean(name): name for name in spans}
    for row in _of_each(connection, current(collection, articles.c.id, readings.c.body), list(by_clean)):
        name = by_clean[row.id]
        for mention in unpack(row.body, f"the reading of {row.id}")["mentions"]:
            start, end = mention["span"]
            if mention["kind"] == "place" and any(s.start < end and start < s.end for s in spans[name]):
                fields = {key: value for key, value in mention.items() if key not in ("kind", "span")}
                found.setdefault(name, []).append(PlaceMention(Span(start, end), **fields))
    return found


def outlet(connection: Connection, collection: str, name: str) -> OutletRow | None:
    """One outlet with its counts, or None where no article is of it."""
    asked = {"collection": collection, "name": clean(name)}
    row = connection.execute(text(_OUTLET), asked).one()
    if not row.articles:
        return None
    said = connection.execute(text(_OUTLET_SAID), asked).one()
    return OutletRow(name, row.articles, int(said.number or 0), int(said.nameless or 0), row.first_day, row.last_day)


def outlet_of_each(connection: Connection, collection: str) -> dict[str, str]:
    """The outlet of each article that has one, by the article's id."""
    return mapping(connection.execute(text(_OUTLET_OF_EACH), {"collection": collection}))


def newest(connection: Connection) -> int:
    """The number of the article added last, in whatever collection; later ones have higher numbers."""
    return int(connection.execute(select(func.max(docs.c.seq))).scalar() or 0)


def traced(connection: Connection, collection: str, after: int) -> tuple[int, int | None]:
    """The end of the chain, and the last entry past ``after`` by which the collection was traced or joined to, or None.

    Asked again with the end that it gave, it looks at what has come since and at nothing else.
    """
    return _since(connection, collection, after, "action IN ('trace', 'join') AND collection = :collection")


def outlet_names(connection: Connection, collection: str) -> tuple[str, ...]:
    """The names of the outlets, uncounted."""
    query = "SELECT name FROM names WHERE seq IN (SELECT outlet FROM docs WHERE collection = :collection) ORDER BY name"
    return tuple(connection.execute(text(query), {"collection": collection}).scalars())


def changed(connection: Connection, collection: str, after: int) -> tuple[int, int | None]:
    """The end of the chain, and the last entry past ``after`` that may show on a page of the collection, or None.

    Articles that are merely added change no claim before they are joined, and lists of what people follow no page of others.
    """
    return _since(connection, collection, after, "action NOT IN ('add', 'watch') AND collection IN (:collection, '')")


def _since(connection: Connection, collection: str, after: int, which: str) -> tuple[int, int | None]:
    row = connection.execute(text(_SINCE.format(which=which)), {"collection": collection, "after": after}).one()
    return row.top or after, row.last


def _of_each(connection: Connection, query: Select[Any], ids: Sequence[str]) -> Iterator[Row[Any]]:
    """The rows of ``query`` for the articles with these ids."""
    for start in range(0, len(ids), _PART):
        part = [clean(name) for name in ids[start : start + _PART]]
        yield from connection.execute(query.where(articles.c.id.in_(part)))
