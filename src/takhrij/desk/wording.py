"""How a claim's words changed from report to report: each later wording against the first, word by word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from takhrij.desk.cards import ReportRow

#: Wordings that are shown, and words of one that are compared, at most.
MOST, MOST_WORDS = 12, 250


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that both wordings have, that only the first has (``out``), or only the later one (``in``)."""

    kind: Literal["same", "out", "in"]
    words: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording: the first report that has it, how many have it, and what differs from the first wording."""

    first: ReportRow
    reports: int
    pieces: tuple[Piece, ...]


def wordings(rows: Iterable[ReportRow]) -> list[Wording]:
    """The wordings in the order of ``rows``, the first one whole; at most :data:`MOST`."""
    groups: dict[str, list[ReportRow]] = {}
    for row in rows:
        if words := " ".join(row.words.split()):
            groups.setdefault(words, []).append(row)
    found: list[Wording] = []
    base: list[str] = []
    for words, same in list(groups.items())[:MOST]:
        listed = words.split()[:MOST_WORDS]
        pieces = _compared(base, listed) if found else (Piece("same", words),)
        base = base or listed
        found.append(Wording(same[0], len(same), pieces))
    return found


def _compared(old: list[str], new: list[str]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", " ".join(new[c:d])))
            continue
        if b > a:
            pieces.append(Piece("out", " ".join(old[a:b])))
        if d > c:
            pieces.append(Piece("in", " ".join(new[c:d])))
    return tuple(pieces)
