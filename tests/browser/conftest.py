"""A desk on a port of this machine, and a page in Debian's Chromium that notes what it must not do."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from takhrij.desk import create_desk
from takhrij.ledger import open_ledger
from tests.desk.made import fill

#: Milliseconds; reading the first text loads what reads Arabic, and the machine may have other work.
PATIENCE = 240_000


def _missing(why: str) -> None:
    if os.environ.get("TAKHRIJ_REQUIRE_ALL") == "1":
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    where: Path = tmp_path_factory.mktemp("browser") / "desk.db"
    fill(where)
    listening = socket.create_server(("127.0.0.1", 0))
    with open_ledger(where, create=False) as ledger:
        server = uvicorn.Server(uvicorn.Config(create_desk(ledger), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(30)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    binary = shutil.which("chromium")
    if binary is None:
        _missing("no chromium on this machine: apt-get install chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright is not installed: pip install 'takhrij[dev]'")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=binary, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(params=[1200, 390], ids=["desktop", "phone"])
def page(chromium: Any, address: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page of a desktop's or a phone's width. At its end: no complaint on the console, no request to elsewhere."""
    context = chromium.new_context(viewport={"width": request.param, "height": 800}, base_url=address)
    context.set_default_timeout(PATIENCE)
    faults: list[str] = []
    opened = context.new_page()
    opened.on("console", lambda message: faults.append(message.text) if message.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("request", lambda asked: None if asked.url.startswith(address) else faults.append(asked.url))
    yield opened
    context.close()
    assert faults == []
