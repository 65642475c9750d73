"""Opening a ledger, and what can be done with the whole of it."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from uuid import uuid4

from sqlalchemy import Connection, insert, select

from takhrij.errors import LedgerBusy, LedgerError, LedgerVersion, UsageError
from takhrij.ledger import chain, migrations
from takhrij.ledger.chain import Chain, Change, Head
from takhrij.ledger.codec import row_digest
from takhrij.ledger.database import WAIT_S, Database, plain_errors
from takhrij.ledger.evidence import EvidenceFolder, Place, facts_of
from takhrij.ledger.query import Names
from takhrij.ledger.reindex import analyzer_version, refresh
from takhrij.ledger.schema import articles, evidence, meta
from takhrij.ledger.verify import Report, verify
from takhrij.ledger.views import Views
from takhrij.ledger.writer import Writer
from takhrij.records import Page
from takhrij.version import __version__

_SQLITE_MAGIC = b"SQLite format 3\x00"


def open_ledger(
    where: str | Path,
    *,
    create: bool = True,
    evidence_folder: str | Path | None = None,
    wait_s: float = WAIT_S,
    names: Names | None = None,
) -> Ledger:
    """Open the ledger at a path (SQLite) or a ``postgresql://`` address, making an empty one where there is none.

    ``evidence_folder`` is where pages are kept; beside an SQLite file it is ``FILE.evidence`` unless given. ``wait_s`` is
    how long, in seconds, a writer waits for another one. ``names`` leads from English words to the Arabic names of what they
    name together, so that searches in English find Arabic text. Raises :class:`UsageError` where there is none and
    ``create`` is false, :class:`LedgerVersion` for a file or database that is something else or newer, :class:`LedgerError`
    where it cannot be reached.
    """
    if not _is_address(where):
        _check_file(Path(where), create)
    database, folder = connect(where, evidence_folder, wait_s)
    _prepare(database, create)
    return Ledger(database, folder, names)


def connect(
    where: str | Path, evidence_folder: str | Path | None = None, wait_s: float = WAIT_S
) -> tuple[Database, Path | None]:
    """The database at a path or an address, and the folder of its evidence. Nothing is opened or made yet."""
    folder = None if evidence_folder is None else Path(evidence_folder)
    if _is_address(where):
        from takhrij.ledger.postgres import PostgresDatabase

        return PostgresDatabase(str(where), wait_s), folder
    from takhrij.ledger.sqlite import SqliteDatabase

    path = Path(where)
    return SqliteDatabase(path, wait_s), folder or path.with_name(path.name + ".evidence")


def _is_address(where: str | Path) -> bool:
    scheme, found, _ = str(where).partition("://")
    if found and scheme not in {"postgresql", "postgres", "postgresql+psycopg"}:
        raise UsageError(f"{where}: a ledger is a path or a postgresql:// address")
    return bool(found)


def _check_file(path: Path, create: bool) -> None:
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; a ledger is a file")
    if not path.exists():
        if not create:
            raise UsageError(f"{path}: no such ledger")
        if not path.parent.is_dir():
            raise UsageError(f"{path}: the folder {path.parent} does not exist")
        return
    try:
        with open(path, "rb") as file:
            start = file.read(len(_SQLITE_MAGIC))
    except OSError as error:
        raise LedgerError(f"{path}: cannot be read ({error.strerror})") from None
    if start not in (b"", _SQLITE_MAGIC):
        raise LedgerVersion(f"{path}: not a ledger")


def _prepare(database: Database, create: bool) -> None:
    """Make or bring up to date the tables; where that fails, the connections are given back."""
    try:
        with plain_errors(database.name):
            with database.reading() as connection:
                at = migrations.revision(connection)
            if at != migrations.NEWEST:
                if at is None and not create:
                    raise UsageError(f"{database.name}: no such ledger")
                prepare_file(database)
                with database.writing() as connection:
                    at = migrations.revision(connection)  # another process may have been here first
                    migrations.upgrade(connection, database.name)
                    if at is None:
                        _begin(connection)
                    elif at < migrations.INDEXED:
                        refresh(database, connection, f"takhrij {__version__}")
    except BaseException:
        database.close()
        raise


def prepare_file(database: Database) -> None:
    """Have a new SQLite file keep a write-ahead log, which cannot be said within a transaction."""
    if database.engine.dialect.name != "sqlite":
        return
    raw = database.engine.raw_connection()
    until = time.monotonic() + WAIT_S
    try:
        while True:
            try:
                raw.cursor().execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:  # SQLite does not wait here, however patient it was told to be
                if time.monotonic() > until:
                    raise LedgerBusy(f"{database.name}: another process is making the ledger ({error}); try again") from None
                time.sleep(0.02)
    finally:
        raw.close()


def _begin(connection: Connection) -> None:
    """The first entry of the chain. Another process may have been here first."""
    if connection.execute(select(meta.c.key)).first():
        return
    rows = [
        {"key": "analyzer", "value": analyzer_version()},
        {"key": "created", "value": chain.now()},
        {"key": "id", "value": uuid4().hex},
    ]
    connection.execute(insert(meta), rows)
    audit = Chain(connection, f"takhrij {__version__}")
    digests: dict[str, str | None] = {f"meta:{row['key']}": row_digest(row) for row in rows}
    audit.append(Change("create", "ledger", after=json.dumps({row["key"]: row["value"] for row in rows}), rows=digests))
    audit.flush()


class Ledger:
    """An open ledger. Use it as a context manager, or :meth:`close` it."""

    def __init__(self, database: Database, folder: Path | None, names: Names | None = None) -> None:
        self._names = names
        self.database = database
        self.evidence_folder = folder
        self.name = database.name

    @property
    def address(self) -> str:
        """What :func:`open_ledger` opens it by, a password included: for another process, never to be shown."""
        url = self.database.engine.url
        if url.drivername == "sqlite":
            return str(url.database)
        return url.set(drivername="postgresql").render_as_string(hide_password=False)

    def writer(self, who: str, collection: str = "default", extractor: str = f"takhrij {__version__}") -> Writer:
        """A writer into ``collection``, in the name of ``who``: a person, or the run of a program.

        ``extractor`` names what reads the articles that will be added; a reading by another one is kept beside the first.
        """
        return Writer(self.database, self._folder(), who, collection, extractor)

    def views(self, collection: str = "default") -> Views:
        """What ``collection`` holds, read only."""
        return Views(self.database, collection, self._names)

    def collections(self) -> list[str]:
        """The names of the collections that hold an article."""
        with self.database.reading() as connection:
            found = connection.execute(select(articles.c.collection).distinct()).scalars()
            return sorted(found)

    def head(self) -> Head:
        """The end of the audit chain. Kept elsewhere, it lets :meth:`verify` see that the end was cut off."""
        with self.database.reading() as connection:
            return chain.head(connection)

    def page(self, sha256: str) -> Page | None:
        """A page by its digest, or None. Raises :class:`LedgerDamaged` where its bytes are not those that were added."""
        with self.database.reading() as connection:
            row = connection.execute(select(evidence).where(evidence.c.digest == sha256)).first()
        if row is None:
            return None
        return self._evidence().read(Place(row.file, row.offset, row.length, row.record), facts_of(row.facts), sha256)

    def write_warc(self, digests: Iterable[str], path: str | Path) -> int:
        """Write the records of some pages, byte for byte as they are kept, into one WARC file; how many.

        Pages that the ledger does not have are left out. Raises :class:`LedgerDamaged` for one that was altered, and
        :class:`UsageError` where the file exists.
        """
        folder = self._evidence()
        wanted = list(dict.fromkeys(digests))
        with self.database.reading() as connection:
            found = [connection.execute(select(evidence).where(evidence.c.digest == digest)).first() for digest in wanted]
        rows = [row for row in found if row is not None]
        try:
            with open(path, "xb") as file:
                for row in rows:
                    file.write(folder.raw(Place(row.file, row.offset, row.length, row.record), row.digest))
        except FileExistsError:
            raise UsageError(f"{path}: exists already") from None
        except OSError as error:
            raise LedgerError(f"{path}: cannot be written ({error.strerror})") from None
        return len(rows)

    def verify(self, head: Head | None = None, progress: Callable[[str], None] | None = None) -> Report:
        """Look for damage: entries of the chain that were edited, removed, moved or (with ``head``) cut off, rows of any table
        that are not those that were written, evidence that is missing or altered. Changes nothing."""
        return verify(self.database, self._folder(), head, progress)

    def backup(self, path: str | Path) -> Head:
        """Write the whole ledger, evidence included, into one file while others go on; the chain's end that it holds."""
        from takhrij.ledger.backup import write_backup

        return write_backup(self.database, self._folder(), Path(path))

    def close(self) -> None:
        """Give all connections back."""
        self.database.close()

    def _folder(self) -> EvidenceFolder | None:
        return None if self.evidence_folder is None else EvidenceFolder(self.evidence_folder)

    def _evidence(self) -> EvidenceFolder:
        folder = self._folder()
        if folder is None:
            raise UsageError("evidence needs a folder: give --evidence DIR")
        return folder

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
