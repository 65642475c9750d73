"""The names that other programs may rely on, and the lines that the README shows."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

import takhrij

ROOT = Path(__file__).parents[1]


def test_the_public_names():
    assert takhrij.__all__ == ["InputError", "TakhrijError", "__version__", "read", "read_text", "trace"]
    assert all(getattr(takhrij, name) is not None for name in takhrij.__all__)


def test_the_lines_of_the_readme(tmp_path, monkeypatch):
    code = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    assert code
    page = (ROOT / "samples/bridge/manara.html").read_bytes()
    (tmp_path / "page.html").write_bytes(page)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/one.html").write_bytes(page)
    monkeypatch.chdir(tmp_path)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code.group(1), "README.md", "exec"), {})
    lines = out.getvalue().splitlines()
    assert any("شركة القوس الحجري للمقاولات" in line for line in lines)
    assert lines[-1].startswith("Origins(min=")


def test_one_article_given_as_text():
    text = "افتتاح الجسر\nأعلنت هيئة الجسور أن العبور سيبدأ يوم الأحد."
    reading = takhrij.read_text(text, date="2024-05-03", outlet="نهر")
    assert (reading.article.text, reading.article.date, reading.article.outlet) == (text, "2024-05-03", "نهر")
    assert [a.source.of(text) for a in reading.attributions if a.source] == ["هيئة الجسور"]


def test_the_first_bad_input_is_raised(tmp_path):
    with pytest.raises(takhrij.InputError, match="no such file"):
        takhrij.read(tmp_path / "none.html")
    assert issubclass(takhrij.InputError, takhrij.TakhrijError)
