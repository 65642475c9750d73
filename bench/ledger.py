"""Speed and size of a ledger on invented articles, beside the same rows in bare FTS5 or a bare tsvector, in one run.

    python bench/ledger.py                       20,000 statements in SQLite
    python bench/ledger.py --statements 200000              or 1000000
    python bench/ledger.py --ledger postgresql:///bench     an empty database

It prints one JSON object: adding per second, how the last tenth of adding compares with the first, bytes per statement,
and the 95th percentile of 50 mixed queries for ours and for the bare index. The bare index is fed the plain text, has no
lemmas, and answers the same words with its own rank, the rows and its own snippet.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from takhrij.ledger import Ledger, open_ledger
from takhrij.ledger.query import parse
from takhrij.ledger.words import key_of
from takhrij.records import Article, Attribution, Party, PlaceMention, Reading, Span

_PER_ARTICLE = 4
_NAMES = ["هيئة", "وزارة", "بلدية", "مصلحة", "نقابة", "جمعية", "إدارة", "لجنة", "شركة", "مديرية"]
_OF = ["الطرق", "الزراعة", "السهل", "المياه", "الصيادين", "التعليم", "الميناء", "الكهرباء", "القطارات", "الصحة", "الأرصاد"]
_VERBS = [("قالت", "state"), ("نفت", "deny"), ("أكدت", "confirm"), ("أعلنت", "state"), ("أفادت", "state"), ("اتهمت", "accuse")]
_NOUNS = [
    "جسر", "طريق", "محصول", "قمح", "مدرسة", "مستشفى", "ميناء", "سفينة", "قطار", "محطة",
    "سد", "نهر", "مطر", "عاصفة", "ملعب", "فريق", "لاعب", "مباراة", "سوق", "سعر",
    "مصنع", "عامل", "معلم", "طبيب", "مهندس", "كتاب", "مكتبة", "متحف", "مهرجان", "حديقة",
    "شجرة", "زيتون", "نخيل", "مزارع", "قرية", "مدينة", "حي", "شارع", "ساحة",
    "بيت", "خزان", "أنبوب", "بئر", "مضخة", "كابل", "محول", "عداد", "فاتورة", "رسوم",
    "ميزانية", "مشروع", "عقد", "مناقصة", "لجنة", "تقرير", "دراسة", "قرار",
    "اجتماع", "زيارة", "وفد", "اتفاق", "تدريب", "دورة", "شهادة", "امتحان", "طالب", "جامعة",
]  # fmt: skip
_ADJECTIVES = ["الجديد", "القديم", "الكبير", "الشمالي", "الجنوبي", "المركزي", "المتضرر", "المغلق", "المفتوح", "المؤقت"]
_ENDS = [
    "صباح الأحد",
    "قبل نهاية الشهر",
    "بعد صيانة طويلة",
    "بسبب الأمطار",
    "وفق بيان نشر أمس",
    "في السهل الشرقي",
    "للمرة الثانية",
]


def words(count: int) -> list[str]:
    """A vocabulary with a long tail, as text has: common nouns, and made-up names that are rare."""
    chance = random.Random(7)
    letters = "بتجحدرزسشصطعفقكلمنهوي"
    return _NOUNS + ["".join(chance.choice(letters) for _ in range(chance.randint(4, 7))) for _ in range(count)]


def articles(count: int) -> Iterator[Reading]:
    """Invented articles of four statements each, about 150 words long; made as they are asked for."""
    vocabulary = words(20_000)
    weights = [1 / (rank + 3) for rank in range(len(vocabulary))]
    cumulative = [sum(weights[:1])]
    for weight in weights[1:]:
        cumulative.append(cumulative[-1] + weight)
    chance = random.Random(11)

    def some(number: int) -> str:
        return " ".join(chance.choices(vocabulary, cum_weights=cumulative, k=number))

    for number in range(count):
        lines = [f"{some(4)} {chance.choice(_ENDS)}"]
        marks: list[tuple[int, int, int, int, int, str, str]] = []
        at = len(lines[0]) + 1
        for _ in range(_PER_ARTICLE):
            verb, act = chance.choice(_VERBS)
            speaker = f"{chance.choice(_NAMES)} {chance.choice(_OF)}" + (f" {some(1)}" if chance.random() < 0.3 else "")
            content = f"{some(12)} {chance.choice(_ADJECTIVES)} {chance.choice(_ENDS)}"
            line = f"{verb} {speaker} أن {content}. {some(14)}."
            source = len(verb) + 1
            told = source + len(speaker) + 4
            marks.append((at, at + len(verb), at + source, at + told, at + told + len(content), speaker, act))
            lines.append(line)
            at += len(line) + 1
        text = "\n".join(lines)
        attributions = tuple(
            Attribution(
                Span(cue, cue_end), (Span(told, told_end),), act, Span(source, source + len(speaker)), speaker,  # type: ignore[arg-type]
                Span(source, source + len(speaker)), party=Party(speaker, "state_body", "JO"), confidence=0.9,
                polarity="denied" if act == "deny" else "asserted",
            )
            for cue, cue_end, source, told, told_end, speaker, act in marks
        )  # fmt: skip
        where = chance.randrange(400)
        place = PlaceMention(Span(0, 4), f"موضع {where}", "settlement", "JO", 29 + where * 0.01, 35 + where * 0.01)
        day = f"20{10 + number * 10 // count:02}-{1 + number % 12:02}-{1 + number % 28:02}"
        article = Article(f"bench/{number}.html", text, lines[0], None, day, outlet=f"صحيفة {number % 60}")
        yield Reading(article, attributions, (place,))


def queries() -> list[str]:
    """Fifty: common and rare words, two and three words, phrases."""
    chance = random.Random(13)
    vocabulary = words(20_000)
    common, middle, rare = _NOUNS[:30], vocabulary[80:1000], vocabulary[1000:12_000]
    asked = [chance.choice(common) for _ in range(10)]
    asked += [chance.choice(middle) for _ in range(8)] + [chance.choice(rare) for _ in range(7)]
    asked += [f"{chance.choice(common)} {chance.choice(_NOUNS)}" for _ in range(10)]
    asked += [f"{chance.choice(common)} {chance.choice(middle)} {chance.choice(_OF)}" for _ in range(8)]
    asked += [f'"{chance.choice(_NAMES)} {chance.choice(_OF)}"' for _ in range(7)]
    return asked


def p95(seconds: list[float]) -> float:
    """The 95th percentile, in milliseconds."""
    return round(1000 * statistics.quantiles(seconds, n=20)[-1], 3)


def timed(asked: list[str], answer: Callable[[str], int], rounds: int) -> tuple[list[float], int]:
    """The best time of each query over some rounds, after one round to warm up; and the hits in all."""
    hits = sum(answer(query) for query in asked)
    best = [min(_once(answer, query) for _ in range(rounds)) for query in asked]
    return best, hits


def _once(answer: Callable[[str], int], query: str) -> float:
    start = time.perf_counter()
    answer(query)
    return time.perf_counter() - start


def bare_sqlite(path: Path, readings: Iterator[Reading]) -> Callable[[str], int]:
    """The same rows in a plain FTS5 table that keeps its text."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE VIRTUAL TABLE bare USING fts5(id UNINDEXED, title, body)")
    with connection:
        rows = ((r.article.id, r.article.title, r.article.text.partition("\n")[2]) for r in readings)
        connection.executemany("INSERT INTO bare VALUES (?, ?, ?)", rows)
    sql = "SELECT id, title, body, snippet(bare, 2, '[', ']', '...', 24) FROM bare WHERE bare MATCH ? ORDER BY rank LIMIT 20"

    def answer(query: str) -> int:
        found = query if query.startswith('"') else " ".join(f'"{word}"' for word in query.split())
        rows = connection.execute(sql, (found,)).fetchall()
        connection.execute("SELECT count(*) FROM bare WHERE bare MATCH ?", (found,)).fetchone()
        return len(rows)

    return answer


