"""Brings a ledger's tables to the version that this takhrij reads and writes, with Alembic, shipped in the package."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from takhrij.errors import LedgerVersion
from takhrij.ledger.schema import INDEXES, KEPT, TEXT_TABLES

#: The newest revision under ``versions/``; a test compares.
NEWEST = "0004"
#: The last revision that changed what the index tables hold: where older tables are brought up to it, they are made anew.
INDEXED = "0004"
#: Older revisions whose tables are among the newest ones as they were: a backup of one is restored as it is.
CONTAINED = frozenset({"0001", "0002", "0003"})


def revision(connection: Connection) -> str | None:
    """The revision that the database is at; None where it holds no ledger."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(connection: Connection, name: str) -> None:
    """Create the tables, or bring older ones up to date, in the transaction at hand. Raises :class:`LedgerVersion`."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    at = revision(connection)
    if at == NEWEST:
        return
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    scripts = ScriptDirectory.from_config(config)
    if at is not None and at not in {script.revision for script in scripts.walk_revisions()}:
        raise LedgerVersion(f"{name}: written by a newer takhrij (revision {at}); update takhrij")
    if at is None and inspect(connection).get_table_names():
        raise LedgerVersion(f"{name}: holds other tables and is no ledger")

    def steps(current: object, _context: object) -> object:
        return scripts._upgrade_revs("head", current)  # type: ignore[arg-type]

    with EnvironmentContext(config, scripts, fn=steps) as environment:
        environment.configure(connection=connection, transactional_ddl=False)
        environment.run_migrations()


def remove(connection: Connection) -> None:
    """Take all tables of a ledger out of a database again."""
    for name in (*TEXT_TABLES, *(table.name for table in (*INDEXES, *KEPT)), "alembic_version"):
        connection.execute(text(f"DROP TABLE IF EXISTS {name}"))
