"""The pages stand alone, obey nothing of what they show, and mark spans exactly."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from readings import HOSTILE, LEAD, hostile, plain, trace_of

from takhrij.records import Article, Attribution, Reading, Span
from takhrij.render.page import reading_page, trace_page

#: The only elements that our pages use.
_OURS = {
    "html", "head", "meta", "title", "style", "body", "main", "article", "section", "h1", "h2", "p", "div", "span", "ol", "ul",
    "li", "b", "i", "em", "small", "bdi", "table", "caption", "tr", "th", "td",
}  # fmt: skip
_VOID = {"meta"}


class Page(HTMLParser):
    """The elements of a page, whether they are nested as they should be, and the words in its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.text: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in _VOID:
            self.open.append(f"{tag}.{dict(attrs).get('class', '')}")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().split(".")[0] == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if any(element == "div.text" for element in self.open):
            self.text.append((self.open[-1].partition(".")[2], data))


def _pages() -> dict[str, str]:
    return {
        "reading": reading_page([plain(), hostile()]),
        "trace": trace_page(trace_of(hostile(), HOSTILE)),
        "empty": trace_page(trace_of(plain(), "x").__class__((plain(),), (), ())),
    }


every_page = pytest.mark.parametrize("name", ["reading", "trace", "empty"])


@every_page
def test_nothing_is_requested(name):
    page = _pages()[name]
    assert "default-src 'none'" in page
    parsed = Page(page)
    assert not parsed.attributes & {"src", "href", "srcset", "action", "style", "onerror", "onclick", "data", "background"}
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert style
    assert not re.search(r"url\(|@import|expression|https?:", style.group(1))


@every_page
def test_the_page_is_well_formed_and_right_to_left(name):
    page = _pages()[name]
    parsed = Page(page)
    assert parsed.open == []
    assert parsed.tags <= _OURS
    assert page.startswith('<!doctype html>\n<html lang="ar" dir="rtl">')


@every_page
def test_hostile_words_are_shown_and_not_obeyed(name):
    page = _pages()[name]
    assert "<script" not in page
    assert "<img" not in page
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)
    if name != "empty":
        shown = "".join(Page(page).words)
        assert "<script>alert(1)</script>\"'&lt;<U+202E><U+001B>[31m<U+2066><img src=x onerror=y>" in shown


def test_words_of_the_page_are_set_apart_from_ours():
    page = trace_page(trace_of(hostile(), HOSTILE))
    body = page.split("<main>")[1]
    assert all(line.count("<bdi>") for line in body.split("<li")[1:])


def test_spans_are_marked_exactly():
    parsed = Page(reading_page([plain()]))
    assert "".join(words for _, words in parsed.text) == plain().article.text
    marked = [(kind, words) for kind, words in parsed.text if kind != "text"]
    assert marked == [
        ("cue s1", "قالت"),
        ("source s1", "هيئة الجسر"),
        ("content s1", "إن العبور مجاني يوم الجمعة"),
        ("cue s1", "وأضافت"),
        ("content s1", "أن «"),
        ("content s1", "الجسر آمن"),
        ("content s1", "»"),
    ]
    assert LEAD in plain().article.text


@given(st.data())
def test_any_spans_leave_the_text_as_it_is(data):
    text = data.draw(st.text(alphabet="ابجد <>&\"'\n", min_size=1, max_size=60).filter(lambda t: "  " not in t))
    edges = st.integers(0, len(text) - 1).flatmap(lambda s: st.integers(s + 1, len(text)).map(lambda e: Span(s, e)))
    drawn = data.draw(st.lists(st.tuples(edges, edges, edges), max_size=4))
    said = tuple(Attribution(cue, (content,), "state", source=source, speaker="س") for cue, content, source in drawn)
    parsed = Page(reading_page([Reading(Article("a", text, "t"), said)]))
    assert "".join(words for _, words in parsed.text) == text
    at = 0
    for kinds, words in parsed.text:
        for offset in range(at, at + len(words)):
            cue = any(a.cue.start <= offset < a.cue.end for a in said)
            content = any(c.start <= offset < c.end for a in said for c in a.content)
            assert (cue, content) == ("cue" in kinds.split(), "content" in kinds.split())
        at += len(words)


def test_an_article_that_is_not_arabic_says_so():
    page = reading_page([Reading(Article("a", "The bridge", "The bridge", lang="en"))])
    assert "ليس بالعربية (en)" in page
