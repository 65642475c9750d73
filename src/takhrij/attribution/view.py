"""An article as the attribution stage looks at it: tokens, lines, sentences and quotations by token, and network inputs."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from takhrij.attribution import lexicon
from takhrij.attribution.quotes import quotations
from takhrij.records import Span
from takhrij.text.tokens import Tokens, tokenize

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
#: The network's form for the end of a line.
NEWLINE = "\n"
_STOPS = frozenset(".!?؟…؛")
#: أن and إن with their pronouns, bare or after a preposition written on: what opens a reported clause.
COMPLEMENTIZERS = frozenset(
    base + pronoun
    for base in ("ان", "بان", "وان", "وبان", "لان", "فان")
    for pronoun in ("", "ه", "ها", "هم", "هما", "نا", "ني", "ي", "ك", "كم", "هن")
) - {"لان", "لانه", "لانها", "لانهم", "واني", "فاني", "لاني", "لانك"}

#: The width of :func:`word_flags`: kinds, acts and frames of the lexicon, person and number, a complementizer, letters.
FLAGS = len(lexicon.KINDS) + len(lexicon.ACTS) + len(lexicon.FRAMES) + 6
#: How many values :attr:`View.place` may take, and the one of an end of line.
PLACES = 12
NO_PLACE = 11


def word_flags(form: str) -> Floats:
    """What the lexicon knows of a folded form, as a vector of weights in 0..1."""
    flags = np.zeros(FLAGS, dtype=np.float32)
    acts_at = len(lexicon.KINDS)
    frames_at = acts_at + len(lexicon.ACTS)
    rest = frames_at + len(lexicon.FRAMES)
    for cue in lexicon.lookup(form):
        weight = cue.weight / 3
        kind = lexicon.KINDS.index(cue.kind)
        flags[kind] = max(flags[kind], weight)
        act = acts_at + lexicon.ACTS.index(cue.act)
        flags[act] = max(flags[act], weight)
        for frame in cue.frame:
            flags[frames_at + lexicon.FRAMES.index(frame)] = max(flags[frames_at + lexicon.FRAMES.index(frame)], weight)
        flags[rest] = max(flags[rest], cue.person == 1)
        flags[rest + 1] = max(flags[rest + 1], cue.number == "p")
        flags[rest + 2] = max(flags[rest + 2], cue.object)
        flags[rest + 3] = max(flags[rest + 3], cue.gender == "f")
    flags[rest + 4] = form in COMPLEMENTIZERS
    flags[rest + 5] = form.isalpha()
    return flags


@dataclass(frozen=True, slots=True)
class View:
    """Per token: the line and the sentence it stands in (counted from 0), and whether a quotation holds it.

    ``place`` is a small number that says where a token stands: inside a quotation or not, and in the headline, the second
    line, a short line or the body. ``shown`` are the network's forms, ``at`` the position of each token among them.
    """

    tokens: Tokens
    line: list[int]
    sentence: Ints
    quoted: Ints
    place: Ints
    quotes: list[tuple[int, int]]
    lines: list[tuple[int, int]]
    shown: list[str]
    at: Ints


def view(text: str, skip: tuple[Span, ...] = ()) -> View:
    """Look at ``text``; the tokens inside ``skip`` are left out."""
    tokens = tokenize(text)
    if skip:
        tokens = _without(tokens, skip)
    count = len(tokens)
    lines = _lines(text, tokens)
    shown, stops = _shown(text, tokens)
    quoted, place = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    line: list[int] = []
    quotes: list[tuple[int, int]] = []
    with_ends: list[str] = []
    for number, (first, last) in enumerate(lines):
        for opened, closed in quotations(tokens, first, last):
            quotes.append((opened, closed))
            quoted[opened + 1 : min(closed, last + 1)] = 1
        place[first : last + 1] = 2 * (0 if number == 0 else 1 if last - first < 12 else 2 if number <= 2 else 3)
        line += [number] * (last - first + 1)
        if number:
            with_ends.append(NEWLINE)
        with_ends += shown[first : last + 1]
    number_of = np.array(line, dtype=np.int64)
    at = np.arange(count) + number_of
    return View(tokens, line, stops.cumsum() - stops + number_of, quoted, place + quoted, quotes, lines, with_ends, at)


def _lines(text: str, tokens: Tokens) -> list[tuple[int, int]]:
    """The first and last token of each line that has any."""
    starts = tokens.starts
    firsts: list[int] = []
    end = text.find(NEWLINE)
    while end >= 0 and starts:
        first = bisect_right(starts, end)
        if first >= len(starts):
            break
        if first and (not firsts or first > firsts[-1]):
            firsts.append(first)
        end = text.find(NEWLINE, starts[first])
    return [(a, b - 1) for a, b in pairwise([0, *firsts, len(starts)])] if starts else []


def _shown(text: str, tokens: Tokens) -> tuple[list[str], Ints]:
    """The network's forms, in which a mark shows the white space beside it, and 1 for each mark that ends a sentence."""
    shown = tokens.forms.copy()
    stops = np.zeros(len(shown), dtype=np.int64)
    size = len(text)
    for i in [i for i, form in enumerate(shown) if len(form) < 2 and not form.isalnum()]:
        start, end = tokens.starts[i], tokens.ends[i]
        if end - start != 1:
            continue
        form = shown[i]
        if form in _STOPS and _stops(text, start, end):
            stops[i] = 1
        before = start == 0 or text[start - 1].isspace()
        after = end == size or text[end].isspace()
        shown[i] = ("<" if before else "") + form + (">" if after else "")
    return shown, stops


def _stops(text: str, start: int, end: int) -> bool:
    """Whether the mark at ``start`` ends a sentence: not the point of a number, nor that of a title or initial (``د.``)."""
    if text[start] != ".":
        return True
    if end < len(text) and (text[end].isdigit() or text[end] == "."):
        return False
    return not (start >= 1 and text[start - 1].isalpha() and (start == 1 or not text[start - 2].isalpha()))


def _without(tokens: Tokens, skip: tuple[Span, ...]) -> Tokens:
    keep = [i for i in range(len(tokens)) if not any(s < tokens.ends[i] and tokens.starts[i] < e for s, e in skip)]
    return Tokens(
        tokens.text, [tokens.starts[i] for i in keep], [tokens.ends[i] for i in keep], [tokens.forms[i] for i in keep]
    )
