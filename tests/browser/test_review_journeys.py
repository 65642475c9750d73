"""What a team does at the desk, in a real browser, in both languages: correct, part and undo, give a verdict, manage people."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from takhrij.desk import create_desk
from takhrij.ledger import Ledger, open_ledger
from takhrij.people import Access, accounts, open_people
from tests.browser.conftest import PATIENCE
from tests.browser.served import served
from tests.desk.traced import fill_traced

FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
PASSWORD = "أربع كلمات تكفي هنا"
Opener = Callable[..., Any]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    fill_traced(tmp_path / "desk.db")
    with open_ledger(tmp_path / "desk.db") as opened:
        yield opened


@pytest.fixture(params=[("ar", 1200), ("en", 390)], ids=["Arabic on a desktop", "English on a phone"])
def opener(chromium: Any, request: pytest.FixtureRequest) -> Iterator[Opener]:
    """Opens a page of a person of its own, who reads one of the languages. At the end: no complaint, no request elsewhere."""
    language, width = request.param
    contexts: list[Any] = []
    faults: list[str] = []

    def open_page(base: str, refusals: bool = False) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=base)
        context.add_cookies([{"name": "lang", "value": language, "url": base}])
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda asked: None if asked.url.startswith(base) else faults.append(asked.url))
        page.on("response", lambda answer: faults.append(answer.url) if answer.status >= 400 and not refusals else None)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def test_a_wrong_speaker_is_corrected_and_the_claim_with_it(ledger: Ledger, opener: Opener) -> None:
    with served(create_desk(ledger)) as base:
        page = opener(base)
        page.goto("/article?id=b")
        page.locator("a.button[href^='/correct']").click()
        page.locator(".said a.button").first.click()
        page.locator("#speaker").fill("نقابة السائقين")
        page.locator("#note").fill("البيان للنقابة")
        assert page.evaluate(FITS)
        page.locator("form.fix button[type=submit]").click()
        page.wait_for_url("**done=correct**")
        assert page.locator("[role=status]").is_visible()
        page.goto("/")
        page.locator(".card h2 a", has_text="الجسر").click()
        page.wait_for_url("**/claim?**")
        origins = page.locator("tbody").first.inner_text()
        assert "نقابة السائقين" in origins
        assert "هيئة الجسور" in origins
        assert page.evaluate(FITS)
        page.goto("/correct?id=b")
        page.locator(".edits button").click()
        page.wait_for_url("**done=undo**")
        assert "نقابة السائقين" not in page.locator(".said").inner_text()
    assert ledger.verify().problems == []


def test_a_wrong_merge_is_parted_and_undone(ledger: Ledger, opener: Opener) -> None:
    before = {kept.claim.id for kept in ledger.views().claims().claims}
    with served(create_desk(ledger)) as base:
        page = opener(base)
        page.goto("/queue")
        page.locator(".card h2 a", has_text="الجسر").click()
        page.wait_for_url("**/review?**")
        assert page.evaluate(FITS)
        page.locator(".pick label", has_text="أخبار النهر").click()
        page.locator("form[action='/review/part'] button").click()
        page.wait_for_url("**done=part**")
        assert page.locator(".pick li").count() == 2
        assert ledger.views().claims().total == 3
        page.locator(".edits button").click()
        page.wait_for_url("**done=undo**")
        assert page.locator(".pick li").count() == 3
    assert {kept.claim.id for kept in ledger.views().claims().claims} == before


def test_a_verdict_leaves_as_claimreview(ledger: Ledger, opener: Opener) -> None:
    with served(create_desk(ledger)) as base:
        page = opener(base)
        page.goto("/queue?view=thin")
        page.locator(".card h2 a").first.click()
        page.wait_for_url("**/review?**")
        page.locator("input[value=misleading]").check()
        page.locator("#reason").fill("الإغلاق لليلة واحدة فقط، كما في البيان نفسه.")
        page.locator("#links").fill("https://example.org/statement")
        page.locator("form[action='/review/verdict'] button").click()
        page.wait_for_url("**done=verdict**")
        page.locator("article.card h1 a").click()
        page.wait_for_url("**/claim?**")
        assert page.locator(".verdict").inner_text() in ("مضلل", "Misleading")
        assert page.evaluate(FITS)
        answer = page.request.get(page.locator("a[href^='/claimreview']").get_attribute("href"))
        [review] = json.loads(answer.text())
        assert review["@type"] == "ClaimReview"
        assert review["reviewRating"]["alternateName"] == "مضلل"
        assert review["citation"] == ["https://example.org/statement"]


def joins(page: Any, link: str, name: str) -> None:
    page.goto(link)
    page.locator("#name").fill(name)
    page.locator("#email").fill("someone@example.org" if name == "سلمى" else "")
    page.locator("#password").fill(PASSWORD)
    assert page.evaluate(FITS)
    page.locator("form.fix button").click()
    page.wait_for_url("**/")


def test_people_are_invited_given_roles_and_shut_out(ledger: Ledger, opener: Opener, tmp_path: Path) -> None:
    people = open_people(tmp_path / "desk.people")
    with served(create_desk(ledger, access=Access(people))) as base:
        owner, other = opener(base, refusals=True), opener(base, refusals=True)
        owner.goto("/")
        owner.wait_for_url("**/login")
        joins(owner, f"/join?key={accounts.invite_owner(people)}", "نورة")
        owner.locator("a[href='/people']").click()
        owner.locator("#role").select_option("reader")
        owner.locator("form[action='/people/invite'] button").click()
        link = owner.locator("#invitation").inner_text()
        joins(other, link, "سلمى")
        assert other.locator("a[href='/queue']").count() == 0
        assert other.goto("/people").status == 403
        owner.goto("/people")
        assert "someone@example.org" not in owner.content()
        owner.locator("tr", has_text="سلمى").locator("select").select_option("reviewer")
        owner.locator("tr", has_text="سلمى").locator("button").click()
        owner.wait_for_url("**done=role")
        other.goto("/queue")
        assert other.locator(".card").count() == 2
        other.goto("/account")
        other.locator("#token-name").fill("قارئ الخلاصات")
        other.locator("form[action='/account/token'] button").click()
        secret = other.locator("#secret").inner_text()
        asked = other.request.get("/api/claims", headers={"authorization": f"Bearer {secret}", "cookie": ""})
        assert asked.status == 200
        assert secret not in other.goto("/account").text()
        owner.locator("tr", has_text="سلمى").locator("select").select_option("")
        owner.locator("tr", has_text="سلمى").locator("button").click()
        owner.wait_for_url("**done=role")
        assert other.goto("/").status == 404
        other.goto("/account")
        other.locator("form[action='/logout'] button").click()
        other.wait_for_url("**/login")
        other.locator("#name").fill("سلمى")
        other.locator("#password").fill("ليست كلمتها أبدًا")
        other.locator("form.fix button").click()
        assert other.locator("[role=alert]").is_visible()
        assert other.evaluate(FITS)
