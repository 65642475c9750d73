"""The store of people: accounts, roles, invitations, sessions and tokens, in a small SQLite file beside the ledger.

It is no part of the ledger on purpose: no password's hash gets into a backup, an export or the audit chain, and nobody
waits to log in while a long addition holds the ledger. Secrets are kept as digests only. E-mail addresses are for logging in;
no view of other people gives them.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from takhrij.errors import LedgerBusy, LedgerError, LedgerVersion

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE people (
    id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, email TEXT UNIQUE, password TEXT NOT NULL, created REAL NOT NULL
);
CREATE TABLE roles (
    person TEXT NOT NULL REFERENCES people(id), collection TEXT NOT NULL, role TEXT NOT NULL, PRIMARY KEY (person, collection)
);
CREATE TABLE invitations (
    digest TEXT PRIMARY KEY, collection TEXT NOT NULL, role TEXT NOT NULL, by TEXT NOT NULL, expires REAL NOT NULL
);
CREATE TABLE sessions (
    digest TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES people(id), csrf TEXT NOT NULL, seen REAL NOT NULL,
    expires REAL NOT NULL
);
CREATE TABLE tokens (
    id TEXT PRIMARY KEY, digest TEXT NOT NULL UNIQUE, person TEXT NOT NULL REFERENCES people(id), name TEXT NOT NULL,
    scopes TEXT NOT NULL, created REAL NOT NULL, used REAL
);
CREATE TABLE attempts (key TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX attempts_key ON attempts (key, at);
"""
_VERSION = 1
_WAIT_S = 5.0


def digest(secret: str) -> str:
    """What is kept of a secret of ours. Secrets are 256 random bits, so a plain hash tells nothing about them."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def open_people(path: Path) -> People:
    """Open the store at ``path``, making an empty one where there is none. Raises :class:`LedgerError`."""
    people = People(path)
    with people.writing() as db:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version > _VERSION:
            raise LedgerVersion(f"{path}: written by a newer takhrij; update takhrij")
        if version == 0:
            for statement in filter(str.strip, _SCHEMA.split(";")):
                db.execute(statement)
            db.execute("INSERT INTO meta VALUES ('key', ?)", (secrets.token_hex(32),))
            db.execute(f"PRAGMA user_version = {_VERSION}")
    return people


class People:
    """An open store. Each call opens its own connection, so that any thread may call."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read with."""
        with self._connected() as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it, or where something is raised nothing."""
        with self._connected() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    @property
    def key(self) -> str:
        """A secret of this desk, for what must be checked and need not be kept."""
        with self.reading() as db:
            return str(db.execute("SELECT value FROM meta WHERE key = 'key'").fetchone()[0])

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        db: Any = None
        try:
            if not self.path.exists():
                os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            db = sqlite3.connect(self.path, timeout=_WAIT_S, isolation_level=None)
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA foreign_keys = ON")
            yield db
        except sqlite3.OperationalError as error:
            kind = LedgerBusy if "locked" in str(error) else LedgerError
            raise kind(f"{self.path}: {error}") from None
        except (sqlite3.DatabaseError, OSError) as error:
            raise LedgerError(f"{self.path}: cannot be opened ({error})") from None
        finally:
            if db is not None:
                db.close()
