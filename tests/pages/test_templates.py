"""Forty pages in ten templates: floors on what comes out of them (``bench/pages.py`` measures the same beside other tools)."""

import re
import runpy
from collections import Counter
from pathlib import Path

import pytest

from takhrij.pages import article_from_bytes
from takhrij.records import Page
from takhrij.text.fold import fold

RENDER = runpy.run_path(str(Path(__file__).with_name("templates") / "render.py"))
PAGES = RENDER["pages"]()
WORD = re.compile(r"\w+")


def words(text):
    return Counter(WORD.findall(fold(text)))


@pytest.fixture(scope="module")
def read():
    return [(p, article_from_bytes(Page(name=p.name, body=p.data, url=p.url, media_type="text/html"))) for p in PAGES]


def test_there_are_forty():
    assert len(PAGES) == 40
    assert len({p.name for p in PAGES}) == 40


def test_headlines(read):
    assert [p.name for p, a in read if a.title != p.title] == []


def test_days_and_their_evidence(read):
    assert [p.name for p, a in read if a.date != p.date] == []
    assert all(a.date_evidence and 0.4 <= a.date_certainty <= 1 for _, a in read)


def test_outlets(read):
    assert [p.name for p, a in read if a.outlet != p.outlet] == []


def test_bodies_hold_the_paragraphs_and_hardly_anything_else(read):
    for page, article in read:
        got, expected = words(article.text), words("\n".join([page.title, *page.paragraphs]))
        assert (got & expected).total() >= 0.97 * expected.total(), page.name
        assert (got & expected).total() >= 0.97 * got.total(), page.name


def test_a_paragraph_is_a_line(read):
    for page, article in read:
        lines = article.text.split("\n")
        assert sum(p in lines for p in page.paragraphs) >= len(page.paragraphs) - 1, page.name


def test_texts_of_pages_hold_no_marked_furniture(read):
    assert all(a.skip == () for _, a in read)


def test_sites_that_the_reader_was_not_made_with():
    scores = []
    for page in RENDER["pages"](RENDER["FRESH"]):
        article = article_from_bytes(Page(name=page.name, body=page.data, url=page.url, media_type="text/html"))
        got, expected = words(article.text), words("\n".join([page.title, *page.paragraphs]))
        scores.append(2 * (got & expected).total() / (got.total() + expected.total()))
        assert (article.title, article.date) == (page.title, page.date)
    assert sum(scores) / len(scores) >= 0.97