def bare_postgres(ledger: Ledger, readings: Iterator[Reading]) -> Callable[[str], int]:
    """The same rows in a plain table with a tsvector of its text."""
    engine = ledger.database.engine
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS bare")
        connection.exec_driver_sql("CREATE TABLE bare (id text, title text, body text, words tsvector)")
        sql = "INSERT INTO bare VALUES (%s, %s, %s, setweight(to_tsvector('simple', %s), 'A') || to_tsvector('simple', %s))"
        for r in readings:
            title, body = r.article.title, r.article.text.partition("\n")[2]
            connection.exec_driver_sql(sql, (r.article.id, title, body, title, body))
        connection.exec_driver_sql("CREATE INDEX bare_words ON bare USING gin (words)")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE bare")
    sql = (
        "SELECT id, title, body, ts_headline('simple', body, q) FROM (SELECT id, title, body, q FROM bare,"
        " {parser}('simple', %s) q WHERE words @@ q ORDER BY ts_rank(words, q) DESC LIMIT 20) best"
    )
    count = "SELECT count(*) FROM bare, {parser}('simple', %s) q WHERE words @@ q"

    def answer(query: str) -> int:
        parser = "phraseto_tsquery" if query.startswith('"') else "plainto_tsquery"
        with engine.connect() as connection:
            rows = connection.exec_driver_sql(sql.format(parser=parser), (query,)).all()
            connection.exec_driver_sql(count.format(parser=parser), (query,)).all()
        return len(rows)

    return answer


