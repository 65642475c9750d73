"""Polling feeds: each new item once, nothing lost by a kill."""

import pytest

from takhrij.errors import DataError, FetchError
from takhrij.pages.feeds import watch
from takhrij.records import Page

FEED = "https://example.org/feed"


class FakeFetcher:
    def __init__(self, make):
        self.make = make
        self.items = []
        self.failing = set()
        self.known = []

    def fetch(self, url, known=None):
        if url == FEED:
            self.known.append(known)
            if known and known.etag == f'"{len(self.items)}"':
                return None
            rows = "".join(f"<item><title>{i}</title><link>{i}</link></item>" for i in self.items)
            body = f"<rss><channel><title>النهر</title>{rows}</channel></rss>".encode()
            return Page(
                name=url, url=url, body=body, media_type="application/rss+xml", headers={"etag": f'"{len(self.items)}"'}
            )
        if url in self.failing:
            raise FetchError(url, "no connection")
        return Page(name=url, url=url, body=self.make.html_page(f"خبر {url[-1]}").encode(), media_type="text/html")


@pytest.fixture
def fetcher(make):
    fetcher = FakeFetcher(make)
    fetcher.items = ["https://example.org/1", "https://example.org/2"]
    return fetcher


@pytest.fixture
def poll(fetcher, tmp_path):
    def run(most=None):
        bad, got = [], []
        for _, article in watch([FEED], tmp_path / "state", fetcher, on_error=bad.append):
            got.append(article.id)
            if len(got) == most:
                break  # as a kill would: the generator is dropped where it stands
        return got, bad

    return run


def test_each_item_once(poll, fetcher):
    assert poll() == (["https://example.org/1", "https://example.org/2"], [])
    assert poll() == ([], [])
    fetcher.items.append("https://example.org/3")
    assert poll() == (["https://example.org/3"], [])
    assert [k.etag if k else None for k in fetcher.known] == [None, '"2"', '"2"']


def test_a_kill_loses_nothing(poll):
    assert poll(most=1)[0] == ["https://example.org/1"]
    assert poll()[0] == ["https://example.org/1", "https://example.org/2"]
    assert poll()[0] == []


def test_an_item_that_cannot_be_fetched_is_tried_again(poll, fetcher):
    fetcher.failing = {"https://example.org/1"}
    got, bad = poll()
    assert got == ["https://example.org/2"]
    assert [e.name for e in bad] == ["https://example.org/1"]
    fetcher.failing = set()
    assert poll()[0] == ["https://example.org/1"]


def test_one_broken_feed_does_not_stop_the_others(fetcher, tmp_path):
    bad = []
    got = list(watch(["https://example.org/2", FEED], tmp_path / "s", fetcher, on_error=bad.append))
    assert len(got) == 2
    assert len(bad) == 1


def test_a_file_that_is_no_state_is_named(fetcher, tmp_path):
    (tmp_path / "s").write_text("not a database, but long enough to be taken for something else entirely" * 20)
    with pytest.raises(DataError):
        list(watch([FEED], tmp_path / "s", fetcher, on_error=pytest.fail))
