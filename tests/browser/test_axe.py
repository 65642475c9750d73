"""axe finds no serious fault on any page: in Arabic on a desktop, in English on a phone in the dark."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from takhrij.desk import create_desk
from takhrij.ledger import Ledger
from takhrij.people import Access, People, accounts, open_people, sessions
from takhrij.people.gate import flat
from tests.browser.conftest import PATIENCE
from tests.browser.served import served
from tools.screenshots import filled, pages

#: Pages that are no page of their own: what they answer with is a file, a drawing, or the preserved page of others.
FILES = {"/article/page", "/claim/timeline.svg", "/claim/map.svg", "/place/map.svg", "/claim/export", "/claimreview", "/feed"}
#: Pages that want no login or are there for a moment; a test of their own opens them.
APART = {"/login", "/join", "/job"}
RUN = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'], iframes: false})"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with filled(tmp_path_factory.mktemp("axe") / "desk.db") as made:
        yield made


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> People:
    return open_people(tmp_path_factory.mktemp("people") / "people")


@pytest.fixture(scope="module")
def cookie(people: People) -> str:
    owner = accounts.join(people, accounts.invite_owner(people), "نورة", "noura@example.org", "أربع كلمات تكفي هنا")
    return sessions.begin(people, owner)


def test_every_page_is_looked_at(ledger: Ledger, people: People) -> None:
    app = create_desk(ledger, access=Access(people))
    routes = {str(route.path) for route in flat(app.routes) if "GET" in (getattr(route, "methods", None) or ())}
    shown = {address.partition("?")[0] for address in pages(ledger).values()}
    there = {path for path in routes if not path.startswith(("/api/", "/static/", "/openapi"))}
    assert there - FILES - APART <= shown


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("ar", 1200, "light"), ("en", 390, "dark")], ids=["desktop", "phone in the dark"]
)
def test_axe_finds_no_serious_fault(
    chromium: Any, ledger: Ledger, people: People, cookie: str, language: str, width: int, scheme: str
) -> None:
    axe = Path(str(resources.files("axe_playwright_python").joinpath("axe.min.js"))).read_text("utf-8")
    with served(create_desk(ledger, access=Access(people))) as base:
        context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=base, color_scheme=scheme)
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": "lang", "value": language, "url": base}])
        page = context.new_page()
        found = [fault for address in ("/login", "/join?key=none") for fault in faults(page, axe, address)]
        context.add_cookies([{"name": "desk", "value": cookie, "url": base}])
        for address in pages(ledger).values():
            found += faults(page, axe, address)
        context.close()
    assert found == []


def faults(page: Any, axe: str, address: str) -> list[str]:
    page.goto(address)
    page.evaluate(axe)
    result = page.evaluate(RUN)
    assert len(result["passes"]) > 10, "axe has looked"
    return [
        f"{address}: {one['id']} ({one['impact']}): {node['html'][:160]} {node['any'][0]['message'] if node['any'] else ''}"
        for one in result["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]
