"""The catalog of messages, the plurals, and the style sheet."""

from __future__ import annotations

import re
import string
from importlib import resources
from typing import Any

import pytest

from takhrij.desk.words import Words, catalog

DESK = resources.files("takhrij.desk")
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|(?:left|right|top|bottom)(?=\s*:)"
    r"|(?:min-|max-)?(?:width|height)(?=\s*:)|text-align:\s*(?:left|right)|float:\s*(?:left|right))"
)


def fields(message: Any) -> set[str]:
    texts = message.values() if isinstance(message, dict) else [message]
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", list(catalog()["messages"]))
def test_every_message_is_there_in_both_languages(key: str) -> None:
    message = catalog()["messages"][key]
    assert set(message) == {"ar", "en"}
    assert fields(message["ar"]) == fields(message["en"])
    for words in message.values():
        assert isinstance(words, str) or "other" in words


def test_every_message_used_is_there() -> None:
    used = set()
    for template in (DESK / "templates").iterdir():
        used |= set(re.findall(r"\bt\(['\"](\w+)['\"](?! ~)", template.read_text("utf-8")))
    assert {key for key in used if not key.endswith("_")} <= set(catalog()["messages"])


@pytest.mark.parametrize(
    ("n", "words"),
    [(0, "لا منبر"), (1, "منبر واحد"), (2, "منبران"), (3, "٣ منابر"), (10, "١٠ منابر"), (11, "١١ منبرًا"), (99, "٩٩ منبرًا"),
     (100, "١٠٠ منبر"), (102, "١٠٢ منبر"), (103, "١٠٣ منابر"), (111, "١١١ منبرًا")],
)  # fmt: skip
def test_arabic_plurals(n: int, words: str) -> None:
    assert Words("ar", "arab").say("outlets", n=n) == words


def test_days_in_words() -> None:
    assert Words("ar", "arab").day("2024-05-31") == "٣١ مايو ٢٠٢٤"
    assert Words("en", "latn").day("2024-05-31") == "31 May 2024"
    assert Words("ar", "arab").day("2024-13-31") == "2024-13-31"
    assert Words("ar", "arab").day(None) == ""


def test_the_style_sheet_knows_no_left_and_right() -> None:
    css = (DESK / "static" / "desk.css").read_text("utf-8")
    assert PHYSICAL.findall(re.sub(r"@media[^{]*", "", css)) == []
    assert PHYSICAL.findall("a { margin-left: 0; left: 1px; width: 2px }") != []
    assert "://" not in css


def test_lines_are_wide_enough_for_arabic() -> None:
    css = (DESK / "static" / "desk.css").read_text("utf-8")
    heights = [float(h) for h in re.findall(r"line-height:\s*([\d.]+)|font:[^;]*?rem/([\d.]+)", css) for h in h if h]
    assert heights
    assert min(heights) >= 1.7


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it, of ``#rgb`` or ``#rrggbb``."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_words_stand_out_from_what_is_behind_them(theme: int) -> None:
    css = (DESK / "static" / "desk.css").read_text("utf-8")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", css.split(":root {")[theme + 1]))
    for words in ("ink", "soft", "accent", "denied", "bare"):
        for behind in ("paper", "sheet"):
            assert contrast(colours[words], colours[behind]) >= 4.5, (words, behind)
    assert contrast(colours["on-accent"], colours["accent"]) >= 4.5
    assert contrast(colours["ink"], colours["lit"]) >= 4.5
