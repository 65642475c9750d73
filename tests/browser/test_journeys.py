"""What a fact-checker does at the desk, in a real browser."""

from __future__ import annotations

from typing import Any

from tests.desk.made import TEXT

FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def test_from_the_first_screen_to_the_words_and_into_english(page: Any) -> None:
    page.goto("/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert "من ١ إلى ٤" in page.locator(".bounds").inner_text()
    assert page.evaluate(FITS)
    sizes = "[...document.querySelectorAll('.card *')].map(e => parseFloat(getComputedStyle(e).fontSize))"
    largest = float(page.evaluate(f"Math.max(...{sizes})"))
    assert page.locator(".bounds strong").evaluate("e => parseFloat(getComputedStyle(e).fontSize)") == largest
    assert page.evaluate("document.fonts.load('16px Amiri', 'ا').then(found => found.length)") == 1

    page.locator(".card h2 a").click()
    page.wait_for_url("**/claim?**")
    origin, outlet = (page.locator(".chain li").nth(i).bounding_box() for i in (0, 1))
    assert origin["x"] > outlet["x"] or origin["y"] < outlet["y"], "from right to left, the origin first"
    assert page.evaluate(FITS)

    page.locator(".reports .facts a").first.click()
    page.wait_for_url("**/article?**")
    assert page.locator("#said-1").is_visible()
    page.locator(".text a.cue").first.click()
    assert page.evaluate("document.querySelector(':target').id") == "said-1"
    assert page.evaluate(FITS)

    page.locator(".settings a").first.click()
    page.wait_for_url("**lang=en**")
    assert page.locator("html").get_attribute("dir") == "ltr"
    page.locator(".top .name").click()
    assert "1 to 4" in page.locator(".bounds").inner_text()


def test_a_pasted_text_shows_its_attributions(page: Any) -> None:
    page.goto("/")
    page.locator("#text").fill(TEXT)
    page.locator("#paste button").click()
    page.wait_for_url("**/read")
    assert "مدير المياه" in page.locator("#said-1").inner_text()
    assert page.locator(".text .cue").count() >= 1
    assert page.evaluate(FITS)
