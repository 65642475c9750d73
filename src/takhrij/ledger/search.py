"""Finding articles by their words and facts, the same in both stores.

Order: first where the headline has all the words, then where the headline and the first paragraph have them, then the
rest; in each the newest first. It depends on the article alone, so that pages fit together while others add.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, text

from takhrij.errors import UsageError
from takhrij.ledger.answers import Count, Filters, Hit, HitPage
from takhrij.ledger.codec import article_of, clean, unpack
from takhrij.ledger.database import Database, mapping
from takhrij.ledger.query import Names, Query
from takhrij.ledger.schema import articles, docs
from takhrij.ledger.snippets import snippet
from takhrij.ledger.words import keys, name_key

#: What articles can be counted by, and the SQL of it over the hits ``h``: expression, joins, what is counted.
_FACETS = {
    "outlet": ("n.name", "JOIN names n ON n.seq = h.outlet"),
    "month": ("substr(h.day, 1, 7)", ""),
    "day": ("h.day", ""),
    "act": ("a.act", "JOIN attributions a ON a.article = h.seq"),
    "kind": ("a.kind", "JOIN attributions a ON a.article = h.seq"),
    "country": ("a.country", "JOIN attributions a ON a.article = h.seq"),
    "speaker": ("n.name", "JOIN attributions a ON a.article = h.seq JOIN names n ON n.seq = a.speaker"),
    "party": ("n.name", "JOIN attributions a ON a.article = h.seq JOIN names n ON n.seq = a.party"),
    "place": ("n.name", "JOIN mentions m ON m.article = h.seq AND m.kind = 'place' JOIN names n ON n.seq = m.name"),
}
FACETS = tuple(_FACETS)


@dataclass(frozen=True, slots=True)
class Asked:
    """A search in one collection. ``added_after`` leaves out articles up to that number; ``by_day`` orders by day alone."""

    collection: str
    query: Query
    filters: Filters
    added_after: int = 0
    by_day: bool = False
    names: Names | None = None


class Search:
    """Searches within the reading transaction of ``connection``."""

    def __init__(self, database: Database, connection: Connection) -> None:
        self._database = database
        self._connection = connection

    def page(self, asked: Asked, cursor: str | None, limit: int) -> HitPage:
        """A page of hits; see :class:`HitPage`."""
        source, values = self._source(asked)
        tier = "w.tier" if asked.query.wanted and not asked.by_day else "0"
        if cursor is None:
            top = self._connection.execute(select(func.max(docs.c.seq))).scalar() or 0
            after, total = None, None
        else:
            top, total, *after = read_cursor(cursor, 5)
        values |= {"top": top, "most": limit + 1}
        count = "count(*) OVER ()" if total is None else "0"
        where = ""
        if after:
            where = "WHERE (tier, day, seq) < (:after_tier, :after_day, :after_seq)"
            values |= {"after_tier": after[0], "after_day": after[1], "after_seq": after[2]}
        sql = (
            f"SELECT seq, day, tier, {count} FROM (SELECT d.seq AS seq, d.day AS day, {tier} AS tier FROM {source}"
            f" AND d.seq <= :top) h {where} ORDER BY tier DESC, day DESC, seq DESC LIMIT :most"
        )
        rows = self._connection.execute(text(sql), values).all()
        if total is None:
            total = rows[0][3] if rows else 0
        shown = rows[:limit]
        following = None
        if len(rows) > limit:
            last = shown[-1]
            following = write_cursor([top, total, last.tier, last.day, last.seq])
        return HitPage(self._hits([row.seq for row in shown], asked.query), total, following)

    def facet(self, asked: Asked, by: str, most: int) -> tuple[Count, ...]:
        """How many of the articles found have each value of a facet, the most frequent first. Raises :class:`UsageError`."""
        if by not in _FACETS:
            raise UsageError(f"{by!r} is none of {', '.join(FACETS)}")
        value, joins = _FACETS[by]
        source, values = self._source(asked)
        sql = (
            f"SELECT {value} AS value, count(DISTINCT h.seq) AS number"
            f" FROM (SELECT d.seq, d.day, d.outlet FROM {source}) h {joins}"
            f" WHERE {value} IS NOT NULL AND {value} <> '' GROUP BY {value}"
        )
        rows = [Count(row.value, row.number) for row in self._connection.execute(text(sql), values)]
        return tuple(sorted(rows, key=lambda row: (-row.count, row.value))[:most])

    def _source(self, asked: Asked) -> tuple[str, dict[str, Any]]:
        """``FROM`` and ``WHERE`` of the articles asked for, as ``docs d``."""
        values: dict[str, Any] = {"collection": asked.collection}
        conditions = ["d.collection = :collection", *self._conditions(asked, values)]
        if asked.added_after:
            values["added_after"] = asked.added_after
            conditions.append("d.seq > :added_after")
        source = "docs d"
        if asked.query.wanted:
            found, words = self._database.match("doc_words", asked.query)
            values |= words
            source = f"({found}) w {self._database.first_join} docs d ON d.seq = w.seq"
        return f"{source} WHERE {' AND '.join(conditions)}", values

    def _conditions(self, asked: Asked, values: dict[str, Any]) -> list[str]:
        found: list[str] = []
        f = asked.filters
        attribution = self._attribution(asked, values)
        if attribution:
            found.append(f"d.seq IN (SELECT a.article FROM attributions a WHERE {' AND '.join(attribution)})")
        if f.outlet is not None:
            values["outlet"] = name_key(f.outlet)
            found.append("d.outlet IN (SELECT seq FROM names WHERE key = :outlet)")
        if f.after is not None:
            values["after"] = f.after
            found.append("d.day >= :after")
        if f.before is not None:
            values["before"] = f.before + "~"  # so that a month or a year takes in all its days
            found.append("d.day <= :before AND d.day <> ''")
        found += self._place(asked, values)
        if f.has_denial is not None:
            found.append(_carries("c.denials > 0") if f.has_denial else f"NOT {_carries('c.denials > 0')}")
        if f.origins_at_most is not None:
            values["origins"] = f.origins_at_most
            found.append(_carries("c.origins_max <= :origins"))
        return found

    def _attribution(self, asked: Asked, values: dict[str, Any]) -> list[str]:
        f = asked.filters
        found = [f"a.{field} IN ({_named(field, _called(value, asked), values)})" for field, value in _names_of(f)]
        for field, wanted in (("act", f.act), ("kind", f.kind)):
            if wanted is not None:
                values[field] = wanted
                found.append(f"a.{field} = :{field}")
        if f.denied is not None:
            found.append(f"a.denied = {int(f.denied)}")
        if f.actor is not None:
            values["actor"] = clean(f.actor)
            found.append("a.actor IN (SELECT seq FROM names WHERE name = :actor)")
        return found

    def _place(self, asked: Asked, values: dict[str, Any]) -> list[str]:
        f = asked.filters
        conditions = ["p.kind = 'place'"]
        if f.near is not None:
            degrees = f.near.km / 111.0 + 0.01
            values |= {"lat": f.near.lat, "lon": f.near.lon, "km": f.near.km}
            values |= {"south": f.near.lat - degrees, "north": f.near.lat + degrees}
            conditions.append(f"p.lat BETWEEN :south AND :north AND {self._database.distance_sql('p.lat', 'p.lon')} <= :km")
        mentions = f"SELECT p.article FROM mentions p WHERE {' AND '.join(conditions)}"
        if f.place is not None:  # the name that the reader of places gave it, or the words of the text; each has its index
            named = _named("place", [f.place], values)
            mentions = f"{mentions} AND p.name IN ({named}) UNION ALL {mentions} AND p.said IN ({named})"
        return [f"d.seq IN ({mentions})"] if f.place is not None or f.near is not None else []

    def _hits(self, seqs: list[int], query: Query) -> tuple[Hit, ...]:
        rows = self._connection.execute(select(articles.c.seq, articles.c.body).where(articles.c.seq.in_(seqs)))
        bodies: dict[int, bytes] = mapping(rows)
        wanted = query.keys()
        hits = []
        for seq in seqs:
            article = article_of(unpack(bodies[seq], f"article {seq}"))
            shown, marks = snippet(article.text, wanted, article.skip)
            hits.append(Hit(article.id, article.title, article.url, article.outlet, article.date, article.text, shown, marks))
        return tuple(hits)


def _names_of(f: Filters) -> list[tuple[str, str]]:
    return [(field, value) for field, value in (("speaker", f.speaker), ("party", f.party)) if value is not None]


def _called(value: str, asked: Asked) -> list[str]:
    """A name as typed, and the Arabic names of what it names in English."""
    return [value, *(asked.names(value.split()) if asked.names else ())]


def _named(field: str, called: Sequence[str], values: dict[str, Any]) -> str:
    """A SELECT of the names that hold all words of one of ``called``, the first of which must hold words."""
    either = []
    if not keys(called[0]):
        raise UsageError(f"{field}: names nothing to look for")
    for number, wanted in enumerate(filter(None, map(keys, called))):
        for i, key in enumerate(wanted):
            values[f"{field}_{number}_{i}"] = f"% {key} %"
        either.append(" AND ".join(f"key LIKE :{field}_{number}_{i}" for i in range(len(wanted))))
    return f"SELECT seq FROM names WHERE {' OR '.join(f'({likes})' for likes in either)}"


def _carries(condition: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM articles t JOIN reports r ON r.collection = t.collection AND r.article = t.id"
        f" JOIN claim_docs c ON c.seq = r.claim WHERE t.seq = d.seq AND {condition})"
    )


def write_cursor(values: list[Any]) -> str:
    """A place in a list as an opaque word, safe in an address."""
    return base64.urlsafe_b64encode(json.dumps(values, separators=(",", ":")).encode()).decode().rstrip("=")


def read_cursor(cursor: str, length: int) -> list[Any]:
    """The place that :func:`write_cursor` wrote. Raises :class:`UsageError`."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        values = None
    if not isinstance(values, list) or len(values) != length or not all(isinstance(v, int | str) for v in values):
        raise UsageError(f"{cursor[:40]!r} is no cursor of this search")
    return values
