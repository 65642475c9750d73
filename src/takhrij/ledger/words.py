"""The keys under which words are indexed: one token in either store, whatever letters a lemma has."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from takhrij.text.lemmas import analyze, lemma

#: Lemmas that both stores take as one token; any other is written as the hex of its code points.
_PLAIN = re.compile(r"[0-9a-zء-غف-ي]{1,60}")


def word_key(lemma: str) -> str:
    """The key under which a lemma is indexed: letters and digits only, at most 64 of them."""
    if _PLAIN.fullmatch(lemma):
        return lemma
    coded = "u" + "x".join(f"{ord(letter):x}" for letter in lemma)
    return coded if len(coded) <= 64 else "h" + hashlib.sha256(coded.encode("ascii")).hexdigest()[:62]


@lru_cache(maxsize=200_000)
def key_of(word: str) -> str:
    """The key of a word as a text has it."""
    return word_key(lemma(word))


def keys(text: str) -> list[str]:
    """The index keys of the words of a text, in order."""
    return [word_key(lemma) for lemma in analyze(text).lemmas if lemma]


def name_key(name: str) -> str:
    """The index keys of a name's words, each between spaces, so that a part of the name can be looked for with LIKE."""
    return f" {' '.join(keys(name))} "
