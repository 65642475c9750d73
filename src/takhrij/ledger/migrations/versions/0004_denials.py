"""The claims that an article denies are found as those that it reports are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add an index table; who brings a ledger up to date makes the indexes anew."""
    op.create_table(
        "denials",
        sa.Column("claim", _KEY, primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("collection", sa.String(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("denials_article", "denials", ["collection", "article"])
