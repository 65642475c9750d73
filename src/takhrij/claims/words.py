"""The words of a statement that carry its proposition, each with the keys by which it is compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from takhrij.claims.lexicon import function_words, negators, number_words
from takhrij.claims.stems import bare_stems, stem
from takhrij.text.tokens import tokenize

_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Word:
    """A content word: as written, folded, its stem, and all stems it may have with particles taken off."""

    text: str
    form: str
    stem: str
    stems: frozenset[str]


def content_words(text: str) -> tuple[Word, ...]:
    """The words of ``text`` but for numbers, negators and words of grammar, in order."""
    found = []
    tokens = tokenize(text)
    for i, form in enumerate(tokens.forms):
        if len(form) < 2 or _DIGITS.search(form) or _is_grammar(form):
            continue
        written = tokens.word(i)
        found.append(Word(written, form, stem(written), bare_stems(written)))
    return tuple(found)


def _is_grammar(form: str) -> bool:
    bare = form[1:] if form[0] in "وف" and len(form) > 2 else form
    return any(w in function_words() or w in negators() or w in number_words() for w in (form, bare))


def negations(text: str) -> int:
    """How many negators ``text`` holds, particles before them taken off."""
    forms = tokenize(text).forms
    return sum(any(f in negators() for f in (form, form[1:] if form[:1] in ("و", "ف", "ب") else form)) for form in forms)
