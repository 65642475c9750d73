"""The work of people: verdicts and notes on claims, attributions and articles; names and merges of actors.

A review is never overwritten: the next one on the same subject by the same person stands beside it. One on an attribution
keeps the cue's place in the text, so that it finds its attribution again after the article was read anew.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlalchemy import Connection, func, insert, select, update

from takhrij.errors import UsageError
from takhrij.ledger.chain import Chain, Change, now
from takhrij.ledger.changes import seen_digest
from takhrij.ledger.codec import article_of, canonical, clean, reading_of, row_digest, unpack
from takhrij.ledger.schema import actors, articles, claims, readings, reviews
from takhrij.records import Span

SubjectKind = Literal["article", "attribution", "claim", "actor"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a review is about. ``id`` is the article's, claim's or actor's; ``attribution`` a number in the current reading."""

    kind: SubjectKind
    id: str
    attribution: int | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A review as kept. ``subject`` is what it is about now: its attribution is None where the newer reading has none there.

    ``stale`` is true where what was reviewed has changed since; ``carried_from`` the claim it was made on where that one is
    gone and this one took over its reports.
    """

    seq: int
    subject: Subject
    verdict: str
    note: str
    who: str
    at: str
    stale: bool = False
    carried_from: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor as a person has set it down. ``merged_into`` is the id of the actor that this one is the same as."""

    id: str
    name: str
    kind: str | None = None
    country: str | None = None
    merged_into: str | None = None


class Reviewing:
    """Writes reviews and actors within the transaction of ``connection``."""

    def __init__(self, connection: Connection, chain: Chain, collection: str) -> None:
        self._connection = connection
        self._chain = chain
        self._collection = collection

    def review(self, who: str, subject: Subject, verdict: str, note: str = "") -> int:
        """Keep a review; its number. Raises :class:`UsageError` where the ledger has no such subject."""
        anchor = self._anchor(subject)
        seq = (self._connection.execute(select(func.max(reviews.c.seq))).scalar() or 0) + 1
        row = {
            "seq": seq, "collection": self._collection, "kind": subject.kind, "subject": clean(subject.id),
            "anchor": None if anchor is None else canonical(anchor), "verdict": clean(verdict), "note": clean(note),
            "who": clean(who), "at": now(),
        }  # fmt: skip
        before = self._connection.execute(
            select(reviews.c.verdict, reviews.c.note)
            .where(
                reviews.c.collection == self._collection, reviews.c.kind == subject.kind, reviews.c.subject == row["subject"]
            )
            .where(reviews.c.who == row["who"], reviews.c.anchor == row["anchor"] if anchor else reviews.c.anchor.is_(None))
            .order_by(reviews.c.seq.desc())
        ).first()
        self._connection.execute(insert(reviews), [row])
        name = f"{subject.kind}:{subject.id}" + ("" if subject.attribution is None else f"#{subject.attribution}")
        was = None if before is None else json.dumps(list(before), ensure_ascii=False)
        said = json.dumps([row["verdict"], row["note"]], ensure_ascii=False)
        self._chain.append(Change("review", name, self._collection, was, said, {f"reviews:{seq}": row_digest(row)}))
        return seq

    def put_actor(self, actor: Actor) -> None:
        """Set down an actor, or change one. Raises :class:`UsageError` for one merged into itself."""
        if actor.merged_into == actor.id:
            raise UsageError(f"{actor.id}: an actor cannot be merged into itself")
        row = {"collection": self._collection, **{k: None if v is None else clean(v) for k, v in asdict(actor).items()}}
        mine = (actors.c.collection == self._collection, actors.c.id == row["id"])
        old = self._connection.execute(select(actors).where(*mine)).mappings().first()
        if old is not None and dict(old) == row:
            return
        if old is None:
            self._connection.execute(insert(actors), [row])
        else:
            self._connection.execute(update(actors).where(*mine).values(**row))
        before = None if old is None else json.dumps(dict(old), ensure_ascii=False)
        after = json.dumps(row, ensure_ascii=False)
        digests: dict[str, str | None] = {f"actors:{self._collection}:{row['id']}": row_digest(row)}
        self._chain.append(Change("actor", f"actor:{actor.id}", self._collection, before, after, digests))

    def _anchor(self, subject: Subject) -> dict[str, Any] | None:
        """What is kept to find the subject again, or None. Raises :class:`UsageError` where there is no such subject."""
        if subject.kind == "actor":
            return None
        if subject.kind == "claim":
            query = select(claims.c.digest).where(claims.c.collection == self._collection, claims.c.id == clean(subject.id))
            digest = self._connection.execute(query.where(claims.c.current == 1)).scalar()
            if digest is None:
                raise UsageError(f"{subject.id}: no such claim in the ledger")
            return {"digest": digest}
        row = self._connection.execute(
            select(articles.c.body, articles.c.digest, readings.c.body.label("reading"))
            .join(readings, readings.c.article == articles.c.seq)
            .where(articles.c.collection == self._collection, articles.c.id == clean(subject.id))
            .where(articles.c.current == 1, readings.c.current == 1)
        ).first()
        if row is None:
            raise UsageError(f"{subject.id}: no such article in the ledger")
        if subject.kind == "article":
            return {"digest": row.digest}
        article = article_of(unpack(row.body, subject.id))
        attributions = reading_of(article, unpack(row.reading, subject.id)).attributions
        if subject.attribution is None or not 0 <= subject.attribution < len(attributions):
            raise UsageError(f"{subject.id}: has no attribution {subject.attribution}")
        cue: Span = attributions[subject.attribution].cue
        return {"cue": list(cue), "text": article.text_sha256, "was": seen_digest(attributions[subject.attribution])}
