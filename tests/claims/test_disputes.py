"""What an attribution does to its content, and how much a denial denies."""

from __future__ import annotations

import pytest

from takhrij.claims.disputes import names_speech, negated_at_head, points_only, refutes, scope_of, stance
from takhrij.records import Act, Article, Attribution, Polarity, Reading, Span


def read(text: str, cue: str, content: str, act: Act = "state") -> Reading:
    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    polarity: Polarity = "denied" if act == "deny" else "asserted"
    return Reading(Article("a", text), (Attribution(span(cue), (span(content),), act, polarity=polarity),))


@pytest.mark.parametrize(
    ("text", "cue", "content", "act"),
    [
        ("نفت هيئة الجسور إغلاق الجسر الشرقي.", "نفت", "إغلاق الجسر الشرقي", "deny"),
        ("قال المدير إنه لا صحة لما تردد عن إغلاق الجسر.", "قال", "إنه لا صحة لما تردد عن إغلاق الجسر", "state"),
        ("أكد المدير أن ما نشر عن الإغلاق عار تماما عن الصحة.", "أكد", "أن ما نشر عن الإغلاق عار تماما عن الصحة", "confirm"),
        ("هيئة الجسور: لاصحة لإغلاق الجسر", "الجسور", "لاصحة لإغلاق الجسر", "state"),
        ("قال المدير إن ما أشيع عن السد ليس له أي أساس.", "قال", "إن ما أشيع عن السد ليس له أي أساس", "state"),
    ],
)
def test_a_denial_by_verb_or_by_formula(text: str, cue: str, content: str, act: Act) -> None:
    assert stance(read(text, cue, content, act), 0) == "denies"


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("لم ينف المدير إغلاق الجسر.", "ينف", "إغلاق الجسر"),
        ("قال إنه لا يستطيع تأكيد أو نفي إغلاق الجسر.", "نفي", "إغلاق الجسر"),
        ("تحدث المدير دون أن ينفي إغلاق الجسر.", "ينفي", "إغلاق الجسر"),
        ("نفى المدير أنه لم يتسلم كشف الجسر.", "نفى", "أنه لم يتسلم كشف الجسر"),
        ("نفت الهيئة ما صرح به المدير بأنه لم يتسلم كشف الجسر.", "نفت", "ما صرح به المدير بأنه لم يتسلم كشف الجسر"),
    ],
)
def test_a_denial_left_open_or_of_a_denial_is_none(text: str, cue: str, content: str) -> None:
    assert stance(read(text, cue, content, "deny"), 0) == "neither"


def test_no_evidence_is_no_denial() -> None:
    text = "قال المدير إنه لا يوجد أي دليل على إغلاق الجسر."
    assert stance(read(text, "قال", "إنه لا يوجد أي دليل على إغلاق الجسر"), 0) == "states"


def test_the_refuters_words_are_not_those_of_the_one_refuted() -> None:
    text = "أكد المزارع أن ما ذكره المدير بأن السد امتلأ عار عن الصحة."
    outer, inner = text.index("أن ما ذكره"), text.index("بأن السد")
    found = (
        Attribution(Span(0, 3), (Span(outer, len(text) - 1),), "confirm", speaker="المزارع"),
        Attribution(Span(17, 21), (Span(inner, len(text) - 1),), "state", speaker="المدير", parent=0),
    )
    reading = Reading(Article("a", text), found)
    assert (stance(reading, 0), stance(reading, 1)) == ("denies", "states")


def test_what_only_points_at_words_says_nothing() -> None:
    assert points_only("تصريحات وزير الري")
    assert points_only("أن هذه المزاعم عارية تماما عن الصحة")
    assert points_only("لا صحة لهذه الأنباء")
    assert not points_only("مزاعم الهيئة بإغلاق الجسر")
    assert not points_only("ما تردد عن إغلاق الجسر")
    assert not points_only("إغلاق الجسر الشرقي")
    assert names_speech("التصريحات حول الجسر")
    assert not names_speech("هيئة الجسور")


def test_the_scope_that_the_words_tell() -> None:
    assert scope_of("أن تصريحه أُخرج من سياقه") == "framing"
    assert scope_of("بعض التفاصيل المنشورة عن الجسر") == "part"
    assert scope_of("إغلاق الجسر الشرقي") is None


def test_a_not_before_the_verb() -> None:
    assert negated_at_head("أن الصندوق لا يتحمل ثمن المياه")
    assert not negated_at_head("أن الصندوق يتحمل ثمن المياه منذ عام ولم يشتك أحد")


def test_a_formula_that_means_nothing_else_refutes() -> None:
    assert refutes("إن قطع الأشجار ليس من أخلاق المزارعين")
    assert refutes("أن ما نشر عار من الصحة")
    assert not refutes("لا توجد تعيينات في المحطة")
