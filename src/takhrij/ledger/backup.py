"""The whole ledger in one file, and back into either store.

A backup is a zip: ``manifest.json``, a file of JSON lines for each kept table, and the evidence files up to the last
record that a row names. It holds one state of the ledger, taken in one reading transaction, so adding goes on meanwhile.
The manifest names the SHA-256 of everything; the chain within proves the rows. The index tables are made anew.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, LargeBinary, Table, func, insert, select
from sqlalchemy import delete as delete_from

from takhrij.errors import LedgerDamaged, LedgerError, LedgerVersion, UsageError
from takhrij.ledger import chain, migrations
from takhrij.ledger.chain import Head
from takhrij.ledger.database import Database, mapping
from takhrij.ledger.evidence import EvidenceFolder
from takhrij.ledger.reindex import analyzer_version, refresh, reindex
from takhrij.ledger.schema import KEPT, evidence, meta
from takhrij.version import __version__

_FORMAT = "takhrij backup 1"
_CHUNK = 1 << 20
_ROWS = 500


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: the chain's end, the revision of its tables, and each file's SHA-256."""

    head: Head
    revision: str
    files: dict[str, str]


def write_backup(database: Database, folder: EvidenceFolder | None, path: Path) -> Head:
    """Write a backup to ``path``, whole or not at all. Raises :class:`UsageError` where the file exists."""
    if path.exists():
        raise UsageError(f"{path}: exists already")
    part = path.with_name(f"{path.name}.part{os.getpid()}")
    try:
        with database.reading() as connection, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            head = chain.head(connection)
            files = _tables(archive, connection)
            files |= _evidence(archive, connection, folder)
            manifest = {
                "format": _FORMAT,
                "program": f"takhrij {__version__}",
                "revision": migrations.NEWEST,
                "head": str(head),
            }
            archive.writestr("manifest.json", json.dumps({**manifest, "files": files}, indent=1))
        with open(part, "r+b") as file:
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError as error:
        raise LedgerError(f"{path}: cannot be written ({error.strerror})") from None
    finally:
        part.unlink(missing_ok=True)
    return head


def _tables(archive: zipfile.ZipFile, connection: Connection) -> dict[str, str]:
    files = {}
    for table in KEPT:
        name = f"tables/{table.name}.jsonl"
        digest = hashlib.sha256()
        with archive.open(name, "w", force_zip64=True) as file:
            for row in connection.execution_options(stream_results=True).execute(select(table)).mappings():
                line = json.dumps({key: _plain(value) for key, value in row.items()}, ensure_ascii=True).encode() + b"\n"
                digest.update(line)
                file.write(line)
        files[name] = digest.hexdigest()
    return files


def _plain(value: Any) -> Any:
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _evidence(archive: zipfile.ZipFile, connection: Connection, folder: EvidenceFolder | None) -> dict[str, str]:
    end = func.max(evidence.c.offset + evidence.c.length)
    named = connection.execute(select(evidence.c.file, end).group_by(evidence.c.file)).all()
    if named and folder is None:
        raise UsageError("the ledger has evidence: give --evidence DIR")
    files = {}
    for file_name, size in sorted(mapping(named).items()):
        name = f"evidence/{file_name}"
        assert folder is not None
        try:
            with open(folder.folder / file_name, "rb") as source, archive.open(_stored(name), "w", force_zip64=True) as target:
                files[name] = _copy(source, target, size)
        except FileNotFoundError:
            raise LedgerDamaged(f"evidence {file_name} is missing; run verify") from None
    return files


def _stored(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name)  # stored: it is gzip already


def _copy(source: IO[bytes], target: IO[bytes], size: int | None = None) -> str:
    digest = hashlib.sha256()
    left = size
    while chunk := source.read(_CHUNK if left is None else min(_CHUNK, left)):
        digest.update(chunk)
        target.write(chunk)
        left = None if left is None else left - len(chunk)
    if left:
        raise LedgerDamaged("evidence is shorter than its rows say; run verify")
    return digest.hexdigest()


def read_manifest(path: Path) -> Manifest:
    """Check a backup whole: every file is there with its digest. Raises :class:`LedgerDamaged`, :class:`LedgerVersion`."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            if manifest["format"] != _FORMAT:
                raise LedgerVersion(f"{path}: not a backup that this takhrij reads")
            files: dict[str, str] = manifest["files"]
            if set(archive.namelist()) != {*files, "manifest.json"}:
                raise LedgerDamaged(f"{path}: files are missing from the backup, or strange ones are in it")
            for name, digest in files.items():
                if _digest_of(archive, name) != digest:
                    raise LedgerDamaged(f"{path}: {name} in the backup was altered")
            return Manifest(Head.parse(manifest["head"]), manifest["revision"], files)
    except FileNotFoundError:
        raise UsageError(f"{path}: no such backup") from None
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, TypeError, EOFError, NotImplementedError, RuntimeError) as error:
        raise LedgerDamaged(f"{path}: the backup is damaged ({type(error).__name__})") from None
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise LedgerDamaged(f"{path}: the backup is damaged (zlib)") from None
        raise


def _digest_of(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def load(path: Path, manifest: Manifest, database: Database, connection: Connection) -> None:
    """Write a backup's rows into the empty tables of a new ledger, and make its indexes."""
    with zipfile.ZipFile(path) as archive:
        for table in KEPT:
            connection.execute(delete_from(table))
            if f"tables/{table.name}.jsonl" not in manifest.files and manifest.revision in migrations.CONTAINED:
                continue  # a table that older ledgers did not have
            for rows in _rows(archive, table):
                connection.execute(insert(table), rows)
    if chain.head(connection) != manifest.head:
        raise LedgerDamaged(f"{path}: the chain in the backup does not end where its manifest says")
    kept = connection.execute(select(meta.c.value).where(meta.c.key == "analyzer")).scalar()
    if kept == analyzer_version():
        reindex(database, connection)
    else:
        refresh(database, connection, f"takhrij {__version__}")


def _rows(archive: zipfile.ZipFile, table: Table) -> Iterator[list[dict[str, Any]]]:
    binary = [column.name for column in table.columns if isinstance(column.type, LargeBinary)]
    rows: list[dict[str, Any]] = []
    with archive.open(f"tables/{table.name}.jsonl") as file:
        for line in file:
            row = json.loads(line)
            for name in binary:
                row[name] = base64.b64decode(row[name])
            rows.append(row)
            if len(rows) == _ROWS:
                yield rows
                rows = []
    if rows:
        yield rows


def unpack_evidence(path: Path, manifest: Manifest, folder: Path) -> None:
    """Write a backup's evidence files into ``folder``, which must hold none of them."""
    with zipfile.ZipFile(path) as archive:
        for name in manifest.files:
            if name.startswith("evidence/"):
                target = folder / Path(name).name
                folder.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as source, open(target, "xb") as file:
                    _copy(source, file)
                    file.flush()
                    os.fsync(file.fileno())
