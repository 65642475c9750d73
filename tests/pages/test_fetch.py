"""Fetching over a made-up web: manners, bounds, and addresses that are never connected to."""

import gzip
import runpy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij.errors import DamagedInput, FetchError, InputError, TooLarge
from takhrij.pages.addresses import is_public, vetted_url
from takhrij.pages.fetch import Fetcher, FetchOptions, Seams, Validators

FakeWeb = runpy.run_path(str(Path(__file__).with_name("web.py")))["FakeWeb"]


@pytest.fixture
def web():
    return FakeWeb()


@pytest.fixture
def fetcher(web):
    with Fetcher(FetchOptions(delay=1.0, tries=3), Seams(web.resolver, web.connector, web.clock, web.sleep)) as fetcher:
        yield fetcher


def test_page_with_its_headers(web, fetcher):
    web.add("example.org/a", "<p>نص</p>", ETag='"1"', Set_Cookie="secret=1")
    page = fetcher("http://example.org/a")
    assert page.body.decode() == "<p>نص</p>"
    assert (page.name, page.url, page.final_url) == ("http://example.org/a",) * 3
    assert page.headers["etag"] == '"1"'
    assert "set-cookie" not in page.headers
    assert page.captured.endswith("Z")
    assert web.connected == ["93.184.216.34"]


def test_user_agent_is_honest_and_robots_is_asked_first(web, fetcher):
    web.add("example.org/a", "x")
    fetcher("http://example.org/a")
    assert web.asked == ["example.org/robots.txt", "example.org/a"]
    assert "user-agent: takhrij/" in web.requests[0].lower()
    assert "robots" in web.requests[0].lower()


@pytest.mark.parametrize(
    ("rules", "status", "allowed"),
    [
        ("User-agent: *\nDisallow: /", "200 OK", False),
        ("User-agent: *\nDisallow: /b", "200 OK", True),
        ("User-agent: takhrij\nDisallow: /\n\nUser-agent: *\nAllow: /", "200 OK", False),
        ("User-agent: Takhrij\nAllow: /\n\nUser-agent: *\nDisallow: /", "200 OK", True),
        ("", "404 Not Found", True),
        ("", "500 Internal Server Error", False),
    ],
)
def test_robots(web, fetcher, rules, status, allowed):
    web.add("example.org/robots.txt", rules, status)
    web.add("example.org/a", "x")
    if allowed:
        assert fetcher("http://example.org/a").body == b"x"
    else:
        with pytest.raises(FetchError, match=r"robots\.txt"):
            fetcher("http://example.org/a")
        assert "example.org/a" not in web.asked


def test_a_pause_between_two_requests_to_one_host_only(web, fetcher):
    for where in ("example.org/a", "example.org/b", "other.example/a"):
        web.add(where, "x")
    web.add("example.org/robots.txt", "User-agent: *\nCrawl-delay: 7")
    fetcher("http://example.org/a")
    fetcher("http://other.example/a")
    fetcher("http://example.org/b")
    assert web.slept == [1.0, 1.0, 6.0]


def test_unchanged_pages_cost_no_body(web, fetcher):
    web.add("example.org/a", "", "304 Not Modified", Content_Length=None)
    assert fetcher.fetch("http://example.org/a", Validators('"1"', "Tue, 04 May 2021 20:10:00 GMT")) is None
    assert 'if-none-match: "1"' in web.requests[-1].lower()
    assert "if-modified-since: tue, 04 may 2021" in web.requests[-1].lower()


def test_a_busy_server_is_asked_again_later(web, fetcher):
    web.add("example.org/a", "", "503 Service Unavailable", Retry_After="9")
    web.add("example.org/a", "x")
    assert fetcher("http://example.org/a").body == b"x"
    assert 9.0 in web.slept


def test_a_server_that_stays_broken_is_given_up(web, fetcher):
    web.add("example.org/a", "", "500 Internal Server Error")
    with pytest.raises(FetchError, match="500"):
        fetcher("http://example.org/a")
    assert web.asked.count("example.org/a") == 3


def test_a_server_that_asks_for_a_long_pause_is_not_waited_for(web, fetcher):
    web.add("example.org/a", "", "429 Too Many Requests", Retry_After="86400")
    with pytest.raises(FetchError, match="86400"):
        fetcher("http://example.org/a")
    assert max(web.slept) < 100


def test_redirects_are_followed_and_counted(web, fetcher):
    web.add("example.org/a", "", "301 Moved Permanently", Location="/b")
    web.add("example.org/b", "", "302 Found", Location="https://other.example/c#top")
    web.add("other.example/c", "x")
    page = fetcher("http://example.org/a")
    assert (page.url, page.final_url) == ("http://example.org/a", "https://other.example/c")
    web.add("example.org/loop", "", "302 Found", Location="/loop")
    with pytest.raises(FetchError, match="redirects"):
        fetcher("http://example.org/loop")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)", "data:text/html,x", "gopher://example.org/",
        "//example.org/", "http:///x", "http://user:pass@example.org/", "http://user@example.org/", "http://2130706433/", "http://0x7f000001/",
        "http://0177.0.0.1/", "http://127.1/", "http://0x7f.1/", "http://127.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/", "http://10.1.2.3/", "http://192.168.1.1/", "http://172.16.0.1/", "http://0.0.0.0/",
        "http://100.64.0.1/", "http://224.0.0.1/", "http://[fe80::1%25eth0]/", "http://[fc00::1]/", "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/", "http://example.org:22/", "http://exa mple.org/", "http://example.org\\@127.0.0.1/", "http://[::1",
        "http://example.org:99999/", "http://example.org/\r\nX: y", "http://" + "a" * 3000,
    ],
)  # fmt: skip
def test_addresses_that_are_never_connected_to(web, fetcher, url):
    with pytest.raises(FetchError) as caught:
        fetcher(url)
    assert "\n" not in str(caught.value)
    assert web.connected == []


