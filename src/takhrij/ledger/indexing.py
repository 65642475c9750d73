"""What the index tables hold, made from the kept records: the same rows whether on adding, on restoring or on verifying."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select
from sqlalchemy.sql.expression import func

from takhrij.ledger.codec import clean
from takhrij.ledger.database import Database, Words, mapping
from takhrij.ledger.schema import attributions, claim_docs, denials, docs, mentions, names, reports
from takhrij.ledger.words import keys, name_key, word_key
from takhrij.records import Article, Attribution, Claim, DateMention, Mention, PlaceMention, Reading, Span
from takhrij.text.lemmas import analyze
from takhrij.text.tokens import lines

Row = dict[str, Any]

#: The full-text index covers an article's first so many words (a tsvector holds a megabyte); the rest of a longer one is kept
#: and not found.
MOST_WORDS = 50_000


def article_words(article: Article) -> Words:
    """The index keys of an article by field: its first line, the next one, the rest; what is to be skipped is left out."""
    analysis = analyze(article.text)
    found = list(islice(lines(article.text), 2))
    head_end = found[0].end if found else 0
    lead_end = found[1].end if len(found) > 1 else head_end
    fields: tuple[list[str], list[str], list[str]] = ([], [], [])
    left = MOST_WORDS
    for start, lemma in zip(analysis.tokens.starts, analysis.lemmas, strict=True):
        if lemma and left and not _within(start, article.skip):
            fields[0 if start < head_end else 1 if start < lead_end else 2].append(word_key(lemma))
            left -= 1
    return Words(tuple(fields[0]), tuple(fields[1]), tuple(fields[2]))


def _within(at: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= at < span.end for span in spans)


def doc_row(seq: int, collection: str, article: Article) -> Row:
    """An article's row in ``docs``, the outlet by name."""
    return {"seq": seq, "collection": collection, "day": clean(article.date or ""), "outlet": _name(article.outlet)}


def attribution_rows(article: int, reading: Reading) -> list[Row]:
    """A reading's rows in ``attributions``, names as text."""
    return [_attribution_row(article, number, a) for number, a in enumerate(reading.attributions)]


def _attribution_row(article: int, number: int, a: Attribution) -> Row:
    return {
        "article": article, "number": number, "act": a.act, "denied": int(a.polarity == "denied"),
        "speaker": _name(a.speaker), "party": _name(a.party.name if a.party else None),
        "kind": a.party.kind if a.party else None, "country": _name(a.party.country) if a.party else None,
        "actor": _name(a.actor),
    }  # fmt: skip


def mention_rows(article: int, reading: Reading) -> list[Row]:
    """A reading's rows in ``mentions``, names as text."""
    text = reading.article.text
    return [{"article": article, "number": number, **_mention_row(m, text)} for number, m in enumerate(reading.mentions)]


def _mention_row(m: Mention, text: str) -> Row:
    row: Row = dict.fromkeys(("name", "said", "place_kind", "country", "lat", "lon", "first_day", "last_day", "value", "unit"))
    if isinstance(m, PlaceMention):
        place = {"name": _name(m.name), "said": _name(m.span.of(text)), "place_kind": m.place_kind, "country": _name(m.country)}
        return row | {"kind": "place"} | place | {"lat": _float(m.lat), "lon": _float(m.lon)}
    if isinstance(m, DateMention):
        return row | {"kind": "date", "first_day": clean(m.start), "last_day": clean(m.end)}
    return row | {"kind": "number", "value": float(m.value), "unit": _name(m.unit)}


def claim_row(seq: int, collection: str, claim: Claim) -> Row:
    """A claim's row in ``claim_docs``."""
    return {
        "seq": seq, "collection": collection, "articles": len({report.article for report in claim.reports}),
        "outlets": claim.outlets, "unattributed": claim.unattributed, "origins_min": claim.origins.min,
        "origins_max": claim.origins.max, "denials": len(claim.denials),
    }  # fmt: skip


def report_rows(seq: int, collection: str, claim: Claim) -> list[Row]:
    """A claim's rows in ``reports``."""
    return [
        {"claim": seq, "number": i, "collection": collection, "article": clean(r.article), "attribution": r.attribution}
        for i, r in enumerate(claim.reports)
    ]


def denial_rows(seq: int, collection: str, claim: Claim) -> list[Row]:
    """A claim's rows in ``denials``."""
    return [
        {"claim": seq, "number": i, "collection": collection, "article": clean(d.article)} for i, d in enumerate(claim.denials)
    ]


