"""Each page over a small ledger: what it says, in both languages, and that what comes from outside is inert."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from takhrij.desk import create_desk
from takhrij.ledger import open_ledger
from tests.desk.made import CLAIM, Names, fill

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}\u202eمقلوب\u2066&lt;\x07"
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f]")


def opened(where: Path, names: Names | None = None) -> Iterator[TestClient]:
    fill(where, names)
    with open_ledger(where, create=False) as ledger:
        yield TestClient(create_desk(ledger), base_url="http://127.0.0.1")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    yield from opened(tmp_path_factory.mktemp("desk") / "desk.db")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    names = Names(HOSTILE, HOSTILE, HOSTILE.replace("\x07", ""), HOSTILE + "/a?b#c", HOSTILE)
    yield from opened(tmp_path_factory.mktemp("hostile") / "desk.db", names)


def addresses(names: Names) -> list[str]:
    article, outlet, speaker, title = (quote(n, safe="") for n in (names.article, names.outlet, names.speaker, names.title))
    return [
        "/", "/about", "/read", "/search", "/search?q=السد", f"/claim?id={CLAIM}", f"/article?id={article}",
        f"/article?id={article}-2", f"/outlet?name={outlet}", "/missing", "/claim?id=none", "/search?act=zzz",
        f"/article?id={article}&verify=1", f"/claim?id={CLAIM}&print=1", f"/actor?id={speaker}", f"/place?name={title}",
        "/names", "/names?of=outlets", "/names?of=places", "/watch", "/jobs", "/check", "/check?q=السد سليم تمامًا",
        f"/search?q=السد&outlet={outlet}&speaker={speaker}&place={title}&after=2024-01-01",
    ]  # fmt: skip


class Page(HTMLParser):
    """The elements of a page, and what breaks its rules."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def faults(self) -> list[str]:
        found = []
        for tag, attrs in self.tags:
            inline = [name for name in attrs if name.startswith("on") or name == "style"]
            drawing = tag == "img" and re.match(r"/(claim/(timeline|map)|place/map)\.svg\?", attrs.get("src") or "")
            frame = tag == "iframe" and attrs.get("sandbox", "no") is None
            if (tag in {"img", "iframe", "style", "object", "base"} and not drawing and not frame) or inline:
                found.append(f"{tag} {attrs}")
            if tag == "script" and attrs != {"type": "module", "src": "/static/desk.js"}:
                found.append(f"script {attrs}")
            for name in ("href", "src", "action"):
                if name in attrs and not re.match(r"[/?#](?!/)", attrs[name] or ""):
                    found.append(f"{tag} {name}={attrs[name]}")
        return found


def test_the_first_screen_gives_both_bounds(desk: TestClient) -> None:
    page = " ".join(re.sub(r"<[^>]+>", " ", desk.get("/").text).split())
    assert "١٢ منبرًا، واحد منها نسخة" in page
    assert "المصادر المتمايزة: من ١ إلى ٤ (١ مسمّى)" in page
    assert "نفي كامل: ١" in page, "one party denies, in two articles"
    assert "بلا إسناد: ٢" in page


def test_language_and_digits_are_kept(desk: TestClient) -> None:
    assert '<html lang="ar" dir="rtl">' in desk.get("/", headers={"accept-language": "en"}).text
    answer = desk.get("/?lang=en")
    assert '<html lang="en" dir="ltr">' in answer.text
    assert "1 to 4" in re.sub(r"<[^>]+>", "", answer.text)
    assert "lang=en" in answer.headers["set-cookie"]
    assert "1 to 4" in re.sub(r"<[^>]+>", "", desk.get("/", headers={"cookie": "lang=en"}).text)
    assert "من 1 إلى 4" in re.sub(r"<[^>]+>", "", desk.get("/?digits=latn", headers={"cookie": "lang=ar"}).text)
    desk.cookies.clear()


def test_a_claim_shows_its_chain_from_the_origin(desk: TestClient) -> None:
    page = desk.get(f"/claim?id={CLAIM}").text
    chain = re.findall(r'<ol class="chain">(.*?)</ol>', page, re.DOTALL)[0]
    assert re.findall(r"<bdi>(.*?)</bdi>", chain) == ["مدير المياه", "صحيفة الوادي"]
    assert "تكلّم بنفسه" in page
    assert "البلدية" in page
    assert "١ مايو ٢٠٢٤" in page


def test_every_mark_leads_to_its_item_and_back(desk: TestClient) -> None:
    page = Page(desk.get("/article?id=wadi/1.html").text)
    ids = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    links = {str(attrs["href"])[1:] for tag, attrs in page.tags if tag == "a" and str(attrs.get("href")).startswith("#")}
    assert {"said-1", "said-2", "text-1", "text-2"} <= links
    assert links <= ids


@pytest.mark.parametrize("number", range(24))
def test_what_comes_from_outside_is_inert(hostile: TestClient, number: int) -> None:
    names = Names(HOSTILE, HOSTILE, HOSTILE.replace("\x07", ""), HOSTILE + "/a?b#c", HOSTILE)
    for language in ("ar", "en"):
        path = addresses(names)[number]
        answer = hostile.get(path, headers={"cookie": f"lang={language}"})
        assert answer.status_code == (404 if "none" in path or "missing" in path else 400 if "zzz" in path else 200)
        assert Page(answer.text).faults() == []
        assert not BIDI.search(answer.text)
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]


def test_pasted_text_is_shown_inert(desk: TestClient) -> None:
    answer = desk.post("/read", data={"text": HOSTILE})
    assert answer.status_code == 200
    assert Page(answer.text).faults() == []


def test_a_form_from_elsewhere_is_refused(desk: TestClient) -> None:
    assert desk.post("/read", data={"text": ""}, headers={"origin": "http://evil.example"}).status_code == 403
    assert desk.post("/read", data={"text": ""}, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert desk.post("/read", data={"text": ""}, headers={"origin": "http://127.0.0.1"}).status_code == 200


def test_a_page_seen_before_is_not_sent_again(desk: TestClient) -> None:
    first = desk.get(f"/claim?id={CLAIM}")
    again = desk.get(f"/claim?id={CLAIM}", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("name", ["desk.css", "desk.js", "icon.svg", "fonts/amiri-regular.ttf", "fonts/amiri-bold.ttf"])
def test_the_files_of_the_desk_are_its_own(desk: TestClient, name: str) -> None:
    answer = desk.get(f"/static/{name}")
    assert answer.status_code == 200
    assert answer.content


def test_no_other_file_is_served(desk: TestClient) -> None:
    assert desk.get("/static/..%2Fapp.py").status_code == 404
