"""Kills writers at random moments and looks whether the ledger minds; then two writers and ten readers at once.

    python tests/soak/ledger_soak.py --kills 60
    python tests/soak/ledger_soak.py --ledger postgresql:///soak     an empty database

Each round starts a process that adds, reads anew, backs up or brings old tables up to date, and sends it SIGKILL after a
random while, as often as asked. After each kill ``verify`` must find nothing. At the end the work is run once more to its
end, and the ledger must hold what an undisturbed one holds. Then two processes write, articles of their own and versions of
one that both revise, while ten read. Exit 0 where all of this is so.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "contract"))
import ledger_samples as samples
from older_tables import make_old

from takhrij.errors import LedgerBusy
from takhrij.ledger import Ledger, open_ledger, restore
from takhrij.records import Article, Page, Reading

MODES = ("add", "reread", "backup", "migrate")
#: The article that all writers of the crowd revise.
SHARED = "shared"


def item(number: int, anew: bool) -> tuple[Reading, Page]:
    """An article with its page; read anew, its one attribution is read otherwise."""
    reading = samples.generated(number)
    page = Page(reading.article.id, reading.article.text.encode(), media_type="text/plain")
    attributions = (
        tuple(replace(a, confidence=0.5, act="confirm") for a in reading.attributions) if anew else reading.attributions
    )
    return replace(reading, article=replace(reading.article, page_sha256=page.sha256), attributions=attributions), page


@dataclass(frozen=True, slots=True)
class Job:
    """What a child process does: its mode, how many articles or seconds, and a number that tells it from the others."""

    mode: str
    amount: float
    number: int = 0


def work(job: Job, where: str, evidence: str) -> dict[str, int]:
    """What a child process does, from the beginning each time, as a user who runs the command again does."""
    with open_ledger(where, evidence_folder=evidence) as ledger:
        if job.mode == "write":
            return write(ledger, job.number, job.amount)
        if job.mode == "read":
            return read(ledger, job.amount)
        if job.mode == "backup":
            for number in range(int(job.amount)):
                target = Path(evidence).parent / f"soak-{time.time_ns()}-{number}.zip"
                ledger.backup(target)
                target.unlink()
        if job.mode in ("add", "reread"):
            anew = job.mode == "reread"
            # A reader of its own each time, so that there is something to read anew each time.
            with ledger.writer("soak", extractor=f"2.{job.number}" if anew else "1") as writer:
                writer.add_many((item(number, anew) for number in range(int(job.amount))), size=8)
    return {}


def child(job: Job, where: str, evidence: Path) -> subprocess.Popen[str]:
    """Start a child process."""
    told = ["--child", job.mode, "--count", str(job.amount), "--number", str(job.number)]
    command = [sys.executable, __file__, *told, "--ledger", where, "--evidence", str(evidence)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def age(where: str, evidence: Path) -> None:
    """Take a ledger back to the tables of the first revision, as an older takhrij left them."""
    with open_ledger(where, evidence_folder=evidence):
        pass
    make_old(where)


def killed_rounds(where: str, evidence: Path, kills: int, count: int, chance: random.Random) -> Counter[str]:
    """Start children and kill ``kills`` of them; how many of each mode were, how many had finished before, how many of the
    kills left something that ``verify`` finds.
    """
    tally = Counter[str]()
    patience = dict.fromkeys(MODES, 1.0)
    number = 0
    while sum(tally[mode] for mode in MODES) < kills:
        number += 1
        assert number < 20 * kills, f"children finish before they can be killed: {tally}"
        done = sum(tally[mode] for mode in MODES)
        mode = chance.choice(("add",) if done < kills // 4 else MODES)
        if mode == "migrate":
            age(where, evidence)
        # There is something left to add each time, as the amount grows to all of it.
        process = child(Job(mode, max(8, count * (done + 1) // kills), number), where, evidence)
        assert process.stdout is not None
        process.stdout.readline()
        try:
            _, errors = process.communicate(timeout=chance.uniform(0, patience[mode]))
            if process.returncode:
                raise SystemExit(f"a child failed: {errors[-500:]}")
            tally["finished"] += 1
            patience[mode] *= 0.7  # how long the work takes is learned from how often it finishes
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            tally[mode] += 1
            patience[mode] *= 1.1
        with open_ledger(where, evidence_folder=evidence) as ledger:
            problems = ledger.verify().problems
        if problems:
            tally["unclean"] += 1
            print(f"after {mode}: {problems}", file=sys.stderr)
    return tally


def state(ledger: Ledger) -> str:
    """What a ledger holds, as one comparable text: no numbers, no times, no chain."""
    views = ledger.views()
    rows = []
    for reading in views.readings():
        kept = views.article(reading.article.id)
        assert kept is not None
        page = ledger.page(reading.article.page_sha256 or "")
        rows.append((repr(reading), len(kept.versions), page.sha256 if page else ""))
    found = [
        [hit.id for hit in views.search(query, limit=1000).hits] for query in ("الجسر", "قال", "أعلنت صيانة", "act:confirm")
    ]
    return json.dumps([sorted(rows), [sorted(ids) for ids in found], [repr(o) for o in views.outlets()]], ensure_ascii=False)


def undisturbed(folder: Path, count: int) -> str:
    """The state of a ledger in which nobody was killed."""
    where, evidence = str(folder / "calm.db"), str(folder / "calm.evidence")
    for mode in ("add", "reread"):
        work(Job(mode, count), where, evidence)
    with open_ledger(where, evidence_folder=evidence) as ledger:
        return state(ledger)


def finish(where: str, evidence: Path, count: int) -> str:
    """Run the work to its end over a disturbed ledger; its state, and that a backup of it restores."""
    for mode in ("add", "reread"):
        work(Job(mode, count), where, str(evidence))
    with open_ledger(where, evidence_folder=evidence) as ledger:
        assert ledger.verify().problems == []
        head = ledger.backup(evidence.parent / "end.zip")
        found = state(ledger)
    assert restore(evidence.parent / "end.zip", evidence.parent / "end.db") == head
    with open_ledger(evidence.parent / "end.db") as restored:
        assert state(restored) == found
    return found


def write(ledger: Ledger, number: int, seconds: float) -> dict[str, int]:
    """Add articles of one's own, and revise the one that all writers revise, until the time is over."""
    tally = {"articles": 0, "revisions": 0, "busy": 0}
    until = time.monotonic() + seconds
    with ledger.writer(f"writer {number}") as writer:
        while time.monotonic() < until or not tally["articles"]:  # a starved machine gives one batch at least
            first = number * 1_000_000 + tally["articles"]
            text = f"{samples.WATER}\nكتبه {number} في المرة {tally['revisions']}."
            try:
                with writer.batch():
                    writer.add_many([item(n, anew=False) for n in range(first, first + 10)])
                    writer.add(Reading(Article(SHARED, text)))
            except LedgerBusy:
                tally["busy"] += 1
            else:
                tally["articles"] += 10
                tally["revisions"] += 1
    return tally


