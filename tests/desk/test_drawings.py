"""The ways of a claim, its days and its places, as drawn; and how its words changed."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.dom import minidom

from hypothesis import given, settings
from hypothesis import strategies as st

from takhrij.desk.cards import ReportRow
from takhrij.desk.citation import citation
from takhrij.desk.diagram import HEIGHT, MOST, WIDTH, Diagram, diagram
from takhrij.desk.moments import Moment, moments
from takhrij.desk.plots import Spot, place_map, timeline
from takhrij.desk.wording import wordings
from takhrij.desk.words import Words
from takhrij.records import Article, ChainLink, Claim, Denial, Event, Origins, Report, Span, Statement

ARABIC, ENGLISH = Words("ar", "arab"), Words("en", "latn")
SPEAKER, AGENCY = ChainLink("speaker", "هيئة الجسور"), ChainLink("agency", "وكالة الضفة")
HOSTILE = "</text><script>alert(1)</script>\"'&<x\u202e\x07\ufffe"


def outlet(name: str) -> ChainLink:
    return ChainLink("outlet", name)


def row(
    name: str, words: str, day: str | None = "2024-05-01", attribution: int | None = 0, copy: str | None = None
) -> ReportRow:
    article = Article(name, f"عنوان\n{words}", "عنوان", f"https://example.org/{name}", day, outlet=f"منبر {name}")
    chain = (SPEAKER, outlet(f"منبر {name}")) if attribution is not None else (outlet(f"منبر {name}"),)
    return ReportRow(Report(name, attribution, Span(0, 1), 0, chain[::-1]), article, chain, words, copy)


def drawn(ways: list[tuple[ChainLink, ...]]) -> Diagram:
    found = diagram(ways)
    assert found is not None
    return found


def test_a_relay_stands_between_the_origin_and_the_outlet() -> None:
    found = drawn([(SPEAKER, AGENCY, outlet("أ")), (SPEAKER, AGENCY, outlet("ب")), (outlet("ج"),)])
    at = {box.name: box.x for box in found.boxes}
    assert at["هيئة الجسور"] < at["وكالة الضفة"] < at["أ"] == at["ب"] == at["ج"]
    assert (found.origins, found.outlets) == (1, 3)
    assert [arrow.reports for arrow in found.arrows if not arrow.bare] == [2, 1, 1]
    assert sum(arrow.bare for arrow in found.arrows) == 1, "what names no source comes from a box of its own"
    assert diagram([]) is None


def test_many_outlets_are_drawn_as_one() -> None:
    found = drawn([(SPEAKER, outlet(str(i))) for i in range(60)])
    more = next(box for box in found.boxes if box.kind == "more")
    assert len([box for box in found.boxes if box.kind == "outlet"]) + more.count == 60
    assert len(found.boxes) <= MOST + 1


def test_a_ring_of_hands_ends() -> None:
    a, b = ChainLink("agency", "أ"), ChainLink("agency", "ب")
    found = drawn([(a, b, outlet("ج")), (b, a, outlet("د"))])
    assert len(found.boxes) == 4


links = st.builds(ChainLink, st.sampled_from(["outlet", "agency", "paper", "medium", "speaker"]), st.sampled_from("ابجدهوزح"))


@given(st.lists(st.lists(links, min_size=1, max_size=9).map(tuple), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_boxes_never_overlap_and_stay_within(ways: list[tuple[ChainLink, ...]]) -> None:
    found = drawn(ways)
    places = {(box.x, box.y) for box in found.boxes}
    assert len(places) == len(found.boxes)
    for box in found.boxes:
        assert 0 <= box.x <= found.width - WIDTH
        assert 0 <= box.y <= found.height - HEIGHT
        assert all(other is box or other.x != box.x or abs(other.y - box.y) >= HEIGHT for other in found.boxes)


def claim(rows: list[ReportRow], **fields: object) -> Claim:
    made = Claim("c1", "الجسر يغلق", (Statement("هيئة الجسور", None, "state", "asserted"),), tuple(r.report for r in rows),
                 len(rows), 0, Origins(1, 1))  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def test_moments_tell_what_each_article_did() -> None:
    rows = [row("a", "قيل", "2024-05-02"), row("b", "قيل", "2024-05-01", None), row("c", "قيل", None, copy="a")]
    told = claim(rows, denials=(Denial("البلدية", "whole", "a", 1),), events=(Event("retraction", "2024-05-09", "d"),))
    found = moments(told, rows, {r.article.id: r.article for r in rows if r.article})
    assert [(m.article, m.kind) for m in found] == [("b", "bare"), ("a", "denial"), ("d", "retraction"), ("c", "copy")]
    assert next(m for m in found if m.article == "a").kinds == ("report", "denial")


def texts(svg: str) -> list[str]:
    document = minidom.parseString(svg)
    return ["".join(node.data for node in one.childNodes) for one in document.getElementsByTagName("text")]


def moment(outlet: str, day: str = "2024-05-01") -> Moment:
    return Moment(day, outlet, outlet, "عنوان", ("report",), ())


def test_the_timeline_runs_in_the_direction_of_reading() -> None:
    found = [moment("أ", "2024-05-01"), moment("ب", "2024-05-09")]
    for words, first in ((ARABIC, 1), (ENGLISH, -1)):
        svg = timeline(found, words)
        assert svg is not None
        marks = re.findall(r'aria-roledescription="point"[^>]*transform="translate\(([\d.]+),', svg)
        assert len(marks) == 2
        assert (float(marks[0]) - float(marks[1])) * first > 0
        assert any(("مايو ٢٠٢٤" if words is ARABIC else "May 2024") in text for text in texts(svg))
    assert timeline([moment("أ", "2024")], ARABIC) is None


def test_drawings_hold_whatever_is_named() -> None:
    for words in (ARABIC, ENGLISH):
        for svg in (timeline([moment(HOSTILE)], words), place_map([Spot(HOSTILE, 33.5, 36.3, 2)], words)):
            assert svg is not None
            assert "<script" not in svg
            assert "\u202e" not in svg
            assert any("alert(1)"[:5] in text for text in texts(svg)), "shown as words"
            assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", svg)


def test_a_map_holds_its_spots_and_the_coast() -> None:
    svg = place_map([Spot("حلب", 36.2, 37.16, 3), Spot("عدن", 12.8, 45.0, 1)], ARABIC)
    assert svg is not None
    assert {"حلب", "عدن"} <= set(texts(svg))
    circles = re.findall(r'aria-roledescription="circle"[^>]*transform="translate\(([\d.]+),([\d.]+)\)', svg)
    assert len(circles) == 2
    assert all(0 < float(x) < 560 and 0 < float(y) < 360 for x, y in circles)
    assert svg.count("<path") > 3
    assert place_map([], ARABIC) is None


def test_wordings_are_told_against_the_first() -> None:
    rows = [
        row("a", "الجسر  يغلق ثلاثة أيام"),
        row("b", "الجسر يغلق ثلاثة أيام"),
        row("c", "الجسر يغلق أربعة أيام"),
        row("d", ""),
    ]
    first, second = wordings(rows)
    assert (first.reports, [p.words for p in first.pieces]) == (2, ["الجسر يغلق ثلاثة أيام"])
    assert [(p.kind, p.words) for p in second.pieces] == [
        ("same", "الجسر يغلق"), ("out", "ثلاثة"), ("in", "أربعة"), ("same", "أيام"),
    ]  # fmt: skip


@given(st.text("ابج "), st.text("ابج "))
@settings(max_examples=80, deadline=None)
def test_pieces_give_back_both_wordings(old: str, new: str) -> None:
    found = wordings([row("a", old), row("b", new)])
    if len(found) == 2:
        pieces = found[1].pieces
        assert " ".join(p.words for p in pieces if p.kind != "in") == " ".join(old.split())
        assert " ".join(p.words for p in pieces if p.kind != "out") == " ".join(new.split())


def test_a_citation_has_all_that_proves_it() -> None:
    rows = [row("a", "بلا قائل", attribution=None), row("b", "الجسر يغلق")]
    told = citation(claim(rows), rows, "ar")
    article = rows[1].article
    assert article is not None
    for part in ("«الجسر يغلق»", "هيئة الجسور", "منبر b", "١ مايو ٢٠٢٤", "https://example.org/b", article.text_sha256, "c1"):
        assert part in told
    english = citation(claim(rows), rows, "en")
    assert "1 May 2024" in english
    assert "Said by: هيئة الجسور" in english
    assert "هيئة الجسور" not in citation(claim(rows[:1]), rows[:1], "ar"), "what names no source is cited without one"
