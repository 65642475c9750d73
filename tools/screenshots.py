"""Pictures of every page of the desk, in both languages, on a desktop's and a phone's width, light and (for some) dark.

    python tools/screenshots.py build/screenshots

Traces the sample pages into a ledger in a temporary folder, serves the desk on a port of this machine and opens each page in
Chromium. Says which pages scroll sideways and what the console complains of; 1 where there is any of either.
"""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import uvicorn

from takhrij.desk import create_desk
from takhrij.ledger import Ledger, Subject, open_ledger
from takhrij.people import Access, accounts, open_people, sessions
from takhrij.people.store import People
from takhrij.pipeline import find_pages, read_pages, retrace

SAMPLES = Path(__file__).parent.parent / "samples"
WIDTHS = {"desktop": 1200, "phone": 390}
#: Pages that are also taken in dark mode, and on paper.
DARK = {"home", "claim", "article"}


def filled(where: Path) -> Ledger:
    """A ledger with the samples, a verdict and a note."""
    ledger = open_ledger(where)
    with ledger.writer("نورة") as writer:
        for reading, page in read_pages(find_pages([SAMPLES], on_error=print), on_error=print):
            writer.add(reading, page)
        retrace(writer, ledger.views())
        claim = ledger.views().queue("spread", _denied(), 1)[0].claim.id
        writer.review(
            Subject("claim", claim), "misleading", "البيان يتحدث عن قراءة واحدة لا عن المتوسط.\nhttps://example.org/reading"
        )
        writer.review(Subject("claim", claim), "", "ننتظر رد الهيئة.")
    return ledger


def _denied() -> Any:
    from takhrij.ledger.answers import ClaimFilters

    return ClaimFilters(has_denial=True)


def pages(ledger: Ledger) -> dict[str, str]:
    """The address of each page by name."""
    views = ledger.views()
    claim = views.queue("spread", _denied(), 1)[0].claim
    article = quote(claim.reports[0].article, safe="")
    actor = quote(views.actors(1)[0].id, safe="")
    place = quote(next(row.name for row in views.places() if row.lat is not None), safe="")
    outlet = quote(views.outlets()[0].name, safe="")
    words = quote("الدعامة الثالثة", safe="")
    return {
        "home": "/", "search": f"/search?q={words}", "search-all": "/search", "claim": f"/claim?id={claim.id}",
        "claim-print": f"/claim?id={claim.id}&print=1", "article": f"/article?id={article}",
        "article-verified": f"/article?id={article}&verify=1", "outlet": f"/outlet?name={outlet}",
        "actor": f"/actor?id={actor}",
        "place": f"/place?name={place}", "actors": "/names", "outlets": "/names?of=outlets", "places": "/names?of=places",
        "check": f"/check?q={quote(claim.text[:200], safe='')}", "watch": "/watch", "jobs": "/jobs", "read": "/read",
        "about": "/about", "missing": "/missing", "queue": "/queue", "review": f"/review?id={claim.id}",
        "correct": f"/correct?id={article}&n=0", "history": "/history", "people": "/people", "account": "/account",
    }  # fmt: skip


@contextmanager
def desk(ledger: Ledger, people: People) -> Iterator[str]:
    """The desk on a free port; its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_desk(ledger, access=Access(people)), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(30)


def used(browser: Any, base: str, cookie: str, ledger: Ledger) -> None:
    """Follow a claim and a search, have a file read, and let something new come: so that no page stands empty."""
    context = browser.new_context(base_url=base)
    context.add_cookies([{"name": "desk", "value": cookie, "url": base}])
    page = context.new_page()
    kept = ledger.views().queue("spread", _denied(), 1)[0]
    for address in (f"/claim?id={kept.claim.id}", f"/search?q={quote('الجسر', safe='')}"):
        page.goto(address)
        page.locator("form[action='/watch'] button").click()
        page.locator(".actions a[href='/watch']").wait_for()
    page.goto("/jobs")
    page.locator("#file").set_input_files(
        {
            "name": "بيان.txt",
            "mimeType": "text/plain",
            "buffer": "الجسر مغلق\nأعلنت هيئة الجسور أن الجسر مغلق حتى الأحد.".encode(),
        }
    )
    page.locator("#keep button").click()
    page.locator("#job:not([data-poll])").wait_for(timeout=240_000)
    page.locator("#job .past").nth(3).wait_for(timeout=240_000)
    claim = next(one.claim for one in ledger.views().queue("spread", _denied(), 1))
    with ledger.writer("نورة") as writer:
        writer.replace_claims(
            [claim.id], [replace(claim, denials=(*claim.denials, replace(claim.denials[0], party="بلدية المرجان")))]
        )
    context.close()


def taken(browser: Any, base: str, cookie: str, addresses: dict[str, str], out: Path) -> Iterator[str]:
    """Take the pictures; a line for each fault."""
    for size, width in WIDTHS.items():
        for language in ("ar", "en"):
            context = browser.new_context(viewport={"width": width, "height": 900}, base_url=base)
            cookies = {"desk": cookie, "lang": language, "digits": "arab" if language == "ar" else "latn"}
            context.add_cookies([{"name": name, "value": value, "url": base} for name, value in cookies.items()])
            page = context.new_page()
            faults: list[str] = []
            page.on("console", lambda message, faults=faults: faults.append(message.text) if message.type == "error" else None)
            page.on("request", lambda asked, faults=faults: None if asked.url.startswith(base) else faults.append(asked.url))
            for name, address in addresses.items():
                faults.clear()
                _picture(page, address, out / f"{name}-{language}-{size}.png")
                if name == "read":
                    page.locator("#text").fill((SAMPLES / "plain" / "saffron-harvest.txt").read_text("utf-8"))
                    page.locator("#paste button").click()
                    page.locator("#said-1").wait_for()
                    page.screenshot(path=str(out / f"read-done-{language}-{size}.png"), full_page=True)
                if not page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"):
                    yield f"{name} {language} {size}: scrolls sideways"
                yield from (f"{name} {language} {size}: {fault}" for fault in faults if "404" not in fault)
                if name in DARK:
                    page.emulate_media(color_scheme="dark")
                    _picture(page, address, out / f"{name}-{language}-{size}-dark.png")
                    page.emulate_media(color_scheme="light")
            context.close()


def _picture(page: Any, address: str, file: Path) -> None:
    page.goto(address)
    for image in page.locator("img").all():  # what loads when it is come to
        image.scroll_into_view_if_needed()
    page.evaluate("Promise.all([...document.images].map(i => i.decode().catch(() => 0))).then(() => scrollTo(0, 0))")
    page.screenshot(path=str(file), full_page=True)


def main() -> int:
    """Take them all."""
    from playwright.sync_api import sync_playwright

    out = Path(sys.argv[1])
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="takhrij-pictures-") as name:
        people = open_people(Path(name) / "people")
        owner = accounts.join(people, accounts.invite_owner(people), "نورة", "noura@example.org", "أربع كلمات تكفي هنا")
        cookie = sessions.begin(people, owner)
        ledger = filled(Path(name) / "desk.db")
        with ledger, desk(ledger, people) as base, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            used(browser, base, cookie, ledger)
            faults = list(taken(browser, base, cookie, pages(ledger), out))
            browser.close()
    for fault in faults:
        print(fault)
    print(f"{len(list(out.glob('*.png')))} pictures in {out}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
