"""The tables of a ledger.

Kept tables hold what cannot be made again; each of their rows has its digest in the audit chain. Index tables are made
from the kept ones and can be made anew at any time; ``verify`` makes them anew and compares. Records lie in ``body``
columns as zlib-packed JSON, so that any text (NUL and lone surrogates too) fits both stores; text columns beside them
are cleaned copies to look things up by. Days are ISO 8601, instants ISO 8601 in UTC.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()
#: Days sort by their bytes in both stores.
_Day = String(collation="C").with_variant(String(), "sqlite")
#: SQLite makes a rowid only of INTEGER.
_Key = BigInteger().with_variant(Integer(), "sqlite")

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", Text, nullable=False))

articles = Table(
    "articles",
    metadata,
    Column("seq", _Key, primary_key=True, autoincrement=False),
    Column("collection", String, nullable=False),
    Column("id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("current", SmallInteger, nullable=False),
    Column("digest", String, nullable=False),
    Column("page_sha256", String),
    Column("added", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("collection", "id", "version"),
)
Index("articles_page", articles.c.page_sha256)

evidence = Table(
    "evidence",
    metadata,
    Column("digest", String, primary_key=True),
    Column("facts", Text, nullable=False),
    Column("file", String, nullable=False),
    Column("offset", _Key, nullable=False),
    Column("length", _Key, nullable=False),
    Column("record", String, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    Column("seq", _Key, primary_key=True, autoincrement=False),
    Column("article", _Key, nullable=False),
    Column("extractor", String, nullable=False),
    Column("current", SmallInteger, nullable=False),
    Column("digest", String, nullable=False),
    Column("added", String, nullable=False),
    Column("changes", Text),
    Column("body", LargeBinary, nullable=False),
)
Index("readings_article", readings.c.article)

claims = Table(
    "claims",
    metadata,
    Column("seq", _Key, primary_key=True, autoincrement=False),
    Column("collection", String, nullable=False),
    Column("id", Text, nullable=False),
    Column("current", SmallInteger, nullable=False),
    Column("gone_to", Text),
    Column("digest", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
Index("claims_id", claims.c.collection, claims.c.id)

copies = Table(
    "copies",
    metadata,
    Column("collection", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("body", Text, nullable=False),
)

actors = Table(
    "actors",
    metadata,
    Column("collection", String, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", String),
    Column("country", String),
    Column("merged_into", Text),
)

reviews = Table(
    "reviews",
    metadata,
    Column("seq", _Key, primary_key=True, autoincrement=False),
    Column("collection", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", Text, nullable=False),
    Column("anchor", Text),
    Column("verdict", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String, nullable=False),
)
Index("reviews_subject", reviews.c.collection, reviews.c.kind, reviews.c.subject)

edits = Table(
    "edits",
    metadata,
    Column("seq", _Key, primary_key=True, autoincrement=False),
    Column("collection", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String, nullable=False),
    Column("undoes", _Key),
)
Index("edits_subject", edits.c.collection, edits.c.kind, edits.c.subject)

#: Readings that people's corrections changed, each with the reading as the program made it.
corrected = Table(
    "corrected",
    metadata,
    Column("reading", _Key, primary_key=True, autoincrement=False),
    Column("base", _Key, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", _Key, primary_key=True, autoincrement=False),
    Column("at", String, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", String, nullable=False),
    Column("collection", String, nullable=False),
    Column("subject", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("rows", Text, nullable=False),
    Column("program", String, nullable=False),
    Column("hash", String, nullable=False),
)
Index("audit_subject", audit.c.subject)

# Index tables.

names = Table(
    "names",
    metadata,
    Column("seq", _Key, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),
    Column("key", Text, nullable=False),
)

docs = Table(
    "docs",
    metadata,
    Column("seq", _Key, primary_key=True, autoincrement=False),
    Column("collection", String, nullable=False),
    Column("day", _Day, nullable=False),
    Column("outlet", _Key),
)
Index("docs_day", docs.c.collection, docs.c.day, docs.c.seq)

attributions = Table(
    "attributions",
    metadata,
    Column("article", _Key, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("act", String, nullable=False),
    Column("denied", SmallInteger, nullable=False),
    Column("speaker", _Key),
    Column("party", _Key),
    Column("kind", String),
    Column("country", String),
    Column("actor", _Key),
    sqlite_with_rowid=False,
)
Index("attributions_speaker", attributions.c.speaker)
Index("attributions_party", attributions.c.party)

mentions = Table(
    "mentions",
    metadata,
    Column("article", _Key, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("name", _Key),
    Column("said", _Key),
    Column("place_kind", String),
    Column("country", String),
    Column("lat", Float),
    Column("lon", Float),
    Column("first_day", _Day),
    Column("last_day", _Day),
    Column("value", Float),
    Column("unit", Text),
    sqlite_with_rowid=False,
)
Index("mentions_lat", mentions.c.lat, mentions.c.lon)
Index("mentions_name", mentions.c.name)
Index("mentions_said", mentions.c.said)

claim_docs = Table(
    "claim_docs",
    metadata,
    Column("seq", _Key, primary_key=True, autoincrement=False),
    Column("collection", String, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("outlets", Integer, nullable=False),
    Column("unattributed", Integer, nullable=False),
    Column("origins_min", Integer, nullable=False),
    Column("origins_max", Integer, nullable=False),
    Column("denials", Integer, nullable=False),
)
Index("claim_docs_order", claim_docs.c.collection, claim_docs.c.articles, claim_docs.c.seq)

reports = Table(
    "reports",
    metadata,
    Column("claim", _Key, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("collection", String, nullable=False),
    Column("article", Text, nullable=False),
    Column("attribution", Integer),
    sqlite_with_rowid=False,
)
Index("reports_article", reports.c.collection, reports.c.article)

denials = Table(
    "denials",
    metadata,
    Column("claim", _Key, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("collection", String, nullable=False),
    Column("article", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("denials_article", denials.c.collection, denials.c.article)

#: What cannot be made again, in the order in which a restore writes it.
KEPT = (meta, evidence, articles, readings, claims, copies, actors, reviews, edits, corrected, audit)
INDEXES = (names, docs, attributions, mentions, claim_docs, reports, denials)
#: The full-text tables, which only SQL of the store at hand knows: of articles and of claims.
TEXT_TABLES = ("doc_words", "claim_words")
