"""Looking up names of several words in a text's tokens: a dictionary by first word, the longest name first.

Measured against pyahocorasick on the shipped names (bench/entities.py): the token dictionary needs no second pass that
maps folded offsets back, and finds clitics and word ends by construction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from takhrij.text.fold import fold
from takhrij.text.tokens import tokenize

T = TypeVar("T")
#: A clitic, how many letters it takes away, and the rest of the word.
Reading = tuple[str, int, str]
#: How many forms a lexicon remembers its readings of.
_REMEMBERED = 40_000

#: First words that are written apart from or together with the next one: ``أبو كمال``, ``أبوكمال``.
_JOINED = ("ابو", "ابي", "البو", "ام", "عبد", "بور", "دير", "راس", "بو", "تل", "خان", "عين", "بني", "سان", "نيو", "بيت")


def key(name: str) -> tuple[str, ...]:
    """The folded words of ``name``, marks left out."""
    return tuple(form for form in tokenize(name).forms if form[:1].isalnum())


def spellings(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """``words`` and the ways to write its parted first word together with the next, or the other way round."""
    yield words
    first = words[0]
    if len(words) > 1 and first in _JOINED:
        yield (first + words[1], *words[2:])
    elif len(first) > 5:
        for part in _JOINED:
            if first.startswith(part) and len(first) - len(part) >= 3:
                yield (part, first[len(part) :], *words[1:])


def bare_forms(form: str) -> Iterator[Reading]:
    """The ways to read a token as a name with clitics: (clitic, letters cut, rest), the whole word first."""
    yield "", 0, form
    at = 0
    if len(form) < 4:
        return
    if form[0] in "وف":
        at = 1
        yield form[0], 1, form[1:]
    if len(form) - at > 3 and form[at] in "بلك":
        if form[at : at + 2] == "لل":
            yield form[: at + 1], at + 1, "ال" + form[at + 2 :]
        else:
            yield form[: at + 1], at + 1, form[at + 1 :]


class Lexicon(Generic[T]):
    """Names and what they stand for. A name may stand for several things."""

    __slots__ = ("_first", "_readings")

    def __init__(self) -> None:
        self._readings: dict[str, tuple[Reading, ...]] = {}
        self._first: dict[str, list[tuple[tuple[str, ...], list[T]]]] = {}

    def add(self, name: str, value: T) -> None:
        """Let ``name``, in each of its spellings, stand for ``value`` too."""
        words = key(name)
        if not words:
            return
        self._readings.clear()
        for spelling in spellings(words):
            entries = self._first.setdefault(spelling[0], [])
            rest = spelling[1:]
            for known, values in entries:
                if known == rest:
                    if value not in values:
                        values.append(value)
                    break
            else:
                entries.append((rest, [value]))
                entries.sort(key=lambda entry: -len(entry[0]))

    def update(self, pairs: Iterable[tuple[str, T]]) -> None:
        """Add each of ``pairs``."""
        for name, value in pairs:
            self.add(name, value)

    def match(self, forms: Sequence[str], i: int, first: str | None = None) -> tuple[int, list[T]] | None:
        """The longest name at token ``i`` as (number of tokens, its values); ``first`` replaces the form of that token."""
        entries = self._first.get(forms[i] if first is None else first)
        if entries is None:
            return None
        end = len(forms)
        for rest, values in entries:
            n = len(rest)
            if not n or (i + n < end and tuple(forms[i + 1 : i + 1 + n]) == rest):
                return n + 1, values
        return None

    def __contains__(self, first: object) -> bool:
        """Whether some name begins with the folded word ``first``."""
        return first in self._first

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """The folded words of every name, in each spelling."""
        return ((first, *rest) for first, entries in self._first.items() for rest, _ in entries)

    def first_words(self) -> Iterable[str]:
        """The folded first words of all names."""
        return self._first

    def readings(self, form: str) -> tuple[Reading, ...]:
        """The ways to read the folded token ``form``, with or without clitics, at which some name may begin.

        Remembered by form: a text's tokens are mostly the same few thousand words.
        """
        known = self._readings.get(form)
        if known is None:
            if len(self._readings) >= _REMEMBERED:
                self._readings.clear()
            known = tuple(reading for reading in bare_forms(form) if reading[2] in self._first)
            self._readings[form] = known
        return known

    def get(self, name: str) -> list[T]:
        """What exactly ``name`` stands for; empty where it is unknown."""
        words = key(name)
        hit = self.match(words, 0) if words else None
        return hit[1] if hit and hit[0] == len(words) else []


def folded(words: Iterable[str]) -> frozenset[str]:
    """The folded forms of single words."""
    return frozenset(fold(word) for word in words)
