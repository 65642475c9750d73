"""Quotation marks: which tokens stand inside which quotation, in every mark that Arabic news uses, balanced or not."""

from __future__ import annotations

from takhrij.text.tokens import Tokens

#: Opening marks and what closes them. A straight quote (or a pair of apostrophes) closes itself.
CLOSING = {"«": "»", "“": "”", "„": "“”", "‹": "›", "‘": "’", "”": "”“", "»": "«"}
STRAIGHT = frozenset("\"″'")
_OPENING_ONLY = frozenset("«“„‹")
_ANY = frozenset('«»“”„‹›"″')


def quotations(tokens: Tokens, first: int, last: int) -> list[tuple[int, int]]:
    """The quotations among the tokens ``first``..``last`` (one line), as (opening mark, closing mark) token indexes.

    A quotation never closed runs to ``last + 1``. A mark that closes nothing is passed over, unless it hugs the next word as an
    opening mark does (``”كلام“`` is written by some outlets, and straight marks open and close alike).
    """
    text, starts, ends = tokens.text, tokens.starts, tokens.ends
    found: list[tuple[int, int]] = []
    opened = -1
    closers = ""
    i = first
    while i <= last:
        mark = text[starts[i]] if ends[i] - starts[i] == 1 else ""
        width = 1
        if mark == "'" and i < last and starts[i + 1] == ends[i] and text[starts[i + 1]] == "'":
            mark, width = '"', 2
        if mark in _ANY and mark:
            hugs_next = ends[i + width - 1] < len(text) and not text[ends[i + width - 1]].isspace()
            free_before = starts[i] == 0 or text[starts[i] - 1].isspace() or text[starts[i] - 1] in "(:،-ـ.بل"
            if opened < 0:
                if mark in _OPENING_ONLY or (hugs_next and free_before) or (mark in STRAIGHT and hugs_next):
                    opened = i + width - 1
                    closers = '"″' if mark in STRAIGHT else CLOSING.get(mark, mark)
                elif mark in STRAIGHT or mark in CLOSING:
                    opened = i + width - 1
                    closers = '"″' if mark in STRAIGHT else CLOSING[mark]
            elif mark in closers or (mark not in _OPENING_ONLY and not hugs_next):
                found.append((opened, i))
                opened = -1
        i += width
    if opened >= 0:
        found.append((opened, last + 1))
    return found
