"""``read`` and ``trace``: each format over the sample pages, against the contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from takhrij.records import Act, DenialScope, LinkKind, PartyKind, PlaceKind

SAMPLES = Path(__file__).parents[2] / "samples"
ARTICLE = ["id", "url", "title", "date", "outlet", "lang", "credit", "text", "attributions", "mentions"]
ATTRIBUTION = [
    "cue", "source", "speaker", "actor", "party", "content", "act", "polarity", "target", "medium", "parent", "confidence",
]  # fmt: skip
CLAIM = ["id", "text", "statements", "reports", "outlets", "unattributed", "origins", "denials"]


@pytest.fixture(scope="module")
def rows(run, bridge):
    ran = run("read", bridge, SAMPLES / "rows.jsonl", "--format", "jsonl")
    assert (ran.code, ran.err) == (0, "")
    return ran.rows


@pytest.fixture(scope="module")
def trace(run, bridge):
    ran = run("trace", bridge, "--format", "json")
    assert (ran.code, ran.err, ran.out.count("\n")) == (0, "", 1)
    return json.loads(ran.out)


def _fits(span, text):
    return span is None or (len(span) == 2 and 0 <= span[0] < span[1] <= len(text))


def test_a_row_per_article_with_the_keys_of_the_contract(rows, bridge):
    files = [path.name for path in sorted(bridge.iterdir())]
    given = [json.loads(line) for line in (SAMPLES / "rows.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == [*files, *(row["id"] for row in given)]
    assert all(list(row) == ARTICLE for row in rows)
    assert all(row["lang"] == "ar" and row["date"] and row["outlet"] and row["title"] for row in rows)
    assert [row["text"] for row in rows[-len(given) :]] == [row["text"] for row in given]


def test_attributions_fit_their_text(rows):
    for row in rows:
        assert row["attributions"]
        for i, a in enumerate(row["attributions"]):
            assert list(a) == ATTRIBUTION
            spans = [a["cue"], a["source"], a["target"], a["medium"], *a["content"]]
            assert all(_fits(span, row["text"]) for span in spans)
            assert a["content"]
            assert a["act"] in get_args(Act)
            assert a["polarity"] in ("asserted", "denied")
            assert a["parent"] is None or (a["parent"] != i and 0 <= a["parent"] < len(row["attributions"]))
            assert 0 <= a["confidence"] <= 1
            assert a["party"] is None or a["party"]["kind"] in get_args(PartyKind)


def test_mentions_have_the_keys_of_their_kind(rows):
    keys = {
        "place": ["kind", "span", "name", "place_kind", "country", "lat", "lon"],
        "date": ["kind", "span", "start", "end"],
        "number": ["kind", "span", "value", "unit", "bound"],
    }
    mentions = [(m, row["text"]) for row in rows for m in row["mentions"]]
    assert {m["kind"] for m, _ in mentions} == set(keys)
    for m, text in mentions:
        assert list(m) == keys[m["kind"]]
        assert _fits(m["span"], text)
        assert m["kind"] != "place" or m["place_kind"] in get_args(PlaceKind)


def test_output_is_unescaped_utf8(run, bridge):
    ran = run("read", bridge / "nakhla.html", "--format", "jsonl")
    assert "\\u" not in ran.out
    assert "جسر القناطر" in ran.out


def test_standard_input(run, bridge):
    ran = run("read", "-", "--format", "jsonl", stdin=(bridge / "nakhla.html").read_bytes())
    assert ran.code == 0
    assert "القناطر" in ran.rows[0]["title"]


def test_text_shows_who_and_what(run, bridge):
    ran = run("read", bridge / "manara.html", "--explain")
    assert "شركة القوس الحجري للمقاولات" in ran.out
    assert "\x1b" not in ran.out
    assert "  · " in ran.out


def test_verbose_says_each_input(run, bridge):
    ran = run("read", bridge / "nakhla.html", "--verbose")
    assert ran.complaints[0].startswith("nakhla.html: ")


def test_own_actors_come_first(run, bridge, tmp_path):
    table = tmp_path / "mine.tsv"
    table.write_text("bridge-authority\tstate_body\tJO\tBridge Authority\tهيئة جسور المرجان\n", encoding="utf-8")
    ran = run("read", bridge / "nakhla.html", "--format", "jsonl", "--actors", table)
    assert "bridge-authority" in {a["actor"] for a in ran.rows[0]["attributions"]}


def test_trace_keeps_the_contract(trace, bridge):
    assert list(trace) == ["articles", "copies", "claims"]
    ids = {article["id"] for article in trace["articles"]}
    assert ids == {path.name for path in bridge.iterdir()}
    sizes = []
    for claim in trace["claims"]:
        assert list(claim) == CLAIM
        sizes.append(len({r["article"] for r in claim["reports"]}))
        assert claim["origins"]["min"] <= claim["origins"]["max"]
        assert claim["origins"]["min"] == sum(p["in_min"] for p in claim["origins"]["parties"])
        for report in claim["reports"]:
            assert report["article"] in ids
            assert report["statement"] is None or 0 <= report["statement"] < len(claim["statements"])
            assert (report["attribution"] is None) == (report["statement"] is None)
            assert all(link["kind"] in get_args(LinkKind) for link in report["chain"])
        assert all(d["scope"] in get_args(DenialScope) and d["article"] in ids for d in claim["denials"])
    assert sizes == sorted(sizes, reverse=True)


def test_trace_finds_the_copy_and_the_denial(trace):
    assert {"ids": ["barid.html", "mijdaf.html"], "first": "mijdaf.html"} in trace["copies"]
    widest = trace["claims"][0]
    assert widest["outlets"] >= 5
    deniers = {d["party"].split(" (")[0] for c in trace["claims"] for d in c["denials"]}  # who spoke for it stands in brackets
    assert "شركة القوس الحجري للمقاولات" in deniers


def test_trace_as_text_and_html(run, bridge, trace):
    ran = run("trace", bridge)
    assert ran.out.startswith(f"6 articles, 1 set of copies, {len(trace['claims'])} claims\n")
    assert "copies: mijdaf.html, then barid.html" in ran.out
    assert "distinct origins: " in ran.out
    assert ("--all shows them" in ran.out) == (len(trace["claims"]) > 20)
    everything = run("trace", bridge, "--all").out
    assert everything.count("distinct origins: ") == len(trace["claims"])
    page = run("trace", bridge, "--format", "html").out
    assert page.count('<section class="claim">') == len(trace["claims"])
