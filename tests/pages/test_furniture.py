"""What stands beside the news in a plain text is marked, never moved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij.pages.furniture import furniture

NEWS = "وصول قافلة القمح إلى المرفأ\nوصلت القافلة صباح اليوم.\nوقال مدير المرفأ إن التفريغ يستمر يومين."


def marked(text: str) -> list[str]:
    return [span.of(text) for span in furniture(text)]


def test_comment_form_takes_all_that_follows():
    form = "اترك تعليقاً\n\nلن يتم نشر عنوان بريدك الإلكتروني.\nالاسم *"
    assert marked(f"{NEWS}\n\n{form}\n") == [form]


def test_related_list_ends_where_sentences_begin_again():
    text = f"{NEWS}\nاقرأ أيضاً:\nالمرفأ يستقبل أول سفينة\nارتفاع أسعار الخبز\nوأضاف المدير أن القمح يكفي شهرين."
    assert marked(text) == ["اقرأ أيضاً:", "المرفأ يستقبل أول سفينة", "ارتفاع أسعار الخبز"]


@pytest.mark.parametrize(
    "line",
    [
        "www.example.org",
        "https://example.org/a?b=1",
        "desk@example.org",
        "/* <![CDATA[ */",
        "صورة أرشيفية",
        "2 تعليقات",
        "15 تموز 2019",
    ],
)
def test_lines_of_the_machine(line):
    assert marked(f"{NEWS}\n{line}") == [line]


def test_share_bar_lines():
    assert marked(f"{NEWS}\nشارك\nفيسبوك\nتويتر") == ["شارك", "فيسبوك", "تويتر"]


def test_tags_behind_the_last_sentence():
    assert marked(f"{NEWS} سمات القمح المرفأ")[0] == "سمات القمح المرفأ"


@pytest.mark.parametrize(
    "line",
    [
        "التعليقات التي نشرها المزارعون كثيرة، وفيها شكوى من ارتفاع أسعار السماد هذا العام في القرى.",
        "قال المدير إن سمات القمح هذا العام جيدة.",
    ],
)
def test_sentences_with_the_same_words_are_news(line):
    assert marked(f"{NEWS}\n{line}") == []


def test_headline_is_never_furniture():
    assert marked("اقرأ أيضا\nنص الخبر هنا.") == []


@given(
    st.lists(st.sampled_from(["اقرأ أيضا", "شارك", "أضف تعليقاً", "قال المدير.", "", "  ", "الوسوم: قمح", "عنوان"]), max_size=12)
)
def test_spans_are_in_order_and_apart(parts):
    text = "\n".join(parts)
    end = 0
    for span in furniture(text):
        assert span.start >= end
        assert span.of(text).strip()
        end = span.end
