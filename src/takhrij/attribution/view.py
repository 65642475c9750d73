"""An article as the attribution stage looks at it: tokens, lines, sentences and quotations by token, and network inputs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from takhrij.attribution import lexicon
from takhrij.attribution.quotes import quotations
from takhrij.records import Span
from takhrij.text.tokens import Tokens, tokenize

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


def word_flags(form: str) -> NDArray[np.float32]:
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

    ``place`` is a small number that says where a token stands: inside a quotation or not, and in the headline, the
    second line, a
    short line or the body. ``shown`` are the network's forms, ``at`` the position of each token among them.
    """

    tokens: Tokens
    line: list[int]
    sentence: list[int]
    quoted: list[int]
    place: list[int]
    quotes: list[tuple[int, int]]
    lines: list[tuple[int, int]]
    shown: list[str]
    at: list[int]


def view(text: str, skip: tuple[Span, ...] = ()) -> View:
    """Look at ``text``; the tokens inside ``skip`` are left out."""
    tokens = tokenize(text)
    if skip:
        tokens = _without(tokens, skip)
    starts, ends, forms = tokens.starts, tokens.ends, tokens.forms
    count = len(starts)
    line, sentence, quoted, place = [0] * count, [0] * count, [0] * count, [0] * count
    shown: list[str] = []
    at = [0] * count
    lines: list[tuple[int, int]] = []
    last_end = 0
    line_now = sentence_now = 0
    line_first = 0
    size = len(text)
    for i in range(count):
        start, end = starts[i], ends[i]
        if start > last_end and NEWLINE in text[last_end:start] and i:
            lines.append((line_first, i - 1))
            line_first = i
            line_now += 1
            sentence_now += 1
            shown.append(NEWLINE)
        line[i], sentence[i] = line_now, sentence_now
        form = forms[i]
        if end - start == 1 and not form.isalnum():
            if form in _STOPS and _stops(text, start, end):
                sentence_now += 1
            before = start == 0 or text[start - 1].isspace()
            after = end == size or text[end].isspace()
            form = ("<" if before else "") + form + (">" if after else "")
        at[i] = len(shown)
        shown.append(form)
        last_end = end
    if count:
        lines.append((line_first, count - 1))
    quotes: list[tuple[int, int]] = []
    for number, (first, last) in enumerate(lines):
        for opened, closed in quotations(tokens, first, last):
            quotes.append((opened, closed))
            for i in range(opened + 1, min(closed, last + 1)):
                quoted[i] = 1
        kind = 0 if number == 0 else 1 if last - first < 12 else 2 if number <= 2 else 3
        for i in range(first, last + 1):
            place[i] = quoted[i] + 2 * kind
    return View(tokens, line, sentence, quoted, place, quotes, lines, shown, at)


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
