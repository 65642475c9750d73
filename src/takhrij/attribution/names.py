"""Whether two names in one article are one name, the shorter a short form of the longer.

A name is a person's by office and by name (``وزير الزراعة نبيل السنديان``), or a body's (``نقابة المعلمين``). A short form may
keep the head (``الوزير``, ``النقابة``) or the proper name (``السنديان``). It may not keep what the head governs: ``الزراعة`` is
the ministry, not its minister, and ``النقابة`` is not the person who heads it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache

from takhrij.attribution.words import word_class

_BEFORE_NOUN = ("وال", "فال", "بال", "لل", "ال", "و", "ل", "ف", "ب")
#: A clitic written before a name in quotation marks: لـ«الصحة».
_BEFORE_QUOTATION = re.compile('[ولبفك]ـ?(?=[«“"])')
PREPOSITIONS = frozenset({"في", "من", "علي", "عن", "لدي", "باسم", "الي", "ب", "ل", "خلال", "بعد", "قبل", "حول"})


@lru_cache(maxsize=1 << 14)
def base(word: str) -> str:
    """``word`` (folded) without the article and what is written before it, two letters left at least."""
    if word[:1] in "ولفب" and is_known(word):
        return word
    for clitic in _BEFORE_NOUN:
        if word.startswith(clitic) and len(word) - len(clitic) > 2:
            return word[len(clitic) :]
    return word


@lru_cache(maxsize=1 << 14)
def is_a(word: str, name: str) -> bool:
    """Whether a folded word, bare or with article and clitics, is of the class ``name``."""
    members = word_class(name)
    if word in members or base(word) in members:
        return True
    return word[:1] in "ولبف" and word[1:] in members


@dataclass(frozen=True, slots=True)
class _Name:
    """The folded words of a name as written, their bases, and the bases without numbers and titles."""

    written: tuple[str, ...]
    bases: tuple[str, ...]
    plain: tuple[str, ...]
    held: frozenset[str]


@lru_cache(maxsize=1 << 14)
def _name(words: tuple[str, ...]) -> _Name:
    written = _joined(words)
    bases = tuple(base(w) for w in written)
    plain = _without_titles([b for b, w in zip(bases, written, strict=True) if not w.isdigit()])
    return _Name(written, bases, tuple(plain), frozenset(bases))


def same_name(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the folded words ``one`` and ``other`` name the same speaker of one article."""
    first, second = tuple(one), tuple(other)
    return first == second or _same(first, second)


@lru_cache(maxsize=1 << 14)
def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = sorted((_name(one), _name(other)), key=lambda name: len(name.written))
    words = short.plain
    if not words or not long.bases:
        return False
    if words == tuple(_without_titles(long.bases)):
        return True
    if not long.held.issuperset(words):
        return False
    if is_a(short.written[0], "body"):
        return words[0] == long.bases[0]
    if words[0] in word_class("role") or short.written[0] in word_class("role"):
        return _at_head(words[0], long)
    return _own_name(words[0], long)


def _joined(words: tuple[str, ...]) -> tuple[str, ...]:
    """``words`` with the two of عبد المقصود as one, as other outlets write it."""
    if "عبد" not in words[:-1]:
        return words
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] == "عبد":
            joined[-1] += word
        else:
            joined.append(word)
    return tuple(joined)


def _without_titles(words: Sequence[str]) -> Sequence[str]:
    titles = word_class("title")
    kept = [w for w in words if (w not in titles and f"ال{w}" not in titles) or w in word_class("role")]
    return kept or words


def _at_head(role: str, name: _Name) -> bool:
    """Whether ``role`` is what the person is, not whom he serves: first, or after words that are no office (نبيل
    السنديان وزير).
    """
    at = name.bases.index(role)
    return not (_governed(name)[at] or (at and name.bases[at - 1] in word_class("role")))


def _own_name(word: str, name: _Name) -> bool:
    """Whether ``word`` stands in a name in its own right, not governed by an office, a body or a preposition."""
    return any(each == word and not under for each, under in zip(name.bases, _governed(name), strict=True))


def _governed(name: _Name) -> list[bool]:
    """Which words of a name say whom or what its bearer serves: in ``المتحدث باسم حزب النور نبيل السنديان`` all but
    ``المتحدث`` and the last two.

    What an office, a body or a preposition governs goes on over words with an article; a title, or a word without one that
    nothing opens, ends it. The name of a body (حزب النور) is its own.
    """
    governed, under, opened = [], False, False
    of_body = is_a(name.written[0], "body")
    for i, (word, form) in enumerate(zip(name.bases, name.written, strict=True)):
        definite = form.startswith("ال") and form != word
        after_preposition = form in PREPOSITIONS or _is_glued(form, word)
        if i == 0:
            under = False
        elif after_preposition:
            under = under or not (of_body and form.startswith("لل"))
        elif form in word_class("title") and not opened:
            under = False
        elif not definite:
            under = opened or (under and is_known(word))
        governed.append(under)
        heads = word in word_class("body") or word in word_class("role")
        opened = form in PREPOSITIONS or (heads and not definite and not (i == 0 and of_body))
        if heads and opened and form not in PREPOSITIONS:
            under = True
    return governed


def _is_glued(form: str, word: str) -> bool:
    """Whether a preposition is written onto a word: للأمن, بالوزارة, لحزب."""
    if form.startswith(("لل", "بال")) and form != word:
        return True
    return form[:1] in "لب" and form[1:] == word and (word in word_class("body") or word in word_class("role"))


def spoken_name(text: str, first_word: str, seen: Container[str]) -> tuple[str, int]:
    """A name without what is written before its first word, and how many characters of ``text`` were left off.

    ``first_word`` is that word folded, ``seen`` the folded words of the article. ``لل`` stands for the article: للأمن is الأمن.
    """
    quoted = _BEFORE_QUOTATION.match(text)
    if quoted:
        return text[quoted.end() :], quoted.end()
    if first_word.startswith("لل") and len(first_word) > 4:
        return "ال" + text[2:], 0
    rest = first_word[1:]
    if first_word[:1] not in "ولف" or len(rest) < 3 or is_known(first_word):
        return text, 0
    if rest.startswith("ال") or is_known(rest) or (rest in seen and first_word[0] != "ف"):
        return text[1:], 1
    return text, 0


@lru_cache(maxsize=1 << 14)
def is_known(word: str) -> bool:
    """Whether a folded word, as it stands or with its article off, heads names."""
    bare = word[2:] if word.startswith("ال") else word
    return any(
        word in word_class(c) or bare in word_class(c)
        for c in ("body", "role", "title", "crowd", "document", "report", "feminine")
    )
