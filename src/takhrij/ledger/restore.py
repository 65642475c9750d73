"""Putting a backup back, on any machine and into either store."""

from __future__ import annotations

import shutil
from pathlib import Path

from takhrij.errors import LedgerDamaged, LedgerVersion, UsageError
from takhrij.ledger import migrations
from takhrij.ledger.backup import Manifest, load, read_manifest, unpack_evidence
from takhrij.ledger.chain import Head
from takhrij.ledger.database import Database
from takhrij.ledger.ledger import Ledger, connect, prepare_file
from takhrij.ledger.verify import verify


def restore(path: str | Path, to: str | Path, evidence_folder: str | Path | None = None) -> Head:
    """Make the ledger of the backup at ``path`` in a new file, or in an empty database; the end of its chain.

    The backup is checked before anything is written and the ledger is verified after; where either fails, nothing is left
    behind. Raises :class:`LedgerDamaged`, :class:`LedgerVersion`, and :class:`UsageError` where ``to`` holds something.
    """
    manifest = read_manifest(Path(path))
    if manifest.revision > migrations.NEWEST:
        raise LedgerVersion(f"{path}: written by a newer takhrij (revision {manifest.revision}); update takhrij")
    if manifest.revision != migrations.NEWEST and manifest.revision not in migrations.CONTAINED:
        raise LedgerVersion(f"{path}: its tables are of revision {manifest.revision}, which this takhrij cannot restore")
    database, folder = connect(to, evidence_folder)
    file = _is_file(database)
    if file is not None and file.exists():
        database.close()
        raise UsageError(f"{to}: exists already; a backup is restored into a new ledger")
    if folder is not None and folder.is_dir() and any(folder.iterdir()):
        database.close()
        raise UsageError(f"{folder}: holds files already; evidence is restored into an empty folder")
    ledger = Ledger(database, folder)
    try:
        head = _into(Path(path), manifest, ledger)
    except BaseException:
        database.close()
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        for suffix in ("", "-wal", "-shm"):
            if file is not None:
                file.with_name(file.name + suffix).unlink(missing_ok=True)
        raise
    ledger.close()
    return head


def _into(path: Path, manifest: Manifest, ledger: Ledger) -> Head:
    database, folder = ledger.database, ledger.evidence_folder
    with database.reading() as connection:
        if migrations.revision(connection) is not None:
            raise UsageError(f"{database.name}: holds a ledger already; a backup is restored into an empty database")
    if any(name.startswith("evidence/") for name in manifest.files):
        if folder is None:
            raise UsageError("the backup has evidence: give --evidence DIR")
        unpack_evidence(path, manifest, folder)
    prepare_file(database)
    with database.writing() as connection:
        migrations.upgrade(connection, database.name)
        load(path, manifest, database, connection)
    report = verify(database, ledger._folder(), manifest.head)
    if not report.clean:
        _empty(database)
        raise LedgerDamaged(f"{path}: the backup is damaged: {report.problems[0]}")
    return report.head


def _is_file(database: Database) -> Path | None:
    path = getattr(database, "path", None)
    return path if isinstance(path, Path) else None


def _empty(database: Database) -> None:
    """Take the tables out of a database again. A file is removed by the caller."""
    if _is_file(database) is None:
        with database.writing() as connection:
            migrations.remove(connection)
