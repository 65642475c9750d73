"""Places are found by the words of the text too, not only by the name that the reader of places gives them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add a column to an index table; who brings a ledger up to date makes the indexes anew."""
    op.add_column("mentions", sa.Column("said", _KEY))
    op.create_index("mentions_said", "mentions", ["said"])
