"""The ways of a claim as a drawing: origins on the side where reading begins, outlets on the other, relays between.

Layout only; the template draws it as SVG. Coordinates are in pixels of a drawing whose origins stand on the left; for a
reader from right to left the template mirrors them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from takhrij.records import ChainLink

#: Boxes of one column at most; outlets past that are drawn as one.
MOST = 14
WIDTH, HEIGHT, GAP_X, GAP_Y = 190, 46, 70, 14
#: The steps that a drawing has at most; a longer way is drawn without its middle.
_STEPS = 6

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Box:
    """One hand. ``kind`` is that of a link, ``none`` for a source that is not named, ``more`` for ``count`` further outlets."""

    kind: str
    name: str
    x: int
    y: int
    count: int = 0


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a box's far side to the next one's near side; ``reports`` is how many went this way."""

    x1: int
    y1: int
    x2: int
    y2: int
    reports: int
    bare: bool

    @property
    def weight(self) -> int:
        """How thick it is drawn, in four steps."""
        return min(4, self.reports)


@dataclass(frozen=True, slots=True)
class Diagram:
    """The drawing; ``origins`` and ``outlets`` count what stands on either side."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: int
    height: int
    origins: int
    outlets: int


def diagram(chains: Iterable[tuple[ChainLink, ...]]) -> Diagram | None:
    """The drawing of chains that run from the origin to the outlet, or None where there is nothing to draw."""
    ways = [_way(chain) for chain in chains if chain]
    if not ways:
        return None
    outlets = list(dict.fromkeys(way[-1] for way in ways))
    ways = _few(ways, outlets)
    columns = _columns(ways)
    last = max(columns.values())
    by_column: dict[int, list[Key]] = {}
    for key, column in columns.items():
        by_column.setdefault(column, []).append(key)
    rows = _rows(ways, by_column)
    tallest = max(len(keys) for keys in by_column.values())
    boxes = {key: _box(key, column, rows[key], len(by_column[column]), tallest) for key, column in columns.items()}
    width, height = (last + 1) * (WIDTH + GAP_X) - GAP_X + 2, tallest * (HEIGHT + GAP_Y) - GAP_Y + 2
    starts = {way[0] for way in ways if way[0][0] != "none" and len(way) > 1}
    return Diagram(tuple(boxes.values()), tuple(_arrows(ways, boxes)), width, height, len(starts), len(outlets))


def _way(chain: tuple[ChainLink, ...]) -> list[Key]:
    keys: list[Key] = list(dict.fromkeys((link.kind, link.name) for link in chain))
    if len(keys) == 1 and keys[0][0] == "outlet":
        keys.insert(0, ("none", ""))
    return keys if len(keys) <= _STEPS else [*keys[: _STEPS - 1], keys[-1]]


def _few(ways: list[list[Key]], outlets: list[Key]) -> list[list[Key]]:
    """The ways with the outlets past the bound drawn together, those of each way before them."""
    if len(outlets) <= MOST:
        return ways
    shown = set(outlets[: MOST - 2])
    rest: dict[Key, set[Key]] = {}
    for way in ways:
        if way[-1] not in shown:
            rest.setdefault(way[-2] if len(way) > 1 else way[-1], set()).add(way[-1])
    return [
        way if way[-1] in shown else [*way[:-1], ("more", str(len({k for keys in rest.values() for k in keys})))]
        for way in ways
    ]


def _columns(ways: list[list[Key]]) -> dict[Key, int]:
    """The column of each box: past all that come before it. Outlets stand in the last one. A ring ends where it began."""
    column: dict[Key, int] = {}
    for way in ways:
        for at, key in enumerate(way):
            column[key] = max(column.get(key, 0), at)
    for _ in range(_STEPS):
        for way in ways:
            for one, other in pairwise(way):
                if column[other] <= column[one] < _STEPS:
                    column[other] = column[one] + 1
    ends = {way[-1] for way in ways if way[-1][0] in ("outlet", "more")}
    last = max(column.values())
    return {key: last if key in ends else min(at, max(0, last - 1)) if ends else at for key, at in column.items()}


def _rows(ways: list[list[Key]], by_column: dict[int, list[Key]]) -> dict[Key, int]:
    """The row of each box: beside those that it comes from."""
    before: dict[Key, list[Key]] = {}
    for way in ways:
        for one, other in pairwise(way):
            before.setdefault(other, []).append(one)
    rows: dict[Key, int] = {}
    for _, keys in sorted(by_column.items()):
        placed = {key: [rows[one] for one in before.get(key, ()) if one in rows] for key in keys}
        ordered = sorted(keys, key=lambda key: sum(placed[key]) / len(placed[key]) if placed[key] else 0.0)
        rows |= {key: at for at, key in enumerate(ordered)}
    return rows


def _box(key: Key, column: int, row: int, here: int, tallest: int) -> Box:
    spare = (tallest - here) * (HEIGHT + GAP_Y) // 2
    count = int(key[1]) if key[0] == "more" else 0
    return Box(key[0], key[1], 1 + column * (WIDTH + GAP_X), 1 + spare + row * (HEIGHT + GAP_Y), count)


def _arrows(ways: list[list[Key]], boxes: dict[Key, Box]) -> Iterable[Arrow]:
    steps: dict[tuple[Key, Key], int] = {}
    for way in ways:
        for step in pairwise(way):
            steps[step] = steps.get(step, 0) + 1
    for (one, other), reports in steps.items():
        a, b = boxes[one], boxes[other]
        yield Arrow(a.x + WIDTH, a.y + HEIGHT // 2, b.x - 4, b.y + HEIGHT // 2, reports, one[0] == "none")
