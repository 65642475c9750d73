"""Lemmas: one key for the forms of a word, so that a search for ``قوات`` meets ``القوات``, ``وقواتها`` and ``قوة``.

Three sources, tried in this order: our own table of broken plurals and irregular verbs (``data/lemmas.tsv``), simplemma's
Arabic list (MIT; read where it is installed, looked up under every usual spelling of a folded form), and rules that take
off proclitics, pronoun suffixes and the sound plural. A word that none of them reaches keeps its folded form, less the
article. Everything is deterministic and works on folded forms; a lemma is a key to compare by, not a word to show.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from typing import Protocol, cast

from takhrij.text.clitics import NOUN_PROCLITICS, VERB_PROCLITICS
from takhrij.text.fold import fold
from takhrij.text.tokens import Tokens, tokenize

_ARTICLES = tuple(clitic for clitic in NOUN_PROCLITICS if len(clitic) > 1 and clitic.endswith("ل") and clitic != "ول")
_SINGLE = tuple(clitic for clitic in NOUN_PROCLITICS if clitic not in _ARTICLES)
#: Pronouns written onto the end of a word, longest first.
_PRONOUNS = ("هما", "كما", "ها", "هم", "هن", "كم", "نا", "ه", "ي", "ك")
#: Endings of the sound plural, the dual and the feminine, with what the singular has in their place.
_PLURALS = (("يات", "يه"), ("ات", "ه"), ("ات", ""), ("ون", ""), ("ين", ""), ("ان", ""), ("تين", "ه"), ("تان", "ه"))
#: Endings of verbs: perfect, then those that close an imperfect.
_PERFECT = ("وا", "تا", "نا", "تم", "ت", "ن", "ا")
_IMPERFECT = ("ون", "وا", "ين", "ان", "ن")
_SHORTEST = 3


class _Lookup(Protocol):
    def get(self, key: str) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Analysis:
    """The tokens of a text with the lemma of each; ``""`` stands for a token that is no word."""

    tokens: Tokens
    lemmas: list[str]


def analyze(text: str) -> Analysis:
    """The tokens of ``text`` and their lemmas, in time linear in its length."""
    tokens = tokenize(text)
    return Analysis(tokens, [lemma(form) if form and (form[0].isalnum() or len(form) > 1) else "" for form in tokens.forms])


def lemma(form: str) -> str:
    """The key under which the forms of a word meet; ``form`` may be folded or as the text has it. Marks alone give ``""``.

    >>> lemma("والقوات") == lemma("قوة")
    True
    """
    return _lemma(form)


@lru_cache(maxsize=200_000)
def _lemma(form: str) -> str:
    word = fold(form).lower().strip("_")
    if len(word) < _SHORTEST or not _is_arabic(word):
        return word
    return _own(word) or _known(word) or _taken_apart(word) or _bare_of_article(word)


def _is_arabic(word: str) -> bool:
    return all("ء" <= letter <= "ي" for letter in word)


def _own(word: str) -> str | None:
    """The lemma from our own table, with a proclitic or a pronoun taken off where the word itself has no row."""
    table = _table()
    for rest, _ in _stems(word):
        if rest in table:
            return table[rest]
    for rest, _ in _stems(word):
        for stem in _without_pronoun(rest):
            if stem in table:
                return table[stem]
    return None


@lru_cache(maxsize=200_000)
def _known(word: str) -> str | None:
    """The lemma of a folded word from the two lists. An inflected form that is listed as its own lemma is not known."""
    own = _table().get(word)
    if own:
        return own
    found = _listed(word)
    if found is None or (found == word and _looks_inflected(word)):
        return None
    if word.startswith("ال") and found[0] == "ل" != word[2]:  # the list took the article's lam for a letter of the root
        return None
    return _table().get(found, found)


def _looks_inflected(word: str) -> bool:
    if word.startswith(_ARTICLES) and len(word) > _SHORTEST + 2:
        return True
    if word.startswith("ي") and len(word) > _SHORTEST:
        return True
    return len(word) > _SHORTEST + 1 and word.endswith(("وا", "ون", "ين", "ات", "يه", "ها", "هم"))


def _taken_apart(word: str) -> str | None:
    """The lemma after taking off what stands before and after a known word; the least taken off wins."""
    for rest, noun in _stems(word):
        found = _known(rest)
        if found:
            return found
        pronounless = list(_without_pronoun(rest))
        for stem in pronounless:
            if found := _known(stem):
                return found
        bend = _plural if noun else _bent
        for stem in (rest, *pronounless):
            if found := bend(stem):
                return found
    return None


def _stems(word: str) -> Iterator[tuple[str, bool]]:
    """Each rest after a proclitic, with whether only a noun can stand there."""
    yield word, False
    yield word, True
    for clitic in _ARTICLES:
        if word.startswith(clitic) and len(word) - len(clitic) >= _SHORTEST - 1:
            yield word[len(clitic) :], True
            return
    for clitic in VERB_PROCLITICS:
        if word.startswith(clitic) and len(word) - len(clitic) >= _SHORTEST:
            yield word[len(clitic) :], False
    for clitic in _SINGLE:
        if word.startswith(clitic) and len(word) - len(clitic) >= _SHORTEST:
            yield word[len(clitic) :], True


def _without_pronoun(word: str) -> Iterator[str]:
    """The word less a pronoun suffix, with the ``ة`` or ``ى`` that the suffix changed restored first."""
    for pronoun in _PRONOUNS:
        stem = word[: -len(pronoun)]
        if word.endswith(pronoun) and len(stem) >= _SHORTEST:
            if stem.endswith("ت"):
                yield stem[:-1] + "ه"
            elif stem.endswith("ا"):
                yield stem[:-1] + "ي"
            yield stem


def _plural(word: str) -> str | None:
    for ending, singular in _PLURALS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST - 1:
            found = _known(word[: -len(ending)] + singular)
            if found:
                return found
    return None


def _bent(word: str) -> str | None:
    """The lemma of a verb's form of which only the singular, the bare imperfect or the perfect is listed."""
    if word[0] in "يتنا":
        for ending in ("", *_IMPERFECT):
            stem = word[1 : len(word) - len(ending)]
            if word.endswith(ending) and len(stem) >= _SHORTEST and (found := _perfect_of(stem)):
                return found
    for ending in _PERFECT:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST and (found := _known(word[: -len(ending)])):
            return found
    return _plural(word)


