"""The audit chain: every change is an entry whose hash covers the entry before it.

An entry says who did what to which subject, what was there before and after, when and with which version of the
program, and it names the digest of each kept row that the change wrote. So an entry that was edited, removed or moved
breaks the hashes after it, and a row that was altered no longer fits the last digest that the chain has for it. What the
chain alone cannot show is that its end was cut off: for that, keep a :class:`Head` elsewhere and verify against it.
The method is that of a hash chain as in RFC 6962's motivation (Certificate Transparency), without its tree.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from takhrij.errors import UsageError
from takhrij.ledger.codec import canonical, clean
from takhrij.ledger.schema import audit
from takhrij.version import __version__

#: The hash before the first entry.
GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a chain: its number and its hash. ``str`` gives ``number:hash``, :meth:`parse` reads it."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> Head:
        """The head that ``str`` wrote. Raises :class:`UsageError`."""
        seq, _, digest = text.strip().partition(":")
        if not seq.isdecimal() or len(digest) != len(GENESIS):
            raise UsageError(f"{text.strip()[:80]!r} is no head of a ledger: it reads NUMBER:HASH")
        return cls(int(seq), digest)


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry records, before it has its place in the chain.

    ``rows`` maps each kept row that was written (``table:key``) to its digest, or to None where it was removed.
    """

    action: str
    subject: str
    collection: str = ""
    before: str | None = None
    after: str | None = None
    rows: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the chain, as it is kept."""

    seq: int
    at: str
    who: str
    action: str
    collection: str
    subject: str
    before: str | None
    after: str | None
    rows: str
    program: str
    hash: str

    def computed(self, previous: str) -> str:
        """The hash that this entry must have after the entry with the hash ``previous``."""
        fields = [self.seq, self.at, self.who, self.action, self.collection, self.subject]
        fields += [self.before, self.after, self.rows, self.program, previous]
        return hashlib.sha256(canonical(fields).encode("ascii")).hexdigest()

    def digests(self) -> dict[str, str | None]:
        """``rows`` read: row -> digest, or None where it was removed."""
        value: dict[str, str | None] = json.loads(self.rows)
        return value


class Chain:
    """Appends entries within one writing transaction, for one ``who``."""

    def __init__(self, connection: Connection, who: str) -> None:
        self._connection = connection
        self._who = clean(who)
        self._pending: list[dict[str, Any]] = []
        self._head = head(connection)

    def append(self, change: Change) -> None:
        """Put an entry at the end. It is written with :meth:`flush`, at the latest before the commit."""
        entry = Entry(
            seq=self._head.seq + 1,
            at=now(),
            who=self._who,
            action=change.action,
            collection=change.collection,
            subject=clean(change.subject),
            before=None if change.before is None else clean(change.before),
            after=None if change.after is None else clean(change.after),
            rows=canonical(dict(change.rows)),
            program=f"takhrij {__version__}",
            hash="",
        )
        digest = entry.computed(self._head.hash)
        row = {name: getattr(entry, name) for name in Entry.__slots__}
        self._pending.append({**row, "hash": digest})
        self._head = Head(entry.seq, digest)

    def flush(self) -> None:
        """Write the entries appended since the last time."""
        if self._pending:
            self._connection.execute(insert(audit), self._pending)
            self._pending.clear()


def head(connection: Connection) -> Head:
    """The last entry's number and hash; number 0 in an empty chain."""
    row = connection.execute(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).first()
    return Head(0, GENESIS) if row is None else Head(row.seq, row.hash)


def entries(connection: Connection, after: int = 0, page: int = 2000) -> Iterator[Entry]:
    """The entries past number ``after``, in order."""
    while True:
        rows = connection.execute(select(audit).where(audit.c.seq > after).order_by(audit.c.seq).limit(page)).all()
        yield from (Entry(*row) for row in rows)
        if len(rows) < page:
            return
        after = rows[-1].seq


def now() -> str:
    """The present instant in UTC, ISO 8601 to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
