"""Review at the desk: verdicts, notes, assignment, corrections, parting and joining; and what leaves the desk of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from takhrij.desk import create_desk
from takhrij.ledger import Ledger, Subject, open_ledger
from takhrij.publishing import gold_rows, verdicts_on
from takhrij.records import Claim
from tests.desk.made import CLAIM, Names, fill
from tests.desk.test_pages import BIDI, HOSTILE
from tests.desk.test_pages import Page as PageParts
from tests.desk.traced import CLOSED, fill_traced

ARTICLE = "a"


@dataclass
class Bench:
    """A desk with one user, and the ledger under it."""

    client: TestClient
    ledger: Ledger

    def get(self, path: str, **query: object) -> str:
        answer = self.client.get(path, params=query)  # type: ignore[arg-type]
        assert answer.status_code == 200, answer.text
        return answer.text

    def post(self, path: str, **form: object) -> Response:
        token = re.search(r'name="csrf" value="([^"]+)"', self.get("/correct", id=ARTICLE))
        assert token
        return self.client.post(path, data={"csrf": token[1], **form}, follow_redirects=False)

    @property
    def claim(self) -> Claim:
        """The claim about the bridge; the one of most reports where there are several."""
        return max((c for c in self.claims() if "الجسر" in c.text), key=lambda c: len(c.reports))

    def claims(self) -> list[Claim]:
        return [kept.claim for kept in self.ledger.views().claims().claims]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    fill_traced(tmp_path / "desk.db")
    with open_ledger(tmp_path / "desk.db") as ledger:
        yield Bench(TestClient(create_desk(ledger), base_url="http://127.0.0.1"), ledger)


def test_a_verdict_goes_out_as_claimreview_and_a_note_stays(bench: Bench) -> None:
    name = bench.claim.id
    links = "https://example.org/a\nhttps://example.org/b"
    answer = bench.post("/review/verdict", id=name, verdict="false", reason="الجسر مفتوح أمام الشاحنات", links=links)
    assert answer.headers["location"] == f"/review?id={name}&done=verdict"
    bench.post("/review/note", id=name, text="اتصلت بالمهندس <b>سرًّا</b>")
    page = bench.get("/claim", id=name)
    assert "خطأ" in page
    assert "الجسر مفتوح أمام الشاحنات" in page
    assert "سرًّا" not in page, "notes are on the page of review"
    assert "سرًّا&lt;/b&gt;" in bench.get("/review", id=name)
    [review] = json.loads(bench.get("/claimreview", id=name))
    assert review["reviewRating"]["alternateName"] == "خطأ"
    assert review["reviewBody"] == "الجسر مفتوح أمام الشاحنات"
    assert review["citation"] == links.split("\n")
    assert bench.claim.text not in bench.get("/queue"), "what has a verdict waits no more"


def test_a_verdict_wants_whole_links_and_one_of_the_words(bench: Bench) -> None:
    name = bench.claim.id
    wrong = bench.post("/review/verdict", id=name, verdict="false", links="javascript:alert(1)")
    assert wrong.headers["location"].endswith("fault=links")
    assert bench.post("/review/verdict", id=name, verdict="great").headers["location"].endswith("fault=verdict")
    assert bench.ledger.views().reviews() == ()


def test_an_address_is_never_shown(bench: Bench) -> None:
    name = bench.claim.id
    with bench.ledger.writer("salma@example.org") as writer:
        writer.review(Subject("claim", name), "true", "نعم")
    kept = bench.ledger.views().claim(name)
    assert kept is not None
    assert [verdict.author for verdict in verdicts_on(bench.ledger.views(), kept)] == ["salma"]
    for text in (
        bench.get("/claim", id=name),
        bench.get("/review", id=name),
        bench.get("/history"),
        bench.get("/api/claim", id=name),
    ):
        assert "salma" in text
        assert "@example.org" not in text


def test_a_claim_is_given_and_waits_for_its_reader(bench: Bench) -> None:
    name = bench.claim.id
    bench.post("/review/assign", id=name, to="سلمى")
    assert "سلمى" in bench.get("/queue", view="given")
    assert bench.get("/queue", view="mine").count('class="card"') == 0


def test_a_speaker_is_set_right_and_taken_back(bench: Bench) -> None:
    form = {"id": ARTICLE, "n": 0, "act": "state", "source": "هيئة الجسور", "content": CLOSED}
    answer = bench.post("/correct", speaker="البلدية", note="قالته البلدية", **form)
    assert answer.headers["location"].endswith("done=correct")
    assert "<b><bdi>البلدية</bdi></b>" in bench.get("/article", id=ARTICLE)
    assert any(s.party == "البلدية" for claim in bench.claims() for s in claim.statements)
    assert bench.post("/correct", speaker="البلدية", **form).headers["location"].endswith("fault=same")
    [row] = gold_rows(bench.ledger.views())
    assert row["checked"] is False
    assert row["entities"]["E1"][0] == "البلدية"
    assert row["attributions"][0]["speaker"] == "E1"
    edit = re.search(r'name="edit" value="(\d+)"', bench.get("/correct", id=ARTICLE))
    assert edit
    assert bench.post("/review/undo", edit=edit[1]).headers["location"].endswith("done=undo")
    assert "<b><bdi>هيئة الجسور</bdi></b>" in bench.get("/article", id=ARTICLE)
    assert list(gold_rows(bench.ledger.views())) == []
    assert bench.ledger.verify().problems == []


def test_words_are_found_or_asked_for_again(bench: Bench) -> None:
    form = {"id": ARTICLE, "n": 0, "speaker": "هيئة الجسور", "act": "state", "source": ""}
    part = "الجسر الشرقي  سيغلق"
    for words, fault in (("لا وجود لها", "words_not_there"), ("ا", "words_twice"), ("", "words_missing"), (part, None)):
        place = bench.post("/correct", content=words, **form).headers["location"]
        assert place.endswith(f"fault={fault}" if fault else "done=correct"), words
    kept = bench.ledger.views().article(ARTICLE)
    assert kept is not None
    assert [c.of(kept.reading.article.text) for c in kept.reading.attributions[0].content] == ["الجسر الشرقي سيغلق"]


def test_an_article_checked_whole_is_gold(bench: Bench) -> None:
    bench.post("/correct/add", id=ARTICLE, cue="وانتظر", content="بيانًا", speaker="السكان", act="direct")
    bench.post("/correct/checked", id=ARTICLE, now="1")
    [row] = gold_rows(bench.ledger.views())
    assert row["checked"] is True
    assert len(row["attributions"]) == 2
    bench.post("/correct/checked", id=ARTICLE)
    [row] = gold_rows(bench.ledger.views())
    assert row["checked"] is False


def test_what_a_person_added_is_corrected_and_removed_like_the_rest(bench: Bench) -> None:
    bench.post("/correct/add", id=ARTICLE, cue="وانتظر", content="بيانًا", speaker="هيئة الجسور", act="direct")
    form = {"id": ARTICLE, "act": "direct", "source": "", "content": "بيانًا"}
    bench.post("/correct", n=1, speaker="السكان", **form)

    def speakers() -> list[str | None]:
        kept = bench.ledger.views().article(ARTICLE)
        assert kept is not None
        return [a.speaker for a in kept.reading.attributions]

    assert speakers() == ["هيئة الجسور", "السكان"]
    bench.post("/correct", n=1, speaker="هيئة الجسور", **form)
    assert "إسناد آخر" in bench.get("/correct", id=ARTICLE, n=1)
    bench.post("/correct", n=1, speaker="بلدية المرسى", everywhere="1", **form)
    assert speakers() == ["بلدية المرسى", "بلدية المرسى"]
    bench.post("/correct", n=1, none="1", **form)
    assert speakers() == ["بلدية المرسى"]


def test_a_claim_is_parted_and_joined_again(bench: Bench) -> None:
    name = bench.claim.id
    claim = bench.claim
    assert bench.post("/review/part", id=name).headers["location"].endswith("fault=part")
    place = bench.post("/review/part", id=name, report=["2"]).headers["location"]
    assert place.endswith("done=part")
    parted = [c for c in bench.claims() if "الجسر" in c.text]
    assert len(parted) == 2
    assert {r.article for c in parted for r in c.reports} == {r.article for r in claim.reports}
    page = bench.client.get(place).text
    edit = re.search(r'name="edit" value="(\d+)"', page)
    assert edit
    assert bench.post("/review/undo", edit=edit[1], id=parted[0].id).headers["location"].endswith("done=undo")
    assert bench.claim == claim
    bench.post("/review/part", id=claim.id, report=["2"])
    one, other = (c for c in bench.claims() if "الجسر" in c.text)
    assert bench.post("/review/join", id=one.id, other=other.id).headers["location"].endswith("done=join")
    assert {r.article for r in bench.claim.reports} == {r.article for r in claim.reports}
    assert bench.ledger.verify().problems == []


def test_what_happened_is_on_the_history_page(bench: Bench) -> None:
    name = bench.claim.id
    bench.post("/review/verdict", id=name, verdict="true", reason="نعم")
    page = bench.get("/history", subject=f"claim:{name}")
    assert "حكم أو ملاحظة" in page
    assert bench.ledger.head().hash[:12] in page


def test_hostile_words_on_the_pages_of_review_are_inert(tmp_path: Path) -> None:
    names = Names(HOSTILE, HOSTILE, HOSTILE.replace("\x07", ""), HOSTILE + "/a?b#c", HOSTILE)
    fill(tmp_path / "hostile.db", names)
    with open_ledger(tmp_path / "hostile.db") as ledger:
        with ledger.writer(HOSTILE) as writer:
            for verdict in (HOSTILE, "", "false"):
                writer.review(Subject("claim", CLAIM), verdict, HOSTILE + "\nhttps://example.org/" + HOSTILE.replace(" ", ""))
            writer.assign(CLAIM, HOSTILE, HOSTILE)
        client = TestClient(create_desk(ledger), base_url="http://127.0.0.1")
        article = quote(names.article, safe="")
        for path in (
            "/queue?view=new", "/queue?view=denied", "/queue?view=given", f"/review?id={CLAIM}", f"/claim?id={CLAIM}",
            "/history", f"/correct?id={article}", f"/correct?id={article}&n=0", f"/history?subject=article:{article}",
        ):  # fmt: skip
            answer = client.get(path)
            assert answer.status_code == 200, path
            assert PageParts(answer.text).faults() == [], path
            assert not BIDI.search(re.sub(r'<input type="hidden"[^>]*>', "", answer.text)), path
