"""Kills writers at random moments and looks whether the ledger minds; then two writers and ten readers at once.

    python tests/soak/ledger_soak.py --rounds 60
    python tests/soak/ledger_soak.py --rounds 30 --ledger postgresql:///soak     an empty database

Each round starts a process that adds, reads anew, backs up or brings old tables up to date, and sends it SIGKILL after a
random while. After each kill ``verify`` must find nothing. At the end the work is run once more to its end, and the ledger
must hold what an undisturbed one holds. Exit 0 where all of this is so.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "contract"))
import ledger_samples as samples
from older_tables import make_old

from takhrij.errors import LedgerBusy
from takhrij.ledger import Ledger, open_ledger, restore
from takhrij.records import Page, Reading

MODES = ("add", "reread", "backup", "migrate")


def item(number: int, anew: bool) -> tuple[Reading, Page]:
    """An article with its page; read anew, its one attribution is read otherwise."""
    reading = samples.generated(number)
    page = Page(reading.article.id, reading.article.text.encode(), media_type="text/plain")
    attributions = (
        tuple(replace(a, confidence=0.5, act="confirm") for a in reading.attributions) if anew else reading.attributions
    )
    return replace(reading, article=replace(reading.article, page_sha256=page.sha256), attributions=attributions), page


def work(mode: str, where: str, evidence: str, count: int) -> None:
    """What a child process does, from the beginning each time, as a user who runs the command again does."""
    with open_ledger(where, evidence_folder=evidence) as ledger:
        if mode == "migrate":
            return
        if mode == "backup":
            for number in range(count):
                target = Path(evidence).parent / f"soak-{time.time_ns()}-{number}.zip"
                ledger.backup(target)
                target.unlink()
            return
        anew = mode == "reread"
        with ledger.writer("soak", extractor="2" if anew else "1") as writer:
            writer.add_many((item(number, anew) for number in range(count)), size=8)


def child(mode: str, where: str, evidence: Path, count: int) -> subprocess.Popen[bytes]:
    """Start a child process."""
    command = [sys.executable, __file__, "--child", mode, "--ledger", where, "--evidence", str(evidence), "--count", str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def age(where: str, evidence: Path) -> None:
    """Take a ledger back to the tables of the first revision, as an older takhrij left them."""
    with open_ledger(where, evidence_folder=evidence):
        pass
    make_old(where)


def killed_rounds(where: str, evidence: Path, rounds: int, count: int, chance: random.Random) -> dict[str, int]:
    """Start and kill children; how many of each mode were killed at work, and how many had finished before."""
    tally: dict[str, int] = {"killed": 0, "finished": 0, "unclean": 0}
    for number in range(rounds):
        # Reading anew alternates with adding only after the first third, so that there is something to read anew.
        mode = chance.choice(("add",) if number < rounds // 3 else MODES)
        if mode == "migrate":
            age(where, evidence)
        process = child(mode, where, evidence, count)
        assert process.stdout is not None
        process.stdout.readline()
        try:
            # Bringing tables up to date takes some tens of milliseconds, adding seconds.
            _, errors = process.communicate(timeout=chance.uniform(0, 0.15 if mode == "migrate" else 2.5))
            if process.returncode:
                raise SystemExit(f"a child failed: {errors.decode()[-500:]}")
            tally["finished"] += 1
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            tally["killed"] += 1
        with open_ledger(where, evidence_folder=evidence) as ledger:
            problems = ledger.verify().problems
        if problems:
            tally["unclean"] += 1
            print(f"after killing {mode}: {problems}", file=sys.stderr)
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
    for mode in ("add", "reread"):
        work(mode, str(folder / "calm.db"), str(folder / "calm.evidence"), count)
    with open_ledger(folder / "calm.db", evidence_folder=folder / "calm.evidence") as ledger:
        return state(ledger)


def finish(where: str, evidence: Path, count: int) -> str:
    """Run the work to its end over a disturbed ledger; its state, and that a backup of it restores."""
    for mode in ("add", "reread"):
        work(mode, where, str(evidence), count)
    with open_ledger(where, evidence_folder=evidence) as ledger:
        assert ledger.verify().problems == []
        head = ledger.backup(evidence.parent / "end.zip")
        found = state(ledger)
    assert restore(evidence.parent / "end.zip", evidence.parent / "end.db") == head
    with open_ledger(evidence.parent / "end.db") as restored:
        assert state(restored) == found
    return found


def crowd(where: str, evidence: Path, seconds: float, readers: int = 10) -> dict[str, int]:
    """Two writers of different articles and many readers for a while: articles written and reads done, and how often a writer
    had to wait past its patience and ask again.
    """
    open_ledger(where, evidence_folder=evidence).close()
    tally = {"written": 0, "busy": 0, "reads": 0}
    failures: list[BaseException] = []
    done = threading.Event()
    until = time.monotonic() + seconds

    def write(first: int) -> None:
        number = first
        try:
            with open_ledger(where, evidence_folder=evidence) as ledger, ledger.writer(f"writer {first}") as writer:
                while time.monotonic() < until:
                    try:
                        writer.add_many([item(n, anew=False) for n in range(number, number + 10)])
                    except LedgerBusy:
                        tally["busy"] += 1
                    else:
                        number += 10
        except BaseException as error:
            failures.append(error)
        tally["written"] += number - first

    def read() -> None:
        try:
            with open_ledger(where, evidence_folder=evidence) as ledger:
                while not done.is_set():
                    page = ledger.views().search("الجسر", limit=5)
                    assert len(page.hits) == min(5, page.total)
                    tally["reads"] += 1
                    time.sleep(0.01)
        except BaseException as error:
            failures.append(error)

    writers = [threading.Thread(target=write, args=(1_000_000 * n,)) for n in (1, 2)]
    others = [threading.Thread(target=read) for _ in range(readers)]
    for thread in (*writers, *others):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in others:
        thread.join()
    if failures:
        raise failures[0]
    with open_ledger(where, evidence_folder=evidence) as ledger:
        assert ledger.verify().problems == []
        assert ledger.views().totals().articles >= tally["written"]
    return tally


def main() -> int:
    """Run all of it and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seconds", type=float, default=60, help="how long the crowd writes and reads")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--ledger")
    parser.add_argument("--evidence")
    parser.add_argument("--child", choices=MODES)
    options = parser.parse_args()
    if options.child:
        print("ready", flush=True)
        work(options.child, options.ledger, options.evidence, options.count)
        return 0
    with tempfile.TemporaryDirectory(prefix="takhrij-soak-") as name:
        folder = Path(name)
        where, evidence = options.ledger or str(folder / "soak.db"), folder / "evidence"
        tally = killed_rounds(where, evidence, options.rounds, options.count, random.Random(options.seed))
        same = finish(where, evidence, options.count) == undisturbed(folder, options.count)
        busy = crowd(where, evidence, options.seconds)
    print(json.dumps({**tally, "same_as_undisturbed": same, **busy}))
    return 0 if same and not tally["unclean"] else 1


if __name__ == "__main__":
    sys.exit(main())
