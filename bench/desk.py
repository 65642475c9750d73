"""The desk under fifty readers beside an adding process: how long pages take, how much memory the server holds, how much
the first screen weighs.

    python bench/desk.py                                  2,000 articles, 20 seconds
    python bench/desk.py --articles 31000 --seconds 60    the size of a year of a large desk
    python bench/desk.py --articles 31000 --ledger kept.db   keeps the ledger for the next run

It prints one JSON object. Each reader opens the first screen or a claim's page in turn (claims drawn as readers draw them:
the widest spread most often), rests for a time drawn around ``--rest`` seconds, and goes on; latencies are from opening a
connection to the last byte had. The adding process keeps new articles as ``takhrij add`` does,
one at a time, as fast as reading Arabic would give them (``--pace``). ``burst`` is the pages per second with no rest.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from socket import create_server
from urllib.parse import quote
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).parent.parent))
from bench.ledger import articles
from takhrij.ledger import Ledger, open_ledger
from takhrij.records import (
    Article,
    ChainLink,
    Claim,
    CopySet,
    Denial,
    Event,
    OriginParty,
    Origins,
    Page,
    Reading,
    Report,
    Statement,
    Trace,
)

READERS = 50
#: The bars: milliseconds for the 95th percentile, megabytes of memory, kilobytes of the first screen without fonts.
BARS = {"p95_ms": 150, "memory_mb": 500, "first_screen_kb": 200}
_AGENCIES = ["وكالة أنباء السهل", "وكالة الميناء", "وكالة أنباء الجبل"]


@dataclass(frozen=True, slots=True)
class Load:
    """How the readers behave: seconds of the run, seconds of rest between two pages (0 for none)."""

    seconds: float
    rest: float
    readers: int = READERS


def fill(ledger: Ledger, count: int) -> None:
    """``count`` articles with pages, and claims over them: some in a hundred articles, most in one or two."""
    began = time.perf_counter()
    with ledger.writer("bench") as writer:
        writer.add_many(preserved(articles(count)))
        print(f"added in {time.perf_counter() - began:.0f} s", file=sys.stderr)
        bare = tuple(Reading(Article(f"bench/{number}.html", "")) for number in range(count))
        writer.put_trace(Trace(bare, tuple(copy_sets(count)), tuple(claims(count))))
    print(f"traced by {time.perf_counter() - began:.0f} s", file=sys.stderr)


def preserved(readings: Iterator[Reading]) -> Iterator[tuple[Reading, Page]]:
    """Readings with a page each."""
    for reading in readings:
        article = reading.article
        page = Page(article.id, f"<html><body>{article.text}</body></html>".encode(), media_type="text/html; charset=utf-8")
        yield replace(reading, article=replace(article, page_sha256=page.sha256)), page


def sizes(count: int) -> list[int]:
    """In how many articles each claim is: two reports for each article in all."""
    found: list[int] = []
    while sum(found) < 2 * count:
        found.append(max(1, int(min(120, count // 4) / (len(found) + 1) ** 0.6)))
    return found


def claims(count: int) -> Iterator[Claim]:
    """The claims, each of real spans of its articles."""
    chance = random.Random(5)
    whole = list(articles(count))
    for number, size in enumerate(sizes(count)):
        carriers = sorted(chance.sample(range(count), min(size, count)))
        yield _claim(number, [whole[i] for i in carriers], chance)


def _claim(number: int, readings: Sequence[Reading], chance: random.Random) -> Claim:
    reports, events, parties = [], [], {}
    for reading in readings:
        article, at = reading.article, chance.randrange(len(reading.attributions))
        said = reading.attributions[at]
        bare = chance.random() < 0.15
        name = f"{said.speaker} {number % 7}"
        chain = [ChainLink("outlet", article.outlet or "")]
        if not bare:
            chain += [ChainLink("agency", chance.choice(_AGENCIES))] if chance.random() < 0.4 else []
            chain.append(ChainLink("speaker", name))
            parties.setdefault(name, OriginParty(name, None, True, True, why="speaks at first hand", why_ar="تكلّم بنفسه"))
        reports.append(Report(article.id, None if bare else at, said.content[0], None if bare else 0, tuple(chain)))
        if len(events) < 12:
            events.append(Event("origin_named", article.date, article.id, f"{name} named as origin", f"تسمية {name} مصدرًا"))
    denials = tuple(
        Denial(str(r.attributions[0].speaker), "whole", r.article.id, 0) for r in readings[:3] if chance.random() < 0.1
    )
    first = readings[0]
    text = first.attributions[0].content[0].of(first.article.text)
    listed = tuple(parties.values())[:12]
    outlets = len({reading.article.outlet for reading in readings})
    unattributed = sum(report.attribution is None for report in reports)
    origins = Origins(min(1, len(listed)), len(listed), listed)
    statement = Statement(listed[0].name if listed else None, None, "state", "asserted")
    return Claim(f"{number:016x}", text, (statement,), tuple(reports), outlets, unattributed, origins, denials, tuple(events))


def copy_sets(count: int) -> Iterator[CopySet]:
    """A tenth of the articles in sets of three."""
    chance = random.Random(3)
    for _ in range(count // 30):
        ids = tuple(f"bench/{i}.html" for i in sorted(chance.sample(range(count), 3)))
        yield CopySet(ids, ids[0], "first by day")


def adding(where: str, pace: float) -> None:
    """Add one article after the other until ended, ``pace`` seconds apart at least."""
    with open_ledger(where, create=False) as ledger, ledger.writer("adding") as writer:
        for reading, page in preserved(articles(1_000_000)):
            began = time.perf_counter()
            name = f"adding/{os.getpid()}/{time.time_ns()}"
            writer.add(replace(reading, article=replace(reading.article, id=name)), page)
            time.sleep(max(0.0, pace - (time.perf_counter() - began)))


@contextmanager
def process(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is ended at the end."""
    started = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield started
    finally:
        started.send_signal(signal.SIGINT)
        try:
            started.wait(10)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


