"""Latin spellings by rule, for names that no table gives an English form of. Always marked automatic where shown.

A plain letter-by-letter romanisation: short vowels, which Arabic text leaves out, cannot be told and are left out but for
the article and a vowel where three consonants would meet.
"""

from __future__ import annotations

from takhrij.text.fold import fold

_LETTERS = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s",
    "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m",
    "ن": "n", "ه": "a", "و": "u", "ي": "i", "ء": "", "پ": "p", "ڤ": "v", "چ": "ch", "گ": "g",
}  # fmt: skip
_VOWELS = frozenset("aiu")
_FIXED = {"بن": "bin", "ابن": "ibn", "ابو": "Abu", "ام": "Umm", "عبد": "Abd", "ال": "Al", "الله": "Allah", "محمد": "Muhammad"}


def romanize(name: str) -> str:
    """``name`` in Latin letters, a capital at each word.

    >>> romanize("سامي الحداد")
    'Sami al-Hadad'
    """
    return " ".join(_word(fold(word)) for word in name.split() if fold(word))


def _word(form: str) -> str:
    if form in _FIXED:
        return _FIXED[form]
    if form.startswith("ال") and len(form) > 3:
        return "al-" + _letters(form[2:])
    return _letters(form)


def _letters(form: str) -> str:
    out: list[str] = []
    for i, letter in enumerate(form):
        latin = _LETTERS.get(letter, letter)
        first_glide = letter in "وي" and (i == 0 or (out and out[-1][-1:] in _VOWELS))
        latin = {"و": "w", "ي": "y"}[letter] if first_glide else latin
        if letter == "ه" and i + 1 < len(form):
            latin = "h"
        consonants = [not _ends_in_vowel(part) for part in out[-2:]]
        if consonants and all(consonants) and latin[:1] not in _VOWELS:  # a third, or the second of a word
            out.append("a")
        if latin:
            out.append(latin)
    word = "".join(out)
    return word[:1].upper() + word[1:]


def _ends_in_vowel(latin: str) -> bool:
    return latin[-1:] in _VOWELS
