"""What a fact-checker does at the desk without changing what was read, in a real browser, in both languages."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from takhrij.desk import create_desk
from takhrij.ledger import Ledger, open_ledger, restore
from takhrij.records import Denial, Page
from tests.browser.conftest import PATIENCE
from tests.browser.served import noted, served
from tests.desk.made import CLAIM, fill
from tests.desk.test_jobs import PAGE as BRIDGE

FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
WORKER = Path(__file__).parents[1] / "desk" / "offline_worker.py"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    fill(tmp_path / "desk.db")
    with open_ledger(tmp_path / "desk.db") as opened:
        yield opened


@pytest.fixture
def base(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "bridge.html").write_text(BRIDGE, "utf-8")
    monkeypatch.setenv("MADE_UP_WEB", str(tmp_path / "web"))
    monkeypatch.setattr("takhrij.api.jobs.COMMAND", [sys.executable, str(WORKER)])
    with served(create_desk(ledger)) as address:
        yield address


@pytest.fixture(params=[("ar", 1200), ("en", 390)], ids=["Arabic on a desktop", "English on a phone"])
def page(chromium: Any, base: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page of one who reads one of the languages. At the end: no complaint on the console, no request to elsewhere."""
    language, width = request.param
    context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=base, accept_downloads=True)
    context.add_cookies([{"name": "lang", "value": language, "url": base}])
    context.set_default_timeout(PATIENCE / 4)
    opened = context.new_page()
    faults = noted(opened, base)
    yield opened
    context.close()
    assert faults == []


def test_an_address_is_preserved_and_leads_to_its_claim(page: Any, ledger: Ledger) -> None:
    page.goto("/")
    page.locator("#address").fill("http://example.org/bridge.html")
    page.locator("#keep button").click()
    page.wait_for_url("**/job?**")
    page.locator("#job a").first.wait_for()
    page.locator("#job li.past >> nth=3").wait_for()
    assert page.evaluate(FITS)
    page.locator("#job a", has_text="الجسر يفتح غدًا").click()
    page.wait_for_url("**/article?**")
    assert page.locator(".text .cue").count() >= 2
    page.locator("section[aria-labelledby=carried] a").first.click()
    page.wait_for_url("**/claim?**")
    assert "هيئة الجسور" in page.locator("svg.ways").text_content()
    assert page.evaluate(FITS)
    (kept,) = [r.article for r in ledger.views().readings() if r.article.url == "http://example.org/bridge.html"]
    assert kept.page_sha256 is not None
    assert ledger.page(kept.page_sha256) is not None


def test_from_a_search_to_the_claim_to_its_evidence_verified(page: Any) -> None:
    page.goto("/search")
    page.locator("#q").fill("السد")
    page.locator("#q").press("Enter")
    page.wait_for_url("**q=**")
    page.locator("section[aria-labelledby=claims] q a").first.click()
    page.wait_for_url("**/claim?**")
    page.locator(".reports .facts a").first.click()
    page.wait_for_url("**/article?**")
    page.locator(".said a[href='#evidence']").first.click()
    page.locator(".evidence a.button").click()
    page.wait_for_url("**verify=1**")
    digest = page.locator(".evidence dd code").first.inner_text()
    assert digest in page.locator(".evidence [role=status]").inner_text()
    assert page.evaluate(FITS)
    page.locator(".replay summary").click()
    frame = page.frame_locator(".replay iframe")
    assert "السد سليم" in frame.locator("body").inner_text()
    assert page.evaluate("document.querySelector('.replay iframe').contentDocument") is None, "another origin"


def test_a_claim_is_followed_and_a_new_denial_told(page: Any, ledger: Ledger) -> None:
    page.goto(f"/claim?id={CLAIM}")
    page.locator("form[action='/watch'] button").click()
    page.locator(".actions a[href='/watch']").wait_for()
    page.goto("/watch")
    assert page.locator(".news").count() == 0
    kept = ledger.views().claim(CLAIM)
    assert kept is not None
    denied = replace(kept.claim, denials=(*kept.claim.denials, Denial("هيئة السدود", "part", "wadi/1.html", 1)))
    with ledger.writer("desk") as writer:
        writer.replace_claims([CLAIM], [denied])
    page.reload()
    assert "هيئة السدود" in page.locator(".news .denied").inner_text()
    assert page.evaluate(FITS)
    page.locator("form[action='/watch/seen'] button").click()
    page.wait_for_url("**/watch")
    assert page.locator(".news").count() == 0