def free_port() -> int:
    """A port that nothing listens on."""
    with create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def wait_for(address: str) -> None:
    """Until the desk answers, its languages loaded."""
    for _ in range(600):
        try:
            with urlopen(address) as answer:
                answer.read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the desk does not answer")


class Reader:
    """One reader."""

    def __init__(self, port: int, seed: int, ids: Sequence[str]) -> None:
        self._port = port
        self._chance = random.Random(seed)
        self._ids = ids
        self.times: dict[str, list[float]] = {"/": [], "/claim": []}

    async def read(self, load: Load) -> None:
        """Open pages until the time is over."""
        until = time.perf_counter() + load.seconds
        await asyncio.sleep(self._chance.random() * load.rest)
        while time.perf_counter() < until:
            kind = self._chance.choice(("/", "/claim"))
            began = time.perf_counter()
            await fetch(self._port, kind if kind == "/" else f"/claim?id={quote(self._claim())}")
            self.times[kind].append(time.perf_counter() - began)
            if load.rest:
                await asyncio.sleep(self._chance.expovariate(1 / load.rest))

    def _claim(self) -> str:
        """Half the time one of the thirty widest, else any."""
        most = 30 if self._chance.random() < 0.5 else len(self._ids)
        return self._ids[self._chance.randrange(min(most, len(self._ids)))]


