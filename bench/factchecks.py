"""Measure whether a paraphrased query finds its fact-check among 600, in Arabic and in English.

    python bench/factchecks.py

The fact-checks and the queries are made of ``factcheck_words.tsv``: each of 30 subjects with each of 20 events, so that every
query has 19 neighbours of its subject and 29 of its event. 50 queries are Arabic paraphrases, 50 English.
"""

from __future__ import annotations

import random
import time
from pathlib import Path

from takhrij.claims import FactCheck, FactChecks

WORDS = Path(__file__).with_name("factcheck_words.tsv")
QUERIES, FIRST = 50, 5


def main() -> None:
    rows = [line.split("\t") for line in WORDS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    subjects = [row[1:] for row in rows if row[0] == "subject"]
    events = [row[1:] for row in rows if row[0] == "event"]
    pairs = [(subject, event) for subject in subjects for event in events]
    start = time.perf_counter()
    index = FactChecks(FactCheck(event[0].format(subject[0]), "", "", _url(subject, event)) for subject, event in pairs)
    print(f"{len(index)} fact-checks indexed in {time.perf_counter() - start:.2f} s")
    picked = random.Random(1).sample(pairs, 2 * QUERIES)
    total = 0
    for language, name, of in (("Arabic", 1, 0), ("English", 2, 1)):
        asked = picked[of * QUERIES : (of + 1) * QUERIES]
        start = time.perf_counter()
        ranks = [_rank(index, event[name].format(subject[of]), _url(subject, event)) for subject, event in asked]
        spent = 1000 * (time.perf_counter() - start) / len(asked)
        hits = sum(rank is not None and rank < FIRST for rank in ranks)
        top = sum(rank == 0 for rank in ranks)
        total += hits
        print(
            f"{language:8s} first {top / len(asked):.2f}, in the first {FIRST} {hits / len(asked):.2f}; {spent:.0f} ms a query"
        )
    print(f"together in the first {FIRST}: {total / (2 * QUERIES):.2f}")


def _url(subject: list[str], event: list[str]) -> str:
    return f"https://example.org/{subject[1]}/{event[2]}".replace(" ", "-")


def _rank(index: FactChecks, query: str, url: str) -> int | None:
    return next((at for at, found in enumerate(index.find(query, limit=len(index))) if found.check.url == url), None)


if __name__ == "__main__":
    main()
