"""One collection in one file, to hand on: its readings with their pages, its claims and copies, its reviews.

Unlike a backup, an archive is no copy of the ledger: reading it in adds its content to another ledger under the name of who
does so, with entries of that ledger's own chain. It holds the current version and reading of each article; earlier ones, and
the chain of the ledger that it comes from, stay behind (its end is named in the manifest).
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from takhrij.errors import LedgerDamaged, LedgerError, LedgerVersion, UsageError
from takhrij.ledger.adding import Added
from takhrij.ledger.codec import article_of, article_value, claim_of, claim_value, reading_of, reading_value
from takhrij.ledger.ledger import Ledger
from takhrij.ledger.reviewing import Actor, Subject
from takhrij.ledger.schema import actors
from takhrij.ledger.tracing import copy_body, copy_of
from takhrij.records import Page, Reading, Trace
from takhrij.version import __version__

_FORMAT = "takhrij collection 1"
_FACTS = ("name", "url", "final_url", "media_type", "captured")


@dataclass(frozen=True, slots=True)
class Imported:
    """What reading an archive in did: readings by what became of them, and how many claims and reviews came."""

    readings: Counter[Added]
    claims: int
    reviews: int


def export_collection(ledger: Ledger, collection: str, path: Path) -> int:
    """Write a collection to ``path``, whole or not at all; how many readings. Raises :class:`UsageError` where it exists."""
    if path.exists():
        raise UsageError(f"{path}: exists already")
    views = ledger.views(collection)
    part = path.with_name(f"{path.name}.part{os.getpid()}")
    files: dict[str, str] = {}
    count = 0
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:

            def put(name: str, data: bytes) -> None:
                files[name] = hashlib.sha256(data).hexdigest()
                archive.writestr(name, data)

            pages: set[str] = set()
            rows: list[dict[str, Any]] = []
            for reading in views.readings():
                count += 1
                rows.append({"article": article_value(reading.article), **reading_value(reading)})
                sha256 = reading.article.page_sha256
                if sha256 and sha256 not in pages and (page := ledger.page(sha256)) is not None:
                    pages.add(sha256)
                    put(f"pages/{sha256}", page.body)
                    facts = {name: getattr(page, name) for name in _FACTS} | {"headers": dict(page.headers)}
                    put(f"pages/{sha256}.json", _json(facts))
            put("readings.jsonl", _lines(rows))
            put("claims.jsonl", _lines([claim_value(kept) for kept in _claims(ledger, collection)]))
            put("copies.jsonl", "".join(copy_body(copy) + "\n" for copy in views.copies()).encode())
            put("reviews.jsonl", _lines(_reviews(ledger, collection)))
            put("actors.jsonl", _lines(_actors(ledger, collection)))
            manifest = {"format": _FORMAT, "program": f"takhrij {__version__}", "collection": collection}
            archive.writestr("manifest.json", _json({**manifest, "head": str(ledger.head()), "files": files}))
        os.replace(part, path)
    except OSError as error:
        raise LedgerError(f"{path}: cannot be written ({error.strerror})") from None
    finally:
        part.unlink(missing_ok=True)
    return count


def import_collection(ledger: Ledger, path: Path, who: str, collection: str | None = None) -> Imported:
    """Add an archive's content to ``ledger``, under its own collection's name or another; again adds nothing twice.

    Reviews are kept with the name of who made them in the note. Raises :class:`LedgerDamaged`, :class:`LedgerVersion`.
    """
    with _opened(path) as archive:
        manifest = _checked(archive, path)
        with ledger.writer(who, collection or manifest["collection"]) as writer:
            readings: list[Reading] = []

            def items() -> Iterator[tuple[Reading, Page | None]]:
                for row in _rows(archive, "readings.jsonl"):
                    reading = reading_of(article_of(row["article"]), row)
                    readings.append(reading)
                    yield reading, _page(archive, reading, manifest["files"]) if ledger.evidence_folder else None

            done = writer.add_many(items())
            claims = tuple(claim_of(row) for row in _rows(archive, "claims.jsonl"))
            copies = tuple(copy_of(json.dumps(row)) for row in _rows(archive, "copies.jsonl"))
            with writer.batch():
                if claims or copies:
                    writer.put_trace(Trace(tuple(readings), copies, claims))
                for row in _rows(archive, "actors.jsonl"):
                    writer.put_actor(Actor(**row))
                new = [row for row in _rows(archive, "reviews.jsonl") if _note(row) not in _notes(ledger, collection, manifest)]
                for row in new:
                    writer.review(Subject(**row["subject"]), row["verdict"], _note(row))
    return Imported(done, len(claims), len(new))


def check_archive(path: Path) -> None:
    """See that an archive is whole, before a ledger is made to take it in; raises as :func:`import_collection` does."""
    with _opened(path) as archive:
        _checked(archive, path)


def _claims(ledger: Ledger, collection: str) -> Iterator[Any]:
    cursor: str | None = None
    while True:
        page = ledger.views(collection).claims(cursor=cursor, limit=500)
        yield from (kept.claim for kept in page.claims)
        cursor = page.next
        if cursor is None:
            return


def _reviews(ledger: Ledger, collection: str) -> list[dict[str, Any]]:
    """Reviews whose subject still stands, those on attributions at their place in the current reading."""
    views = ledger.views(collection)
    rows = []
    placed: dict[int, Subject] = {}
    for article in {r.subject.id for r in views.reviews() if r.subject.kind == "attribution"}:
        kept = views.article(article)
        placed |= {r.seq: r.subject for r in kept.reviews if r.subject.attribution is not None} if kept else {}
    for review in views.reviews():
        subject = placed.get(review.seq) if review.subject.kind == "attribution" else review.subject
        if subject is None or (subject.kind == "claim" and not getattr(views.claim(subject.id), "current", False)):
            continue
        fields = {"kind": subject.kind, "id": subject.id, "attribution": subject.attribution}
        rows.append({"subject": fields, "verdict": review.verdict, "note": review.note, "who": review.who, "at": review.at})
    return rows


def _actors(ledger: Ledger, collection: str) -> list[dict[str, Any]]:
    columns = (actors.c.id, actors.c.name, actors.c.kind, actors.c.country, actors.c.merged_into)
    with ledger.database.reading() as connection:
        query = select(*columns).where(actors.c.collection == collection).order_by(actors.c.id)
        return [dict(row) for row in connection.execute(query).mappings()]


def _note(row: dict[str, Any]) -> str:
    return f"{row['note']}\n({row['who']}, {row['at']})".strip()


def _notes(ledger: Ledger, collection: str | None, manifest: dict[str, Any]) -> set[str]:
    return {review.note for review in ledger.views(collection or manifest["collection"]).reviews()}


def _page(archive: zipfile.ZipFile, reading: Reading, files: dict[str, str]) -> Page | None:
    name = f"pages/{reading.article.page_sha256}"
    if name not in files:
        return None
    return Page(body=archive.read(name), **json.loads(archive.read(f"{name}.json")))


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError:
        raise UsageError(f"{path}: no such archive") from None
    except (OSError, zipfile.BadZipFile):
        raise LedgerDamaged(f"{path}: the archive is damaged") from None


def _checked(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(archive.read("manifest.json"))
        if manifest["format"] != _FORMAT:
            raise LedgerVersion(f"{path}: not an archive that this takhrij reads")
        whole = set(archive.namelist()) == {*manifest["files"], "manifest.json"}
        if whole and all(hashlib.sha256(archive.read(n)).hexdigest() == d for n, d in manifest["files"].items()):
            return manifest
    except LedgerVersion:
        raise
    except Exception as error:  # zipfile, zlib and json raise what they like over altered bytes
        raise LedgerDamaged(f"{path}: the archive is damaged ({type(error).__name__})") from None
    raise LedgerDamaged(f"{path}: the archive was altered")


def _rows(archive: zipfile.ZipFile, name: str) -> Iterator[dict[str, Any]]:
    with archive.open(name) as file:
        for line in file:
            yield json.loads(line)


def _lines(rows: Any) -> bytes:
    return b"".join(_json(row) + b"\n" for row in rows)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()
