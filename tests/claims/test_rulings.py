"""What people ruled on claims is kept whatever the order of articles, and taken back without a trace."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from takhrij.claims import trace
from takhrij.corrections import Place, Ruling, place_of
from takhrij.records import Article, Attribution, Claim, Party, Reading, Span

CLOSED = "أن الجسر الشرقي سيغلق أمام الشاحنات ثلاثة أيام لصيانة مفاصله المعدنية"
HARVEST = "أن محصول الزيتون في الوادي بلغ أربعة آلاف طن هذا الموسم"
BRIDGES = Party("هيئة الجسور", "state_body", "XA")


def stated(name: str, content: str) -> Reading:
    text = f"خبر قصير من المدينة\nأعلنت هيئة الجسور {content}."
    at, cue = text.index(content), text.index("أعلنت")
    said = Attribution(Span(cue, cue + 5), (Span(at, at + len(content)),), "state", speaker="هيئة الجسور", party=BRIDGES)
    return Reading(Article(id=name, text=text), (said,))


READINGS = [*(stated(key, CLOSED) for key in "abcd"), *(stated(key, HARVEST) for key in "ef")]
BEFORE = trace(READINGS, ())


def places(names: str) -> tuple[Place, ...]:
    return tuple(place_of(reading, 0) for reading in READINGS if reading.article.id in names)


def members(claims: tuple[Claim, ...]) -> set[frozenset[str]]:
    return {frozenset(report.article for report in claim.reports) for claim in claims}


def test_a_claim_parted_and_claims_put_together() -> None:
    assert members(BEFORE) == {frozenset("abcd"), frozenset("ef")}
    assert members(trace(READINGS, (), [Ruling("apart", places("a"), places("bcd"))])) == {
        frozenset("a"), frozenset("bcd"), frozenset("ef"),
    }  # fmt: skip
    assert members(trace(READINGS, (), [Ruling("together", places("abcd"), places("ef"))])) == {frozenset("abcdef")}


def test_the_last_word_counts_and_what_is_taken_back_leaves_no_trace() -> None:
    parted, joined = Ruling("apart", places("ab"), places("cd")), Ruling("together", places("ab"), places("cd"))
    assert trace(READINGS, (), [parted, joined]) == BEFORE
    assert members(trace(READINGS, (), [joined, parted])) >= {frozenset("ab"), frozenset("cd")}
    assert trace(READINGS, (), []) == BEFORE


def test_a_later_article_goes_to_the_part_that_it_says_and_parts_stay_apart() -> None:
    ruling = Ruling("apart", places("e"), places("f"))
    later = trace([*READINGS, stated("g", CLOSED)], (), [ruling])
    assert members(later) == {frozenset("abcdg"), frozenset("e"), frozenset("f")}


@given(st.integers(0, 10_000), st.sets(st.sampled_from("abcd"), min_size=1, max_size=3))
@settings(max_examples=10, deadline=None)
def test_ids_and_claims_do_not_depend_on_the_order_of_articles(seed: int, chosen: set[str]) -> None:
    rest = set("abcd") - chosen
    rulings = [Ruling("apart", places("".join(chosen)), places("".join(rest)))]
    if rest:
        rulings.append(Ruling("together", places("".join(rest)), places("ef")))
    shuffled = random.Random(seed).sample(READINGS, len(READINGS))
    assert trace(shuffled, (), rulings) == trace(READINGS, (), rulings)
