"""Quotations that go on in a later line with no cue of their own: they belong to the content that they continue."""

from __future__ import annotations

from takhrij.attribution.view import View

Tokens2 = tuple[int, int]
#: A continuation is a line that is a quotation from its first word on; shorter ones are labels or titles.
_SHORTEST = 4


def continued(v: View, cues: list[int], contents: list[list[Tokens2]], parents: list[int | None]) -> list[list[Tokens2]]:
    """Per attribution the further spans: whole quoted lines that follow its content's line with no cue of their own."""
    more: list[list[Tokens2]] = [[] for _ in cues]
    opening = {v.lines[v.line[o]][0]: (o, c) for o, c in v.quotes if v.lines[v.line[o]][0] == o}
    cue_lines = {v.line[c] for c in cues}
    held = {v.line[first] for spans in contents for first, _ in spans}
    owner: dict[int, int] = {}
    for i, cue in enumerate(cues):
        if parents[i] is None and any(v.quoted[last] for _, last in contents[i]):
            owner[v.line[contents[i][-1][1]]] = i
        elif parents[i] is None:
            owner.pop(v.line[cue], None)
    for number in range(1, len(v.lines)):
        first, last = v.lines[number]
        if first not in opening or number in cue_lines or number in held or number - 1 not in owner:
            continue
        opened, closed = opening[first]
        if closed - opened > _SHORTEST and closed >= last - 1:
            i = owner[number] = owner[number - 1]
            end = min(closed - 1, last)
            while end > opened and not v.tokens.forms[end].isalnum():
                end -= 1
            more[i].append((opened + 1, end))
    return more
