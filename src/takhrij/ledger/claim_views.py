"""Claims, copies and reviews as views give them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select, text

from takhrij.ledger.answers import ClaimFilters, ClaimPage, KeptClaim
from takhrij.ledger.changes import seen_digest
from takhrij.ledger.codec import claim_of, clean, unpack
from takhrij.ledger.database import Database, mapping
from takhrij.ledger.query import Query
from takhrij.ledger.reviewing import Review, Subject
from takhrij.ledger.schema import claims, copies, denials, reports, reviews
from takhrij.ledger.search import read_cursor, write_cursor
from takhrij.ledger.tracing import copy_of
from takhrij.records import Claim, CopySet, Reading

#: Ids asked for at once: databases bound the values of one statement.
_PART = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """Which claims of a collection."""

    collection: str
    query: Query
    filters: ClaimFilters


def page(database: Database, connection: Connection, asked: Asked, cursor: str | None, limit: int) -> ClaimPage:
    """A page of claims, those in most articles first."""
    values: dict[str, Any] = {"collection": asked.collection, "most": limit + 1}
    source = "claim_docs c"
    if asked.query.wanted:
        found, words = database.match("claim_words", asked.query)
        values |= words
        source = f"({found}) w {database.first_join} claim_docs c ON c.seq = w.seq"
    where = " AND ".join(["c.collection = :collection", *_conditions(asked.filters, values)])
    if cursor is None:
        total = connection.execute(text(f"SELECT count(*) FROM {source} WHERE {where}"), values).scalar_one()
        after = ""
    else:
        total, values["last_articles"], values["last_seq"] = read_cursor(cursor, 3)
        after = " AND (c.articles < :last_articles OR (c.articles = :last_articles AND c.seq > :last_seq))"
    sql = f"SELECT c.seq, c.articles FROM {source} WHERE {where}{after} ORDER BY c.articles DESC, c.seq LIMIT :most"
    rows = connection.execute(text(sql), values).all()
    shown = rows[:limit]
    following = write_cursor([total, shown[-1].articles, shown[-1].seq]) if len(rows) > limit else None
    return ClaimPage(tuple(_kept(connection, asked.collection, [row.seq for row in shown])), total, following)


def _conditions(f: ClaimFilters, values: dict[str, Any]) -> list[str]:
    found: list[str] = []
    if f.article is not None:
        values["article"] = clean(f.article)
        found.append("c.seq IN (SELECT claim FROM reports WHERE collection = :collection AND article = :article)")
    if f.outlets_at_least is not None:
        values["outlets"] = f.outlets_at_least
        found.append("c.outlets >= :outlets")
    if f.origins_at_most is not None:
        values["origins"] = f.origins_at_most
        found.append("c.origins_max <= :origins")
    for condition, wanted in (("c.denials > 0", f.has_denial), ("c.unattributed > 0", f.unattributed), (_REVIEWED, f.reviewed)):
        if wanted is not None:
            found.append(condition if wanted else f"NOT ({condition})")
    return found


#: A note is no verdict: a claim that has nothing but notes is still to be reviewed.
_REVIEWED = (
    "EXISTS (SELECT 1 FROM claims k JOIN reviews v ON v.collection = k.collection AND v.kind = 'claim'"
    " AND v.subject = k.id AND v.verdict <> '' WHERE k.seq = c.seq)"
)
#: How claims wait to be read: the latest first, the most outlets on the fewest origins first, the widest spread first.
_ORDERS = {
    "new": "c.seq DESC",
    "thin": "c.outlets * 1.0 / (c.origins_max + 1) DESC, c.outlets DESC, c.seq",
    "spread": "c.articles DESC, c.seq",
}


def queue(connection: Connection, asked: Asked, order: str, limit: int) -> tuple[KeptClaim, ...]:
    """The first claims in an order of :data:`_ORDERS`."""
    values: dict[str, Any] = {"collection": asked.collection, "most": limit}
    where = " AND ".join(["c.collection = :collection", *_conditions(asked.filters, values)])
    sql = f"SELECT c.seq FROM claim_docs c WHERE {where} ORDER BY {_ORDERS[order]} LIMIT :most"
    seqs = list(connection.execute(text(sql), values).scalars())
    return tuple(_kept(connection, asked.collection, seqs))


def kept_claim(connection: Connection, collection: str, claim_id: str) -> KeptClaim | None:
    """A claim by its id, or None."""
    query = select(claims.c.seq).where(claims.c.collection == collection, claims.c.id == clean(claim_id))
    seq = connection.execute(query).scalar()
    return None if seq is None else next(iter(_kept(connection, collection, [seq])))


def claims_of(connection: Connection, collection: str, ids: Iterable[str]) -> tuple[Claim, ...]:
    """The current claims that any of the articles reports or denies, in the order in which they were first kept."""
    wanted = sorted({clean(i) for i in ids})
    found: dict[int, Claim] = {}
    for start in range(0, len(wanted), _PART):
        part = wanted[start : start + _PART]
        for table in (reports, denials):
            carried = select(table.c.claim).where(table.c.collection == collection, table.c.article.in_(part))
            query = select(claims.c.seq, claims.c.id, claims.c.body).where(claims.c.seq.in_(carried), claims.c.current == 1)
            for row in connection.execute(query):
                if row.seq not in found:
                    found[row.seq] = claim_of(unpack(row.body, f"claim {row.id}"))
    return tuple(found[seq] for seq in sorted(found))


def _kept(connection: Connection, collection: str, seqs: Sequence[int]) -> Iterable[KeptClaim]:
    rows = {row.seq: row for row in connection.execute(select(claims).where(claims.c.seq.in_(seqs)))}
    ids = {row.id for row in rows.values()}
    earlier = _earlier(connection, collection, ids)
    mine = select(reviews).where(reviews.c.collection == collection, reviews.c.kind == "claim")
    made: dict[str, list[Row[Any]]] = {}
    for review in connection.execute(mine.where(reviews.c.subject.in_(ids | set(earlier))).order_by(reviews.c.seq)):
        for subject in {review.subject, earlier.get(review.subject, review.subject)}:
            made.setdefault(subject, []).append(review)
    for seq in seqs:
        row = rows[seq]
        claim = claim_of(unpack(row.body, f"claim {row.id}"))
        found = tuple(_claim_review(review, row) for review in made.get(row.id, ()))
        yield KeptClaim(claim, bool(row.current), row.gone_to, found)


def _earlier(connection: Connection, collection: str, ids: set[str]) -> dict[str, str]:
    """The claims that are gone and led to those of ``ids``, by whatever many steps, each with the one that it led to."""
    found: dict[str, str] = {}
    ends = {i: i for i in ids}
    while ends:
        query = select(claims.c.id, claims.c.gone_to).where(claims.c.collection == collection, claims.c.gone_to.in_(set(ends)))
        step: dict[str, str] = mapping(connection.execute(query.where(claims.c.current == 0)))
        ends = {old: ends[new] for old, new in step.items() if old not in found and old not in ids}
        found |= ends
    return found


def _claim_review(row: Row[Any], claim: Row[Any]) -> Review:
    stale = json.loads(row.anchor)["digest"] != claim.digest or not claim.current
    carried = None if row.subject == claim.id else row.subject
    return Review(row.seq, Subject("claim", claim.id), row.verdict, row.note, row.who, row.at, stale, carried)


def reviews_of_article(
    connection: Connection, collection: str, article_id: str, reading: Reading, article_digest: str
) -> tuple[Review, ...]:
    """The reviews on an article and its attributions, those on attributions at their place in the current reading."""
    mine = select(reviews).where(reviews.c.collection == collection, reviews.c.subject == clean(article_id))
    rows = connection.execute(mine.where(reviews.c.kind.in_(("article", "attribution"))).order_by(reviews.c.seq))
    return tuple(_placed(row, reading, article_digest) for row in rows)


def _placed(row: Row[Any], reading: Reading, article_digest: str) -> Review:
    anchor = json.loads(row.anchor)
    if row.kind == "article":
        subject, stale = Subject("article", reading.article.id), anchor["digest"] != article_digest
        return Review(row.seq, subject, row.verdict, row.note, row.who, row.at, stale)
    same_text = anchor["text"] == reading.article.text_sha256
    at = [i for i, a in enumerate(reading.attributions) if same_text and list(a.cue) == anchor["cue"]]
    as_was = [i for i in at if seen_digest(reading.attributions[i]) == anchor["was"]]
    number = next(iter(as_was or at), None)
    subject = Subject("attribution", reading.article.id, number)
    return Review(row.seq, subject, row.verdict, row.note, row.who, row.at, not as_was)


def all_reviews(connection: Connection, collection: str) -> tuple[Review, ...]:
    """All reviews of a collection as they were made: of an attribution, whether it still stands is not looked up."""
    rows = connection.execute(select(reviews).where(reviews.c.collection == collection).order_by(reviews.c.seq))
    return tuple(Review(r.seq, Subject(r.kind, r.subject), r.verdict, r.note, r.who, r.at) for r in rows)


def copy_sets(connection: Connection, collection: str) -> tuple[CopySet, ...]:
    """The sets of copies of a collection."""
    query = select(copies.c.body).where(copies.c.collection == collection).order_by(copies.c.number)
    return tuple(copy_of(body) for body in connection.execute(query).scalars())
