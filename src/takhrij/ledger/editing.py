"""Writing what people set right: each edit is a row of its own and an entry of the chain, and none is ever overwritten.

An edit of a reading takes effect in the same transaction: the article gets a new current reading, made of the program's own
one and of all corrections that stand. Rulings on claims only say what belongs together; who keeps one hands over the claims
that come of it (:meth:`takhrij.ledger.writer.Writer.replace_claims`), and every later trace is made with the rulings.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, insert, select

from takhrij.corrections import Fix, Ruling, corrected
from takhrij.errors import UsageError
from takhrij.ledger.adding import Adding, Scope
from takhrij.ledger.chain import Chain, Change, now
from takhrij.ledger.codec import article_of, canonical, clean, edit_value, reading_of, row_digest, unpack
from takhrij.ledger.edit_views import Edit, EditKind, edit, fixes_of
from takhrij.ledger.schema import articles, claims, edits, readings
from takhrij.ledger.schema import corrected as corrected_table
from takhrij.records import Reading


class Editing:
    """Writes edits within the transaction of ``connection``, in the name of ``who``."""

    def __init__(self, connection: Connection, chain: Chain, adding: Adding, collection: str, who: str) -> None:
        self._connection = connection
        self._chain = chain
        self._adding = adding
        self._collection = collection
        self._who = clean(who)

    def fix(self, fix: Fix, note: str) -> int:
        """Set an attribution right; the edit's number. Raises :class:`UsageError` where nothing stands there to set right."""
        if not fix.parts:
            raise UsageError("a correction names what it sets right")
        reading = self.current_reading(fix.place.article)
        if corrected(reading, [fix]) == reading:
            raise UsageError(f"{fix.place.article}: nothing stands there to be set right, or it is so already")
        seq = self._put("fix", fix.place.article, edit_value(fix), note)
        self._reread(fix.place.article)
        return seq

    def rule(self, ruling: Ruling, claim: str, note: str) -> int:
        """Keep a ruling on reports of ``claim``; the edit's number."""
        if not ruling.these or not ruling.those:
            raise UsageError("a ruling needs reports on both sides")
        self._must_be_claim(claim)
        return self._put("ruling", claim, edit_value(ruling), note)

    def assign(self, claim: str, to: str, note: str) -> int:
        """Say who is to look at a claim, or with ``""`` that nobody is; the edit's number."""
        self._must_be_claim(claim)
        return self._put("assign", claim, {"to": clean(to)}, note)

    def undo(self, seq: int, note: str) -> Edit:
        """Take an edit back; the edit as it was. Raises :class:`UsageError` where there is none that stands."""
        old = edit(self._connection, self._collection, seq)
        if old is None:
            raise UsageError(f"there is no correction {seq}")
        if old.undone is not None:
            raise UsageError(f"correction {seq} was taken back already")
        self._put(old.kind, old.subject, {}, note, undoes=seq)
        if old.kind == "fix":
            self._reread(old.subject)
        return old

    def machine_reading(self, article_id: str) -> tuple[Reading, str]:
        """The current text as the program read it, before any correction, and by which extractor."""
        query = (
            select(articles.c.body, readings.c.body.label("reading"), readings.c.extractor, corrected_table.c.base)
            .join(readings, readings.c.article == articles.c.seq)
            .outerjoin(corrected_table, corrected_table.c.reading == readings.c.seq)
            .where(articles.c.collection == self._collection, articles.c.id == clean(article_id))
            .where(articles.c.current == 1, readings.c.current == 1)
        )
        self._adding.flush()
        row = self._connection.execute(query).first()
        if row is None:
            raise UsageError(f"{article_id}: no such article in the ledger")
        body = row.reading
        if row.base is not None:
            body = self._connection.execute(select(readings.c.body).where(readings.c.seq == row.base)).scalar_one()
        return reading_of(article_of(unpack(row.body, article_id)), unpack(body, article_id)), row.extractor

    def current_reading(self, article_id: str) -> Reading:
        """The current text with the program's reading of it as people have corrected it."""
        reading, _ = self.machine_reading(article_id)
        fixes = fixes_of(self._connection, self._collection, [article_id])
        return corrected(reading, fixes.get(clean(article_id), ()))

    def _reread(self, article_id: str) -> None:
        reading, extractor = self.machine_reading(article_id)
        self._adding.edited(self._collection, article_id)
        self._adding.add(Scope(self._collection, extractor), reading)
        self._adding.flush()

    def _must_be_claim(self, claim: str) -> None:
        query = select(claims.c.seq).where(claims.c.collection == self._collection, claims.c.id == clean(claim))
        if self._connection.execute(query).first() is None:
            raise UsageError(f"{claim}: no such claim in the ledger")

    def _put(self, kind: EditKind, subject: str, body: dict[str, Any], note: str, undoes: int | None = None) -> int:
        seq = (self._connection.execute(select(func.max(edits.c.seq))).scalar() or 0) + 1
        row: dict[str, Any] = {
            "seq": seq, "collection": self._collection, "kind": kind, "subject": clean(subject), "body": canonical(body),
            "note": clean(note), "who": self._who, "at": now(), "undoes": undoes,
        }  # fmt: skip
        self._connection.execute(insert(edits), [row])
        action = {"fix": "correct", "ruling": "rule", "assign": "assign"}[kind] if undoes is None else "undo"
        name = f"{'article' if kind == 'fix' else 'claim'}:{subject}"
        before = None if undoes is None else f"edit {undoes}"
        self._chain.append(Change(action, name, self._collection, before, row["body"], {f"edits:{seq}": row_digest(row)}))
        return seq