async def fetch(port: int, path: str) -> None:
    """One page over a new connection, read whole."""
    reading, writing = await asyncio.open_connection("127.0.0.1", port)
    writing.write(f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n".encode())
    answer = await reading.read()
    assert answer.startswith(b"HTTP/1.1 200"), answer[:200]
    writing.close()


def crowd(port: int, load: Load, ids: Sequence[str]) -> dict[str, list[float]]:
    """The seconds that each page took, by kind."""
    readers = [Reader(port, seed, ids) for seed in range(load.readers)]

    async def all_of_them() -> None:
        await asyncio.gather(*(reader.read(load) for reader in readers))

    asyncio.run(all_of_them())
    return {kind: [t for reader in readers for t in reader.times[kind]] for kind in ("/", "/claim")}


def p95(seconds: Sequence[float]) -> float:
    """The 95th percentile, in milliseconds."""
    return round(1000 * statistics.quantiles(seconds, n=20)[-1], 1) if len(seconds) > 1 else float("nan")


def memory_mb(pid: int) -> float | None:
    """The most memory that a process has held, in megabytes, where the system tells (Linux)."""
    status = Path(f"/proc/{pid}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return round(int(found[1]) / 1024, 1) if found else None


def cpu_s(pid: int) -> float:
    """Seconds of the processor that a process has used, where the system tells (Linux)."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return float("nan")
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def first_screen_kb(base: str) -> float:
    """What the first screen loads, fonts left out, as it is sent."""
    with urlopen(base + "/") as answer:
        page = answer.read()
    links = re.findall(rb'(?:href|src)="(/static/[^"]+)"', page)
    size = len(page)
    for link in links:
        with urlopen(base + link.decode()) as answer:
            size += len(answer.read())
    return round(size / 1000, 1)


def measure(where: str, ids: Sequence[str], seconds: float, rest: float, pace: float) -> dict[str, object]:
    """All figures over a ledger that is filled."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with process("-m", "takhrij", "serve", "--ledger", where, "--port", str(port)) as server:
        wait_for(base + "/")
        for path in ("/", f"/claim?id={ids[0]}", f"/claim/timeline.svg?id={ids[0]}", "/search?q=جسر", "/check?q=جسر سليم"):
            wait_for(base + quote(path, safe="/?=&"))
        with process(__file__, "--adding", where, "--pace", str(pace)):
            began = cpu_s(server.pid)
            times = crowd(port, Load(seconds, rest), ids)
            used = cpu_s(server.pid) - began
        burst = crowd(port, Load(min(10.0, seconds), 0), ids)
        pages = sum(map(len, times.values()))
        return {
            "readers": READERS,
            "rest_s": rest,
            "pages": pages,
            "pages_per_s": round(pages / seconds, 1),
            "first_screen_p95_ms": p95(times["/"]),
            "first_screen_median_ms": round(1000 * statistics.median(times["/"]), 1),
            "claim_p95_ms": p95(times["/claim"]),
            "claim_median_ms": round(1000 * statistics.median(times["/claim"]), 1),
            "server_cpu_ms_per_page": round(1000 * used / pages, 1),
            "burst_pages_per_s": round(sum(map(len, burst.values())) / min(10.0, seconds), 1),
            "memory_mb": memory_mb(server.pid),
            "first_screen_kb": first_screen_kb(base),
            "bars": BARS,
        }


def main() -> int:
    """Run it and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rest", type=float, default=3, help="seconds that a reader rests between two pages")
    parser.add_argument("--pace", type=float, default=0.15, help="seconds between two articles that are added")
    parser.add_argument("--ledger", help="where to make the ledger, or one that an earlier run made")
    parser.add_argument("--adding", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.adding:
        adding(options.adding, options.pace)
        return 0
    with tempfile.TemporaryDirectory(prefix="takhrij-bench-") as name:
        where = options.ledger or str(Path(name) / "desk.db")
        fresh = not Path(where).exists()
        with open_ledger(where) as ledger:
            if fresh:
                fill(ledger, options.articles)
            views = ledger.views()
            total = views.totals()
            ids = [f"{number:016x}" for number in islice(range(total.claims), 5000)]
        figures = measure(where, ids, options.seconds, options.rest, options.pace)
    print(json.dumps({"articles": total.articles, "claims": total.claims, **figures}, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
