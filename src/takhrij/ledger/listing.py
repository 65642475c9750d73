"""Who and what a collection names, counted; and its audit entries."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import Connection, func, select, text

from takhrij.ledger.answers import ActorRow, AuditPage, AuditRow, Count, OutletRow, PlaceRow, Totals
from takhrij.ledger.codec import clean
from takhrij.ledger.database import mapping
from takhrij.ledger.schema import actors as actors_table
from takhrij.ledger.schema import audit, claim_docs, docs
from takhrij.ledger.search import read_cursor, write_cursor

_ACTORS = """
SELECT n.name AS id, s.name AS name, a.kind AS kind, a.country AS country, count(*) AS number, sum(a.denied) AS denials
FROM attributions a JOIN docs d ON d.seq = a.article JOIN names n ON n.seq = a.actor LEFT JOIN names s ON s.seq = a.speaker
WHERE d.collection = :collection{one} GROUP BY n.name, s.name, a.kind, a.country
"""
_ACTOR_ARTICLES = """
SELECT n.name AS id, count(DISTINCT a.article) AS number FROM attributions a JOIN docs d ON d.seq = a.article
JOIN names n ON n.seq = a.actor WHERE d.collection = :collection{one} GROUP BY n.name
"""
_OUTLETS = """
SELECT n.name AS name, count(*) AS articles, min(nullif(d.day, '')) AS first_day, max(nullif(d.day, '')) AS last_day,
       sum(x.number) AS attributions, sum(x.nameless) AS nameless
FROM docs d JOIN names n ON n.seq = d.outlet
LEFT JOIN (SELECT article, count(*) AS number, sum(CASE WHEN speaker IS NULL THEN 1 ELSE 0 END) AS nameless
           FROM attributions GROUP BY article) x ON x.article = d.seq
WHERE d.collection = :collection GROUP BY n.name
"""
_PLACES = """
SELECT n.name AS name, m.place_kind AS kind, m.country AS country, m.lat AS lat, m.lon AS lon,
       count(DISTINCT m.article) AS articles, count(*) AS number
FROM mentions m JOIN docs d ON d.seq = m.article JOIN names n ON n.seq = m.name
WHERE d.collection = :collection AND m.kind = 'place'{one} GROUP BY n.name, m.place_kind, m.country, m.lat, m.lon
"""


def actors(connection: Connection, collection: str, only: str | None = None) -> tuple[ActorRow, ...]:
    """The actors, each under the name it most often has, or the one that a person set down; or that one alone."""
    of, one = _asked(collection, "a.actor", only)
    articles: dict[str, int] = mapping(connection.execute(text(_ACTOR_ARTICLES.format(one=one)), of))
    counts: dict[str, Counter[tuple[Any, ...]]] = {}
    denials: Counter[str] = Counter()
    for row in connection.execute(text(_ACTORS.format(one=one)), of):
        counts.setdefault(row.id, Counter())[row.name or "", row.kind, row.country] += row.number
        denials[row.id] += int(row.denials)
    people = select(actors_table).where(actors_table.c.collection == collection)
    if only is not None:
        people = people.where(actors_table.c.id == of["only"])
    set_down = {r.id: r for r in connection.execute(people)}
    rows = []
    for actor in {*counts, *set_down}:
        seen = counts.get(actor, Counter())
        name, kind, country = min(seen, key=lambda k: (-seen[k], str(k)), default=("", None, None))
        own = set_down.get(actor)
        if own is not None:
            name, kind, country = own.name, own.kind or kind, own.country or country
        merged = own.merged_into if own is not None else None
        number = sum(seen.values())
        rows.append(ActorRow(actor, name or actor, kind, country, number, articles.get(actor, 0), denials[actor], merged))
    return tuple(sorted(rows, key=lambda r: (-r.attributions, r.id)))


def outlets(connection: Connection, collection: str) -> tuple[OutletRow, ...]:
    """The outlets with their counts."""
    rows = [
        OutletRow(r.name, r.articles, int(r.attributions or 0), int(r.nameless or 0), r.first_day, r.last_day)
        for r in connection.execute(text(_OUTLETS), {"collection": collection})
    ]
    return tuple(sorted(rows, key=lambda r: (-r.articles, r.name)))


def places(connection: Connection, collection: str, only: str | None = None) -> tuple[PlaceRow, ...]:
    """The places with their counts, each point apart; or those of one name."""
    of, one = _asked(collection, "m.name", only)
    rows = [
        PlaceRow(r.name, r.kind, r.country, r.lat, r.lon, r.articles, r.number)
        for r in connection.execute(text(_PLACES.format(one=one)), of)
    ]
    return tuple(sorted(rows, key=lambda r: (-r.articles, r.name, r.lat or 0.0, r.lon or 0.0)))


def _asked(collection: str, column: str, only: str | None) -> tuple[dict[str, str], str]:
    """What to ask with, and the condition that ``column`` is the name ``only``, looked up first so that its index serves."""
    if only is None:
        return {"collection": collection}, ""
    return {"collection": collection, "only": clean(only)}, f" AND {column} = (SELECT seq FROM names WHERE name = :only)"


def totals(connection: Connection, collection: str) -> Totals:
    """How much there is."""
    of = {"collection": collection}
    acts = connection.execute(
        text(
            "SELECT a.act AS act, count(*) AS number FROM attributions a JOIN docs d ON d.seq = a.article"
            " WHERE d.collection = :collection GROUP BY a.act"
        ),
        of,
    )
    by_act = sorted((Count(row.act, row.number) for row in acts), key=lambda row: (-row.count, row.value))
    mine = docs.c.collection == collection
    return Totals(
        articles=connection.execute(select(func.count()).select_from(docs).where(mine)).scalar_one(),
        attributions=sum(row.count for row in by_act),
        claims=connection.execute(
            select(func.count()).select_from(claim_docs).where(claim_docs.c.collection == collection)
        ).scalar_one(),
        outlets=connection.execute(select(func.count(docs.c.outlet.distinct())).where(mine)).scalar_one(),
        by_act=tuple(by_act),
    )


def audit_page(connection: Connection, collection: str, subject: str | None, cursor: str | None, limit: int) -> AuditPage:
    """A page of audit entries, the newest first; those of the whole ledger (its making, reindexing) are of no collection."""
    columns = [audit.c[name] for name in AuditRow.__slots__]
    query = select(*columns).where(audit.c.collection.in_((collection, ""))).order_by(audit.c.seq.desc()).limit(limit + 1)
    if subject is not None:
        query = query.where(audit.c.subject == subject)
    if cursor is not None:
        query = query.where(audit.c.seq < read_cursor(cursor, 1)[0])
    rows = [AuditRow(*row) for row in connection.execute(query)]
    following = write_cursor([rows[limit - 1].seq]) if len(rows) > limit else None
    return AuditPage(tuple(rows[:limit]), following)
