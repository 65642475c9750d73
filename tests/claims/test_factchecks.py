"""Published fact-checks and queries in two languages."""

import pytest

from takhrij.claims import FactCheck, FactChecks, from_claim_review
from takhrij.errors import DataError

REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "claimReviewed": "الجسر الشرقي انهار بعد مرور القطار",
    "url": "https://example.org/bridge",
    "datePublished": "2024-03-05T10:00:00Z",
    "author": {"@type": "Organization", "name": "مرصد الضفة"},
    "reviewRating": {"@type": "Rating", "alternateName": "غير صحيح"},
}


def test_a_claim_review_is_read_alone_in_a_list_or_in_a_graph() -> None:
    expected = FactCheck(
        "الجسر الشرقي انهار بعد مرور القطار", "غير صحيح", "مرصد الضفة", "https://example.org/bridge", "2024-03-05"
    )
    for data in (REVIEW, [REVIEW], {"@graph": [REVIEW, {"@type": "WebPage"}]}):
        assert from_claim_review(data) == [expected]


def test_a_review_of_nothing_is_refused() -> None:
    with pytest.raises(DataError, match="claimReviewed"):
        from_claim_review({"@type": "ClaimReview", "url": "https://example.org/x"})


def test_the_nearest_comes_first_in_either_language() -> None:
    olives = FactCheck("محصول الزيتون هذا العام هو الأكبر منذ قرن", "مضلل", "مرصد الضفة", "https://example.org/olives")
    index = FactChecks([*from_claim_review(REVIEW), olives])
    assert len(index) == 2
    for query in ("انهار الجسر الشرقي إثر عبور القطار", "the eastern bridge collapsed after the train passed"):
        best = index.find(query)[0]
        assert best.check.url == "https://example.org/bridge"
        assert best.why
    assert index.find("  ") == []
    assert FactChecks([]).find("الجسر") == []
