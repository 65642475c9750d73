"""robots.txt by RFC 9309."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij.pages.robots import ALL, NONE, parse

TEXT = """
# who may come
User-agent: other
Disallow: /

User-agent: *
Disallow: /private
Allow: /private/news
Disallow: /*.pdf$
Disallow: /search?*q=
Disallow: /خاص
Crawl-delay: 2.5
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private", False),
        ("/private/x", False),
        ("/private/news/1", True),
        ("/a/report.pdf", False),
        ("/a/report.pdf?x", True),
        ("/search?lang=ar&q=x", False),
        ("/search?lang=ar", True),
        ("/%D8%AE%D8%A7%D8%B5/1", False),
        ("/خاص", False),
    ],
)
def test_the_longest_pattern_decides(path, allowed):
    assert parse(TEXT, "takhrij").allows(f"https://example.org{path}") is allowed


def test_delay_and_own_group():
    assert parse(TEXT, "takhrij").delay == 2.5
    assert not parse(TEXT, "Other").allows("https://example.org/x")
    assert parse("User-agent: takhrij\nUser-agent: other\nDisallow: /a", "takhrij").paths == ((False, "/a"),)


def test_all_and_none():
    assert ALL.allows("https://example.org/x")
    assert not NONE.allows("https://example.org/x")


def test_a_pattern_made_to_be_slow_is_not():
    rules = parse("User-agent: *\nDisallow: /" + "*a" * 200 + "$", "takhrij")
    assert rules.allows("https://example.org/" + "a" * 20_000 + "b")


@given(st.text(max_size=300), st.text(alphabet="/ab*$?%", max_size=40))
def test_any_text_is_survived(text, path):
    assert parse(text, "takhrij").allows(f"https://example.org/{path}") in {True, False}