def _perfect_of(stem: str) -> str | None:
    """The lemma of an imperfect less its prefix: listed as such, else as a perfect, of forms VII, VIII and X with alif."""
    with_alif = stem.startswith(("ن", "ست")) or stem[1] == "ت"
    candidates = ("ا" + stem, stem) if with_alif else (stem, "ا" + stem)
    listed = _known("ي" + stem)
    return listed or next((found for found in map(_known, candidates) if found), None)


def _bare_of_article(word: str) -> str:
    """An unknown word without its article and the ending of a sound plural: what is left is the same for all its forms."""
    for clitic in _ARTICLES:
        if word.startswith(clitic) and len(word) - len(clitic) >= _SHORTEST:
            word = word[len(clitic) :]
            break
    for ending in ("يون", "يين"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)] + "ي"
    for ending in ("ون", "ين", "ات"):
        if word.endswith(ending) and len(word) - len(ending) > _SHORTEST:
            return word[: -len(ending)]
    return word


#: Letters that folding has joined, with the other spellings that a listed word may have in their place, inside a word.
_INNER = {"ا": "أآ", "ي": "ئ", "و": "ؤ"}


def _listed(word: str) -> str | None:
    """simplemma's lemma, folded, of a folded word: the first of its spellings whose lemma differs, else any listed one."""
    listed: str | None = None
    words = _simplemma()
    for spelling in _spellings(word):
        value = words.get(spelling)
        if value is not None:
            key = fold(value)
            if key != word:
                return key
            listed = key
    return listed


def _spellings(word: str) -> Iterator[str]:
    """The spellings that fold to ``word``: any hamza on the first alif, any kind of last letter, one seat of hamza inside."""
    firsts = "أاإآ" if word[0] == "ا" else word[0]
    lasts = {"ه": "ةه", "ي": "يىئ", "ا": "اأآ"}.get(word[-1], word[-1])
    inner = word[1:-1]
    inners = [inner]
    for i, letter in enumerate(inner):
        inners += [inner[:i] + other + inner[i + 1 :] for other in _INNER.get(letter, "")]
    for middle, first, last in product(inners, firsts, lasts):
        yield first + middle + last


@cache
def _simplemma() -> _Lookup:
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    return cast(_Lookup, DefaultDictionaryFactory().get_dictionary("ar"))


@cache
def _table() -> dict[str, str]:
    """Folded form -> folded lemma, from our own table."""
    table: dict[str, str] = {}
    lines = files("takhrij.text").joinpath("data", "lemmas.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    for row in rows:  # a lemma's own spelling wins over another lemma's form
        table[fold(row[0])] = fold(row[0])
    for row in rows:
        for form in row[1].split() if len(row) > 1 else ():
            table.setdefault(fold(form), fold(row[0]))
    return table
