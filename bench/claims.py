"""Measure copies, claims, origins and the matching of statements against gold files given by the user.

    python bench/claims.py --pairs PAIRS.jsonl [MORE.jsonl ...] [--headlines STANCE.csv] [--ablate]
    python bench/claims.py --stories STORIES.jsonl --traces DIR
    python bench/claims.py --one-run STORIES.jsonl
    python bench/claims.py --speed ARTICLES.jsonl
    python bench/claims.py --orders ARTICLES.jsonl

``--pairs``: rows ``{pair, a, b, a_date, b_date, label}``, scored together and file by file. ``--headlines``: rows
``s1,s2,stance``. ``--ablate`` leaves groups of evidence out of the decision, one at a time. ``--stories`` writes what
``takhrij trace`` says of each group alone to DIR, for the gold's own scorer. ``--one-run`` traces all groups at once and
counts claims that join two. ``--speed`` compares finding copies with datasketch (installed by the user). ``--orders``
traces 300 articles in 20 orders.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from takhrij.claims import match_views, trace
from takhrij.claims.decide import decide
from takhrij.claims.features import Evidence, agreement
from takhrij.claims.views import StatementView, from_reading
from takhrij.pages.make import article_from_text
from takhrij.pipeline import read_article, trace_readings
from takhrij.records import Article, Reading, Trace
from takhrij.stories import find_copies
from takhrij.stories.bodies import body
from takhrij.stories.copies import COPIED, SHORTEST
from takhrij.stories.overlap import RUN, containment, runs

JOINED = {"same", "part"}
APART = {"contradict", "same_words_other_speaker"}
#: Groups of evidence to leave out, with the value that says "not known".
ABLATIONS: dict[str, tuple[tuple[str, ...], float]] = {
    "the encoder": (("cosine", "sentence_cosine", "cross_cosine", "party_cosine"), 0.5),
    "the speakers": (("party_less", "party_more", "party_cosine", "party_inside"), -1.0),
    "the days": (("days",), -1.0),
    "all conflicts": (
        ("numbers_over_less", "numbers_over_more", "numbers_clash", "nations_over_less", "nations_over_more",
         "reversals_less", "reversals_more", "opposed", "bound_opposed", "crossed", "exclusive", "negation", "negators",
         "conflicts", "conflicts_near"),
        0.0,
    ),
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, nargs="+", default=[])
    parser.add_argument("--headlines", type=Path)
    parser.add_argument("--ablate", action="store_true")
    parser.add_argument("--stories", type=Path)
    parser.add_argument("--traces", type=Path)
    parser.add_argument("--one-run", type=Path)
    parser.add_argument("--speed", type=Path)
    parser.add_argument("--orders", type=Path)
    given = parser.parse_args()
    if given.pairs:
        measure_pairs(given.pairs, given.ablate)
    if given.headlines:
        measure_headlines(given.headlines)
    if given.stories and given.traces:
        write_traces(given.stories, given.traces)
    if given.one_run:
        measure_one_run(given.one_run)
    if given.speed:
        measure_speed(rows(given.speed))
    if given.orders:
        measure_orders(rows(given.orders))


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def article(row: dict[str, Any]) -> Article:
    made = article_from_text(row["text"], str(row.get("id", "")), outlet=row.get("outlet"))
    return replace(made, id=str(row.get("id", "")), date=row.get("date"))


def view(text: str, date: str | None) -> StatementView:
    return from_reading(read_article(Article(id="", text=text, date=date)))


def measure_pairs(paths: Sequence[Path], ablate: bool) -> None:
    files = {path.name: rows(path) for path in paths}
    views = [
        (name, row["label"], view(row["a"], row.get("a_date")), view(row["b"], row.get("b_date")))
        for name, found in files.items()
        for row in found
    ]
    gold = [(name, label) for name, label, _, _ in views]
    seen = [agreement(a, b) for _, _, a, b in views]
    report("all evidence", gold, [decide(one)[0] for one in seen])
    for what, (names, value) in ABLATIONS.items() if ablate else ():
        report(f"without {what}", gold, [decide(without(one, names, value))[0] for one in seen])


def without(seen: Evidence, names: Sequence[str], value: float) -> Evidence:
    return {name: value if name in names else known for name, known in seen.items()}


def report(what: str, gold: Sequence[tuple[str, str]], said: Sequence[str]) -> None:
    names = list(dict.fromkeys(name for name, _ in gold))
    for name in ["together", *names] if len(names) > 1 else names:
        part = [(label, guess) for (of, label), guess in zip(gold, said, strict=True) if name in ("together", of)]
        bad = sum(label in APART and guess in JOINED for label, guess in part)
        right = sum(label == guess for label, guess in part) / len(part)
        print(f"{what:24s} {name:20s} same-or-part F1 {f1(part):.3f}  six-way {right:.3f}  wrongly joined {bad}")


def f1(part: Sequence[tuple[str, str]]) -> float:
    hits = sum(label in JOINED and guess in JOINED for label, guess in part)
    total = sum(label in JOINED for label, _ in part) + sum(guess in JOINED for _, guess in part)
    return 2 * hits / total if total else 0.0


def measure_headlines(path: Path) -> None:
    joined: dict[str, list[bool]] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            label = match_views(view(row["s1"], None), view(row["s2"], None)).label
            joined.setdefault(row["stance"], []).append(label in JOINED)
    for stance, found in sorted(joined.items()):
        print(f"headlines that {stance:10s} joined {sum(found) / len(found):.3f} of {len(found)}")


def write_traces(stories: Path, folder: Path) -> None:
    from takhrij.exchange.contract import trace_row
    from takhrij.exchange.jsontext import dumps

    folder.mkdir(parents=True, exist_ok=True)
    for group in rows(stories):
        told = trace_readings([read_article(article(row)) for row in group["articles"]])
        (folder / f"{group['story']}.json").write_text(dumps(trace_row(told)), encoding="utf-8")
    print(f"wrote the traces of {len(rows(stories))} groups: score them with the gold's own scorer")


def measure_one_run(stories: Path) -> None:
    story_of = {row["id"]: group["story"] for group in rows(stories) for row in group["articles"]}
    articles = {row["id"]: article(row) for group in rows(stories) for row in group["articles"]}
    told: Trace = trace_readings([read_article(one) for one in articles.values()])
    mixed = [claim for claim in told.claims if len({story_of[report.article] for report in claim.reports}) > 1]
    print(f"{len(told.claims)} claims of {len(articles)} articles; {len(mixed)} join two groups")
    for claim in mixed:
        print("   ", sorted({story_of[report.article] for report in claim.reports}), claim.text[:100])


def measure_speed(given: Sequence[dict[str, Any]]) -> None:
    articles = [article(row) for row in given if row.get("text", "").strip()]
    ours = timed("takhrij", len(articles), lambda: pairs_of(copy.ids for copy in find_copies(articles)))
    timed("datasketch in batches", len(articles), lambda: with_datasketch(articles, batches=True))
    theirs = timed("datasketch as its manual shows", len(articles), lambda: with_datasketch(articles))
    both, alone, other = len(ours & theirs), len(ours - theirs), len(theirs - ours)
    print(f"copies found by both {both}, by takhrij alone {alone}, by datasketch alone {other}")


def timed(name: str, count: int, find: Callable[[], set[tuple[str, str]]]) -> set[tuple[str, str]]:
    start = time.perf_counter()
    found = find()
    seconds = time.perf_counter() - start
    print(f"{name:30s} {len(found)} pairs in {seconds:.2f} s, {count / seconds:.0f} articles/s")
    return found


def pairs_of(sets: Any) -> set[tuple[str, str]]:
    return {(a, b) for ids in sets for i, a in enumerate(ids) for b in ids[i + 1 :]}


def with_datasketch(articles: Sequence[Article], *, batches: bool = False) -> set[tuple[str, str]]:
    """The same definition of a copy, with datasketch's MinHash and LSH to find the candidates.

    Its manual hashes run by run; ``batches`` gives it the runs of a body at once, already hashed by us.
    """
    from datasketch import MinHash, MinHashLSH

    bodies = [body(one) for one in articles]
    found = runs(bodies)
    index, sketches = MinHashLSH(threshold=0.3, num_perm=64), {}
    for at, one in enumerate(found):
        sketch = MinHash(num_perm=64)
        if batches:
            sketch.update_batch([int(run).to_bytes(8, "little") for run in one.hashes])
        else:
            words = bodies[at].words
            for run in {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}:
                sketch.update(run.encode())
        sketches[at] = sketch
        index.insert(at, sketch)
    near = {(i, j) for i, sketch in sketches.items() for j in index.query(sketch) if i < j}
    long = [(i, j) for i, j in near if min(found[i].words, found[j].words) >= SHORTEST]
    copies = [(i, j) for i, j in long if containment(found[i], found[j]) >= COPIED]
    return {tuple(sorted((found[i].id, found[j].id))) for i, j in copies}  # type: ignore[misc]


def measure_orders(given: Sequence[dict[str, Any]], orders: int = 20, most: int = 300) -> None:
    readings: list[Reading] = [read_article(article(row)) for row in given[:most]]
    first, pick = None, random.Random(1)
    for number in range(orders):
        copies = find_copies([reading.article for reading in readings])
        told = (copies, trace(readings, copies))
        if first is not None and told != first:
            raise SystemExit(f"order {number} gives other claims")
        first = first or told
        pick.shuffle(readings)
    print(f"{orders} orders of {len(readings)} articles give the same copies, claims and origins")


if __name__ == "__main__":
    main()
