"""Which articles are copies of one text."""

import pytest

from takhrij.records import Article, CopySet
from takhrij.stories import find_copies

WIRE = (
    "أعلنت هيئة الجسور أن الجسر الشرقي سيغلق أمام الشاحنات ثلاثة أيام بدءاً من الأحد لإجراء أعمال صيانة في المفاصل المعدنية.\n"
    "وقال مدير الهيئة إن السيارات الصغيرة ستعبر في مسار واحد، داعياً السائقين إلى استخدام الطريق الدائري عند ساعات الذروة.\n"
    "وأضاف أن الأعمال تشمل طلاء الحواجز واستبدال أعمدة الإنارة القديمة على امتداد الضفتين قبل موسم الأمطار."
)
OTHER = (
    "جنى مزارعو الوادي محصول الزيتون مبكراً هذا العام بعد خريف دافئ، وقالت التعاونية إن المعاصر تعمل ليل نهار.\n"
    "وتوقعت التعاونية أن يبلغ الإنتاج أربعة آلاف طن، وهو ما يزيد قليلاً على متوسط السنوات الخمس الأخيرة في المنطقة."
)


def article(name: str, body: str, **facts: str) -> Article:
    return Article(id=name, text=f"عنوان {name}\n{body}", **facts)


def test_a_retitled_text_under_a_dateline_is_a_copy() -> None:
    copies = find_copies([article("a", WIRE), article("b", f"المدينة - وكالة الضفة\n{WIRE}"), article("c", OTHER)])
    assert [copy.ids for copy in copies] == [("a", "b")]


def test_an_excerpt_inside_a_long_text_is_a_copy() -> None:
    first_lines = WIRE.partition("\nوأضاف")[0]
    copies = find_copies([article("long", f"{OTHER}\n{WIRE}"), article("cut", first_lines)])
    assert [copy.ids for copy in copies] == [("cut", "long")]


def test_sets_overlap_where_one_text_holds_two_others() -> None:
    copies = find_copies([article("both", f"{WIRE}\n{OTHER}"), article("wire", WIRE), article("other", OTHER)])
    assert [copy.ids for copy in copies] == [("both", "other"), ("both", "wire")]


def test_the_first_is_named_only_with_a_reason() -> None:
    (undated,) = find_copies([article("a", WIRE), article("b", WIRE)])
    assert (undated.first, undated.why) == (None, "")
    (dated,) = find_copies([article("a", WIRE, date="2024-03-02"), article("b", WIRE, date="2024-03-01")])
    assert dated.first == "b"
    assert "earlier date" in dated.why
    (same_day,) = find_copies([article("a", WIRE, date="2024-03-01"), article("b", WIRE, date="2024-03-01")])
    assert same_day.first is None


def test_a_credit_outweighs_a_date() -> None:
    agency = article("agency", WIRE, outlet="وكالة الضفة", date="2024-03-02")
    paper = article("paper", WIRE, outlet="صحيفة المرسى", credit="وكالة الضفة", date="2024-03-01")
    (copy,) = find_copies([paper, agency])
    assert copy.first == "agency"
    assert "credit" in copy.why


def test_the_order_of_articles_does_not_matter() -> None:
    given = [article("both", f"{WIRE}\n{OTHER}"), article("wire", WIRE), article("other", OTHER), article("b", WIRE)]
    assert find_copies(given) == find_copies(given[::-1])


def test_short_and_empty_texts_are_no_copies() -> None:
    assert find_copies([]) == ()
    assert find_copies([article("a", "صورة اليوم"), article("b", "صورة اليوم"), Article("c", "")]) == ()


def test_copies_that_are_known_are_compared_whatever_the_candidates_are(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [article("a", WIRE), article("b", WIRE), article("c", OTHER)]
    known = find_copies(articles)
    monkeypatch.setattr("takhrij.stories.copies.candidates", lambda _: set())
    assert find_copies(articles) == ()
    assert find_copies(articles, [*known, CopySet(("b", "c")), CopySet(("gone", "a"))]) == known
