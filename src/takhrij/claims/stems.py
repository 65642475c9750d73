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
_PRONOUNS = ("هما", "هم", "هن", "ها", "نا", "كم", "ه", "ك", "ي")
#: Beginnings of derived verbs and of their participles, the longest first.
_DERIVED = ("مست", "است", "يست", "تست", "مت", "يت", "تت")
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
        lemma = _lemma(bare) or _owned(bare)
        if lemma is None:
            return _stripped(fold(bare))
    return _stripped(_without_article(fold(lemma)))


@lru_cache(maxsize=200_000)
def bare_stems(word: str) -> frozenset[str]:
    """Every key that ``word`` may have: from a word that the lemma list lacks, one-letter particles are taken off too.

    >>> stem("مدينة") in bare_stems("وبمدينة")
    True
    """
    keys = {stem(word)}
    rest = _MARKS.sub("", word)
    if len(rest) > _SHORTEST and rest[0] in "يت" and stem(word)[:1] == rest[0]:  # a verb in the present, by its past
        pasts = (f"{first}{rest[1:]}" for first in ("", "ا", "أ"))
        keys.update(stem(past) for past in pasts if simplemma.is_known(past, lang="ar"))
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
    for prefix in _DERIVED:
        if key.startswith(prefix) and len(key) - len(prefix) >= _SHORTEST:
            body = key[len(prefix) :]
            break
    bones = _VOWELS.sub("", body)
    if len(bones) > _SHORTEST and bones[1] == "ت":  # اقترض of قرض
        bones = bones[0] + bones[2:]
    return bones if len(bones) >= _SHORTEST else ""


def _lemma(word: str) -> str | None:
    if not word or not simplemma.is_known(word, lang="ar"):
        return None
    return str(simplemma.lemmatize(word, lang="ar"))


def _owned(word: str) -> str | None:
    """The lemma of ``word`` without the pronoun at its end: ``مكاسبه``, ``جمعيتها``."""
    for pronoun in _PRONOUNS:
        rest = word.removesuffix(pronoun)
        if rest != word and len(rest) >= _SHORTEST:
            lemma = _lemma(rest) or (_lemma(rest[:-1] + "ة") if rest.endswith("ت") else None)
            if lemma:
                return lemma
    return None


def _without_article(word: str) -> str:
    for prefix in _ARTICLE:
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST:
            return word[len(prefix) :]
    return word


def _stripped(word: str) -> str:
    for _ in range(2):  # تلفزيونية, تلفزيون
        suffix = next((s for s in _SUFFIXES if word.endswith(s) and len(word) - len(s) >= _SHORTEST), None)
        if suffix is None:
            break
        word = word[: -len(suffix)]
    return word
