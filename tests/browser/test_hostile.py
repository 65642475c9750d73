"""Hostile words in every field that comes from outside: no script runs, and nothing leaves the browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest

from takhrij.desk import create_desk
from takhrij.ledger import Actor, Ledger, Subject, open_ledger
from takhrij.records import PlaceMention, Span
from tests.browser.outside import Outside
from tests.browser.served import served
from tests.desk.made import CLAIM, Names, fill


@pytest.fixture(scope="module")
def outside() -> Iterator[Outside]:
    with Outside() as listening:
        yield listening


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory, outside: Outside) -> Iterator[Ledger]:
    """Hostile: title, text, speaker, party, outlet, credit, author, address, id (a file's name), place, reason, note, actor."""
    folder, words = tmp_path_factory.mktemp("hostile"), outside.words()
    fill(folder / "desk.db", Names(words, words, words, words + ".html", words))
    review = {"@type": "ClaimReview", "claimReviewed": words, "reviewRating": {"alternateName": words}, "url": outside.address}
    (folder / "checks.json").write_text(json.dumps(review), "utf-8")
    with open_ledger(folder / "desk.db") as opened:
        reading = next(iter(opened.views().readings()))
        place = PlaceMention(Span(0, 4), words, "settlement", "LB", 33.9, 35.5)
        with opened.writer(words) as writer:
            writer.add(replace(reading, article=replace(reading.article, id="place"), mentions=(place,)))
            writer.put_actor(Actor(words, words))
            writer.review(Subject("claim", CLAIM), words, f"{words}\nhttps://{words}")
            writer.review(Subject("claim", CLAIM), "", words)
        yield opened


def addresses(ledger: Ledger, words: str) -> list[str]:
    said = quote(words, safe="")
    article = quote(words + ".html", safe="")
    return [
        "/", "/search", f"/search?q={said[:300]}", f"/search?outlet={said}", f"/claim?id={CLAIM}", f"/claim?id={CLAIM}&print=1",
        f"/article?id={article}", f"/article?id={article}&verify=1", f"/outlet?name={said}", f"/actor?id={said}",
        f"/place?name={said}", "/names", "/names?of=outlets", "/names?of=places", f"/check?q={said[:600]}", "/watch", "/jobs",
        "/about", "/queue", f"/review?id={CLAIM}", f"/correct?id={article}&n=0", "/history", f"/read?x={said}",
        f"/{said[:200]}",
        f"/claim/timeline.svg?id={CLAIM}", f"/place/map.svg?name={said}", f"/article/page?id={article}",
        f"/feed?q={said[:200]}", f"/claim/export?id={said}", f"/job?id={said[:40]}",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["ar", "en"])
def test_nothing_runs_and_nothing_leaves(chromium: Any, ledger: Ledger, outside: Outside, language: str) -> None:
    words = outside.words()
    assert ledger.evidence_folder is not None
    checks = ledger.evidence_folder.parent / "checks.json"
    with served(create_desk(ledger, fact_checks=(checks,))) as base:
        context = chromium.new_context(base_url=base)
        context.set_default_timeout(60_000)
        context.add_cookies([{"name": "lang", "value": language, "url": base}])
        page, faults = context.new_page(), []
        page.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: faults.append(str(error)))
        # What a preserved page asks for is refused by its policy, so that it shows here and never leaves: see the calls below.
        page.on("request", lambda asked: faults.append(asked.url) if _strange(asked.url, base, page.url) else None)
        page.on("console", lambda said: faults.append(said.text) if "Policy" in said.text and _ours(page.url) else None)
        for address in addresses(ledger, words):
            if "export" in address or "/feed" in address:
                assert page.request.get(address).status < 500
                continue
            answer = page.goto(address)
            assert answer.status < 500, address
            for folded in page.locator("details:not(.replay)").all():
                folded.evaluate("d => d.open = true")
            if "/article/page" in address:  # markup of others, shown where none of it can do anything
                continue
            assert page.locator("script:not([src])").count() == 0, address
            assert page.evaluate("document.querySelectorAll('[onerror], [onload], base, object, embed').length") == 0, address
        _through_the_forms(page, words, language)
        context.close()
    assert faults == []
    assert outside.calls == []


def _ours(url: str) -> bool:
    return "/article/page" not in url


def _strange(asked: str, base: str, url: str) -> bool:
    return not asked.startswith((base, "data:")) and _ours(url)


def _through_the_forms(page: Any, words: str, language: str) -> None:
    """What is pasted, looked for, followed, noted and sent along."""
    page.goto("/read")
    page.locator("#text").fill(f"{words}\nقال {words} إن الجسر سليم.")
    page.locator("#paste button").click()
    page.wait_for_url("**/read")
    page.goto("/search")
    page.locator("#q").fill(f"السد <script>alert(1)</script> {language}")
    page.locator("#q").press("Enter")
    page.locator("form[action='/watch'] button").click()
    page.goto("/watch")
    page.goto(f"/review?id={CLAIM}")
    page.locator("form[action='/review/note'] textarea").fill(words)
    page.locator("form[action='/review/note'] button").click()
    page.wait_for_url("**/review?**")
    page.goto("/jobs")
    page.locator("#file").set_input_files({"name": f"{words}.txt"[:200], "mimeType": "text/plain", "buffer": words.encode()})
    page.locator("#keep button").click()
    page.wait_for_url("**/job?**")
    page.locator("#job:not([data-poll]) .past, #job .denied").first.wait_for()
    page.goto("/jobs")
    page.goto("/history")
