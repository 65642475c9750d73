"""The verbs over a ledger: what was added is found, shown, exported, verified, and put back."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest

from takhrij import pipeline
from takhrij.cli.common import Inputs
from takhrij.cli.watch_verb import Poll
from takhrij.ledger import open_ledger
from takhrij.records import Page


@pytest.fixture
def own(ledger, tmp_path):
    """A copy of the ledger, to be changed."""
    path = tmp_path / "own.db"
    with sqlite3.connect(ledger) as source, sqlite3.connect(path) as target:
        source.backup(target)
    target.close()
    source.close()
    shutil.copytree(f"{ledger}.evidence", f"{path}.evidence")
    return path


@pytest.fixture
def claim(run, ledger):
    """The id of a claim that somebody denies."""
    return run("claims", "--denied", "--ledger", ledger, "--format", "jsonl", "--limit", 1).rows[0]["id"]


def _line(added, there, versions=0, reread=0):
    return f"{added} articles added, {versions} newer versions, {reread} read anew, {there} there already"


def test_again_adds_nothing(run, own, bridge):
    before = run("verify", "--ledger", own, "--quiet").out
    ran = run("add", bridge, "--ledger", own)
    assert (ran.code, ran.out) == (0, _line(0, 6) + "\n")
    assert run("verify", "--ledger", own, "--quiet").out == before


def test_a_changed_page_is_a_newer_version(run, own, bridge, tmp_path):
    page = (bridge / "nakhla.html").read_text(encoding="utf-8")
    (tmp_path / "nakhla.html").write_text(page.replace("11 سنتيمتر", "12 سنتيمتر"), encoding="utf-8")
    ran = run("add", tmp_path / "nakhla.html", "--ledger", own)
    assert ran.out.startswith(_line(0, 0, versions=1) + "; claims: ")
    assert "version 2 of" in run("show", "nakhla.html", "--ledger", own).out


def test_other_tables_read_anew(run, own, bridge, tmp_path):
    table = tmp_path / "mine.tsv"
    table.write_text("bridge-authority\tstate_body\tJO\tBridge Authority\tهيئة جسور المرجان\n", encoding="utf-8")
    ran = run("add", bridge / "nakhla.html", "--ledger", own, "--actors", table)
    assert ran.out.startswith(_line(0, 0, reread=1))
    shown = run("show", "nakhla.html", "--ledger", own).out
    assert shown.count("reading ") == 2
    assert "with tables" in shown


def test_breaking_off_keeps_what_was_read_and_goes_on(run, english, tmp_path, monkeypatch):
    where, read, reads = tmp_path / "l.db", pipeline.read_article, []

    def broken_off(article, tables):
        if len(reads) == 3:
            raise KeyboardInterrupt
        reads.append(article.id)
        return read(article, tables)

    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "read_article", broken_off)
        ran = run("add", english, "--ledger", where)
    assert (ran.code, ran.out) == (130, _line(3, 0) + "\n")
    assert ran.err == "takhrij: stopped\n"
    ran = run("add", english, "--ledger", where)
    assert (ran.code, ran.out.split(";")[0]) == (0, _line(4, 3))
    assert run("verify", "--ledger", where).code == 0


def test_claims_left_out_are_joined_by_a_later_call(run, bridge, tmp_path):
    where = tmp_path / "l.db"
    assert "claims" not in run("add", bridge / "nakhla.html", "--ledger", where, "--no-trace").out
    assert run("claims", "--ledger", where).out == "0 claims\n"
    assert "; claims: " in run("add", bridge / "nakhla.html", "--ledger", where).out
    assert run("claims", "--ledger", where).out != "0 claims\n"


def test_search_in_any_form(run, ledger):
    ran = run("search", "الجسور", "شاحنة", "--ledger", ledger, "--format", "jsonl")
    assert ran.code == 0
    assert ran.rows
    for row in ran.rows:
        assert list(row) == ["id", "url", "title", "date", "outlet", "snippet", "marks", "text"]
        start, end = row["snippet"]
        assert 0 <= start < end <= len(row["text"])
        assert all(start <= s < e <= end for s, e in row["marks"])
    text = run("search", "الجسور شاحنة", "--ledger", ledger).out
    assert all(row["id"] in text for row in ran.rows)


def test_search_in_english_through_names(run, tmp_path):
    rows = [
        {"id": "aleppo", "text": "سوق حلب القديم\nفتحت المحال أبوابها في حلب."},
        {"id": "council", "text": "اجتماع في نيويورك\nقال مجلس الأمن إن الجلسة ستعقد غدا."},
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    where = tmp_path / "l.db"
    assert run("add", tmp_path / "rows.jsonl", "--ledger", where).code == 0
    for words, found in (("Aleppo", ["aleppo"]), ("Security Council", ["council"]), ("place:Aleppo", ["aleppo"]),
                         ("place:حلب", ["aleppo"]), ('speaker:"UN Security Council"', ["council"]), ("Homs", [])):  # fmt: skip
        assert [row["id"] for row in run("search", words, "--ledger", where, "--format", "jsonl").rows] == found, words


def test_search_by_field_count_and_limit(run, ledger):
    found = run("search", 'party:"شركة القوس الحجري للمقاولات"', "--ledger", ledger, "--format", "jsonl").rows
    assert "manara.html" in {row["id"] for row in found}
    counts = run("search", "الجسر", "--count", "outlet", "--ledger", ledger, "--format", "jsonl").rows
    assert {row["outlet"] for row in counts} == {
        "المجداف",
        "بريد الواحة",
        "منارة المرجان",
        "نخلة برس",
        "شرفة الإخبارية",
        "قوافل برس",
    }
    text = run("search", "الجسر", "--limit", 2, "--ledger", ledger).out
    assert text.startswith("6 articles found\n")
    assert text.endswith("… and 4 more (--limit shows them)\n")
    ran = run("search", "act:nonsense", "--ledger", ledger)
    assert (ran.code, len(ran.complaints)) == (2, 1)


def test_search_as_a_feed_that_can_be_read_again(run, ledger, tmp_path):
    feed = tmp_path / "found.xml"
    assert run("search", "الجسر", "--format", "rss", "--out", feed, "--ledger", ledger).code == 0
    titles = {row["title"] for row in run("search", "الجسر", "--format", "jsonl", "--ledger", ledger).rows}
    assert {row["title"] for row in run("read", feed, "--format", "jsonl").rows} == titles
    assert run("search", "الجسر", "--format", "rss", "--count", "outlet", "--ledger", ledger).code == 2


def test_claims_and_their_filters(run, ledger, claim):
    rows = run("claims", "--ledger", ledger, "--format", "jsonl", "--limit", 1000).rows
    assert [r["outlets"] for r in rows[:1]] == [max(r["outlets"] for r in rows)]
    denied = run("claims", "--denied", "--ledger", ledger, "--format", "jsonl").rows
    assert claim in {r["id"] for r in denied}
    assert all(r["denials"] for r in denied)
    many = run("claims", "--outlets", 4, "--ledger", ledger, "--format", "jsonl").rows
    assert [r["id"] for r in many] == [r["id"] for r in rows if r["outlets"] >= 4]
    assert run("claims", "--reviewed", "--ledger", ledger).out == "0 claims\n"
    assert claim in run("claims", "--denied", "--ledger", ledger).out


def test_show_a_claim_and_an_article(run, ledger, claim):
    text = run("show", claim, "--ledger", ledger).out
    assert "distinct origins: " in text
    assert "denied (" in text
    assert run("show", claim, "--ledger", ledger, "--format", "jsonl").rows[0]["id"] == claim
    assert '<section class="claim">' in run("show", claim, "--ledger", ledger, "--format", "html").out
    text = run("show", "mijdaf.html", "--ledger", ledger).out
    assert "copies: mijdaf.html, then barid.html" in text
    assert run("show", "mijdaf.html", "--ledger", ledger, "--format", "jsonl").rows[0]["attributions"]
    ran = run("show", "nothing", "--ledger", ledger)
    assert (ran.code, len(ran.complaints)) == (2, 1)


def test_check_finds_who_said_it(run, ledger):
    ran = run("check", "هبطت الدعامة الثالثة لجسر القناطر السبع 11 سنتيمترا", "--ledger", ledger, "--format", "jsonl")
    assert ran.code == 0
    best = ran.rows[0]
    assert list(best) == ["label", "score", "why", "claim"]
    assert best["label"] in ("same", "part")
    assert best["claim"]["outlets"] >= 3
    assert "said" in run("check", "-", "--ledger", ledger, stdin="هبطت الدعامة الثالثة لجسر القناطر السبع".encode()).out
    nothing = run("check", "فاز نادي السهل بكأس السلة", "--ledger", ledger)
    assert (nothing.code, nothing.out) == (0, "nothing in the ledger says this or the contrary\n")
    assert run("check", "-", "--ledger", ledger).code == 2


def test_actors_and_places(run, ledger):
    listed = run("actors", "--ledger", ledger, "--format", "jsonl").rows
    assert "شركة القوس الحجري للمقاولات" in {row["name"] for row in listed}
    assert listed[0]["name"] in run("actors", "--ledger", ledger).out
    explained = run("actors", "وزير المالية", "--text", "وصل إلى تونس وزير المالية", "--format", "jsonl").rows[0]
    assert explained["party"]["kind"] == "state_body"
    assert explained["why"]
    assert "speaks for: " in run("actors", "وزير المالية").out
    known = run("actors", "--limit", 5).out.splitlines()
    assert [line.count("\t") for line in known] == [4] * 5
    named = run("places", "طرابلس", "--format", "jsonl").rows[0]
    assert {"LY", "LB"} <= {place["country"] for place in named["may_be"]}
    assert "settlement LB" in run("places", "انطلقت القافلة من مدينة طرابلس اللبنانية").out
    assert run("places", "--ledger", ledger).out.startswith("   art.")
    assert run("places").code == 2


def test_export_and_import_keep_the_readings(run, ledger, tmp_path):
    first = tmp_path / "first.jsonl"
    assert run("export", "--ledger", ledger, "--out", first).code == 0
    again = tmp_path / "again.db"
    assert run("import", first, "--ledger", again).out.startswith(_line(6, 0) + "; claims: ")
    assert run("import", first, "--ledger", again).out == _line(0, 6) + "\n"
    second = tmp_path / "second.jsonl"
    assert run("export", "--ledger", again, "--out", second).code == 0
    assert first.read_text(encoding="utf-8") == second.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["trace", "jsonld", "geojson"])
def test_export_as_one_json_value(form, run, ledger):
    value = json.loads(run("export", "--ledger", ledger, "--format", form).out)
    assert value
    if form == "trace":
        assert len(value["articles"]) == 6
        assert len(value["claims"]) == int(run("claims", "--ledger", ledger).out.split()[0])


def test_export_as_tables_and_lines(run, ledger):
    for table in ("attributions", "reports", "places"):
        lines = run("export", "--ledger", ledger, "--format", "csv", "--table", table).out.splitlines()
        assert len(lines) > 3
        assert "article" in lines[0]
    pages = run("export", "--ledger", ledger, "--format", "annotations").rows
    assert [page["type"] for page in pages] == ["AnnotationPage"] * 6


def test_export_the_evidence(run, ledger, tmp_path):
    ran = run("export", "--ledger", ledger, "--format", "wacz", "--out", tmp_path / "desk.wacz")
    assert (ran.code, ran.err) == (0, "")
    with zipfile.ZipFile(tmp_path / "desk.wacz") as archive:
        index = archive.read("indexes/index.cdx").decode()
    assert len(index.splitlines()) == 6
    assert run("export", "--ledger", ledger, "--format", "wacz").code == 2


def test_export_the_pages_of_a_claim(run, ledger, claim, tmp_path):
    out = tmp_path / "claim.wacz"
    asked = ("export", "--ledger", ledger, "--out", out)
    assert run(*asked, "--format", "wacz", "--claim", claim).code == 0
    row = run("show", claim, "--ledger", ledger, "--format", "jsonl").rows[0]
    carriers = {report["article"] for report in row["reports"]} | {denial["article"] for denial in row["denials"]}
    assert {article["title"] for article in run("read", out, "--format", "jsonl").rows} == {
        run("show", name, "--ledger", ledger, "--format", "jsonl").rows[0]["title"] for name in carriers
    }
    assert run(*asked, "--format", "wacz", "--claim", "none").code == 2
    assert run(*asked, "--format", "jsonl", "--claim", claim).code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["claim.wacz"]


def test_annotations_come_in_as_the_newest_reading(run, own, tmp_path):
    lines = run("export", "--ledger", own, "--format", "annotations").out
    same = tmp_path / "same.jsonl"
    same.write_text(lines, encoding="utf-8")
    ran = run("import", same, "--format", "annotations", "--ledger", own, "--extractor", "desk")
    assert (ran.code, ran.out.split(";")[0]) == (0, _line(0, 0, reread=6))
    assert run("export", "--ledger", own, "--format", "annotations").out == lines
    page = json.loads(lines.splitlines()[0])
    page["items"] = page["items"][:1]
    fewer = tmp_path / "fewer.json"
    fewer.write_text(json.dumps(page, indent=1), encoding="utf-8")
    assert run("import", fewer, "--format", "annotations", "--ledger", own).out.startswith(_line(0, 0, reread=1))
    first = run("export", "--ledger", own, "--format", "annotations").out.splitlines()[0]
    assert len(json.loads(first)["items"]) == 1
    page["items"][0]["target"][0]["selector"][1]["exact"] = "x"
    fewer.write_text(json.dumps(page), encoding="utf-8")
    ran = run("import", fewer, "--format", "annotations", "--ledger", own)
    assert (ran.code, len(ran.complaints)) == (2, 1)
    fewer.write_text(json.dumps(page).replace("urn:sha256:", "urn:sha256:0"), encoding="utf-8")
    ran = run("import", fewer, "--format", "annotations", "--ledger", own)
    assert (ran.code, ran.complaints[0].endswith("no such text in the ledger")) == (2, True)
    assert run("verify", "--ledger", own).code == 0


def test_a_collection_moves_as_an_archive(run, ledger, tmp_path):
    archive, other = tmp_path / "bridge.zip", tmp_path / "other.db"
    assert run("export", "--ledger", ledger, "--format", "archive", "--out", archive).code == 0
    claims = int(run("claims", "--ledger", ledger).out.split()[0])
    ran = run("import", archive, "--format", "archive", "--ledger", other)
    assert (ran.code, ran.out) == (0, f"6 articles added, 0 changed, 0 there already; claims: {claims}, reviews: 0\n")
    assert (
        run("export", "--ledger", other, "--format", "trace").out == run("export", "--ledger", ledger, "--format", "trace").out
    )
    assert run("verify", "--ledger", other).code == 0
    archive.write_bytes(archive.read_bytes()[:-50])
    ran = run("import", archive, "--format", "archive", "--ledger", tmp_path / "third.db")
    assert (ran.code, len(ran.complaints)) == (1, 1)
    assert not (tmp_path / "third.db").exists()


def test_verdicts_go_out_and_come_in(run, own, ledger, claim, tmp_path):
    from takhrij.ledger import Subject

    with open_ledger(own) as opened, opened.writer("Noura") as writer:
        writer.review(Subject("claim", claim), "not proven", "two measurements, one denial")
    for form, name in (("claimreview", "v.json"), ("check", "v.csv")):
        out = tmp_path / name
        assert run("export", "--ledger", own, "--format", form, "--out", out).code == 0
        assert "not proven" in out.read_text(encoding="utf-8")
        other = tmp_path / f"{form}.db"
        with sqlite3.connect(ledger) as source, sqlite3.connect(other) as target:
            source.backup(target)
        target.close()
        source.close()
        assert run("import", out, "--format", form, "--ledger", other).out == "1 reviews added, 0 there already\n"
        assert run("import", out, "--format", form, "--ledger", other).out == "0 reviews added, 1 there already\n"
        assert "not proven: two measurements, one denial (Noura)" in run("show", claim, "--ledger", other).out


def test_import_refuses_what_does_not_fit(run, tmp_path):
    bad = {"id": "a", "text": "خبر", "attributions": [{"cue": [0, 9], "content": [[0, 1]], "act": "state"}]}
    lines = [json.dumps(bad), "{nonsense", '{"id": "b"}', '{"id": "good", "text": "خبر قصير"}']
    (tmp_path / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")
    ran = run("import", tmp_path / "rows.jsonl", "--ledger", tmp_path / "l.db")
    assert (ran.code, ran.out.split(";")[0].strip()) == (1, _line(1, 0))
    assert [line.split(": ")[1] for line in ran.complaints] == [f"rows.jsonl:{n}" for n in (1, 2, 3)]
    for form in ("jsonl", "annotations", "claimreview"):
        ran = run("import", tmp_path / "none.json", "--format", form, "--ledger", tmp_path / "l.db")
        assert (ran.code, len(ran.complaints)) == (2, 1), form


def test_verify_tells_damage_and_a_cut_end(run, own):
    ran = run("verify", "--ledger", own)
    assert ran.code == 0
    assert "no damage found" in ran.out
    head = ran.out.splitlines()[-1]
    assert run("verify", "--ledger", own, "--head", head).code == 0
    number, _, digest = head.partition(":")
    assert run("verify", "--ledger", own, "--head", f"{int(number) + 1}:{digest}").code == 1
    assert run("verify", "--ledger", own, "--head", "nonsense").code == 2
    evidence = next(Path(f"{own}.evidence").glob("*.warc.gz"))
    data = bytearray(evidence.read_bytes())
    data[len(data) // 2] ^= 0xFF
    evidence.write_bytes(data)
    ran = run("verify", "--ledger", own)
    assert ran.code == 1
    assert "damaged: " in ran.out
    assert all(line.startswith("takhrij: ") for line in ran.complaints)


def test_backup_and_restore(run, own, tmp_path):
    head = run("verify", "--ledger", own, "--quiet").out
    ran = run("backup", tmp_path / "b.zip", "--ledger", own)
    assert (ran.code, ran.out) == (0, head)
    assert run("backup", tmp_path / "b.zip", "--ledger", own).code == 2
    assert run("backup", "--ledger", own, "--out", tmp_path / "c.zip", "--quiet").out == ""
    ran = run("restore", tmp_path / "b.zip", "--ledger", tmp_path / "again.db")
    assert (ran.code, ran.out) == (0, head)
    same = [run("export", "--ledger", where).out for where in (own, tmp_path / "again.db")]
    assert same[0] == same[1]
    assert run("restore", tmp_path / "b.zip", "--ledger", own).code == 2
    (tmp_path / "c.zip").write_bytes((tmp_path / "c.zip").read_bytes()[:-100])
    ran = run("restore", tmp_path / "c.zip", "--ledger", tmp_path / "third.db")
    assert (ran.code, len(ran.complaints)) == (1, 1)
    assert not (tmp_path / "third.db").exists()


FEED = "https://feed.example/rss"


class FakeFetcher:
    """A feed of two items, and their pages."""

    def fetch(self, url, known=None):
        if url == FEED:
            items = "".join(f"<item><title>{i}</title><link>https://feed.example/{i}</link></item>" for i in (1, 2))
            body = f"<rss><channel><title>Feed</title>{items}</channel></rss>".encode()
            return Page(name=url, url=url, body=body, media_type="application/rss+xml")
        words = f"The market moves, part {url[-1]}. " + "The municipality said that the market moves on Sunday. " * 9
        body = f"<html><head><title>Part {url[-1]}</title></head><body><article><p>{words}</p></article></body></html>".encode()
        return Page(name=url, url=url, body=body, media_type="text/html")


def test_watch_adds_each_item_once(tmp_path):
    state = Inputs(quiet=True)
    with open_ledger(tmp_path / "l.db") as ledger:
        poll = Poll(ledger, "default", "Noura", pipeline.BUILT_IN, tmp_path / "l.feeds")
        assert poll.once([FEED], FakeFetcher(), state).done.total() == 2
        assert poll.once([FEED], FakeFetcher(), state).done.total() == 0
        assert {r.article.id for r in ledger.views().readings()} == {"https://feed.example/1", "https://feed.example/2"}
    assert state.failed == 0


def test_watch_needs_addresses(run, tmp_path):
    (tmp_path / "feeds.txt").write_text("# none yet\n")
    for feed in (tmp_path / "feeds.txt", tmp_path / "none.txt"):
        ran = run("watch", feed, "--ledger", tmp_path / "l.db")
        assert (ran.code, len(ran.complaints)) == (2, 1)
    ran = run("watch", "http://127.0.0.1:9/feed", "--ledger", tmp_path / "l.db")
    assert (ran.code, len(ran.complaints)) == (1, 1)
