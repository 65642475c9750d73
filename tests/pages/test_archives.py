"""WARC and WACZ: which records become articles, and what damage costs."""

import gzip
import io
import zlib

import brotli
import pytest

from takhrij import errors
from takhrij.pages import read_inputs

URL = "https://example.org/{}"


def test_pages_of_a_warc_stream(make, read):
    data = make.warc(
        make.warc_record("warcinfo", "", b"software: x", "application/warc-fields"),
        make.page_record(URL.format("a"), "وصول القافلة"),
        make.warc_record("response", URL.format("x.png"), make.http_response(b"\x89PNG", "image/png")),
        make.warc_record("response", URL.format("old"), make.http_response("gone", status="404 Not Found")),
        make.warc_record("resource", URL.format("b"), make.html_page("قطاف الزيتون").encode(), "text/html"),
        make.warc_record("response", URL.format("frame"), make.http_response("<html><body></body></html>")),
        make.warc_record("metadata", URL.format("a"), b"x: y", "application/warc-fields"),
    )
    for name in ("x.warc.gz", "x.warc"):
        articles, bad = read(name, data if name.endswith("gz") else gzip.decompress(data))
        assert [(a.id, a.title) for a in articles] == [(URL.format("a"), "وصول القافلة"), (URL.format("b"), "قطاف الزيتون")]
        assert bad == []
        assert articles[0].url == URL.format("a")


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "gzip, br", "identity"])
def test_content_codings_are_undone(make, read, coding):
    pack = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "identity": bytes}
    body = make.html_page("جسر الوادي").encode()
    for step in coding.split(", "):
        body = pack[step](body)
    record = make.warc_record("response", URL.format("a"), make.http_response(body, Content_Encoding=coding))
    articles, bad = read("x.warc.gz", make.warc(record))
    assert [a.title for a in articles] == ["جسر الوادي"]
    assert bad == []


def test_chunked_bodies_are_put_together(make, read):
    body = make.html_page("جسر الوادي").encode()
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(c), c) for c in (body[:500], body[500:])) + b"0\r\n\r\n"
    for stored in (chunked, body):  # some archivers undo the chunks and leave the header
        record = make.warc_record("response", URL.format("a"), make.http_response(stored, Transfer_Encoding="chunked"))
        assert [a.title for a in read("x.warc.gz", make.warc(record))[0]] == ["جسر الوادي"]


def test_revisit_of_a_page_in_the_archive_adds_nothing(make, read):
    first = make.page_record(URL.format("a"), WARC_Payload_Digest="sha1:AAAA")
    again = make.warc_record("revisit", URL.format("a"), make.http_response(""), WARC_Payload_Digest="sha1:AAAA")
    other = make.warc_record("revisit", URL.format("b"), make.http_response(""), WARC_Payload_Digest="sha1:BBBB")
    articles, bad = read("x.warc.gz", make.warc(first, again, other))
    assert [a.id for a in articles] == [URL.format("a")]
    assert [(type(e), e.name) for e in bad] == [(errors.UnsupportedInput, URL.format("b"))]


def test_the_same_address_captured_twice_gives_two_articles(make, read):
    articles, _ = read(
        "x.warc",
        make.warc(make.page_record(URL.format("a"), "أ ب ت"), make.page_record(URL.format("a"), "ج ح خ"), packed=False),
    )
    assert [a.id for a in articles] == [URL.format("a"), URL.format("a") + "#2"]


def test_a_torn_archive_gives_the_records_before_the_tear(make, read):
    data = make.warc(make.page_record(URL.format("a")), make.page_record(URL.format("b")))
    articles, bad = read("x.warc.gz", data[:-40])
    assert [a.id for a in articles] == [URL.format("a")]
    assert [type(e) for e in bad] == [errors.DamagedInput]
    assert "after 1 records" in str(bad[0])


def test_wacz_reads_the_pages_that_it_lists(make, read):
    data = make.warc(make.page_record(URL.format("a")), make.page_record(URL.format("advert")))
    articles, bad = read("x.wacz", make.wacz({"archive/data.warc.gz": data}, pages=[URL.format("a")]))
    assert [a.id for a in articles] == [URL.format("a")]
    articles, bad = read("y.wacz", make.wacz({"archive/data.warc.gz": data}))
    assert len(articles) == 2
    assert bad == []


def test_archive_on_standard_input(make, monkeypatch):
    data = make.warc(make.page_record(URL.format("a")))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [a.id for a in read_inputs(["-"], on_error=pytest.fail)] == [URL.format("a")]


def test_archive_without_pages_is_one_error(make, read):
    record = make.warc_record("response", URL.format("x.png"), make.http_response(b"\x89PNG", "image/png"))
    articles, bad = read("x.warc.gz", make.warc(record))
    assert articles == []
    assert [type(e) for e in bad] == [errors.EmptyInput]


def test_a_browsers_folder_beside_a_page_is_passed_over(make, tmp_path):
    (tmp_path / "قافلة.html").write_text(make.html_page(), encoding="utf-8")
    (tmp_path / "قافلة_files").mkdir()
    (tmp_path / "قافلة_files" / "frame.html").write_text(make.html_page(), encoding="utf-8")
    assert [a.id for a in read_inputs([tmp_path], on_error=pytest.fail)] == ["قافلة.html"]


@pytest.mark.parametrize("packed", [True, False])
def test_a_damaged_record_does_not_take_the_rest_along(make, read, packed):
    names = [f"p{i}" for i in range(40)]
    parts = [make.warc(make.page_record(URL.format(n)), packed=packed) for n in names]
    parts[1] = parts[1][:300] + parts[1][320:]
    articles, bad = read("x.warc.gz" if packed else "x.warc", b"".join(parts))
    read_names = [a.id.rsplit("/", 1)[1] for a in articles]
    assert read_names[0] == "p0"
    assert "p1" not in read_names
    assert read_names[-1] == "p39"
    assert len(read_names) >= 35  # some right behind the damage may go with it
    assert {type(e) for e in bad} == {errors.DamagedInput}
