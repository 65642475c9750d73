"""A desk on a port of this machine, and a page in Debian's Chromium that notes what it must not do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from takhrij.desk import create_desk
from takhrij.ledger import open_ledger
from tests.browser.served import noted, served
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
    with open_ledger(where, create=False) as ledger, served(create_desk(ledger)) as base:
        yield base


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
    opened = context.new_page()
    faults = noted(opened, address)
    yield opened
    context.close()
    assert faults == []
