"""Single rows and batches, for pages that must not count a whole collection to show one name of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, select, text

from takhrij.ledger.answers import ActorRow, OutletRow, PlaceRow
from takhrij.ledger.codec import article_of, clean, reading_of, unpack
from takhrij.ledger.database import mapping
from takhrij.ledger.schema import actors as actors_table
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
_ACTOR = """
SELECT s.name AS name, a.kind AS kind, a.country AS country, count(*) AS number, sum(a.denied) AS denials
FROM attributions a JOIN docs d ON d.seq = a.article LEFT JOIN names s ON s.seq = a.speaker
WHERE d.collection = :collection AND a.actor = (SELECT seq FROM names WHERE name = :name)
GROUP BY s.name, a.kind, a.country
"""
_ACTOR_ARTICLES = """
SELECT count(DISTINCT a.article) FROM attributions a JOIN docs d ON d.seq = a.article
WHERE d.collection = :collection AND a.actor = (SELECT seq FROM names WHERE name = :name)
"""
_PLACE = """
SELECT m.place_kind AS kind, m.country AS country, m.lat AS lat, m.lon AS lon,
       count(DISTINCT m.article) AS articles, count(*) AS number
FROM mentions m JOIN docs d ON d.seq = m.article
WHERE d.collection = :collection AND m.kind = 'place' AND m.name = (SELECT seq FROM names WHERE name = :name)
GROUP BY m.place_kind, m.country, m.lat, m.lon
"""
_OUTLET_OF_EACH = """
SELECT t.id, n.name FROM docs d JOIN articles t ON t.seq = d.seq JOIN names n ON n.seq = d.outlet
WHERE d.collection = :collection
"""
_CHANGED = """
SELECT max(seq) AS top,
       max(CASE WHEN action NOT IN ('add', 'watch') AND collection IN (:collection, '') THEN seq END) AS changed
FROM audit WHERE seq > :after
"""
_TRACED = """
SELECT max(seq) AS top, max(CASE WHEN action = 'trace' AND collection = :collection THEN seq END) AS traced
FROM audit WHERE seq > :after
"""


def articles_by_id(connection: Connection, collection: str, ids: Iterable[str]) -> dict[str, Article]:
    """The current texts of those of ``ids`` that are there."""
    found: dict[str, Article] = {}
    for part in _parts(ids):
        query = select(articles.c.id, articles.c.body).where(articles.c.collection == collection, articles.c.current == 1)
        for row in connection.execute(query.where(articles.c.id.in_([clean(name) for name in part]))):
            article = article_of(unpack(row.body, f"article {row.id}"))
            found[article.id] = article
    return found


def readings_by_id(connection: Connection, collection: str, ids: Iterable[str]) -> dict[str, Reading]:
    """The current readings of those of ``ids`` that are there."""
    found: dict[str, Reading] = {}
    for part in _parts(ids):
        query = (
            select(articles.c.id, articles.c.body, readings.c.body.label("reading"))
            .join(readings, readings.c.article == articles.c.seq)
            .where(articles.c.collection == collection, articles.c.current == 1, readings.c.current == 1)
        )
        for row in connection.execute(query.where(articles.c.id.in_([clean(name) for name in part]))):
            article = article_of(unpack(row.body, f"article {row.id}"))
            found[article.id] = reading_of(article, unpack(row.reading, f"the reading of {row.id}"))
    return found


def places_in(connection: Connection, collection: str, spans: Mapping[str, Sequence[Span]]) -> dict[str, list[PlaceMention]]:
    """The places named within the given spans of articles, by article. Of the readings nothing else is built."""
    found: dict[str, list[PlaceMention]] = {}
    by_clean = {clean(name): name for name in spans}
    for part in _parts(by_clean):
        query = (
            select(articles.c.id, readings.c.body)
            .join(readings, readings.c.article == articles.c.seq)
            .where(articles.c.collection == collection, articles.c.current == 1, readings.c.current == 1)
        )
        for row in connection.execute(query.where(articles.c.id.in_(part))):
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


def actor(connection: Connection, collection: str, actor_id: str) -> ActorRow | None:
    """One actor with its counts, under the name that it most often has or that a person set down, or None."""
    asked = {"collection": collection, "name": clean(actor_id)}
    rows = connection.execute(text(_ACTOR), asked).all()
    mine = (actors_table.c.collection == collection, actors_table.c.id == clean(actor_id))
    own = connection.execute(select(actors_table).where(*mine)).first()
    if not rows and own is None:
        return None
    best: Any = min(rows, key=lambda r: (-r.number, str((r.name or "", r.kind, r.country))), default=None)
    name, kind, country = (best.name or "", best.kind, best.country) if best is not None else ("", None, None)
    if own is not None:
        name, kind, country = own.name, own.kind or kind, own.country or country
    number = connection.execute(text(_ACTOR_ARTICLES), asked).scalar_one()
    said, denials = sum(r.number for r in rows), sum(int(r.denials or 0) for r in rows)
    return ActorRow(actor_id, name or actor_id, kind, country, said, number, denials, own.merged_into if own else None)


def place(connection: Connection, collection: str, name: str) -> tuple[PlaceRow, ...]:
    """The places of one name, each point apart, those in most articles first."""
    asked = {"collection": collection, "name": clean(name)}
    rows = [
        PlaceRow(name, r.kind, r.country, r.lat, r.lon, r.articles, r.number) for r in connection.execute(text(_PLACE), asked)
    ]
    return tuple(sorted(rows, key=lambda r: (-r.articles, r.lat or 0.0, r.lon or 0.0)))


def outlet_of_each(connection: Connection, collection: str) -> dict[str, str]:
    """The outlet of each article that has one, by the article's id."""
    return mapping(connection.execute(text(_OUTLET_OF_EACH), {"collection": collection}))


def newest(connection: Connection) -> int:
    """The number of the article added last, in whatever collection; later ones have higher numbers."""
    return int(connection.execute(select(func.max(docs.c.seq))).scalar() or 0)


def traced(connection: Connection, collection: str, after: int) -> tuple[int, int | None]:
    """The end of the chain, and the last entry past ``after`` by which the collection was traced, or None.

    Asked again with the end that it gave, it looks at what has come since and at nothing else.
    """
    row = connection.execute(text(_TRACED), {"collection": collection, "after": after}).one()
    return row.top or after, row.traced


def changed(connection: Connection, collection: str, after: int) -> tuple[int, int | None]:
    """The end of the chain, and the last entry past ``after`` that may show on a page of the collection, or None.

    Articles that are merely added change no claim before the next trace, and lists of what people follow no page of others.
    """
    row = connection.execute(text(_CHANGED), {"collection": collection, "after": after}).one()
    return row.top or after, row.changed


def _parts(ids: Iterable[str]) -> Iterator[list[str]]:
    listed = list(dict.fromkeys(ids))
    return (listed[i : i + _PART] for i in range(0, len(listed), _PART))
