"""Feeds, sitemaps and Telegram exports: items and posts as articles."""

import json

import pytest

from takhrij import errors
from takhrij.pages.feed_items import read_feed
from takhrij.pages.limits import DEFAULT_LIMITS

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>صحيفة النهر</title><link>https://example.org/</link>
<item><title>افتتاح جسر الوادي</title><link>https://example.org/1</link><guid isPermaLink="false">g-1</guid>
<pubDate>Tue, 04 May 2021 23:10:00 +0300</pubDate><dc:creator>سامي الوادي</dc:creator><category>محليات</category>
<description>موجز</description>
<content:encoded><![CDATA[<p>المرسى (رويترز) - افتتح المجلس الجسر.</p>
<p>وقال رئيسه إن العمل انتهى &amp; انتهى.</p>]]></content:encoded></item>
<item><title>بلا نص</title><link>https://example.org/2</link></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>النهر</title>
<entry><title>موسم القطاف</title><id>tag:1</id><link rel="self" href="https://example.org/x"/>
<link rel="alternate" href="https://example.org/a1"/><updated>2021-05-04T10:00:00Z</updated><author><name>ليلى</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>بدأ القطاف.</p>
<p>وقال المزارعون إنه جيد.</p></div></content></entry></feed>"""


def test_rss_items(read):
    articles, bad = read("feed.xml", RSS)
    assert bad == []
    first, second = articles
    assert (first.id, first.url, first.date, first.outlet) == (
        "https://example.org/1",
        "https://example.org/1",
        "2021-05-04",
        "صحيفة النهر",
    )
    assert (first.author, first.section, first.credit) == ("سامي الوادي", "محليات", "المرسى - رويترز")
    assert first.text.split("\n") == [
        "افتتاح جسر الوادي",
        "المرسى (رويترز) - افتتح المجلس الجسر.",
        "وقال رئيسه إن العمل انتهى & انتهى.",
    ]
    assert second.text == "بلا نص"


def test_atom_entries(read):
    (entry,), bad = read("feed.xml", ATOM)
    assert bad == []
    assert (entry.id, entry.date, entry.author) == ("https://example.org/a1", "2021-05-04", "ليلى")
    assert entry.text.split("\n")[1:] == ["بدأ القطاف.", "وقال المزارعون إنه جيد."]


def test_a_sitemap_is_listed_and_not_read(read):
    data = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://example.org/1</loc></url></urlset>'
    assert [i.link for i in read_feed(data.encode(), "s.xml", DEFAULT_LIMITS).items] == ["https://example.org/1"]
    articles, bad = read("sitemap.xml", data)
    assert articles == []
    assert "1 addresses" in str(bad[0])


@pytest.mark.parametrize("data", ["<svg xmlns='http://www.w3.org/2000/svg'/>", "<?xml version='1.0'?><catalog/>"])
def test_other_xml_is_named(read, data):
    assert [type(e) for e in read("x.xml", data)[1]] == [errors.UnsupportedInput]


def test_page_that_is_called_xml_is_read_as_the_page_it_is(make, read):
    assert read("x.xml", make.html_page("جسر الوادي"))[0][0].title == "جسر الوادي"


TELEGRAM = {
    "name": "قناة المرسى",
    "type": "public_channel",
    "id": 77,
    "messages": [
        {"id": 1, "type": "service", "date": "2021-05-01T10:00:00", "text": "channel created"},
        {"id": 2, "type": "message", "date": "2021-05-02T10:00:00", "text": "وصلت القافلة إلى المرفأ.\nوبدأ التفريغ."},
        {
            "id": 3,
            "type": "message",
            "date": "2021-05-03T10:00:00",
            "forwarded_from": "بلدية الوادي",
            "text": ["افتتح ", {"type": "bold", "text": "جسر الوادي"}, " اليوم."],
        },
        {"id": 4, "type": "message", "date": "2021-05-03T11:00:00", "photo": "x.jpg", "text": ""},
        {"id": 5, "type": "message", "date": "2021-05-03T11:00:00", "text": 12},
    ],
}


def test_telegram_posts(read):
    articles, bad = read("result.json", json.dumps(TELEGRAM, ensure_ascii=False))
    assert [(a.id, a.date, a.forwarded_from) for a in articles] == [
        ("telegram:77/2", "2021-05-02", None),
        ("telegram:77/3", "2021-05-03", "بلدية الوادي"),
    ]
    assert articles[0].outlet == "قناة المرسى"
    assert articles[0].title == "وصلت القافلة إلى المرفأ."
    assert articles[1].text == "افتتح جسر الوادي اليوم."
    assert [type(e) for e in bad] == [errors.DamagedInput]


def test_export_of_a_whole_account(read):
    articles, _ = read("result.json", json.dumps({"chats": {"list": [TELEGRAM, {"name": "x"}]}}))
    assert len(articles) == 2


@pytest.mark.parametrize("data", ["{}", '{"messages": 3}', '{"messages": [', "[1, 2]"])
def test_other_json_is_one_error(read, data):
    articles, bad = read("result.json", data)
    assert articles == []
    assert len(bad) == 1
