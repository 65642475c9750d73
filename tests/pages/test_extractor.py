"""Pages read in a child process: the same articles, and a child that may die."""

import dataclasses

import pytest

from takhrij import errors
from takhrij.pages import Limits, article_from_bytes
from takhrij.pages.extractor import Extractor
from takhrij.records import Page


@pytest.fixture(scope="module")
def extractor():
    with Extractor() as extractor:
        yield extractor


def test_the_child_reads_as_this_process_does(make, extractor):
    page = Page(
        name="ص", body=make.html_page().encode(), url="https://example.org/a", media_type="text/html", headers={"x": "y"}
    )
    assert extractor(page) == article_from_bytes(page)
    text = Page(name="t", body="عنوان\nنص الخبر.\nشارك\n".encode())
    assert extractor(text) == article_from_bytes(text)
    assert extractor(text).skip


def test_errors_come_back_as_themselves(extractor):
    with pytest.raises(errors.EmptyInput, match="empty"):
        extractor(Page(name="e", body=b" "))
    with pytest.raises(errors.UnsupportedInput):
        extractor(Page(name="p", body=b"%PDF-1.4"))


def test_a_page_that_takes_too_long_is_ended_and_the_next_one_read(make, extractor):
    slow = Extractor(seconds=-30.0 + 0.0001)  # less than no time, the start-up allowance taken off
    page = Page(name="slow", body=make.html_page().encode(), media_type="text/html")
    with pytest.raises(errors.TooLarge, match="seconds"):
        slow(page)
    slow._seconds = 30.0
    assert slow(page).title
    slow.close()


def test_a_child_that_dies_is_replaced(make):
    page = Page(name="p", body=make.html_page().encode(), media_type="text/html")
    with Extractor() as extractor:
        first = extractor(page)
        extractor._child.kill()
        extractor._child.wait()
        with pytest.raises(errors.TooLarge):
            extractor(page)
        assert extractor(page) == first


def test_memory_is_bounded():
    page = Page(name="big", body="سطر طويل ".encode() * 2_500_000, media_type="text/plain")
    with (
        Extractor(memory=160 * 1024 * 1024, limits=Limits(page=64 * 1024 * 1024)) as extractor,
        pytest.raises(errors.TooLarge, match="memory"),
    ):
        extractor(page)


def test_article_is_a_plain_record(make, extractor):
    page = Page(name="p", body=make.html_page().encode(), media_type="text/html")
    assert dataclasses.replace(extractor(page), id="q").id == "q"
