"""Who speaks in a bare sentence, and what is said: a light reading for statements given without one.

The attribution stage reads articles; this knows one sentence only, takes its first cue, and claims nothing where there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

from takhrij.claims.lexicon import rows
from takhrij.claims.stems import stem
from takhrij.records import Act, Polarity
from takhrij.text.fold import fold
from takhrij.text.tokens import Tokens, tokenize

#: Words after which the content begins.
_OPENERS = frozenset(
    {"ان", "بان", "انه", "انها", "بانه", "بانها", "انهم", ":", "«", '"', "“", "”", "قايلا", "قائلا", "قوله", "الا", "بالا"}
)
_STOPS = frozenset({"،", ",", ".", "؛", ":", "«", '"', "“", "”", "(", ")", "-", "–"})
#: How many words in a cue may stand, counted from the start of the sentence, and how long a speaker's name may be.
_REACH, _LONGEST_NAME = 14, 16
_BARE_NAME = 4
#: Words that begin an adjunct (in a statement, before reporters, about) and so no name.
_NO_NAME = frozenset(
    {"في", "خلال", "امام", "علي", "عن", "الي", "من", "ان", "انه", "قد", "ايضا", "لدي", "عقب", "عبر", "بشان", "حول"}
)
_PREPOSITIONS = frozenset({"من", "الى", "علي", "عن", "في", "ضد", "بعد", "قبل"})


@dataclass(frozen=True, slots=True)
class Speech:
    """A speaker as written, or None; the act; and the words said."""

    party: str | None
    act: Act
    polarity: Polarity
    content: str


@cache
def _verbs() -> dict[str, str]:
    return {stem(word): act for word, act, where in rows("cues.tsv") if where == "verb"}


@cache
def _closers() -> dict[str, str]:
    return {fold(word): act for word, act, where in rows("cues.tsv") if where == "after"}


def speech(sentence: str) -> Speech:
    """The reading of one sentence. Where no cue is found, the whole sentence is content and nobody the speaker."""
    tokens = tokenize(sentence)
    cues = [(i, *hit) for i in range(len(tokens)) if (hit := _cue(tokens, i))]
    for i, act, where in cues:
        if where == "after" and (i <= 2 or _closing(tokens, i)):
            return _after(tokens, i, act, before=i > 2)
    for i, act, where in cues:
        if where != "verb":
            continue
        if i > 2 and fold(tokens.word(i - 1)) in {"كما", "ما", "حسبما"}:
            return _after(tokens, i, act, before=True)
        if i <= _REACH:
            return _verb(tokens, i, act)
    return _headline(tokens) or Speech(None, "state", "asserted", sentence)


def _cue(tokens: Tokens, i: int) -> tuple[str, str] | None:
    form = tokens.word(i)
    for written in (form, form[1:] if form[0] in "وف" and len(form) > 3 else form):
        folded = fold(written)
        if folded in _closers():
            return _closers()[folded], "after"
        if not folded.startswith("ال") and stem(written) in _verbs():
            return _verbs()[stem(written)], "verb"
    return None


def _closing(tokens: Tokens, i: int) -> bool:
    """Whether what follows is no more than a name, as at the end of a sentence."""
    return len(tokens) - i <= _LONGEST_NAME + 4


def _after(tokens: Tokens, i: int, act: str, *, before: bool) -> Speech:
    end = i + 1
    while end < len(tokens) and tokens.forms[end] not in _OPENERS and (tokens.forms[end] not in _STOPS or end == i + 1):
        end += 1
    party = _words(tokens, i + 1, min(end, i + 1 + _LONGEST_NAME))
    content = _words(tokens, 0, i) if before else _words(tokens, end, len(tokens))
    return _said(party, act, content or tokens.text)


def _verb(tokens: Tokens, i: int, act: str) -> Speech:
    end = i + 1
    while end < len(tokens) and tokens.forms[end] not in _OPENERS and end - i <= _LONGEST_NAME:
        end += 1
    found = end < len(tokens) and tokens.forms[end] in _OPENERS
    stop = i + 1
    while stop < end and tokens.forms[stop] not in _STOPS and (found or not _leaves_name(tokens.forms[stop], stop - i)):
        stop += 1
    party = _words(tokens, i + 1, stop) or _words(tokens, 0, i)
    if fold(party).split(" ")[0] in _NO_NAME:
        party = ""
    content = _words(tokens, end, len(tokens)) if found else _words(tokens, stop, len(tokens))
    return _said(party, act, content or tokens.text)


def _leaves_name(form: str, length: int) -> bool:
    """Whether a name of ``length`` words ends before ``form`` where no opener tells: at a preposition, or grown long."""
    return length > _BARE_NAME or form in _PREPOSITIONS or (form[0] == "ب" and length > 2)


def _headline(tokens: Tokens) -> Speech | None:
    for i in range(1, min(8, len(tokens) - 2)):
        if tokens.forms[i] == ":":
            return _said(_words(tokens, 0, i), "state", _words(tokens, i + 1, len(tokens)))
    return None


def _said(party: str, act: str, content: str) -> Speech:
    return Speech(party or None, cast(Act, act), "denied" if act == "deny" else "asserted", content)


def _words(tokens: Tokens, first: int, end: int) -> str:
    return tokens.span(first, end - 1).of(tokens.text).strip(" ،,:.") if first < end else ""
