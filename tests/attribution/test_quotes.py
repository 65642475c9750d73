"""Quotation marks of every make, balanced or not."""

from __future__ import annotations

import pytest

from takhrij.attribution.quotes import quotations
from takhrij.text.tokens import tokenize


def inside(text: str) -> list[str]:
    tokens = tokenize(text)
    out = []
    for opened, closed in quotations(tokens, 0, len(tokens) - 1):
        words = [tokens.word(i) for i in range(opened + 1, min(closed, len(tokens)))]
        out.append(" ".join(words))
    return out


@pytest.mark.parametrize(
    "text",
    [
        "قال «الجسر آمن» ثم مضى",
        "قال “الجسر آمن” ثم مضى",
        "قال ”الجسر آمن“ ثم مضى",
        'قال "الجسر آمن" ثم مضى',
        "قال ''الجسر آمن'' ثم مضى",
        'قال:"الجسر آمن".',
    ],
)
def test_each_kind_of_mark_opens_and_closes(text: str) -> None:
    assert inside(text) == ["الجسر آمن"]


def test_a_quotation_never_closed_runs_to_the_end_of_the_line() -> None:
    assert inside("قال «الجسر آمن والطريق سالكة") == ["الجسر آمن والطريق سالكة"]


def test_two_quotations_in_a_line_stay_apart() -> None:
    assert inside('وصف الجسر بأنه "آمن" والطريق بأنها "سالكة"') == ["آمن", "سالكة"]


def test_marks_alone_do_no_harm() -> None:
    assert len(inside('«»«»“””""')) <= 8
