"""Annotated articles as arrays: what the network is fine-tuned on and measured with."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from takhrij.attribution.features import pieces
from takhrij.attribution.lexicon import ACTS
from takhrij.attribution.view import NO_PLACE, View, view, word_flags
from takhrij.exchange.markup import load
from takhrij.text.tokens import tokenize

#: The spans sought around a cue; the antecedent is the nearest earlier mention of a speaker whom no source names.
ROLES = ("source", "content", "target", "medium", "antecedent")
Row = dict[str, Any]


@cache
def _pieces(form: str) -> tuple[int, ...]:
    return pieces(form)


@cache
def _flags(form: str) -> np.ndarray:
    return word_flags(form)


@dataclass
class Gold:
    """One attribution in tokens: the cue, its act, and per role the first and last token or None."""

    cue: int
    act: int
    spans: dict[str, tuple[int, int] | None]


@dataclass
class Example:
    """An article ready for the network. Arrays are over the network's forms, ``view.at`` leads from tokens to them."""

    row: Row
    view: View
    pieces: np.ndarray
    flags: np.ndarray
    place: np.ndarray
    gold: list[Gold]


def token_range(v: View, span: list[int] | None) -> tuple[int, int] | None:
    """The first and last token that ``span`` touches, marks at its edges left out."""
    if not span:
        return None
    tokens = v.tokens
    first = bisect_right(tokens.ends, span[0])
    last = bisect_right(tokens.starts, span[1] - 1) - 1
    while first <= last and not tokens.forms[first].isalnum():
        first += 1
    while last >= first and not tokens.forms[last].isalnum():
        last -= 1
    return (first, last) if first <= last else None


def cue_token(v: View, span: list[int]) -> int | None:
    """The token of a cue: the word of its white-space token that a mark may have parted, the last one if several."""
    found = token_range(v, span)
    if found is None:
        return None
    words = [i for i in range(found[0], found[1] + 1) if v.tokens.forms[i].isalnum()]
    flagged = [i for i in words if _flags(v.tokens.forms[i])[:6].any()]
    return (flagged or words)[-1]


def nearest_mention(v: View, names: list[str], cue: int) -> tuple[int, int] | None:
    """The tokens of the last mention of one of ``names`` before the cue in its line, the longest where several end there."""
    forms = v.tokens.forms
    first = v.lines[v.line[cue]][0]
    best: tuple[int, int] | None = None
    for name in names:
        words = [f for f in tokenize(name).forms if f.isalnum()]
        if not words:
            continue
        for start in range(cue - 1, first - 1, -1):
            at, k = start, 0
            while at < cue and k < len(words):
                if forms[at].isalnum():
                    if forms[at] != words[k] and not (k == 0 and forms[at][1:] == words[0]):
                        break
                    k += 1
                at += 1
            if k == len(words):
                if best is None or (at - 1, start - at) > (best[1], best[0] - best[1] - 1):
                    best = (start, at - 1)
                break
    return best


def example(row: Row) -> Example:
    """Look at a gold row and place its annotations on tokens."""
    v = view(row["text"])
    gold: list[Gold] = []
    for a in row["attributions"]:
        cue = cue_token(v, a["cue"])
        if cue is None:
            continue
        spans = {role: token_range(v, a[role]) for role in ("source", "target", "medium")}
        content = sorted(a["content"])
        spans["content"] = token_range(v, content[0]) if content else None
        names = row["entities"].get(a["speaker"], [])
        spans["antecedent"] = nearest_mention(v, names, cue) if spans["source"] is None else None
        gold.append(Gold(cue, ACTS.index(a["act"]), spans))
    shown = v.shown
    place = np.full(len(shown), NO_PLACE, dtype=np.int64)
    place[v.at] = v.place
    return Example(
        row,
        v,
        np.array([_pieces(f) for f in shown], dtype=np.int64).reshape(-1, 6),
        np.array([_flags(f) for f in shown], dtype=np.float32).reshape(len(shown), -1),
        place,
        gold,
    )


def read_rows(path: str | Path) -> list[Row]:
    """The gold rows of a JSONL file, or of a folder of articles in inline markup."""
    if Path(path).is_dir():
        return [dict(row) for row in load(Path(path))]
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]