@pytest.mark.parametrize(
    "inner", ["127.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fd00::1", "0.0.0.0", "192.168.0.9"]
)
def test_names_are_vetted_after_they_are_resolved(web, fetcher, inner):
    web.names["evil.example"] = [inner]
    web.names["mixed.example"] = ["93.184.216.34", inner]
    for host in ("evil.example", "mixed.example"):
        with pytest.raises(FetchError, match="never fetched"):
            fetcher(f"http://{host}/")
    assert web.connected == []


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/",
        "http://localhost/",
        "file:///etc/passwd",
        "http://0x7f.1/",
        "//127.0.0.1/",
        "http://[::1]/",
        "http://[",
    ],
)
def test_redirects_are_vetted_at_each_hop(web, fetcher, target):
    web.names["localhost"] = ["127.0.0.1"]
    web.add("example.org/a", "", "302 Found", Location="/b")
    web.add("example.org/b", "", "302 Found", Location=target)
    with pytest.raises(FetchError):
        fetcher("http://example.org/a")
    assert set(web.connected) == {"93.184.216.34"}


def test_the_address_that_was_vetted_is_the_one_connected_to(web, fetcher):
    web.names["rebind.example"] = [["93.184.216.40"], ["127.0.0.1"], ["127.0.0.1"]]
    web.add("rebind.example/a", "x", Connection="close")
    web.add("rebind.example/robots.txt", "", "404 Not Found", Connection="close")
    with pytest.raises(FetchError, match="never fetched"):
        fetcher("http://rebind.example/a")
    assert web.connected == ["93.184.216.40"]


def test_https_is_not_left_for_http(web, fetcher):
    web.add("example.org/a", "", "302 Found", Location="http://other.example/b")
    with pytest.raises(FetchError, match="https to http"):
        fetcher("https://example.org/a")


def test_bounds_on_size(web):
    options = FetchOptions(delay=0.0, page=10_000)
    with Fetcher(options, Seams(web.resolver, web.connector, web.clock, web.sleep)) as fetcher:
        web.add("example.org/said", b"x", Content_Length="999999999")
        web.add("example.org/long", b"x" * 20_000)
        web.add("example.org/bomb", gzip.compress(b"x" * 5_000_000), Content_Encoding="gzip")
        web.add("example.org/torn", gzip.compress(b"x" * 5_000)[:-9], Content_Encoding="gzip")
        for path in ("said", "long", "bomb"):
            with pytest.raises(TooLarge):
                fetcher(f"http://example.org/{path}")
        with pytest.raises(DamagedInput):
            fetcher("http://example.org/torn")


def test_a_slow_drip_ends_at_the_deadline(web):
    options = FetchOptions(delay=0.0, seconds=60.0, tries=1)
    with Fetcher(options, Seams(web.resolver, web.connector, web.clock, web.sleep)) as fetcher:
        web.add("example.org/robots.txt", "")
        fetcher._allowed("http://example.org/a", "x")
        web.tick = 7.0  # each look at the clock is seven seconds later
        web.add("example.org/a", b"x" * 5_000_000)
        with pytest.raises(FetchError, match="too slow"):
            fetcher("http://example.org/a")


def test_a_body_shorter_than_its_length_is_an_error(web, fetcher):
    web.add("example.org/a", b"half", Content_Length="400")
    with pytest.raises(FetchError, match="ends early"):
        fetcher("http://example.org/a")


@pytest.mark.parametrize(
    "answer", [b"", b"garbage\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx", b"HTTP/1.1 99999 X\r\n\r\n"]
)
def test_broken_answers_are_one_error(web, fetcher, answer):
    web.pages["example.org/a"] = [answer]
    with pytest.raises(InputError) as caught:
        fetcher("http://example.org/a")
    assert "\n" not in str(caught.value)


def test_no_proxy_of_the_environment_is_used(web, fetcher, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    web.add("example.org/a", "x")
    fetcher("http://example.org/a")
    assert web.connected == ["93.184.216.34"]


@given(st.ip_addresses(v=4))
def test_every_form_that_carries_an_inner_address_is_as_inner(address):
    if not is_public(str(address)):
        for form in (f"::ffff:{address}", f"64:ff9b::{address}", f"::{address}"):
            assert not is_public(form)


@given(st.text(max_size=60))
def test_any_address_is_vetted_or_refused(text):
    for url in (text, f"http://{text}", f"http://example.org/{text}"):
        try:
            parts = vetted_url(url)
        except FetchError:
            continue
        assert parts.scheme.lower() in {"http", "https"}
        assert parts.hostname


def test_headers_fit_the_decoded_body(web, fetcher):
    web.add("example.org/a", gzip.compress(b"<p>x</p>"), Content_Encoding="gzip")
    page = fetcher("http://example.org/a")
    assert page.body == b"<p>x</p>"
    assert "content-encoding" not in page.headers
    assert page.headers["x-archive-orig-content-encoding"] == "gzip"