def test_a_claims_pages_are_taken_along(page: Any, tmp_path: Path) -> None:
    page.goto(f"/claim?id={CLAIM}")
    for form, inside in (("wacz", b"PK"), ("csv", "السد".encode()), ("jsonld", b"@context")):
        with page.expect_download() as waiting:
            page.locator(f"a[download][href$='format={form}']").click()
        file = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(file)
        assert inside in file.read_bytes()
    with zipfile.ZipFile(tmp_path / f"claim-{CLAIM}.wacz") as archive:
        assert "datapackage.json" in archive.namelist()


def test_a_citation_is_copied_with_its_digest(page: Any) -> None:
    page.goto(f"/claim?id={CLAIM}")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("button.copy").first.click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator(".citation textarea").first.input_value()
    assert "مدير المياه" in copied


def test_evidence_that_was_altered_is_told_and_a_backup_mends_it(page: Any, ledger: Ledger, tmp_path: Path) -> None:
    head = ledger.backup(tmp_path / "desk.backup")
    assert ledger.evidence_folder is not None
    for warc in ledger.evidence_folder.glob("*.warc.gz"):
        warc.write_bytes(warc.read_bytes()[:50] + bytes([warc.read_bytes()[50] ^ 1]) + warc.read_bytes()[51:])
    page.goto("/article?id=wadi/1.html&verify=1")
    assert page.locator(".notice.fault").is_visible()
    restore(tmp_path / "desk.backup", tmp_path / "restored.db")
    with open_ledger(tmp_path / "restored.db", create=False) as restored, served(create_desk(restored)) as mended:
        assert restored.verify(head).problems == []
        second = page.context.browser.new_page()
        second.goto(f"{mended}/article?id=wadi/1.html&verify=1")
        assert second.locator(".notice.done").is_visible()
        second.goto(f"{mended}/claim?id={CLAIM}")
        assert "السد سليم" in second.locator("h1 q").inner_text()
        second.close()


def test_all_is_read_without_scripts(chromium: Any, base: str) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=base)
    page = context.new_page()
    page.goto("/")
    page.locator(".card h2 a").first.click()
    page.locator(".reports .facts a").first.click()
    assert page.locator(".text .cue").count() >= 1
    page.locator(".text a.cue").first.click()
    page.locator(".evidence a.button").click()
    assert page.locator(".notice.done").is_visible()
    page.goto(f"/claim?id={CLAIM}")
    assert page.locator(".drawing img").first.evaluate("i => i.complete && i.naturalWidth > 100")
    assert not page.locator("button.copy").first.is_visible(), "a button that does nothing is not there"
    context.close()


def test_the_search_box_is_reached_by_the_place_of_a_key(chromium: Any, base: str) -> None:
    page = chromium.new_page(base_url=base)
    page.goto("/")
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {code: 'Slash', key: 'ظ', bubbles: true}))")
    assert page.evaluate("document.activeElement.id") == "q"
    page.locator("#text").focus()
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {code: 'Slash', key: '/', bubbles: true}))"
    )
    assert page.evaluate("document.activeElement.id") == "text", "who writes may write it"
    page.close()


def test_a_preserved_page_reaches_neither_the_desk_nor_anything_else(chromium: Any, tmp_path: Path) -> None:
    from tests.browser.outside import Outside
    from tests.desk.made import Names

    with Outside() as outside:
        fill(tmp_path / "evil.db", Names(article="evil.html"))
        body = outside.page().encode()
        with open_ledger(tmp_path / "evil.db") as ledger:
            page = Page("evil/page.html", body, media_type="text/html; charset=utf-8")
            (reading,) = [r for r in ledger.views().readings() if r.article.id == "evil.html"]
            with ledger.writer("noura") as writer:
                article = replace(reading.article, id="evil/page.html", page_sha256=page.sha256)
                writer.add(replace(reading, article=article), page)
            with served(create_desk(ledger)) as base:
                opened = chromium.new_page(base_url=base)
                asked: list[str] = []
                opened.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
                opened.goto("/article?id=evil/page.html")
                opened.locator(".replay summary").click()
                frame = opened.frame_locator(".replay iframe")
                assert "نص الصفحة" in frame.locator("body").inner_text()
                opened.wait_for_timeout(1500)
                assert frame.locator("#written").count() == 0, "no script has run"
                assert outside.calls == [], "before any click"
                frame.locator("#leave").click(no_wait_after=True)
                frame.locator("button").click(no_wait_after=True)
                opened.wait_for_timeout(500)
                assert opened.url.startswith(base)
                assert opened.title() != "taken over"
                opened.goto("/article/page?id=evil/page.html")
                assert opened.evaluate("self.origin") == "null", "opened by itself it is of no origin either"
                opened.wait_for_timeout(1000)
                opened.close()
        assert asked == []
        assert outside.calls == []
