"""``takhrij add`` killed at random moments, over and over: nothing is damaged, nothing is added twice, the end is the same."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

from killed_pages import made

_BODIES = ("هيئة الجسور", "بلدية السهل", "مصلحة المياه", "نادي الميناء", "جمعية المزارعين")
_THINGS = ("الجسر سيفتح", "السوق سينتقل", "الضخ سيبدأ", "المباراة ستقام", "القطاف سيتأخر")
_ROUNDS = 20
_DAYS = ("الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس")


def _rows(count: int) -> str:
    """Invented articles, one a line."""
    chance = random.Random(5)
    lines = []
    for number in range(count):
        body, thing, day = (chance.choice(words) for words in (_BODIES, _THINGS, _DAYS))
        text = f"{thing} يوم {day}\nقالت {body} إن {thing} يوم {day}، وأضافت أن العدد بلغ {number}."
        lines.append(json.dumps({"id": f"n{number}", "text": text, "outlet": f"o{number % 7}"}, ensure_ascii=False))
    return "\n".join(lines)


def _takhrij(*args: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "takhrij", *map(str, args)], capture_output=True, check=False)


def _add(folder: Path, ledger: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "takhrij", "add", str(folder), "--ledger", str(ledger), "--quiet", *more]


def test_adding_survives_kills(tmp_path):
    folder, ledger, undisturbed = tmp_path / "in", tmp_path / "l.db", tmp_path / "u.db"
    folder.mkdir()
    (folder / "rows.jsonl").write_text(_rows(600), encoding="utf-8")
    assert _takhrij("add", folder, "--ledger", undisturbed).returncode == 0
    chance = random.Random(7)
    for _ in range(_ROUNDS):
        more = ["--workers", "2"] if chance.random() < 0.3 else []
        with subprocess.Popen(_add(folder, ledger, *more), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as adding:
            try:
                adding.wait(chance.uniform(0.5, 12))
            except subprocess.TimeoutExpired:
                adding.kill()
        if made(ledger):
            verified = _takhrij("verify", "--ledger", ledger)
            assert verified.returncode == 0, verified.stderr.decode()
    assert _takhrij("add", folder, "--ledger", ledger).returncode == 0
    exports = [_takhrij("export", "--ledger", where, "--format", "trace").stdout for where in (undisturbed, ledger)]
    first, second = (json.loads(export) for export in exports)
    assert sorted(a["id"] for a in first["articles"]) == sorted(a["id"] for a in second["articles"])
    assert {c["id"] for c in first["claims"]} == {c["id"] for c in second["claims"]}
