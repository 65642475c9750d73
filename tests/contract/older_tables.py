"""Takes a ledger back to the tables of the first revision, as an older takhrij left them."""

from __future__ import annotations

from sqlalchemy import create_engine, text

_SINCE = (
    "DROP TABLE IF EXISTS denials",
    "DROP TABLE IF EXISTS edits",
    "DROP TABLE IF EXISTS corrected",
    "DROP INDEX IF EXISTS mentions_said",
    "ALTER TABLE mentions DROP COLUMN said",
    "UPDATE alembic_version SET version_num = '0001'",
)


def make_old(where: str) -> None:
    """Undo what came after the first revision; ``where`` is a ledger of the newest one, in which nobody corrected anything."""
    address = where.replace("postgresql://", "postgresql+psycopg://", 1) if "://" in where else f"sqlite:///{where}"
    engine = create_engine(address)
    with engine.begin() as connection:
        for step in _SINCE:
            connection.execute(text(step))
    engine.dispose()
