"""What cannot be read is one plain line and an exit code; the rest is read on."""

from __future__ import annotations

import json

import pytest

BAD = {
    "empty.txt": b"",
    "blank.html": b"  \n\n ",
    "binary.txt": bytes(range(256)) * 40,
    "charset.txt": "Мост открыт".encode("utf-16-le") + b"\xff\xfe\x00\xd8" * 30,
    "paper.pdf": b"%PDF-1.7\n%\xe2\xe3",
    "cut.warc.gz": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03abc",
    "rows.jsonl": b'{"id": 1}\n',
    "broken.jsonl": b"{nonsense\n",
}


@pytest.mark.parametrize("verb", ["read", "trace"])
@pytest.mark.parametrize("name", BAD)
def test_a_bad_input_alone(name, verb, run, tmp_path):
    (tmp_path / name).write_bytes(BAD[name])
    ran = run(verb, tmp_path / name)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.complaints) == 1
    assert ran.err.startswith(f"takhrij: {name}")
    assert "Traceback" not in ran.err


def test_the_others_are_read(run, english):
    (english / "bad.jsonl").write_bytes(b'{"id": "good", "text": "One word more"}\n{nonsense\n')
    (english / "empty.txt").write_bytes(b"")
    ran = run("read", english, "--format", "jsonl")
    assert ran.code == 1
    assert [row["id"] for row in ran.rows] == [*(f"{n}.txt" for n in range(7)), "good"]
    assert sorted(line.split(": ")[1] for line in ran.complaints) == ["bad.jsonl:2", "empty.txt"]


def test_quiet_says_nothing_of_them(run, english):
    (english / "empty.txt").write_bytes(b"")
    ran = run("read", english, "--quiet")
    assert (ran.code, ran.err) == (1, "")


def test_what_is_not_arabic_gives_a_row_with_its_language(run, english):
    row = run("read", english / "0.txt", "--format", "jsonl").rows[0]
    assert (row["id"], row["lang"], row["attributions"]) == ("0.txt", "en", [])
    assert "not Arabic (en)" in run("read", english / "0.txt").out


def test_nothing_there(run, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "picture.png").write_bytes(b"\x89PNG")
    for name in ("none.html", "folder"):
        ran = run("read", tmp_path / name)
        assert (ran.code, ran.out, len(ran.complaints)) == (2, "", 1)
        assert name in ran.err


@pytest.mark.parametrize("verb", ["read", "trace"])
def test_out_that_cannot_be_written(verb, run, english, tmp_path):
    ran = run(verb, english, "--out", tmp_path / "no" / "such" / "folder.txt")
    assert (ran.code, ran.out, len(ran.complaints)) == (2, "", 1)
    assert "folder.txt: cannot be written" in ran.err


def test_out_is_whole_or_not_there(run, english, tmp_path):
    out = tmp_path / "out.jsonl"
    assert run("read", tmp_path / "none", "--format", "jsonl", "--out", out).code == 2
    assert not out.exists()
    out.write_text("as it was")
    assert run("read", tmp_path / "none", "--format", "jsonl", "--out", out).code == 2
    assert out.read_text() == "as it was"
    assert run("read", english, "--format", "jsonl", "--out", out).code == 0
    assert [json.loads(line)["id"] for line in out.read_text().splitlines()] == [f"{n}.txt" for n in range(7)]
    assert [p.name for p in tmp_path.glob("out*")] == ["out.jsonl"]


def test_a_malformed_table_is_one_line(run, english, tmp_path):
    (tmp_path / "mine.tsv").write_text("Bridge Authority\tstate_body\n", encoding="utf-8")
    ran = run("read", english, "--actors", tmp_path / "mine.tsv")
    assert (ran.code, len(ran.complaints)) == (2, 1)
    assert "mine.tsv, line 1" in ran.err


def test_no_such_ledger(run, tmp_path):
    for args in (
        ["search", "x"],
        ["claims"],
        ["show", "x"],
        ["verify"],
        ["export"],
        ["check", "جسر"],
        ["backup", tmp_path / "b"],
    ):
        ran = run(*args, "--ledger", tmp_path / "none.db")
        assert (ran.code, ran.out, len(ran.complaints)) == (2, "", 1)
        assert "no such ledger" in ran.err
    assert not (tmp_path / "none.db").exists()


def test_a_file_that_is_no_ledger(run, english):
    ran = run("search", "x", "--ledger", english / "0.txt")
    assert (ran.code, len(ran.complaints)) == (2, 1)
    assert "not a ledger" in ran.err


def test_a_fault_of_the_program_is_one_line_too(run, tmp_path, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("two\nlines")

    monkeypatch.setattr("takhrij.pages.count_inputs", broken)
    ran = run("read", tmp_path)
    assert (ran.code, len(ran.complaints)) == (2, 1)
    assert "ZeroDivisionError: two lines" in ran.err


def test_debug_shows_where_an_error_came_from(run, tmp_path):
    from takhrij.errors import UsageError

    with pytest.raises(UsageError):
        run("claims", "--ledger", tmp_path / "none.db", "--debug")
