"""Lines for a terminal: grouped, shortened, and safe whatever a page says."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

import click
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from readings import HOSTILE, hostile, plain, trace_of

from takhrij.ledger.answers import Hit, HitPage
from takhrij.records import ChainLink, CopySet, Report, Span, Trace
from takhrij.render.ledger_lines import hit_lines
from takhrij.render.safe import cut, shown, width
from takhrij.render.terminal import EVERYTHING, Shown, copy_line, reading_lines, trace_lines

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def _plain(lines) -> list[str]:
    return [click.unstyle(line) for line in lines]


def test_a_reading():
    lines = _plain(reading_lines(plain(), explain=True))
    assert lines[:2] == ["العبور مجاني", "  bridge  نهر  2024-05-03"]
    assert "  [0] هيئة الجسر  state  0.90" in lines
    assert "      قالت: «إن العبور مجاني يوم الجمعة»" in lines
    assert "        · the cue قال" in lines


def test_hostile_words_never_reach_the_terminal():
    for lines in (reading_lines(hostile(), explain=True), trace_lines(trace_of(hostile(), HOSTILE))):
        for line in _plain(lines):
            assert not _CONTROLS.search(line.removeprefix("\n"))
    page = HitPage((Hit(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, Span(0, len(HOSTILE)), (Span(1, 7),)),), 1)
    assert not any(_CONTROLS.search(line) for line in _plain(hit_lines(page)))


def _wide() -> Trace:
    """One claim in twenty articles: eighteen say who told them, three ways, one of them in its headline too; two do not."""
    reading = plain()
    readings = tuple(replace(reading, article=replace(reading.article, id=f"a{n:02}", outlet=f"o{n}")) for n in range(20))
    span = Span(0, 3)
    reports = [
        Report(f"a{n:02}", 0, span, 0, (ChainLink("outlet", f"o{n}"), ChainLink("speaker", ("س", "ص", "ع")[n % 3])))
        for n in range(18)
    ]
    reports += [Report(f"a{n:02}", None, span, None, (ChainLink("outlet", f"o{n}"),)) for n in (0, 18, 19)]
    claim = replace(trace_of(reading, "الجسر آمن").claims[0], reports=tuple(reports), outlets=20, unattributed=2, denials=())
    return Trace(readings, (CopySet(("a00", "a03", "a06"), "a00"), CopySet(("a01", "zz"))), (claim,) * 3)


def test_reports_stand_under_who_speaks():
    lines = _plain(trace_lines(_wide(), EVERYTHING))
    card = lines[lines.index("1. «الجسر آمن»") : lines.index("2. «الجسر آمن»")]
    assert card[1] == "   20 outlets, 2 of them copies · distinct origins: 0 to 1 · denials: 0 · without attribution: 2"
    first = card.index("   س")
    assert card[first + 1 : first + 3] == ["     a00: o0", "     a03: o3 (copy of a00)"]
    assert [line.strip() for line in card if re.fullmatch("   [سصع]|   without attribution", line)] == [
        "س", "ص", "ع", "without attribution",
    ]  # fmt: skip
    last = card.index("   without attribution")
    assert card[last + 1 :] == ["     a18: o18", "     a19: o19", ""]


def test_long_lists_are_cut_and_say_so():
    lines = _plain(trace_lines(_wide(), Shown(claims=2, reports=4, copies=1)))
    assert lines[0] == "20 articles, 2 sets of copies, 3 claims"
    assert lines[1] == "  copies: a00, then a03 and 1 more"
    assert lines.count("     … and 2 more") == 2 * 3
    assert lines[-1] == "\n… and 1 more claims (--all shows them, --format json has everything)"
    assert copy_line(CopySet(("a", "b")), 5) == "a, b"


@given(st.text())
def test_shown_is_one_safe_line(text):
    line = shown(text)
    assert not _CONTROLS.search(line)
    assert "\n" not in line
    assert shown(line) == line


@given(st.text(), st.integers(1, 50))
def test_cut_is_short_enough(text, most):
    assert len(cut(text, most)) <= most
    assert len(text) > most or cut(text, most) == text


def test_width_counts_columns():
    assert width("نَهر") == 3
    assert width("河") == 2
