"""WACZ files are valid in the eyes of Webrecorder's own tool, whatever the pages are called."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import ledger_samples as samples
import pytest

from takhrij.errors import UsageError
from takhrij.ledger import Ledger, open_ledger
from takhrij.pages.wacz import write_wacz
from takhrij.records import Page

Validate = Callable[[Path], str]
HOSTILE = "=قال\u202e«مقلوب»\u202c \"'’ \n\x00 👩🏽\u200d🌾 <b>&amp;</b>"


@pytest.fixture
def pages() -> list[Page]:
    web = {"content-type": "text/html; charset=utf-8", "x-note": HOSTILE}
    return [
        Page("1", b"<p>one</p>", "https://example.org/1", media_type="text/html", headers=web, captured="2024-03-05T10:00:00Z"),
        Page(HOSTILE, HOSTILE.encode(), "https://example.org/" + HOSTILE, media_type="text/html", headers=web),
        Page("مجلد/" + HOSTILE, b"\x00\xff", media_type="text/plain"),
        Page("empty", b""),
    ]


@pytest.fixture
def ledger(tmp_path: Path, pages: list[Page]) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "l.db") as ledger:
        with ledger.writer("desk") as writer:
            for number, page in enumerate(pages):
                reading = samples.generated(number)
                writer.add(replace(reading, article=replace(reading.article, page_sha256=page.sha256)), page)
        yield ledger


def test_a_whole_ledger(ledger: Ledger, tmp_path: Path, wacz_validate: Validate) -> None:
    assert ledger.evidence_folder is not None
    assert write_wacz(ledger.evidence_folder.glob("*.warc.gz"), tmp_path / "w.wacz", HOSTILE) == 4
    assert wacz_validate(tmp_path / "w.wacz") == ""


def test_some_pages_of_it(ledger: Ledger, pages: list[Page], tmp_path: Path, wacz_validate: Validate) -> None:
    warc = tmp_path / "some.warc.gz"
    assert ledger.write_warc([pages[1].sha256, pages[0].sha256, "0" * 64, pages[1].sha256], warc) == 2
    with pytest.raises(UsageError):
        ledger.write_warc([], warc)
    assert write_wacz([warc], tmp_path / "s.wacz") == 2
    assert wacz_validate(tmp_path / "s.wacz") == ""
    with zipfile.ZipFile(tmp_path / "s.wacz") as archive:
        listed = [json.loads(line) for line in archive.read("pages/pages.jsonl").splitlines()[1:]]
    assert len(listed) == 2
    assert "https://example.org/1" in {page["url"] for page in listed}


def test_the_validator_sees_what_is_wrong(ledger: Ledger, tmp_path: Path, wacz_validate: Validate) -> None:
    assert ledger.evidence_folder is not None
    write_wacz(ledger.evidence_folder.glob("*.warc.gz"), tmp_path / "w.wacz")
    with zipfile.ZipFile(tmp_path / "w.wacz") as good, zipfile.ZipFile(tmp_path / "bad.wacz", "w") as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name) + (b"\n" if name == "pages/pages.jsonl" else b""))
    assert wacz_validate(tmp_path / "bad.wacz") != ""
