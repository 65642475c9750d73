"""How long adding one article with its claims joined takes, to a small ledger and to one ten times as large, in one run.

    python bench/joining.py                                    10,000 and 100,000 statements, in SQLite
    python bench/joining.py --statements 2000 20000 --rounds 20
    python bench/joining.py --ledgers postgresql:///small postgresql:///large     empty, or filled by an earlier run

The ledgers hold invented articles (``bench/ledger.py``), each statement a claim of its own. The articles added are drawn from
theirs: another outlet's, of the same day, with the same statements in another order under another headline. Both ledgers take
turns. It prints one JSON object: the medians in seconds, on the clock and of this process, their ratios, how many of the added
statements found their claim.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).parent.parent))
from bench.ledger import articles
from takhrij.claims.trace import build, denied_by, ground_of
from takhrij.claims.units import units
from takhrij.joining import settle
from takhrij.ledger import Ledger, open_ledger
from takhrij.records import Article, Attribution, Claim, Reading, Span, Trace

_PER_ARTICLE = 4
#: Additions before any is timed.
_WARM = 3


def main() -> int:
    """Run it and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, nargs=2, default=(10_000, 100_000), metavar="N")
    parser.add_argument("--ledgers", nargs=2, metavar="LEDGER", help="empty ones, or filled by this; temporary files otherwise")
    parser.add_argument("--rounds", type=int, default=25)
    given = parser.parse_args()
    print(json.dumps(measure(given.statements, given.rounds, given.ledgers), ensure_ascii=False, indent=1))
    return 0


def measure(statements: tuple[int, int], rounds: int, where: list[str] | None = None) -> dict[str, object]:
    """All figures for two ledgers of so many statements."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="takhrij-bench-")))
        paths = where or [str(folder / f"{number}.db") for number in range(2)]
        ledgers = [stack.enter_context(open_ledger(path, evidence_folder=folder / "evidence")) for path in paths]
        for ledger, number in zip(ledgers, statements, strict=True):
            if not ledger.views().newest():
                fill(ledger, number // _PER_ARTICLE)
        sizes = [number // _PER_ARTICLE for number in statements]
        clock: list[list[float]] = [[], []]
        worked: list[list[float]] = [[], []]
        found = [0, 0]
        chosen = [iter(retold(size, rounds + _WARM)) for size in sizes]
        for number in range(rounds + _WARM):
            for at, ledger in enumerate(ledgers):
                reading = next(chosen[at])
                began, busy = time.perf_counter(), time.process_time()
                add(ledger, reading)
                seconds, cpu = time.perf_counter() - began, time.process_time() - busy
                if number >= _WARM:
                    clock[at].append(seconds)
                    worked[at].append(cpu)
                    found[at] += joined(ledger, reading)
        clean = [ledger.verify().clean for ledger in ledgers]
    medians = [round(statistics.median(one), 4) for one in clock]
    busy_medians = [round(statistics.median(one), 4) for one in worked]
    return {
        "statements": list(statements), "articles": sizes, "rounds": rounds, "median_s": medians,
        "ratio": round(medians[1] / medians[0], 2), "median_cpu_s": busy_medians,
        "ratio_cpu": round(busy_medians[1] / busy_medians[0], 2), "slowest_s": [round(max(one), 3) for one in clock],
        "statements_joined": [f"{number} of {rounds * _PER_ARTICLE}" for number in found], "clean": clean,
    }  # fmt: skip


def fill(ledger: Ledger, count: int) -> None:
    """``count`` articles, and a claim for each statement."""
    began = time.perf_counter()
    with ledger.writer("bench") as writer:
        writer.add_many(articles(count))
        print(f"{count} articles added in {time.perf_counter() - began:.0f} s", file=sys.stderr)
        claims = tuple(claim for reading in articles(count) for claim in alone(reading))
        print(f"{len(claims)} claims by {time.perf_counter() - began:.0f} s", file=sys.stderr)
        writer.put_trace(Trace(tuple(Reading(Article(f"bench/{number}.html", "")) for number in range(count)), (), claims))
    print(f"kept by {time.perf_counter() - began:.0f} s", file=sys.stderr)


def alone(reading: Reading) -> Iterator[Claim]:
    """The claims of an article that nobody else repeats, as a trace gives them: each statement one."""
    ground = ground_of([reading], (), frozenset())
    for unit in units([reading]):
        if unit.attribution is None:
            continue
        if unit.denies:
            yield build([], [unit], denied_by([unit], ground))
        else:
            yield build([unit], (), ground)


def retold(count: int, number: int) -> Iterator[Reading]:
    """``number`` new articles, each of another outlet, that say what one of the first ``count`` articles says."""
    step = count // (number + 1)
    chance = random.Random(17)
    for at, reading in enumerate(articles(count)):
        if at and at % step == 0 and number:
            number -= 1
            yield again(reading, chance)


def again(reading: Reading, chance: random.Random) -> Reading:
    """The statements of an article in another order, under another headline."""
    old = reading.article
    lines = [" ".join(chance.sample(old.title.split(), 3))]
    moved: list[Attribution] = []
    for a in chance.sample(reading.attributions, len(reading.attributions)):
        start = old.text.rfind("\n", 0, a.cue.start) + 1
        by = sum(len(line) + 1 for line in lines) - start
        lines.append(old.text[start : a.content[0].end] + ".")
        content = tuple(Span(span.start + by, span.end + by) for span in a.content)
        source = Span(a.source.start + by, a.source.end + by) if a.source else None
        cue = Span(a.cue.start + by, a.cue.end + by)
        moved.append(replace(a, cue=cue, content=content, source=source, speaker_span=source))
    article = replace(old, id=f"again/{uuid4().hex}/{old.id}", text="\n".join(lines), title=lines[0], outlet="جريدة أخرى")
    return Reading(article, tuple(moved))


def add(ledger: Ledger, reading: Reading) -> None:
    """What ``takhrij add`` does with one article that is read."""
    with ledger.writer("bench") as writer:
        writer.add(reading)
        settle(writer, ledger.views())


def joined(ledger: Ledger, reading: Reading) -> int:
    """How many statements of an article stand in a claim with those of another, or beside one as its denial."""
    name = reading.article.id
    told: dict[int, set[str]] = defaultdict(set)
    for claim in ledger.views().claims_of([name]):
        parts = [(one.article, one.attribution) for one in claim.reports] + [(d.article, d.attribution) for d in claim.denials]
        for article, number in parts:
            if article == name and number is not None:
                told[number] |= {other for other, _ in parts} - {name}
    return sum(bool(others) for others in told.values())


if __name__ == "__main__":
    sys.exit(main())
