"""Sitemaps: read as lists of addresses where fetching is allowed, within bounds; else one line that names the way out."""

import gzip
import io

import pytest

from takhrij import errors
from takhrij.pages import read_inputs, sitemaps
from takhrij.records import Page

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'


def urlset(*urls):
    picture = "<image:image><image:loc>https://example.org/p.jpg</image:loc></image:image>"
    return f"{HEAD}<urlset {SPACE}>{''.join(f'<url><loc> {u} </loc>{picture}</url>' for u in urls)}</urlset>"


def index(*urls):
    return f"{HEAD}<sitemapindex {SPACE}>{''.join(f'<sitemap><loc>{u}</loc></sitemap>' for u in urls)}</sitemapindex>"


@pytest.fixture
def web(make):
    """A fetcher over a table of what lies where; other addresses hold an article. ``asked`` lists what was asked for."""

    class Web:
        def __init__(self):
            self.there = {}
            self.asked = []

        def __call__(self, url):
            self.asked.append(url)
            media, body = self.there.get(url, ("text/html", make.html_page("جسر الوادي").encode()))
            if body is None:
                raise errors.FetchError(url, "the server answers with status 404")
            return Page(name=url, url=url, body=body, media_type=media)

    return Web()


def read(web, *inputs):
    bad = []
    return [a.id for a in read_inputs(inputs, on_error=bad.append, fetch=web)], [str(e) for e in bad]


PAGES = [f"https://example.org/{n}" for n in range(3)]


@pytest.mark.parametrize("name", ["sitemap.xml", "sitemap.xml.gz", "sitemap.txt"])
def test_a_file_leads_to_its_pages(tmp_path, web, name):
    data = ("\n".join(PAGES) if name.endswith(".txt") else urlset(*PAGES, PAGES[0])).encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    assert read(web, tmp_path / name) == (PAGES, [])
    assert web.asked == PAGES


@pytest.mark.parametrize(
    ("media", "pack"),
    [("application/xml", bytes), ("application/x-gzip", gzip.compress), ("application/octet-stream", bytes)],
)
def test_an_address_leads_to_its_pages(web, media, pack):
    web.there["https://example.org/sitemap"] = (media, pack(urlset(*PAGES).encode()))
    assert read(web, "https://example.org/sitemap") == (PAGES, [])


def test_a_plain_list_at_an_address_leads_to_its_pages(web):
    web.there["https://example.org/sitemap.txt"] = ("text/plain", "\n".join(PAGES).encode())
    assert read(web, "https://example.org/sitemap.txt") == (PAGES, [])


def test_an_index_leads_to_sitemaps_and_no_further(web):
    there = {
        "i": index(*(f"https://example.org/s{n}" for n in range(4))),
        "s0": urlset(*PAGES[:2]),
        "s1": index("https://example.org/deeper"),
        "s3": urlset(*PAGES[1:]),
    }
    web.there = {f"https://example.org/{name}": ("text/xml", data.encode()) for name, data in there.items()}
    web.there["https://example.org/s2"] = ("text/xml", None)
    found, bad = read(web, "https://example.org/i")
    assert found == PAGES
    assert [line.partition(": ")[0] for line in bad] == ["https://example.org/s1", "https://example.org/s2"]
    assert "https://example.org/deeper" not in web.asked
    assert web.asked.count(PAGES[1]) == 1


def test_a_sitemap_in_a_sitemap_is_not_followed(web):
    at = "https://example.org/s.xml"
    web.there[at] = ("text/xml", urlset(at, PAGES[0]).encode())
    found, bad = read(web, at)
    assert found == PAGES[:1]
    assert len(bad) == 1
    assert "sitemap" in bad[0]


def test_a_page_that_cannot_be_had_stops_nothing(tmp_path, web):
    web.there[PAGES[1]] = ("text/html", None)
    (tmp_path / "s.xml").write_text(urlset(*PAGES))
    assert read(web, tmp_path / "s.xml") == ([PAGES[0], PAGES[2]], [f"{PAGES[1]}: the server answers with status 404"])


def test_in_a_folder_and_without_a_fetcher_it_is_one_line(tmp_path, web):
    (tmp_path / "s.xml").write_text(urlset(*PAGES))
    for fetch, given in ((web, tmp_path), (None, tmp_path / "s.xml")):
        found, bad = read(fetch, given)
        assert found == []
        assert len(bad) == 1
        assert "3 addresses" in bad[0]
        assert "give the sitemap itself" in bad[0]
    assert web.asked == []


def test_on_standard_input(monkeypatch, web):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(urlset(*PAGES).encode())))
    assert read(web, "-") == (PAGES, [])


def test_entities_come_to_nothing(tmp_path, web):
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE u [<!ENTITY e0 "https://example.org/x">{levels}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    (tmp_path / "s.xml").write_text(urlset("&e9;", "&f;", PAGES[0]).replace(HEAD, HEAD + bomb))
    (tmp_path / "t.xml").write_text(urlset(PAGES[1]))
    found, bad = read(web, tmp_path / "s.xml", tmp_path / "t.xml")
    assert [url for url in found if url != PAGES[0]] == [PAGES[1]]
    assert set(web.asked) <= set(PAGES[:2])
    assert len(bad) <= 1


def test_how_many_are_fetched_is_bounded(tmp_path, web, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_ADDRESSES", 2)
    (tmp_path / "s.xml").write_text(urlset(*PAGES))
    found, bad = read(web, tmp_path / "s.xml")
    assert found == PAGES[:2]
    assert bad == ["s.xml: more than 2 addresses"]
