"""The first tables of the ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_DAY = sa.String(collation="C").with_variant(sa.String(), "sqlite")
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create all of them."""
    _kept()
    _indexes()
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        from takhrij.ledger.sqlite import make_words
    else:
        from takhrij.ledger.postgres import make_words
    for table in ("doc_words", "claim_words"):
        make_words(connection, table)


def _key(name: str = "seq") -> sa.Column[int]:
    return sa.Column(name, _KEY, primary_key=True, autoincrement=False)


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _word(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _small(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.SmallInteger(), nullable=False)


def _number(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _body() -> sa.Column[bytes]:
    return sa.Column("body", sa.LargeBinary(), nullable=False)


def _part(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), primary_key=True)


def _kept() -> None:
    op.create_table("meta", sa.Column("key", sa.String(), primary_key=True), _text("value"))
    op.create_table(
        "articles", _key(), _word("collection"), _text("id"), _number("version"), _small("current"), _word("digest"),
        _word("page_sha256", True), _word("added"), _body(), sa.UniqueConstraint("collection", "id", "version"),
    )  # fmt: skip
    op.create_index("articles_page", "articles", ["page_sha256"])
    op.create_table(
        "evidence", sa.Column("digest", sa.String(), primary_key=True), _text("facts"), _word("file"),
        sa.Column("offset", _KEY, nullable=False), sa.Column("length", _KEY, nullable=False), _word("record"),
    )  # fmt: skip
    op.create_table(
        "readings", _key(), sa.Column("article", _KEY, nullable=False), _word("extractor"), _small("current"),
        _word("digest"), _word("added"), _text("changes", True), _body(),
    )  # fmt: skip
    op.create_index("readings_article", "readings", ["article"])
    op.create_table(
        "claims", _key(), _word("collection"), _text("id"), _small("current"), _text("gone_to", True), _word("digest"), _body()
    )
    op.create_index("claims_id", "claims", ["collection", "id"])
    op.create_table("copies", sa.Column("collection", sa.String(), primary_key=True), _part("number"), _text("body"))
    op.create_table(
        "actors", sa.Column("collection", sa.String(), primary_key=True), sa.Column("id", sa.Text(), primary_key=True),
        _text("name"), _word("kind", True), _word("country", True), _text("merged_into", True),
    )  # fmt: skip
    op.create_table(
        "reviews", _key(), _word("collection"), _word("kind"), _text("subject"), _text("anchor", True), _text("verdict"),
        _text("note"), _text("who"), _word("at"),
    )  # fmt: skip
    op.create_index("reviews_subject", "reviews", ["collection", "kind", "subject"])
    op.create_table(
        "audit", _key(), _word("at"), _text("who"), _word("action"), _word("collection"), _text("subject"),
        _text("before", True), _text("after", True), _text("rows"), _word("program"), _word("hash"),
    )  # fmt: skip
    op.create_index("audit_subject", "audit", ["subject"])


def _indexes() -> None:
    op.create_table("names", _key(), sa.Column("name", sa.Text(), nullable=False, unique=True), _text("key"))
    op.create_table("docs", _key(), _word("collection"), sa.Column("day", _DAY, nullable=False), sa.Column("outlet", _KEY))
    op.create_index("docs_day", "docs", ["collection", "day", "seq"])
    op.create_table(
        "attributions", _key("article"), _part("number"), _word("act"), _small("denied"), sa.Column("speaker", _KEY),
        sa.Column("party", _KEY), _word("kind", True), _word("country", True), sa.Column("actor", _KEY),
        sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_index("attributions_speaker", "attributions", ["speaker"])
    op.create_index("attributions_party", "attributions", ["party"])
    op.create_table(
        "mentions", _key("article"), _part("number"), _word("kind"), sa.Column("name", _KEY), _word("place_kind", True),
        _word("country", True), sa.Column("lat", sa.Float()), sa.Column("lon", sa.Float()), sa.Column("first_day", _DAY),
        sa.Column("last_day", _DAY), sa.Column("value", sa.Float()), _text("unit", True), sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_index("mentions_lat", "mentions", ["lat", "lon"])
    op.create_index("mentions_name", "mentions", ["name"])
    op.create_table(
        "claim_docs", _key(), _word("collection"), _number("articles"), _number("outlets"), _number("unattributed"),
        _number("origins_min"), _number("origins_max"), _number("denials"),
    )  # fmt: skip
    op.create_index("claim_docs_order", "claim_docs", ["collection", "articles", "seq"])
    op.create_table(
        "reports", _key("claim"), _part("number"), _word("collection"), _text("article"), _number("attribution", True),
        sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_index("reports_article", "reports", ["collection", "article"])
