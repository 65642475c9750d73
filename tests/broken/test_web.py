"""Hostile servers: each costs one line, a bounded time and a bounded memory, and the next address is fetched."""

import gzip
import runpy
from pathlib import Path

import brotli
import pytest

from takhrij.pages import Limits, read_inputs
from takhrij.pages.fetch import Fetcher, FetchOptions, Seams

PAGES = Path(__file__).parent.parent / "pages"
FakeWeb = runpy.run_path(str(PAGES / "web.py"))["FakeWeb"]
html_page = runpy.run_path(str(PAGES / "builders.py"))["html_page"]
MIB = 1 << 20


def _redirect(to):
    return f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


def _answer(body, *lines, length=None):
    head = ["HTTP/1.1 200 OK", "Content-Type: text/html", *lines, f"Content-Length: {len(body) if length is None else length}"]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


#: path -> (raw answer, class of the error, words in its line)
SERVERS = {
    "redirects-to-itself": (_redirect("/redirects-to-itself"), "FetchError", "redirects"),
    "to-the-metadata-service": (_redirect("http://169.254.169.254/latest/meta-data/"), "FetchError", "never fetched"),
    "to-this-machine": (_redirect("http://[::1]:8080/"), "FetchError", "never fetched"),
    "to-a-mapped-address": (_redirect("http://[::ffff:169.254.169.254]/"), "FetchError", "never fetched"),
    "to-a-number": (_redirect("http://2852039166/"), "FetchError", "written as a number"),
    "to-an-octal-number": (_redirect("http://0251.0376.0251.0376/"), "FetchError", "written as a number"),
    "to-an-inner-name": (_redirect("http://inner.example/"), "FetchError", "never fetched"),
    "to-a-script": (_redirect("javascript:alert(1)"), "FetchError", "only http"),
    "to-data": (_redirect("data:text/html,<p>x"), "FetchError", "only http"),
    "to-a-file": (_redirect("file:///etc/passwd"), "FetchError", "only http"),
    "to-the-mail-port": (_redirect("http://example.org:25/"), "FetchError", "port 25"),
    "to-nowhere": (_redirect("http://["), "FetchError", "no address"),
    "length-too-long": (_answer(b"<p>half", length=5_000), "FetchError", "ends early"),
    "length-of-a-terabyte": (_answer(b"x", length=10**12), "TooLarge", "larger"),
    "gzip-bomb": (_answer(gzip.compress(b"A" * (60 * MIB)), "Content-Encoding: gzip"), "TooLarge", "unpacked"),
    "brotli-bomb": (_answer(brotli.compress(b"A" * (60 * MIB), quality=4), "Content-Encoding: br"), "TooLarge", "unpacked"),
    "headers-without-end": (b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 100_000, "FetchError", "broken"),
    "one-endless-header": (b"HTTP/1.1 200 OK\r\nX-A: " + b"b" * (4 * MIB), "FetchError", "broken"),
    "no-http-at-all": (b"SSH-2.0-OpenSSH_9\r\n", "FetchError", "broken"),
    "nothing": (b"", "FetchError", "broken"),
    "empty-page": (_answer(b""), "FetchError", "empty"),
    "a-picture": (_answer(b"\x89PNG\r\n\x1a\n" + bytes(500)), "NotText", "binary"),
    "a-million-elements": (_answer(b"<div>" * 400_000), "TooLarge", "nested"),
    "a-report": (_answer(b"%PDF-1.7"), "UnsupportedInput", "PDF"),
}


@pytest.fixture(scope="module")
def batch():
    web = FakeWeb()
    web.names["inner.example"] = ["10.0.0.7"]
    web.pages["example.org/sound"] = [_answer(html_page("جسر الوادي").encode())]
    for path, (answer, _, _) in SERVERS.items():
        web.pages[f"example.org/{path}"] = [answer]
    inputs = [url for path in SERVERS for url in (f"http://example.org/{path}", "http://example.org/sound")]
    errors = []
    options = FetchOptions(delay=0.0, tries=1, page=2 * MIB)
    with Fetcher(options, Seams(web.resolver, web.connector, web.clock, web.sleep)) as fetcher:
        articles = list(read_inputs(inputs, on_error=errors.append, fetch=fetcher, limits=Limits(page=2 * MIB)))
    return web, articles, {e.name: e for e in errors}


@pytest.mark.parametrize("path", SERVERS)
def test_each_server_costs_one_line(batch, path):
    error = batch[2][f"http://example.org/{path}"]
    _, kind, words = SERVERS[path]
    assert type(error).__name__ == kind
    assert words in str(error)
    assert len(str(error).splitlines()) == 1


def test_the_batch_goes_on(batch):
    assert [a.title for a in batch[1]] == ["جسر الوادي"] * len(SERVERS)


def test_only_public_addresses_were_connected_to(batch):
    assert set(batch[0].connected) == {"93.184.216.34"}
