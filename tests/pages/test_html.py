"""HTML pages: the headline, the facts, a body with nothing else in it."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from takhrij import errors
from takhrij.pages import Limits, article_from_bytes
from takhrij.records import Page


def article(html, url=None, **limits):
    data = html if isinstance(html, bytes) else html.encode()
    return article_from_bytes(Page(name="p", body=data, url=url, media_type="text/html"), Limits(**limits))


def test_headline_is_the_h1_that_the_title_holds(make):
    page = make.html_page("افتتاح جسر الوادي").replace("<title>افتتاح جسر الوادي", "<title>افتتاح جسر الوادي | صحيفة النهر")
    page = page.replace("<body>", "<body><h1>صحيفة النهر</h1>")
    got = article(page)
    assert got.title == "افتتاح جسر الوادي"
    assert got.outlet == "صحيفة النهر"
    assert got.text.count("افتتاح جسر الوادي") == 1


def test_a_blog_in_a_widget_keeps_its_body():
    paragraphs = "".join(
        f"<p>فقرة {i} عن موسم الحصاد في الوادي وما جمعه المزارعون هذا العام من القمح والشعير.</p>" for i in range(6)
    )
    page = (
        "<html><body><h1>موسم الحصاد</h1><div class='widget Blog'><div class='post'>"
        f"<div class='post-body entry-content'>{paragraphs}</div></div></div>"
        "<div class='widget PopularPosts'><a href='/x'>الأكثر قراءة</a></div></body></html>"
    )
    got = article(page)
    assert "فقرة 5 عن موسم الحصاد" in got.text
    assert "الأكثر قراءة" not in got.text


def test_facts_from_json_ld(make):
    node = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "x"},
            {
                "@type": ["NewsArticle"],
                "headline": "افتتاح جسر الوادي",
                "datePublished": "2021-05-04T23:30:00+03:00",
                "author": [{"name": "سامي الوادي"}, {"name": "ليلى النهر"}],
                "publisher": {"name": "صحيفة النهر"},
                "articleSection": "محليات",
            },
        ],
    }
    got = article(make.html_page(head=f'<script type="application/ld+json">{json.dumps(node)}</script>'))
    assert (got.date, got.author, got.outlet, got.section) == ("2021-05-04", "سامي الوادي; ليلى النهر", "صحيفة النهر", "محليات")
    assert got.date_evidence.startswith("json-ld datePublished")
    assert got.date_certainty == 0.95


@pytest.mark.parametrize(
    ("head", "extra", "url", "day", "evidence"),
    [
        ('<meta property="article:published_time" content="2019-02-08T00:00:00Z">', "", None, "2019-02-08", "meta"),
        ("", '<time datetime="2019-02-08">أمس</time>', None, "2019-02-08", "time"),
        ("", "", "https://example.org/2019/02/08/jisr", "2019-02-08", "address"),
        ("", '<div class="date">الجمعة 8 شباط/فبراير 2019</div>', None, "2019-02-08", "text"),
        ("", "<span>نُشر في ٨ فيفري ٢٠١٩</span>", None, "2019-02-08", "text"),
        ("", "", None, None, None),
    ],
)
def test_where_the_day_is_read(make, head, extra, url, day, evidence):
    got = article(make.html_page(head=head, extra=extra), url)
    assert got.date == day
    assert (got.date_evidence or "").partition(" ")[0].rstrip(":") == (evidence or "")


def test_what_is_no_news_stays_out(make):
    inside = (
        "<figure><img src=x><figcaption>منظر من الجسر</figcaption></figure><div class='share-bar'>شارك الخبر</div>"
        "<div class='related-posts'><h3>اقرأ أيضا</h3><a href=/2>موسم القطاف يبدأ</a></div>"
    )
    page = make.html_page().replace("</article>", inside + "</article>")
    page = page.replace(
        "</body>", "<div id='comments'><h3>التعليقات</h3><p>تعليق قارئ</p></div><footer>حقوق النشر</footer></body>"
    )
    got = article(page)
    assert len(got.text.split("\n")) == 7
    for words in ("منظر", "شارك", "القطاف", "قارئ", "حقوق"):
        assert words not in got.text


def test_byline_and_dateline_become_credit(make):
    page = make.html_page().replace("<p>", "<p>المرسى - رويترز</p><p>", 1)
    got = article(page)
    assert got.credit == "المرسى - رويترز"
    assert "رويترز" not in got.text
    got = article(make.html_page().replace("<p>", "<p>المرسى (رويترز) - ", 1))
    assert got.credit == "المرسى - رويترز"
    assert got.text.split("\n")[1].startswith("وقال مدير المرفأ")


def test_live_blog_updates_are_the_body():
    updates = [
        {"headline": f"تحديث {i}", "articleBody": f"قال رئيس البلدية في التحديث رقم {i} إن الجسر فُتح."} for i in range(3)
    ]
    node = {"@type": "LiveBlogPosting", "headline": "افتتاح الجسر لحظة بلحظة", "liveBlogUpdate": updates}
    got = article(
        f'<title>افتتاح الجسر لحظة بلحظة</title><script type="application/ld+json">{json.dumps(node)}</script><p>بث حي</p>'
    )
    assert got.text.count("قال رئيس البلدية") == 3


@pytest.mark.parametrize(
    ("link", "named"),
    [
        ('<link rel="next" href="https://example.org/jisr/2/">', True),
        ('<a rel=next href="/jisr?page=2">التالي</a>', True),
        ('<link rel="next" href="https://example.org/another-story/">', False),
    ],
)
def test_an_article_in_several_pages_is_said_to_be_one(make, read, link, named):
    page = make.html_page(head='<link rel="canonical" href="https://example.org/jisr/">' + link)
    articles, bad = read("x.html", page)
    assert len(articles) == 1
    assert [type(e) for e in bad] == ([errors.UnsupportedInput] if named else [])


def test_page_without_a_body_gives_its_title():
    assert article("<title>عنوان وحيد</title><body></body>").text == "عنوان وحيد"


def test_page_without_words_is_empty():
    with pytest.raises(errors.EmptyInput):
        article("<html><body><img src=x></body></html>")


def test_page_in_another_language_is_read_too(make):
    page = make.html_page("A bridge opens").replace(
        "وقال", "The mayor said that the work was done early and cost less, and that"
    )
    assert article(page.encode("utf-8")).lang in {"ar", "en"}


def test_bounds_on_depth_and_size(make):
    with pytest.raises(errors.TooLarge):
        article("<div>" * 5000 + "x")
    with pytest.raises(errors.TooLarge):
        article(make.html_page(paragraphs=50), page=1000)


PIECES = [
    "<p>", "</p>", "<div class=share>", "</div>", "<table>", "<td>", "قال المدير إن العمل انتهى.", "&amp;", "<b", "\x00",
    "<!--", "<script>", "</html>", "<time datetime=x>",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_markup_gives_an_article_or_one_error(parts):
    try:
        got = article("<html><body>" + "".join(parts))
    except errors.InputError:
        return
    assert got.text.strip()
