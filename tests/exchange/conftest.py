"""Hostile and ordinary records for the formats."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from takhrij.records import (
    Article,
    Attribution,
    ChainLink,
    Claim,
    CopySet,
    Denial,
    OriginParty,
    Origins,
    Party,
    PlaceMention,
    Reading,
    Report,
    Span,
    Statement,
    Trace,
)

Needed = Callable[[str], Any]

TEXT = """جسر الوادي مغلق 👍🏽
قالت هيئة الطرق: «إن الجسر مغلق»، ونفت البلدية ذلك.
=HYPERLINK("x") \u202eمقلوب\u202c, 'سطر'; <b>&amp;</b>"""


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def reading() -> Reading:
    article = Article(
        "أ/1 ?#", TEXT, TEXT.split("\n")[0], 'https://example.org/1?a=1&b="2"', "2024-03-05", outlet='=صوت "الوادي"'
    )
    said = Attribution(
        span("قالت"), (span("إن الجسر مغلق"), span("=HYPERLINK")), "state", span("هيئة الطرق"), "هيئة الطرق",
        actor="own:roads", party=Party("هيئة الطرق", "state_body", "JO"), confidence=0.75,
    )  # fmt: skip
    denied = Attribution(
        span("ونفت"),
        (span("ذلك"),),
        "deny",
        span("البلدية"),
        "+البلدية",
        party=Party("البلدية", "unnamed"),
        polarity="denied",
        parent=0,
    )
    places = (
        PlaceMention(span("جسر الوادي"), "جسر الوادي", "facility", "JO", 31.5, 35.75),
        PlaceMention(span("الجسر"), "الجسر", "facility"),
    )
    return Reading(article, (said, denied), places)


@pytest.fixture
def trace(reading: Reading) -> Trace:
    other = Reading(Article("ب/2", "خبر\nالجسر مغلق", "خبر", date="2024-03-04", outlet="أخبار"))
    claim = Claim(
        "c 1/ق",
        "إن الجسر مغلق",
        (Statement("هيئة الطرق", "own:roads", "state", "asserted"),),
        (
            Report(reading.article.id, 0, span("إن الجسر مغلق"), 0, (ChainLink("outlet", "صوت"), ChainLink("speaker", "هيئة"))),
            Report("ب/2", None, Span(4, 14), None),
        ),
        2,
        1,
        Origins(1, 2, (OriginParty("هيئة الطرق", "own:roads", True, True),)),
        (Denial("البلدية", "whole", reading.article.id, 1), Denial(None, "part", "ب/2", 0)),
    )
    return Trace((reading, other), (CopySet((reading.article.id, "ب/2"), "ب/2"),), (claim,))


@pytest.fixture
def needed() -> Needed:
    """Imports a reader of the field, which only the tests use; where everything is required, its absence fails."""
    if os.environ.get("TAKHRIJ_REQUIRE_ALL") == "1":
        return importlib.import_module
    return pytest.importorskip


@pytest.fixture(scope="session")
def wacz_validate() -> Callable[[Path], str]:
    """Webrecorder's ``wacz validate``: what it says of a file, "" where that is valid.

    It stands in a folder of its own beside the environment, made once: it brings ``surt`` along, which is AGPL and is to be
    no part of an environment that takhrij runs in.
    """
    folder = Path(sys.prefix) / "wacz-validate"
    if not folder.is_dir():
        made = folder.with_name(f"{folder.name}.{uuid4().hex}")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", str(made)]
        done = subprocess.run([*pip, "wacz>=0.5"], capture_output=True, text=True, check=False)
        if done.returncode:
            absent = pytest.fail if os.environ.get("TAKHRIJ_REQUIRE_ALL") == "1" else pytest.skip
            absent(f"wacz cannot be installed: {done.stderr.strip()[-200:]}")
        with suppress(OSError):  # another worker was quicker
            made.rename(folder)

    def validate(path: Path) -> str:
        program = "import sys; from wacz.main import main; sys.exit(main())"
        command = [sys.executable, "-S", "-c", program, "validate", "-f", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(folder)})
        return "" if done.returncode == 0 else done.stdout + done.stderr or "not valid"

    return validate
