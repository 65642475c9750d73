"""``match``: rows in, rows out."""

from __future__ import annotations

import json
from typing import get_args

from takhrij.records import PairLabel

PAIRS = [
    {"pair": "p1", "a": "قالت هيئة الجسور إن الجسر سيفتح يوم الأحد", "b": "أعلنت هيئة الجسور أن الجسر سيفتح يوم الأحد"},
    {"pair": 7, "a": "ارتفع إنتاج الزيتون هذا العام", "b": "فاز الفريق في المباراة النهائية", "a_date": "2024-10-01"},
    {"a": "أكدت البلدية نقل السوق", "b": "نفت البلدية نقل السوق", "a_date": None, "b_date": "2024-10-02"},
]


def _file(tmp_path, lines):
    path = tmp_path / "pairs.jsonl"
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def test_a_row_for_each_pair(run, tmp_path):
    ran = run("match", _file(tmp_path, [json.dumps(p, ensure_ascii=False) for p in PAIRS]))
    assert (ran.code, ran.err) == (0, "")
    assert [row["pair"] for row in ran.rows] == ["p1", 7, 3]
    for row in ran.rows:
        assert list(row) == ["pair", "label", "score", "why"]
        assert row["label"] in get_args(PairLabel)
        assert 0 <= row["score"] <= 1
        assert row["why"]
    assert ran.rows[0]["label"] in ("same", "part")
    assert ran.rows[1]["label"] in ("related", "unrelated")


def test_bad_rows_are_named_and_the_rest_is_matched(run, tmp_path):
    good = json.dumps(PAIRS[0], ensure_ascii=False)
    bad = ["{nonsense", "[1]", '{"a": "جسر"}', '{"a": "جسر", "b": "جسر", "a_date": 5}']
    ran = run("match", _file(tmp_path, [*bad, "", good]))
    assert ran.code == 1
    assert [row["pair"] for row in ran.rows] == ["p1"]
    assert [line.split(": ")[1] for line in ran.complaints] == [f"pairs.jsonl:{n}" for n in range(1, 5)]


def test_standard_input_and_nothing_usable(run, tmp_path):
    assert run("match", "-", stdin=json.dumps(PAIRS[0]).encode()).rows[0]["pair"] == "p1"
    ran = run("match", _file(tmp_path, ["{nonsense"]))
    assert (ran.code, ran.out) == (2, "")
    assert run("match", tmp_path / "none.jsonl").code == 2