def claim_words(claim: Claim) -> Words:
    """The index keys of a claim's text."""
    return Words(tuple(keys(claim.text)[:MOST_WORDS]))


def _name(text: str | None) -> str | None:
    return None if text is None else clean(text)


def _float(value: float | None) -> float | None:
    return None if value is None else float(value)


#: Columns that hold the number of a name.
NAMED = {"docs": ("outlet",), "attributions": ("speaker", "party", "actor"), "mentions": ("name", "said")}


class Indexer:
    """Writes index rows in one transaction, in batches, and gives every name its number."""

    _FULL = 400

    def __init__(self, database: Database, connection: Connection) -> None:
        self._database = database
        self._connection = connection
        self._numbers: dict[str, int] = {}
        self._next = (connection.execute(select(func.max(names.c.seq))).scalar() or 0) + 1
        self._rows: dict[Table, list[Row]] = {
            table: [] for table in (docs, attributions, mentions, claim_docs, reports, denials)
        }
        self._words: dict[str, list[tuple[int, Words]]] = {"doc_words": [], "claim_words": []}

    def article(self, seq: int, collection: str, article: Article) -> None:
        """Enter an article."""
        self._rows[docs].append(doc_row(seq, collection, article))
        self._words["doc_words"].append((seq, article_words(article)))
        self._flush_if_full()

    def reading(self, article: int, reading: Reading) -> None:
        """Enter what was read in an article."""
        self._rows[attributions] += attribution_rows(article, reading)
        self._rows[mentions] += mention_rows(article, reading)

    def claim(self, seq: int, collection: str, claim: Claim) -> None:
        """Enter a claim."""
        self._rows[claim_docs].append(claim_row(seq, collection, claim))
        self._rows[reports] += report_rows(seq, collection, claim)
        self._rows[denials] += denial_rows(seq, collection, claim)
        self._words["claim_words"].append((seq, claim_words(claim)))
        self._flush_if_full()

    def forget_reading(self, article: int) -> None:
        """Take out the rows of an article's earlier reading."""
        self.flush()
        for table in (attributions, mentions):
            self._connection.execute(delete(table).where(table.c.article == article))

    def forget_article(self, seq: int, article: Article) -> None:
        """Take an earlier version of an article out of the search."""
        self.forget_reading(seq)
        self._connection.execute(delete(docs).where(docs.c.seq == seq))
        self._database.remove_words(self._connection, "doc_words", [(seq, article_words(article))])

    def forget_claims(self, claims: Sequence[tuple[int, Claim]]) -> None:
        """Take out the rows of claims, as they were entered."""
        self.flush()
        for part in _parts([seq for seq, _ in claims], self._FULL):
            self._connection.execute(delete(claim_docs).where(claim_docs.c.seq.in_(part)))
            for table in (reports, denials):
                self._connection.execute(delete(table).where(table.c.claim.in_(part)))
        self._database.remove_words(self._connection, "claim_words", [(seq, claim_words(claim)) for seq, claim in claims])

    def flush(self) -> None:
        """Write all rows that wait."""
        self._number_names()
        for table, rows in self._rows.items():
            if rows:
                self._connection.execute(insert(table), rows)
                rows.clear()
        for name, words in self._words.items():
            self._database.add_words(self._connection, name, words)
            words.clear()

    def _flush_if_full(self) -> None:
        waiting = [len(rows) for rows in self._rows.values()] + [len(words) for words in self._words.values()]
        if max(waiting) >= self._FULL:
            self.flush()

    def _number_names(self) -> None:
        named = [(table, NAMED.get(table.name, ())) for table in self._rows]
        wanted = {row[c] for table, columns in named for row in self._rows[table] for c in columns if row[c] is not None}
        missing = [name for name in wanted if name not in self._numbers]
        for part in _parts(missing, self._FULL):
            found = self._connection.execute(select(names.c.name, names.c.seq).where(names.c.name.in_(part)))
            self._numbers.update(mapping(found))
        fresh: list[Row] = []
        for name in sorted(name for name in missing if name not in self._numbers):
            self._numbers[name] = self._next
            fresh.append({"seq": self._next, "name": name, "key": name_key(name)})
            self._next += 1
        if fresh:
            self._connection.execute(insert(names), fresh)
        for table, columns in named:
            for row in self._rows[table]:
                for column in columns:
                    if row[column] is not None:
                        row[column] = self._numbers[row[column]]


def _parts(items: Sequence[Any], size: int) -> Iterable[Sequence[Any]]:
    return (items[i : i + size] for i in range(0, len(items), size))
