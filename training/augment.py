"""The same annotated article as another outlet would set it: lines joined, other quotation marks, other spacing of commas.

Outlets differ most in such habits, and a reader that met only some of them fails on the rest. The words stay; spans move along.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from typing import Any

Row = dict[str, Any]
Edit = tuple[int, int, str]

_STYLES = (("«", "»"), ("“", "”"), ('"', '"'), ("”", "“"), ("''", "''"), ("„", "“"))


def restyled(row: Row, rng: random.Random) -> Row:
    """``row`` with some habits of its outlet changed, drawn by ``rng``."""
    text = row["text"]
    edits: list[Edit] = []
    if rng.random() < 0.35:
        edits += _joined_lines(text, rng)
    if rng.random() < 0.3:
        opening, closing = rng.choice(_STYLES)
        edits += [(m.start(), m.end(), opening if m.group() in "«" else closing) for m in re.finditer("[«»]", text)]
    if rng.random() < 0.3:
        edits += _commas(text, rng)
    if rng.random() < 0.12:
        edits += [(m.start(), m.start() + 1, "") for m in re.finditer(r"\.(?=\s)", text)]
    return _applied(row, edits) if edits else row


def _joined_lines(text: str, rng: random.Random) -> list[Edit]:
    """All lines after the headline as one, as some archives keep them."""
    gap = rng.choice([" ", "   ", " "])
    ends = [m.start() for m in re.finditer("\n", text)]
    return [(at, at + 1, gap) for at in ends[rng.choice([0, 1, 1, 1]) :]]


def _commas(text: str, rng: random.Random) -> list[Edit]:
    style = rng.choice([" ،", "،", " ، ", ", ", ","])
    return [(m.start(), m.end(), style) for m in re.finditer(" ?[،,] ?(?![0-9])", text)]


def _applied(row: Row, edits: list[Edit]) -> Row:
    text = row["text"]
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    starts, shifts, pieces, last, shift = [-1], [0], [], 0, 0
    for start, end, new in kept:
        pieces += [text[last:start], new]
        last = end
        shift += len(new) - (end - start)
        starts.append(end)
        shifts.append(shift)
    pieces.append(text[last:])

    def moved(at: int) -> int:
        return at + shifts[bisect_right(starts, at) - 1]

    def span(s: list[int] | None) -> list[int] | None:
        return [moved(s[0]), max(moved(s[0]) + 1, moved(s[1]))] if s else None

    attributions = []
    for a in row["attributions"]:
        parts = {part: span(a.get(part)) for part in ("source", "target", "medium")}
        attributions.append({**a, "cue": span(a["cue"]), "content": [span(c) for c in a["content"]], **parts})
    return {**row, "text": "".join(pieces), "attributions": attributions}
