"""What people set right: corrections, rulings and assignments, and which reading is the corrected form of which."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add two tables; those that are there stay as they are."""
    op.create_table(
        "edits",
        sa.Column("seq", _KEY, primary_key=True, autoincrement=False),
        sa.Column("collection", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("undoes", _KEY),
    )
    op.create_index("edits_subject", "edits", ["collection", "kind", "subject"])
    op.create_table(
        "corrected",
        sa.Column("reading", _KEY, primary_key=True, autoincrement=False),
        sa.Column("base", _KEY, nullable=False),
    )
