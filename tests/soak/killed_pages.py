"""``takhrij add`` of a folder of generated pages, killed at random moments and run again; what a ledger then holds."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from takhrij.ledger import open_ledger

_BODIES = ("هيئة الجسور", "بلدية السهل", "مصلحة المياه", "نادي الميناء", "جمعية المزارعين")
_THINGS = ("الجسر سيفتح", "السوق سينتقل", "الضخ سيبدأ", "المباراة ستقام", "القطاف سيتأخر")
_DAYS = ("الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس")
#: What must be alike in two ledgers of the same pages, numbers and times left out.
_ROWS = (
    "SELECT digest FROM evidence",
    "SELECT collection, id, version, current, digest, page_sha256 FROM articles",
    "SELECT a.id, r.extractor, r.current, r.digest FROM readings r JOIN articles a ON a.seq = r.article",
    "SELECT collection, id, digest FROM claims WHERE current = 1",
)


def write_pages(folder: Path, count: int) -> None:
    """``count`` pages of invented news, no two alike."""
    folder.mkdir()
    chance = random.Random(11)
    for number in range(count):
        body, thing, day = (chance.choice(words) for words in (_BODIES, _THINGS, _DAYS))
        head = f"{thing} يوم {day}"
        text = f"<p>قالت {body} إن {head}، وأضافت أن عدد العاملين بلغ {number}.</p><p>وكان الموعد الأول قبل أسبوعين.</p>"
        page = (
            f"<html lang='ar'><head><meta charset='utf-8'><title>{head}</title></head><body><h1>{head}</h1>{text}</body></html>"
        )
        (folder / f"p{number:04}.html").write_text(page, encoding="utf-8")


def takhrij(*args: object) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run([sys.executable, "-m", "takhrij", *map(str, args)], capture_output=True, check=False, text=True)


def held(ledger: Path) -> list[list[tuple[object, ...]]]:
    """The rows of ``ledger`` that must be alike, in order."""
    with closing(sqlite3.connect(ledger)) as connection:
        return [sorted(connection.execute(query).fetchall(), key=repr) for query in _ROWS]


def made(ledger: Path) -> bool:
    """Whether the tables are there: a process killed in its first moments leaves a file without any."""
    if not ledger.exists():
        return False
    with closing(sqlite3.connect(ledger)) as connection:
        return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchall())


def problems(ledger: Path) -> list[str]:
    """What ``verify`` finds."""
    with open_ledger(ledger, create=False) as opened:
        return opened.verify().problems


def check_kills(folder: Path, pages: int, kills: int, seed: int) -> int:
    """Kill ``takhrij add`` at random moments of its run, each time over what the last one left, then run it to its end.

    After each kill the ledger verifies, and at the end its rows are those of an undisturbed one. How many were killed at work.
    """
    write_pages(folder / "in", pages)
    begun = time.monotonic()
    assert takhrij("add", folder / "in", "--ledger", folder / "calm.db").returncode == 0
    whole = time.monotonic() - begun
    chance, ledger, killed = random.Random(seed), folder / "l.db", 0
    command = [sys.executable, "-m", "takhrij", "add", str(folder / "in"), "--ledger", str(ledger), "--quiet"]
    for _ in range(kills):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as adding:
            try:
                adding.wait(chance.uniform(0.1, 1.0) * whole)
            except subprocess.TimeoutExpired:
                adding.kill()
                killed += 1
        if made(ledger):
            assert problems(ledger) == []
    done = takhrij("add", folder / "in", "--ledger", ledger)
    assert done.returncode == 0, done.stderr
    assert problems(ledger) == []
    found = held(ledger)
    assert found == held(folder / "calm.db")
    assert len(found[0]) == len(found[1]) == pages
    return killed
