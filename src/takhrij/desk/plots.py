"""Drawings by Vega, made on this machine as SVG: the timeline of a claim, a map of places.

They are drawn here, not in the browser: the page then needs no script for them, the policy against inline and evaluated
code stays whole, and a reader's phone loads some kilobytes instead of the library's nine hundred. Every drawing stands
beside a table of the same facts.
"""

from __future__ import annotations

import json
import math
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from takhrij.desk.moments import KINDS, Moment
from takhrij.desk.placenames import place_name
from takhrij.desk.words import Words, catalog
from takhrij.render.safe import cut, shown

#: Rows of the timeline at most: outlets past that share the last one.
MOST_OUTLETS = 16
#: Of each kind of moment.
_SHAPES = ("circle", "square", "triangle-up", "cross", "diamond")
_COLOURS = ("#1b7f79", "#6f7a80", "#b06f00", "#c8322a", "#7a3fa0")
_INK, _SOFT, _LINE, _LAND = "#1d1f20", "#565a5c", "#d8d3c6", "#e9e4d6"
#: What a reader's dark mode makes of the colours.
_DARK = (
    "<style>@media (prefers-color-scheme:dark){"
    f"[fill='{_INK}']{{fill:#ecebe6}}[fill='{_SOFT}']{{fill:#b4b6b3}}[stroke='{_LINE}']{{stroke:#3b4144}}"
    f"[stroke='{_SOFT}']{{stroke:#7d8385}}[fill='{_LAND}']{{fill:#2d3436}}}}</style>"
)
_TEXT = re.compile(r"(<text[^>]*>)([^<]*)(</text>)")
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a map: how many articles name it there."""

    name: str
    lat: float
    lon: float
    articles: int


def dated(moments: Sequence[Moment]) -> list[Moment]:
    """Those moments whose day is known: what the timeline draws."""
    return [m for m in moments if m.day and len(m.day) == 10]


def timeline(moments: Sequence[Moment], words: Words) -> str | None:
    """The dated moments as SVG, a row for each outlet, time in the direction of reading; None where no day is known."""
    drawn = dated(moments)
    if not drawn:
        return None
    names = list(dict.fromkeys(_label(m.outlet or words.say("no_outlet"), 28) for m in drawn))
    rest = words.say("other_outlets")
    rows = names if len(names) <= MOST_OUTLETS else [*names[: MOST_OUTLETS - 1], rest]
    values = []
    for m in drawn:
        row = _label(m.outlet or words.say("no_outlet"), 28)
        values.append({"day": m.day, "row": row if row in rows else rest, "kind": words.say(f"moment_{m.kind}")})
    kinds = [(words.say(f"moment_{kind}"), i) for i, kind in enumerate(KINDS) if any(m.kind == kind for m in drawn)]
    return _drawn(_timeline_spec(values, rows, kinds, words), words)


def _timeline_spec(values: list[dict[str, Any]], rows: list[str], kinds: list[tuple[str, int]], words: Words) -> dict[str, Any]:
    rtl = words.direction == "rtl"
    domain = [label for label, _ in kinds]
    days = sorted({value["day"] for value in values})
    scale: dict[str, Any] = {"reverse": rtl}
    if len(days) == 1:
        scale["domain"] = [f"{days[0]}T00:00:00", f"{days[0]}T23:59:59"]
    side = "right" if rtl else "left"
    return {
        "description": words.say("timeline_alt"),
        "width": 560,
        "height": {"step": 26},
        "data": {"values": values},
        "mark": {"type": "point", "filled": True, "size": 110, "opacity": 0.9},
        "encoding": {
            "x": {
                "field": "day", "type": "temporal", "timeUnit": "utcyearmonthdate", "title": None, "scale": scale,
                "axis": {"format": "%-d %B %Y", "labelAngle": 0, "tickCount": 4, "labelOverlap": True, "grid": True},
            },
            "y": {
                "field": "row", "type": "nominal", "sort": rows, "title": None,
                "axis": {"orient": side, "grid": True, "labelLimit": 180},
            },
            "shape": {
                "field": "kind", "type": "nominal", "scale": {"domain": domain, "range": [_SHAPES[i] for _, i in kinds]},
                "legend": None,
            },
            "color": {
                "field": "kind", "type": "nominal", "legend": None,
                "scale": {"domain": domain, "range": [_COLOURS[i] for _, i in kinds]},
            },
        },
    }  # fmt: skip


def place_map(spots: Sequence[Spot], words: Words, width: int = 560, height: int = 360) -> str | None:
    """The spots on the coastlines around them, as SVG; None where there is none. No border is drawn."""
    if not spots:
        return None
    scale, centre = _view(spots, width, height)
    points = [
        {"lon": s.lon, "lat": s.lat, "name": _label(place_name(s.name, words.language), 24), "articles": s.articles}
        for s in spots
    ]
    named = sorted(points, key=lambda p: -int(str(p["articles"])))[:12]
    where = {"longitude": {"field": "lon", "type": "quantitative"}, "latitude": {"field": "lat", "type": "quantitative"}}
    spec = {
        "description": words.say("map_alt"),
        "width": width,
        "height": height,
        "projection": {
            "type": "mercator", "scale": scale, "center": centre, "translate": [width / 2, height / 2],
            "clipExtent": [[0, 0], [width, height]],
        },
        "layer": [
            {"data": {"graticule": {"step": [5, 5]}}, "mark": {"type": "geoshape", "filled": False, "stroke": _LINE}},
            {
                "data": {"values": _land(), "format": {"type": "topojson", "feature": "land"}},
                "mark": {"type": "geoshape", "fill": _LAND, "stroke": _SOFT, "strokeWidth": 0.6},
            },
            {
                "data": {"values": points},
                "mark": {"type": "circle", "color": _COLOURS[0], "opacity": 0.85, "stroke": "#fff"},
                "encoding": where
                | {"size": {"field": "articles", "type": "quantitative", "legend": None, "scale": {"range": [70, 420]}}},
            },
            {
                "data": {"values": named},
                "mark": {"type": "text", "dy": -14, "fontSize": 13, "fill": _INK},
                "encoding": where | {"text": {"field": "name"}},
            },
        ],
    }  # fmt: skip
    return _drawn(spec, words)


def _view(spots: Sequence[Spot], width: int, height: int) -> tuple[float, list[float]]:
    """Scale and centre of a Mercator projection that holds the spots with room around them."""
    west, east = min(s.lon for s in spots), max(s.lon for s in spots)
    south, north = min(s.lat for s in spots), max(s.lat for s in spots)
    across = max(east - west, 5.0) * 1.5
    up = max(_mercator(north) - _mercator(south), math.radians(4.0)) * 1.6
    scale = min(width / math.radians(across), height / up)
    middle = (_mercator(north) + _mercator(south)) / 2
    return scale, [(west + east) / 2, math.degrees(2 * math.atan(math.exp(middle)) - math.pi / 2)]


def _mercator(lat: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(max(-84.0, min(84.0, lat))) / 2))


@cache
def _land() -> dict[str, Any]:
    land: dict[str, Any] = json.loads((resources.files("takhrij.desk") / "data" / "land.json").read_text("utf-8"))
    return land


def _label(text: str, most: int) -> str:
    return cut(_UNFIT.sub("\ufffd", shown(text)), most)


def _drawn(spec: dict[str, Any], words: Words) -> str:
    svg = _svg(json.dumps(spec, ensure_ascii=False, sort_keys=True), words.language)
    return _TEXT.sub(lambda m: m[1] + words.numerals(m[2]) + m[3], svg)


@lru_cache(maxsize=256)
def _svg(spec: str, language: str) -> str:
    import vl_convert

    locale = {
        "dateTime": "%x %X", "date": "%d/%m/%Y", "time": "%H:%M", "periods": ["AM", "PM"],
        "days": [""] * 7, "shortDays": [""] * 7,
        "months": catalog()["months"][language], "shortMonths": catalog()["months"][language],
    }  # fmt: skip
    with _LOCK:
        svg: str = vl_convert.vegalite_to_svg(spec, config=_config(language), time_format_locale=locale, allowed_base_urls=[])
    return svg.replace(">", ">" + _DARK, 1)


def _config(language: str) -> dict[str, Any]:
    font = "Amiri, 'Noto Naskh Arabic', 'Traditional Arabic', serif" if language == "ar" else "system-ui, sans-serif"
    text = {"labelColor": _INK, "labelFont": font, "labelFontSize": 14}
    return {
        "background": None,
        "view": {"stroke": None},
        "font": font,
        "axis": text | {"gridColor": _LINE, "domainColor": _SOFT, "tickColor": _SOFT},
        "text": {"font": font},
    }
