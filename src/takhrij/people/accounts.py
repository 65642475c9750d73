"""Accounts, their roles, and the invitations by which they come to be."""

from __future__ import annotations

import secrets
import sqlite3
import time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from takhrij.errors import UsageError
from takhrij.people.roles import EVERYWHERE, ROLES, Role
from takhrij.people.store import People, digest

if TYPE_CHECKING:
    from argon2 import PasswordHasher

#: Characters of a password at least; nothing else is asked of it (NIST SP 800-63B).
SHORTEST = 10
_LONGEST = 1000
_INVITED_S = 7 * 86_400


@dataclass(frozen=True, slots=True)
class Member:
    """A person as others see him: a name and a role, never an e-mail address."""

    id: str
    name: str
    role: Role
    everywhere: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invitation gives: a role in a collection."""

    collection: str
    role: Role


def has_owner(people: People) -> bool:
    """Whether anybody owns the desk, which is when it wants a login."""
    with people.reading() as db:
        return db.execute("SELECT 1 FROM roles WHERE role = 'owner' AND collection = ?", (EVERYWHERE,)).fetchone() is not None


def invite(people: People, collection: str, role: Role, by: str) -> str:
    """A secret that makes whoever has it a person with ``role`` in ``collection``, once, within a week."""
    secret = secrets.token_urlsafe(32)
    with people.writing() as db:
        db.execute("DELETE FROM invitations WHERE expires < ?", (time.time(),))
        row = (digest(secret), collection, role, by, time.time() + _INVITED_S)
        db.execute("INSERT INTO invitations VALUES (?, ?, ?, ?, ?)", row)
    return secret


def invite_owner(people: People) -> str:
    """The secret of the one-time link that makes the desk's owner; earlier ones no longer count."""
    with people.writing() as db:
        db.execute("DELETE FROM invitations WHERE by = ''")
    return invite(people, EVERYWHERE, "owner", "")


def invitation(people: People, secret: str) -> Invitation | None:
    """What a secret gives, or None where it is used up, too old or none."""
    with people.reading() as db:
        return _invitation(db, secret)


def join(people: People, secret: str, name: str, email: str, password: str) -> str:
    """Make an account by an invitation, which is used up; its id. Raises :class:`UsageError` in the words of a code:
    ``invitation_gone``, ``name_needed``, ``name_taken``, ``email_wrong``, ``password_short``."""
    name, email = " ".join(name.split()), email.strip().lower()
    hashed = hash_password(password)
    _check_email(email)
    if not name or len(name) > 80 or "@" in name or not name.isprintable():
        raise UsageError("name_needed")
    person = secrets.token_hex(8)
    with people.writing() as db:
        found = _invitation(db, secret)
        if found is None:
            raise UsageError("invitation_gone")
        db.execute("DELETE FROM invitations WHERE digest = ?", (digest(secret),))
        try:
            db.execute("INSERT INTO people VALUES (?, ?, ?, ?, ?)", (person, name, email or None, hashed, time.time()))
        except sqlite3.IntegrityError:
            raise UsageError("name_taken") from None
        db.execute("INSERT INTO roles VALUES (?, ?, ?)", (person, found.collection, found.role))
    return person


def members(people: People, collection: str) -> list[Member]:
    """Who has a role in a collection, by name."""
    sql = (
        "SELECT p.id, p.name, r.role, r.collection FROM people p JOIN roles r ON r.person = p.id"
        " WHERE r.collection IN (?, ?) ORDER BY p.name, r.collection = ?"
    )
    with people.reading() as db:
        rows = db.execute(sql, (collection, EVERYWHERE, EVERYWHERE)).fetchall()
    best: dict[str, Member] = {}
    for row in rows:
        one = Member(row["id"], row["name"], row["role"], row["collection"] == EVERYWHERE)
        if one.id not in best or ROLES.index(one.role) > ROLES.index(best[one.id].role):
            best[one.id] = one
    return list(best.values())


def roles_of(people: People, person: str) -> dict[str, Role]:
    """Collection -> role; ``*`` holds everywhere."""
    with people.reading() as db:
        rows = db.execute("SELECT collection, role FROM roles WHERE person = ?", (person,))
        return {row["collection"]: row["role"] for row in rows}


def set_role(people: People, person: str, collection: str, role: Role | None) -> None:
    """Give a person another role in a collection, or none. Sessions and tokens see it at once. Raises :class:`UsageError`
    (``last_owner``) rather than leave the desk without an owner."""
    with people.writing() as db:
        db.execute("DELETE FROM roles WHERE person = ? AND collection = ?", (person, collection))
        if role is not None:
            db.execute("INSERT INTO roles VALUES (?, ?, ?)", (person, collection, role))
        owner = db.execute("SELECT 1 FROM roles WHERE role = 'owner' AND collection = ?", (EVERYWHERE,)).fetchone()
        if owner is None:
            raise UsageError("last_owner")


def name_of(people: People, person: str) -> str:
    """A person's name, or ``""``."""
    with people.reading() as db:
        row = db.execute("SELECT name FROM people WHERE id = ?", (person,)).fetchone()
    return row["name"] if row else ""


def own_email(people: People, person: str) -> str:
    """A person's e-mail address, for that person's own page."""
    with people.reading() as db:
        row = db.execute("SELECT email FROM people WHERE id = ?", (person,)).fetchone()
    return (row["email"] or "") if row else ""


def set_email(people: People, person: str, email: str) -> None:
    """Change a person's own address. Raises :class:`UsageError` (``email_wrong``, ``name_taken``)."""
    email = email.strip().lower()
    _check_email(email)
    with people.writing() as db:
        try:
            db.execute("UPDATE people SET email = ? WHERE id = ?", (email or None, person))
        except sqlite3.IntegrityError:
            raise UsageError("name_taken") from None


def set_password(people: People, person: str, password: str) -> None:
    """Change a password; all other sessions end. Raises :class:`UsageError` (``password_short``)."""
    hashed = hash_password(password)
    with people.writing() as db:
        db.execute("UPDATE people SET password = ? WHERE id = ?", (hashed, person))
        db.execute("DELETE FROM sessions WHERE person = ?", (person,))


def hash_password(password: str) -> str:
    """An argon2id hash. Raises :class:`UsageError` (``password_short``)."""
    if not SHORTEST <= len(password) <= _LONGEST:
        raise UsageError("password_short")
    return _hasher().hash(password)


def right_password(hashed: str | None, password: str) -> bool:
    """Whether a password is the one that was hashed. Where there is no such account it takes as long as where there is one."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(hashed or _nobodys(), password[:_LONGEST]) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hasher() -> PasswordHasher:
    """argon2id with the second recommended option of RFC 9106: 64 MiB, three passes."""
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher().hash(secrets.token_hex(16))


def _check_email(email: str) -> None:
    user, at, host = email.partition("@")
    if email and not (user and at and "." in host and " " not in email and len(email) <= 254):
        raise UsageError("email_wrong")


def _invitation(db: sqlite3.Connection, secret: str) -> Invitation | None:
    sql = "SELECT collection, role FROM invitations WHERE digest = ? AND expires > ?"
    row = db.execute(sql, (digest(secret), time.time())).fetchone()
    return None if row is None else Invitation(row["collection"], row["role"])
