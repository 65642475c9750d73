"""Logging in, sessions, tokens for programs, and the brake on guessing."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

from takhrij.errors import UsageError
from takhrij.people.accounts import right_password
from takhrij.people.roles import SCOPES
from takhrij.people.store import People, digest

#: A session ends so many seconds after it was last seen, and after it began.
IDLE_S, WHOLE_S = 12 * 3600, 14 * 86_400
#: Wrong passwords within :data:`WINDOW_S` seconds after which a name, or an address of the network, has to wait.
MOST_WRONG, MOST_FROM_ONE_PLACE, WINDOW_S = 5, 30, 900
_SEEN_EVERY_S = 60


@dataclass(frozen=True, slots=True)
class Session:
    """A person's session, and what its forms must carry."""

    person: str
    csrf: str


@dataclass(frozen=True, slots=True)
class Token:
    """A token as its person sees it again: never its secret."""

    id: str
    name: str
    scopes: tuple[str, ...]
    created: float
    used: float | None


def log_in(people: People, name: str, password: str, place: str) -> str:
    """The id of the person with this name or e-mail address. Raises :class:`UsageError` (``login_wrong``, ``login_wait``)."""
    name = " ".join(name.split())
    keys = {f"name:{name.casefold()}": MOST_WRONG, f"place:{place}": MOST_FROM_ONE_PLACE}
    now = time.time()
    with people.writing() as db:  # counted before the password is looked at, so that many at once are counted too
        db.execute("DELETE FROM attempts WHERE at < ?", (now - WINDOW_S,))
        for key, most in keys.items():
            if db.execute("SELECT count(*) FROM attempts WHERE key = ?", (key,)).fetchone()[0] >= most:
                raise UsageError("login_wait")
        db.executemany("INSERT INTO attempts VALUES (?, ?)", [(key, now) for key in keys])
        row = db.execute("SELECT id, password FROM people WHERE name = ? OR email = ?", (name, name.lower())).fetchone()
    if not right_password(row["password"] if row else None, password):
        raise UsageError("login_wrong")
    with people.writing() as db:
        db.execute("DELETE FROM attempts WHERE at = ? AND key IN (?, ?)", (now, *keys))
        db.execute("DELETE FROM attempts WHERE key = ?", (next(iter(keys)),))
    return str(row["id"])


def begin(people: People, person: str) -> str:
    """Begin a session; its secret, for the cookie."""
    secret, now = secrets.token_urlsafe(32), time.time()
    with people.writing() as db:
        db.execute("DELETE FROM sessions WHERE expires < ? OR seen < ?", (now, now - IDLE_S))
        row = (digest(secret), person, secrets.token_urlsafe(32), now, now + WHOLE_S)
        db.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", row)
    return secret


def session(people: People, secret: str) -> Session | None:
    """The session with this secret, or None where it has ended."""
    now = time.time()
    with people.reading() as db:
        row = db.execute("SELECT * FROM sessions WHERE digest = ?", (digest(secret),)).fetchone()
    if row is None or row["expires"] < now or row["seen"] < now - IDLE_S:
        return None
    if row["seen"] < now - _SEEN_EVERY_S:
        with people.writing() as db:
            db.execute("UPDATE sessions SET seen = ? WHERE digest = ?", (now, row["digest"]))
    return Session(row["person"], row["csrf"])


def end(people: People, secret: str) -> None:
    """End a session."""
    with people.writing() as db:
        db.execute("DELETE FROM sessions WHERE digest = ?", (digest(secret),))


def end_all(people: People, person: str) -> None:
    """End all sessions of a person."""
    with people.writing() as db:
        db.execute("DELETE FROM sessions WHERE person = ?", (person,))


def make_token(people: People, person: str, name: str, scopes: list[str]) -> str:
    """A token for a program; its secret, which is shown this once. Raises :class:`UsageError` (``scopes_needed``)."""
    wanted = [scope for scope in SCOPES if scope in scopes]
    if not wanted or len(wanted) != len(set(scopes)):
        raise UsageError("scopes_needed")
    secret = f"tkh_{secrets.token_urlsafe(32)}"
    row = (secrets.token_hex(6), digest(secret), person, " ".join(name.split())[:80], " ".join(wanted), time.time())
    with people.writing() as db:
        db.execute("INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?, NULL)", row)
    return secret


def tokens(people: People, person: str) -> list[Token]:
    """A person's tokens, the newest first."""
    with people.reading() as db:
        rows = db.execute("SELECT * FROM tokens WHERE person = ? ORDER BY created DESC", (person,)).fetchall()
    return [Token(row["id"], row["name"], tuple(row["scopes"].split()), row["created"], row["used"]) for row in rows]


def revoke(people: People, person: str, token: str) -> None:
    """Take a token of a person back."""
    with people.writing() as db:
        db.execute("DELETE FROM tokens WHERE id = ? AND person = ?", (token, person))


def by_token(people: People, secret: str) -> tuple[str, frozenset[str]] | None:
    """The person of a token, and its scopes; None for one that is none."""
    with people.reading() as db:
        row = db.execute("SELECT id, person, scopes, used FROM tokens WHERE digest = ?", (digest(secret),)).fetchone()
    if row is None:
        return None
    now = time.time()
    if (row["used"] or 0) < now - _SEEN_EVERY_S:
        with people.writing() as db:
            db.execute("UPDATE tokens SET used = ? WHERE id = ?", (now, row["id"]))
    return row["person"], frozenset(row["scopes"].split())