def size(ledger: Ledger) -> int:
    """Bytes of the whole ledger without evidence."""
    if ledger.database.engine.dialect.name == "sqlite":
        with ledger.database.reading() as connection:
            pages, page = (connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_count", "page_size"))
        return int(pages) * int(page)
    with ledger.database.reading() as connection:
        return int(
            connection.exec_driver_sql(
                "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                " WHERE n.nspname = current_schema() AND c.relkind = 'r' AND c.relname <> 'bare'"
            ).scalar_one()
        )


def add(ledger: Ledger, count: int) -> tuple[list[float], list[float]]:
    """Seconds that each tenth of adding took, on the clock and of this process (another's work and a busy disk show in the
    first only; so does the server's own work)."""
    readings = articles(count)
    for word in words(20_000):  # so that the first tenth is not charged with meeting each word for the first time
        key_of(word)
    step = max(1, count // 10)
    tenths, busy = [], []
    with ledger.writer("bench") as writer:
        for _ in range(10):
            part = list(islice(readings, step))
            began, worked = time.perf_counter(), time.process_time()
            writer.add_many(part)
            tenths.append(time.perf_counter() - began)
            busy.append(time.process_time() - worked)
        writer.add_many(readings)
    return tenths, busy


def main() -> int:
    """Run it and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=20_000)
    parser.add_argument("--ledger", help="a path or postgresql:// address of an empty ledger; a temporary file otherwise")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="takhrij-bench-") as name:
        folder = Path(name)
        with open_ledger(options.ledger or folder / "ledger.db", evidence_folder=folder / "evidence") as ledger:
            figures = measure(ledger, options.statements // _PER_ARTICLE, options.rounds, folder)
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    return 0


def measure(ledger: Ledger, count: int, rounds: int, folder: Path) -> dict[str, object]:
    """All figures over ``count`` articles."""
    tenths, busy = add(ledger, count)
    if ledger.database.engine.dialect.name == "postgresql":
        with ledger.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
        bare = bare_postgres(ledger, articles(count))
    else:
        bare = bare_sqlite(folder / "bare.db", articles(count))
    views = ledger.views()
    asked = queries()
    bare_times, bare_hits = timed(asked, bare, rounds)
    our_times, our_hits = timed(asked, lambda query: len(views.search(query).hits), rounds)
    assert all(parse(query)[0].wanted for query in asked)
    ours, theirs = p95(our_times), p95(bare_times)
    began = time.perf_counter()
    report = ledger.verify()
    return {
        "store": ledger.database.engine.dialect.name,
        "statements": count * _PER_ARTICLE,
        "articles": count,
        "added_statements_per_s": round(count * _PER_ARTICLE / sum(tenths)),
        "tenths_s": [round(seconds, 2) for seconds in tenths],
        "tenths_cpu_s": [round(seconds, 2) for seconds in busy],
        "last_tenth_to_first": round(tenths[-1] / tenths[0], 3),
        "last_tenth_to_first_cpu": round(busy[-1] / busy[0], 3),
        "bytes_per_statement": round(size(ledger) / (count * _PER_ARTICLE)),
        "queries": len(asked),
        "p95_ms": ours,
        "bare_p95_ms": theirs,
        "ratio": round(ours / theirs, 2),
        "median_ms": round(1000 * statistics.median(our_times), 3),
        "bare_median_ms": round(1000 * statistics.median(bare_times), 3),
        "hits_shown": our_hits,
        "bare_hits_shown": bare_hits,
        "verify_s": round(time.perf_counter() - began, 2),
        "clean": report.clean,
    }


if __name__ == "__main__":
    sys.exit(main())
