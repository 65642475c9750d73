"""The best span is the best span: the linear search against trying all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from takhrij.attribution.spans import INSIDE_WEIGHT, Found, best, trim, with_maker
from takhrij.attribution.view import view


def _best(edges: np.ndarray, none: np.ndarray) -> list[Found | None]:
    """The answer for one window, which another beside it must not change."""
    beside = np.full((len(edges) + 2, *edges.shape[1:]), 3, dtype=np.float32)
    lengths = np.array([len(beside), len(edges)])
    return best(np.concatenate([beside, edges]), np.stack([none, none]), lengths, required=0)[1]


scores = st.floats(-8, 8, width=32)


@given(arrays.arrays(np.float32, st.tuples(st.integers(1, 9), st.just(2), st.just(3)), elements=scores))
def test_the_search_finds_what_trying_all_spans_finds(edges: np.ndarray) -> None:
    none = np.zeros(2, dtype=np.float32)
    found = _best(edges, none)[0]
    assert found is not None
    size = len(edges)

    def total(start: int, end: int) -> float:
        return float(edges[start, 0, 0] + edges[end, 0, 1] + INSIDE_WEIGHT * edges[start : end + 1, 0, 2].sum())

    top = max(total(i, j) for i in range(size) for j in range(i, size))
    assert total(found.first, found.last) == pytest.approx(top, abs=1e-3)
    assert 0 < found.chance <= 1


def test_absence_wins_where_it_scores_higher() -> None:
    edges = np.full((4, 2, 3), -5, dtype=np.float32)
    answers = _best(edges, np.array([5, 5], dtype=np.float32))
    assert answers[0] is not None
    assert answers[1] is None


def test_marks_at_the_edges_are_left_off() -> None:
    v = view("قال «الجسر آمن».")
    assert trim(v, 1, len(v.tokens) - 1) == (2, 3)


def test_a_bracket_opened_inside_keeps_its_closing_one() -> None:
    v = view("قال إن الجسر آمن (حتى الآن)")
    first, last = trim(v, 1, len(v.tokens) - 1) or (0, 0)
    assert v.tokens.word(last) == ")"
    assert first == 1


def test_nothing_but_marks_is_no_span() -> None:
    v = view("قال «»")
    assert trim(v, 1, 2) is None


@pytest.mark.parametrize(
    ("text", "ends"),
    [("وفق قياسات أجرتها فرق الهيئة على مدى ثلاثة أيام", "الهيئة"), ("وفق بيانات نشرتها البلدية، الطريق سالكة", "البلدية"),
     ("وفق وزيرة خارجيتها أمس", "خارجيتها")],
)  # fmt: skip
def test_who_made_a_text_belongs_to_it(text: str, ends: str) -> None:
    v = view(text)
    assert v.tokens.word(with_maker(v, 1, 2)) == ends
