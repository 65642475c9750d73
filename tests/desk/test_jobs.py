"""Jobs: an address or a file is read by a process of its own, preserved, and joined to the ledger."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from takhrij.api.jobs import Jobs, file_name
from takhrij.desk import create_desk
from takhrij.errors import UsageError
from takhrij.ledger import Ledger, open_ledger

PAGE = """<html lang="ar"><head><title>الجسر يفتح</title><meta charset="utf-8"></head><body><article><h1>الجسر يفتح غدًا</h1>
<p>أعلنت هيئة الجسور أن الجسر الشرقي سيفتح أمام السيارات صباح الأحد المقبل بعد انتهاء أعمال الصيانة.</p>
<p>وقال مدير الهيئة إن الأعمال انتهت قبل موعدها بأسبوع، وإن الفرق تراجع الآن لوحات الإنارة.</p></article></body></html>"""


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "desk.db") as opened:
        yield opened


@pytest.fixture
def desk(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    web = tmp_path / "web"
    web.mkdir()
    (web / "bridge.html").write_text(PAGE, "utf-8")
    monkeypatch.setenv("MADE_UP_WEB", str(web))
    monkeypatch.setattr("takhrij.api.jobs.COMMAND", [sys.executable, str(Path(__file__).with_name("offline_worker.py"))])
    return TestClient(create_desk(ledger), base_url="http://127.0.0.1")


def token(desk: TestClient) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', desk.get("/jobs").text)
    assert found is not None
    return found[1]


def over(desk: TestClient, where: str) -> str:
    """The page of a job when nothing more comes."""
    for _ in range(1200):
        page = desk.get(where).text
        if "data-poll" not in page:
            return page
        time.sleep(0.1)
    pytest.fail("the job does not end")


def test_an_address_is_preserved_and_traced(desk: TestClient, ledger: Ledger) -> None:
    answer = desk.post(
        "/jobs", data={"csrf": token(desk), "address": " http://example.org/bridge.html "}, follow_redirects=False
    )
    assert answer.status_code == 303
    page = over(desk, answer.headers["location"])
    assert "الجسر يفتح غدًا" in page
    kept = ledger.views().article("http://example.org/bridge.html")
    assert kept is not None
    assert kept.claims
    assert kept.reading.article.page_sha256 is not None
    preserved = ledger.page(kept.reading.article.page_sha256)
    assert preserved is not None
    assert preserved.body.decode() == PAGE
    assert ledger.views().audit("article:http://example.org/bridge.html").entries[0].action == "add"
    assert "تمّت" in desk.get("/jobs").text


def test_a_file_is_read_under_its_own_name(desk: TestClient, ledger: Ledger) -> None:
    files = {"file": ("../../\u202e<b>الجسر.html", PAGE.encode(), "text/html")}
    answer = desk.post("/jobs", data={"csrf": token(desk)}, files=files, follow_redirects=False)
    page = over(desk, answer.headers["location"])
    assert "\u202e" not in page
    assert "<b>الجسر" not in page
    (reading,) = ledger.views().articles().readings
    assert re.fullmatch(r"[0-9a-f]{12}/[^/]*الجسر\.html", reading.article.id)
    assert "تمّت" in page


def test_an_address_within_is_never_fetched(desk: TestClient, ledger: Ledger) -> None:
    answer = desk.post("/jobs", data={"csrf": token(desk), "address": "http://127.0.0.1/x"}, follow_redirects=False)
    page = over(desk, answer.headers["location"])
    assert "لم تتمّ" in page
    assert page.count('class="past"') <= 1, "nothing was read"
    assert "never fetched" in page
    assert ledger.views().totals().articles == 0


@pytest.mark.parametrize("address", ["", "ftp://example.org/x", "javascript:alert(1)", "http://example.org/ x"])
def test_what_is_no_address_begins_nothing(desk: TestClient, address: str) -> None:
    answer = desk.post("/jobs", data={"csrf": token(desk), "address": address}, follow_redirects=False)
    assert answer.status_code == 400
    assert "لم تبدأ المهمة" in answer.text


def test_jobs_of_another_collection_are_not_to_be_seen(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("takhrij.api.jobs.COMMAND", [sys.executable, "-c", "import sys; sys.stdin.read()"])
    jobs = Jobs(ledger)
    job = jobs.file("noura", "open", "a.txt", b"x")
    assert jobs.get(job.id, "open") is job
    assert jobs.get(job.id, "hidden") is None
    assert jobs.of("hidden") == []
    while not job.over:
        time.sleep(0.02)
    assert job.state == "done" or job.faults


def test_a_process_that_dies_is_a_job_that_failed(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("takhrij.api.jobs.COMMAND", [sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"])
    job = Jobs(ledger).file("noura", "open", "a.txt", b"x")
    for _ in range(600):
        if job.over:
            break
        time.sleep(0.05)
    assert job.state == "failed"
    assert job.faults
    assert job.folder is not None
    assert not job.folder.exists()


def test_too_many_jobs_are_refused(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("takhrij.api.jobs.COMMAND", [sys.executable, "-c", "import time; time.sleep(3)"])
    jobs = Jobs(ledger)
    begun = [jobs.address("noura", "open", f"http://example.org/{number}") for number in range(20)]
    assert len(jobs.of("open")) == len(begun)
    with pytest.raises(UsageError, match="too many"):  # one may have left the line by now, and no more
        [jobs.address("noura", "open", "http://example.org/x"), jobs.address("noura", "open", "http://example.org/y")]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("/etc/passwd", "passwd"), ("C:\\news\\a.html", "a.html"), ("..", "file"), ("", "file"), ("خبر.html", "خبر.html"),
        ("a\x00b\u202e.txt", "a_b_.txt"), ("x" * 300 + ".html", "x" * 80 + ".html"),
    ],
)  # fmt: skip
def test_names_of_files_are_made_fit(given: str, kept: str) -> None:
    assert file_name(given) == kept