def read(ledger: Ledger, seconds: float) -> dict[str, int]:
    """Search, page and look at articles until the time is over; each answer must hold together."""
    tally, until = {"reads": 0}, time.monotonic() + seconds
    views = ledger.views()
    while time.monotonic() < until or not tally["reads"]:
        first = views.search("الجسر", limit=5)
        assert len(first.hits) == min(5, first.total)
        if first.next is not None:
            second = views.search("الجسر", cursor=first.next, limit=5)
            assert second.total == first.total
            assert not {hit.id for hit in first.hits} & {hit.id for hit in second.hits}
        shared = views.article(SHARED)
        if shared is not None:
            assert [version.number for version in shared.versions] == list(range(1, len(shared.versions) + 1))
        tally["reads"] += 1
        time.sleep(0.01)
    return tally


def crowd(where: str, evidence: Path, seconds: float, readers: int = 10) -> Counter[str]:
    """Two writers and many readers for a while, each a process: articles, revisions, reads, and how often a writer had to
    wait past its patience and ask again.
    """
    open_ledger(where, evidence_folder=evidence).close()
    jobs = [Job("write", seconds, 1), Job("write", seconds, 2), *(Job("read", seconds, n) for n in range(readers))]
    processes = [child(job, where, evidence) for job in jobs]
    tally = Counter[str]()
    for job, process in zip(jobs, processes, strict=True):
        out, errors = process.communicate()
        if process.returncode:
            raise SystemExit(f"{job.mode} failed: {errors[-500:]}")
        tally.update(json.loads(out.splitlines()[-1]))
    with open_ledger(where, evidence_folder=evidence) as ledger:
        assert ledger.verify().problems == []
        shared = ledger.views().article(SHARED)
        assert shared is not None
        assert len(shared.versions) == tally["revisions"]
        written = sum(r.article.id.startswith("g/") for r in ledger.views().readings())
        assert written == tally["articles"], (written, tally)
    return tally


def main() -> int:
    """Run all of it and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--count", type=float, default=1500, help="articles that are added in all")
    parser.add_argument("--seconds", type=float, default=60, help="how long the crowd writes and reads")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--ledger")
    parser.add_argument("--evidence")
    parser.add_argument("--child", choices=(*MODES, "write", "read"))
    parser.add_argument("--number", type=int, default=0)
    options = parser.parse_args()
    if options.child:
        print("ready", flush=True)
        print(json.dumps(work(Job(options.child, options.count, options.number), options.ledger, options.evidence)))
        return 0
    count = int(options.count)
    with tempfile.TemporaryDirectory(prefix="takhrij-soak-") as name:
        folder = Path(name)
        where, evidence = options.ledger or str(folder / "soak.db"), folder / "evidence"
        tally = killed_rounds(where, evidence, options.kills, count, random.Random(options.seed))
        same = finish(where, evidence, count) == undisturbed(folder, count)
        busy = crowd(where, evidence, options.seconds)
    print(json.dumps({"killed": tally, "same_as_undisturbed": same, "crowd": busy}))
    return 0 if same and not tally["unclean"] else 1


if __name__ == "__main__":
    sys.exit(main())
