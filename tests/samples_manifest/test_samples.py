"""The sample pages hold what ``samples/README.md`` and ``samples/expected.json`` say of them."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parents[2] / "samples"
EXPECTED: dict[str, Any] = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
STORIES: dict[str, dict[str, Any]] = EXPECTED["stories"]
ROWS = {row["id"]: row for row in map(json.loads, (SAMPLES / "rows.jsonl").read_text(encoding="utf-8").splitlines())}
WINDOWS_1256 = "water/ashria.html"

every_story = pytest.mark.parametrize("story", STORIES)
every_page = pytest.mark.parametrize("page", [p.relative_to(SAMPLES).as_posix() for p in sorted(SAMPLES.glob("*/*.html"))])


class _Words(HTMLParser):
    """Collects the words of a page, those in scripts left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def _markup(page: str) -> str:
    return (SAMPLES / page).read_bytes().decode("windows-1256" if page == WINDOWS_1256 else "utf-8")


def _text(article: str) -> str:
    if article in ROWS:
        return str(ROWS[article]["text"])
    if article.endswith(".txt"):
        return (SAMPLES / article).read_text(encoding="utf-8")
    words = _Words()
    words.feed(_markup(article))
    return " ".join("".join(words.parts).split())


def _ids(story: str) -> list[str]:
    return [article["id"] for article in STORIES[story]["articles"]]


def _quoted(story: dict[str, Any]) -> list[tuple[str, str]]:
    """Every (article, words) that the manifest quotes for a story."""
    denied = [report for denial in story["denials"] for report in denial["reports"]]
    quotes = [story["claim"], *story["reports"], *denied, *story["retractions"]]
    return [(quote["article"], quote["text"]) for quote in quotes]


def _short(ids: list[str]) -> str:
    return ", ".join(Path(i).stem for i in ids) or "none"


def _table() -> dict[str, list[str]]:
    """The README's table: the cells of each story, by its name."""
    lines = [line for line in (SAMPLES / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0]: row[1:] for row in cells if row[0] in STORIES}


def test_there_are_enough_pages_and_outlets() -> None:
    articles = [article for story in STORIES.values() for article in story["articles"]]
    assert len([a for a in articles if a["id"].endswith(".html")]) >= 18
    assert len({a["outlet"] for a in articles if a["id"].endswith(".html")}) >= 9


def test_every_file_and_row_is_listed_once() -> None:
    listed = [i for story in STORIES for i in _ids(story)] + [article["id"] for article in EXPECTED["stand_alone"]]
    there = [p.relative_to(SAMPLES).as_posix() for p in SAMPLES.glob("*/*") if p.is_file()] + list(ROWS)
    assert sorted(listed) == sorted(there)


def test_rows_agree_with_the_manifest() -> None:
    listed = [a for story in STORIES.values() for a in story["articles"]] + EXPECTED["stand_alone"]
    of_rows = {a["id"]: (a["outlet"], a["date"]) for a in listed if a["id"] in ROWS}
    assert of_rows == {i: (row["outlet"], row["date"]) for i, row in ROWS.items()}
    assert all(row["text"].startswith(row["title"] + "\n") for row in ROWS.values())


@every_story
def test_readme_table_agrees_with_the_manifest(story: str) -> None:
    expected = STORIES[story]
    claim, size, copies, unattributed, denials, origins = _table()[story]
    assert claim == expected["claim"]["text"]
    assert size == f"{len(expected['articles'])} / {expected['outlets']}"
    assert copies == "; ".join(_short([c["first"], *(i for i in c["ids"] if i != c["first"])]) for c in expected["copies"])
    assert unattributed == _short(expected["unattributed"])
    assert denials == (", ".join(f"{d['party']} ({d['scope']})" for d in expected["denials"]) or "none")
    assert origins == f"{expected['origins']['min']}..{expected['origins']['max']}"


@every_story
def test_readme_gives_a_reason_for_every_party(story: str) -> None:
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    section = readme.split(f"\n### {story}:")[1].split("\n#")[0]
    assert all(f"**{party['name']}**" in section for party in STORIES[story]["origins"]["parties"])


@every_story
def test_bounds_are_the_sums_of_their_parties(story: str) -> None:
    origins = STORIES[story]["origins"]
    assert origins["min"] == sum(party["in_min"] for party in origins["parties"])
    assert origins["max"] == sum(party["in_max"] for party in origins["parties"])
    assert all(party["named"] and not party["as_told_by"] for party in origins["parties"] if party["in_min"])


@every_story
def test_outlets_and_references_are_those_of_the_story(story: str) -> None:
    expected, ids = STORIES[story], set(_ids(story))
    carriers = {report["article"] for report in expected["reports"]}
    assert expected["outlets"] == len({a["outlet"] for a in expected["articles"] if a["id"] in carriers})
    assert {article for article, _ in _quoted(expected)} <= ids
    assert all(set(copies["ids"]) <= ids and copies["first"] in copies["ids"] for copies in expected["copies"])
    assert expected["unattributed"] == [r["article"] for r in expected["reports"] if r["speaker"] is None]


@every_story
def test_every_article_is_a_report_or_a_retraction(story: str) -> None:
    reports = {report["article"] for report in STORIES[story]["reports"]}
    retractions = {retraction["article"] for retraction in STORIES[story]["retractions"]}
    assert reports | retractions == set(_ids(story))
    assert not reports & retractions


@every_story
def test_every_quoted_text_occurs_in_its_page(story: str) -> None:
    assert [quote for quote in _quoted(STORIES[story]) if quote[1] not in _text(quote[0])] == []


@every_story
def test_every_credit_occurs_in_its_page(story: str) -> None:
    absent = [(a["id"], name) for a in STORIES[story]["articles"] for name in a["credit"] if name not in _text(a["id"])]
    assert absent == []


@every_page
def test_pages_are_rtl_arabic_with_junk_around_them(page: str) -> None:
    text = _text(page)
    assert re.search(r"""<html[^>]*dir=["']rtl["']""", _markup(page))
    assert len(re.findall(r"[\u0621-\u064a]", text)) > 0.6 * len(text.replace(" ", ""))
    assert re.search("شارك|طباعة|مشاركة|اطبع|للطباعة", text)


@every_page
def test_links_leave_the_page_for_reserved_domains_only(page: str) -> None:
    hosts = re.findall(r"""(?:href|src|content|url|"image"|@id)["']?\s*[=:]\s*\[?["']https?://([^/"']+)""", _markup(page))
    assert all(host.endswith(".example") for host in hosts)


def test_the_windows_1256_page_really_is() -> None:
    body = (SAMPLES / WINDOWS_1256).read_bytes()
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")
    assert b"charset=windows-1256" in body
    assert "هيئة مياه وادي السنابل" in body.decode("windows-1256")


def test_the_plain_text_ends_in_a_comment_form() -> None:
    lines = _text("plain/saffron-harvest.txt").rstrip().splitlines()
    assert "أضف تعليقاً" in lines
    assert any("بريدك الإلكتروني" in line for line in lines[lines.index("أضف تعليقاً") :])
