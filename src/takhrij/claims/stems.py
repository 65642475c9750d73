"""One key for the inflected forms of a word, and a looser one for words of one root.

The lemma comes from simplemma where it knows the word, after the proclitics that it does not take off; what is left is
stripped of the suffixes of Larkey, Ballesteros and Connell's light stemmer ("Light10", 2007).
"""

from __future__ import annotations

import re
from functools import lru_cache

import simplemma

from takhrij.text.fold import fold

_ARTICLE = ("وبال", "فبال", "وكال", "وال", "فال", "بال", "كال", "ولل", "فلل", "لل", "ال")
_SUFFIXES = ("تهما", "تهم", "تها", "هما", "هم", "ها", "ات", "ان", "ين", "ون", "يه", "ته", "تي", "وا", "نا", "ه", "ي", "ا")
_VOWELS = re.compile("[اوي]")
_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
_SHORTEST = 3


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The key of ``word``, folded; two forms of one word mostly share it.

    >>> stem("والمدارس") == stem("مدرسة")
    True
    """
    plain = _MARKS.sub("", word)
    lemma = _lemma(plain)
    if lemma is None:
        bare = _without_article(plain)
        lemma = _lemma(bare) or bare
    return _stripped(_without_article(fold(lemma)))


@lru_cache(maxsize=200_000)
def bare_stems(word: str) -> frozenset[str]:
    """Every key that ``word`` may have: from a word that the lemma list lacks, one-letter particles are taken off too.

    >>> stem("مدينة") in bare_stems("وبمدينة")
    True
    """
    keys = {stem(word)}
    rest = _MARKS.sub("", word)
    if rest and simplemma.is_known(rest, lang="ar"):
        return frozenset(keys)
    for _ in range(2):
        if len(rest) > _SHORTEST and rest[0] in "وفبلكس":
            rest = rest[1:]
            keys.add(stem(rest))
    return frozenset(keys)


@lru_cache(maxsize=200_000)
def root(key: str) -> str:
    """A consonant skeleton of a stem, or the empty string where fewer than three letters would be left.

    >>> root(stem("ارتفاع")) == root(stem("يرتفع"))
    True
    """
    body = key[1:] if len(key) > _SHORTEST + 1 and key[0] in "يتمن" else key
    bones = _VOWELS.sub("", body)
    return bones if len(bones) >= _SHORTEST else ""


def _lemma(word: str) -> str | None:
    if not word or not simplemma.is_known(word, lang="ar"):
        return None
    return str(simplemma.lemmatize(word, lang="ar"))


def _without_article(word: str) -> str:
    for prefix in _ARTICLE:
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST:
            return word[len(prefix) :]
    return word


def _stripped(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST:
            return word[: -len(suffix)]
    return word
