"""The style sheets hold for either direction of writing, the scripts for any keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "src" / "takhrij" / "desk" / "static"
TEMPLATES = STATIC.parent / "templates"
SHEETS = sorted(STATIC.glob("*.css"))
#: Properties and values that name a side of the screen, not of the line or the page.
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)(?:-[a-z]+)?"
    r"|left|right|top|bottom|width|height|(?:min|max)-(?:width|height)|border-(?:top|bottom)-(?:left|right)-radius)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)
#: Where a width is one of the window, which has no direction.
WINDOW = re.compile(r"@media[^{]*\{")


def declared(sheet: str) -> str:
    return WINDOW.sub("{", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_side_of_the_screen_is_named(sheet: Path) -> None:
    assert PHYSICAL.findall(declared(sheet.read_text("utf-8"))) == []


def test_the_check_sees_what_it_is_for() -> None:
    for bad in ("a{margin-left:1px}", "a { width: 3em }", "a{text-align: right}", "a{inset:0;top:1px}", "a{float:left}"):
        assert PHYSICAL.search(declared(bad)), bad
    good = "@media (max-width: 3em){a{inline-size:3em;line-height:2;border-width:2px;stroke-width:1;text-align:start}}"
    assert not PHYSICAL.search(declared(good))


def test_shorthands_of_four_sides_are_the_same_on_both() -> None:
    for sheet in SHEETS:
        for name, value in re.findall(
            r"(margin|padding|inset|border-radius)\s*:\s*([^;}]+)", declared(sheet.read_text("utf-8"))
        ):
            while "(" in value:  # what stands within brackets is part of one value
                value = re.sub(r"\w*\([^()]*\)", "x", value)
            parts = value.split()
            if len(parts) == 4:
                assert parts[1] == parts[3], f"{sheet.name}: {name}: {value}"


def test_nothing_asks_which_letter_a_key_has() -> None:
    script = (STATIC / "desk.js").read_text("utf-8")
    assert "event.code" in script
    assert not re.search(r"\.key\b(?!board)|keyCode|\.which\b", script)


def test_arabic_has_room_above_and_below() -> None:
    for sheet in SHEETS:
        for value in re.findall(r"(?:line-height:\s*|font:[^;}]*?/)(\d(?:\.\d+)?)", declared(sheet.read_text("utf-8"))):
            assert float(value) >= 1.7, f"{sheet.name}: {value}"


def test_templates_carry_no_style_and_no_handler() -> None:
    for template in TEMPLATES.glob("*.html"):
        assert not re.search(r"\s(?:style|on[a-z]+)=", template.read_text("utf-8")), template.name
