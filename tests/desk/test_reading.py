"""What one reads at the desk: articles with their evidence, names, searches, what is followed, checked, taken along."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import feedparser
import pytest
from fastapi.testclient import TestClient

from takhrij.desk import create_desk
from takhrij.desk.articlepage import REPLAY_POLICY, replay
from takhrij.desk.desk import Desk
from takhrij.desk.relays import credits, relays
from takhrij.desk.view import Pages
from takhrij.ledger import Ledger, open_ledger
from takhrij.pipeline import retrace
from takhrij.records import CopySet, Page, Reading, Trace
from tests.desk.made import CLAIM, fill
from tests.desk.traced import CLOSED, fill_traced, stated

ARTICLE = "wadi/1.html"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    fill(tmp_path / "desk.db")
    with open_ledger(tmp_path / "desk.db", create=False) as opened:
        yield opened


@pytest.fixture
def traced(tmp_path: Path) -> Iterator[Ledger]:
    fill_traced(tmp_path / "traced.db")
    with open_ledger(tmp_path / "traced.db", create=False) as opened:
        yield opened


def client(ledger: Ledger, *fact_checks: Path) -> TestClient:
    return TestClient(create_desk(ledger, fact_checks=fact_checks), base_url="http://127.0.0.1")


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def send(desk: TestClient, path: str, **form: str) -> str:
    """Send a form as the desk's own page does; where it leads to."""
    token = re.search(r'name="csrf" value="([^"]+)"', desk.get("/").text)
    assert token is not None
    answer = desk.post(path, data={"csrf": token[1], **form}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_verifying_reads_the_preserved_bytes_again(ledger: Ledger) -> None:
    desk, asked = client(ledger), f"/article?id={ARTICLE}&verify=1"
    digest = hashlib.sha256("السد سليم".encode()).hexdigest()
    page = desk.get(asked).text
    assert "البصمة مطابقة" in page
    assert " ".join(digest[i : i + 8] for i in range(0, 64, 8)) in page.split('class="notice done"')[1]
    assert "البصمة مطابقة" not in desk.get(f"/article?id={ARTICLE}").text
    assert ledger.evidence_folder is not None
    for warc in ledger.evidence_folder.glob("*.warc.gz"):
        warc.write_bytes(warc.read_bytes()[:40] + b"?" + warc.read_bytes()[41:])
    page = desk.get(asked).text
    assert "لا تطابق بصمتها" in page
    assert "البصمة مطابقة" not in page


def test_a_page_is_replayed_for_a_frame_of_no_origin(ledger: Ledger) -> None:
    answer = client(ledger).get(f"/article/page?id={ARTICLE}")
    assert answer.text == "السد سليم"
    policy = answer.headers["content-security-policy"]
    assert policy == REPLAY_POLICY
    assert policy.startswith("sandbox;"), "no scripts, forms, popups; an origin of its own"
    assert "allow-" not in policy
    assert "default-src 'none'" in policy
    framing = client(ledger).get(f"/article?id={ARTICLE}")
    assert framing.headers["content-security-policy"].endswith("frame-src 'self'")
    assert re.search(r"<iframe sandbox title", framing.text)
    assert client(ledger).get("/article/page?id=none").status_code == 404


def test_what_calls_elsewhere_is_taken_out_of_a_replayed_page() -> None:
    body = (
        '<html><head><LINK rel=preconnect href=//a.example><meta http-equiv=refresh content="0;//b"><base href=//c></head>'
        "<a href=//d>نص</a><iframe src=//e></iframe><article>متن</article>"
    )
    found = bytes(replay(Page("a.html", body.encode())).body).decode()
    assert not re.search(r"<\s*/?(link|meta|base|a|iframe)\b", found, re.IGNORECASE)
    assert "<x-a href=//d>نص</x-a>" in found, "its words stay"
    assert found.endswith("<article>متن</article>")


@pytest.mark.parametrize(
    ("body", "kind", "charset"),
    [
        ("<meta charset=windows-1256>خبر".encode("cp1256"), "text/html", "cp1256"),
        ("خبر".encode("cp1256"), "text/html; charset=windows-1256", "cp1256"),
        ("خبر".encode(), "text/html; charset=nonsense", "utf-8"),
        ("خبر".encode("utf-16"), "text/html", "utf-8"),
    ],
)
def test_a_replayed_page_keeps_its_letters(body: bytes, kind: str, charset: str) -> None:
    answer = replay(Page("a", body, media_type=kind))
    assert answer.headers["content-type"] == f"text/html; charset={charset}"
    assert "خبر" in bytes(answer.body).decode(charset)


def test_what_is_no_markup_is_replayed_as_text() -> None:
    script = b"<script>alert(1)</script>"
    assert replay(Page("a.txt", script, media_type="text/plain")).headers["content-type"].startswith("text/plain")
    assert replay(Page("a.json", script, media_type="application/json")).headers["content-type"].startswith("text/plain")


def test_a_claim_page_has_its_parts_in_both_languages(ledger: Ledger) -> None:
    desk = client(ledger)
    for language, told in (
        ("ar", ("طريق الخبر", "للاقتباس", "القائل: مدير المياه")),
        ("en", ("The ways", "To cite", "Said by")),
    ):
        page = desk.get(f"/claim?id={CLAIM}&lang={language}").text
        assert all(words in page for words in told)
        assert '<svg class="ways" role="img" aria-labelledby="ways-title ways-text"' in page
        assert re.search(rf'src="/claim/timeline\.svg\?lang={language}&amp;digits=\w+&amp;id={CLAIM}"', page)
    printed = desk.get(f"/claim?id={CLAIM}&print=1&lang=ar").text
    assert 'class="printed"' in printed
    assert "<details><summary>" not in printed.split("</header>")[1].split('id="exports"')[0], "all that is folded is open"


def test_the_chain_is_drawn_from_right_to_left_in_arabic(ledger: Ledger) -> None:
    at = {}
    for language in ("ar", "en"):
        page = client(ledger).get(f"/claim?id={CLAIM}&lang={language}").text
        boxes = re.findall(r'<g class="hand (\w+)"><rect x="(\d+)"', page)
        at[language] = {kind: int(x) for kind, x in boxes}
    assert at["ar"]["speaker"] > at["ar"]["outlet"]
    assert at["en"]["speaker"] < at["en"]["outlet"]


def test_drawings_come_as_pictures_of_the_readers_language(ledger: Ledger) -> None:
    desk = client(ledger)
    arabic, english = (desk.get(f"/claim/timeline.svg?id={CLAIM}&lang={language}") for language in ("ar", "en"))
    assert arabic.headers["content-type"].startswith("image/svg+xml")
    assert "مايو ٢٠٢٤" in arabic.text
    assert "May 2024" in english.text
    assert desk.get(english.request.url, headers={"if-none-match": english.headers["etag"]}).status_code == 304
    assert desk.get(f"/claim/map.svg?id={CLAIM}").status_code == 404, "no point is known"


def test_names_have_pages(ledger: Ledger) -> None:
    desk = client(ledger)
    actor = desk.get(f"/actor?id={quote('مدير المياه')}").text
    assert "السد سليم تمامًا" in plain(actor)
    assert f"/article?id={quote(ARTICLE, safe='')}#said-1" in actor
    assert "السد سليم" in plain(desk.get(f"/place?name={quote('السد سليم')}").text)
    for path in ("/actor?id=none", "/place?name=none", "/outlet?name=none", "/place/map.svg?name=none"):
        assert desk.get(path).status_code == 404
    for of, name in (("actors", "مدير المياه"), ("outlets", "صحيفة الوادي"), ("places", "السد سليم")):
        assert name in plain(desk.get(f"/names?of={of}").text)


def test_an_outlet_tells_what_it_takes_over_and_with_what_credit(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "relays.db") as ledger:
        first = stated("a").article
        credited = {"x1": "صوت المرسى", "x2": "وكالة أخرى", "x3": None, "x4": "صوت المرسى؛"}
        copies = [replace(first, id=name, outlet="ناقل", credit=credit) for name, credit in credited.items()]
        with ledger.writer("desk") as writer:
            writer.add_many(Reading(article) for article in [first, *copies])
            readings = tuple(ledger.views().readings())
            writer.put_trace(Trace(readings, (CopySet(("a", *credited), "a", "by day"),), ()))
        desk = Desk(ledger, "default", Pages())
        (found,) = relays(desk, "ناقل")
        assert (found.outlet, found.articles, found.naming, found.naming_other, found.naming_nobody) == (
            "صوت المرسى",
            4,
            2,
            1,
            1,
        )
        assert relays(desk, "صوت المرسى") == []
        assert dict(credits(desk, "ناقل"))["وكالة أخرى"] == 1
        page = plain(client(ledger).get(f"/outlet?name={quote('ناقل')}").text)
        assert "صوت المرسى ٤ ٢ (٥٠٪) ١ ١" in page


def test_a_search_finds_claims_too_and_narrows_by_its_facets(traced: Ledger) -> None:
    desk = client(traced)
    page = desk.get("/search?q=الشاحنات").text
    assert "أخبار فيها هذه الكلمات" in page
    link = re.search(r'href="(/search\?[^"]*outlet=[^"]*)"', page)
    assert link is not None
    narrowed = desk.get(link[1].replace("&amp;", "&")).text
    assert "مادة واحدة" in narrowed
    assert "٠" not in plain(desk.get("/search?q=الشاحنات&denied_claim=no").text).split("مواد")[0]
    assert desk.get("/search?denied_claim=perhaps").status_code == 400


def test_a_search_is_a_feed(traced: Ledger) -> None:
    answer = client(traced).get("/feed?q=الشاحنات")
    assert answer.headers["content-type"].startswith("application/rss+xml")
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert [entry.id for entry in feed.entries] == ["c", "b", "a"], "the newest first"
    assert feed.entries[0].link == "http://127.0.0.1/article?id=c"


def test_what_is_followed_tells_what_is_new(traced: Ledger) -> None:
    desk = client(traced)
    claim = next(kept.claim for kept in traced.views().claims().claims if len(kept.claim.reports) >= 3)
    assert send(desk, "/watch", kind="claim", key=claim.id) == f"/claim?id={claim.id}"
    key = json.dumps({"q": "الشاحنات"})
    send(desk, "/watch", kind="search", key=key)
    assert plain(desk.get("/watch").text).count("لا جديد") == 2
    assert "تتابعه" in desk.get(f"/claim?id={claim.id}").text
    with traced.writer("desk") as writer:
        later = stated("a")
        writer.add(replace(later, article=replace(later.article, id="d", outlet="منبر رابع", date="2024-05-08")))
        retrace(writer, traced.views())
    page = plain(desk.get("/watch").text)
    assert page.count("مادة جديدة") == 2, "one report of the claim, one article of the search"
    send(desk, "/watch/seen", kind="claim", key=claim.id)
    send(desk, "/watch/seen", kind="search", key=key)
    assert plain(desk.get("/watch").text).count("لا جديد") == 2
    send(desk, "/watch/stop", kind="claim", key=claim.id)
    assert plain(desk.get("/watch").text).count("لا جديد") == 1
    assert traced.verify().problems == []


def test_a_new_denial_of_what_is_followed_is_told(ledger: Ledger) -> None:
    desk = client(ledger)
    send(desk, "/watch", kind="claim", key=CLAIM)
    kept = ledger.views().claim(CLAIM)
    assert kept is not None
    denied = replace(
        kept.claim, denials=(*kept.claim.denials, replace(kept.claim.denials[0], party="هيئة السدود", scope="part"))
    )
    with ledger.writer("desk") as writer:
        writer.replace_claims([CLAIM], [denied])
    page = plain(desk.get("/watch").text)
    assert "نفي جديد: نفي جزئي — هيئة السدود" in page
    assert "البلدية" not in page, "that denial was there before"


def test_what_cannot_be_followed_is_refused(traced: Ledger) -> None:
    desk = client(traced)
    token = re.search(r'name="csrf" value="([^"]+)"', desk.get("/").text)
    assert token is not None
    refused = {("claim", "none"): 404, ("search", "no json"): 400, ("search", '{"sql": "x"}'): 400, ("page", "x"): 400,
               ("search", '{"act": "zzz"}'): 400, ("search", '["q"]'): 400}  # fmt: skip
    for (kind, key), status in refused.items():
        answer = desk.post("/watch", data={"csrf": token[1], "kind": kind, "key": key}, follow_redirects=False)
        assert answer.status_code == status, (kind, key)
    assert desk.post("/watch", data={"kind": "claim", "key": "x"}).status_code == 403, "without a token"


def test_a_sentence_is_looked_up_in_the_ledger_and_among_fact_checks(traced: Ledger, tmp_path: Path) -> None:
    checks = tmp_path / "checks.jsonl"
    review = {
        "@type": "ClaimReview",
        "claimReviewed": CLOSED,
        "reviewRating": {"alternateName": "صحيح"},
        "url": "https://f.example/1",
    }
    checks.write_text(json.dumps(review) + "\n" + json.dumps({"@type": "ClaimReview"}) + "\nnot json\n", "utf-8")
    page = plain(client(traced, checks).get(f"/check?q={quote(CLOSED)}").text)
    assert "قيل الشيء نفسه" in page
    assert "صحيح" in page
    assert "https://f.example/1" in page
    claim = next(kept.claim for kept in traced.views().claims().claims if "الجسر" in kept.claim.text)
    assert "https://f.example/1" in client(traced, checks).get(f"/claim?id={claim.id}").text
    assert "ما نشره المتحققون" not in client(traced).get(f"/claim?id={claim.id}").text
    assert "لم تُعطَ للمكتب ملفات تحقّق" in client(traced).get("/check?q=الجسر").text
    assert "لم تُعطَ" not in client(traced).get("/check").text


def test_a_claim_is_taken_along_in_each_format(ledger: Ledger) -> None:
    desk = client(ledger)
    got = {
        f: desk.get(f"/claim/export?id={CLAIM}&format={f}")
        for f in ("csv", "jsonld", "geojson", "trace", "annotations", "wacz")
    }
    assert all(answer.status_code == 200 for answer in got.values())
    assert all("attachment" in answer.headers["content-disposition"] for answer in got.values())
    assert got["csv"].text.count("\r\n") == 4, "a heading and three reports"
    assert got["trace"].json()["claims"][0]["id"] == CLAIM
    assert got["geojson"].json()["type"] == "FeatureCollection"
    assert {node["type"] for node in got["jsonld"].json()["@graph"]} >= {"Claim", "NewsArticle"}
    assert len(got["annotations"].text.splitlines()) == 3
    with zipfile.ZipFile(io.BytesIO(got["wacz"].content)) as archive:
        assert len(archive.read("pages/pages.jsonl").splitlines()) == 2, "one page, that all three articles share"
    assert desk.get(f"/claim/export?id={CLAIM}&format=zip").status_code == 404
    assert desk.get("/claim/export?id=none").status_code == 404


def test_a_page_that_was_not_kept_cannot_be_exported(traced: Ledger) -> None:
    claim = traced.views().claims().claims[0].claim.id
    assert client(traced).get(f"/claim/export?id={claim}&format=wacz").status_code == 400
