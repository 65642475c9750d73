"""Names of people: what is left when titles are off, when two names can be one person's, and ids that stay the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from takhrij.entities.lexicon import key
from takhrij.entities.placewords import given_names
from takhrij.entities.tables import read
from takhrij.text.fold import fold
from takhrij.text.tokens import Tokens

#: Words that make one name together with the next: ``عبد الرحمن``, ``أبو بكر``, ``نصر الله``, ``صلاح الدين``.
_FIRST_PARTS = frozenset({"عبد", "ابو", "ابي", "ابا", "ام", "بو", "اولاد", "ولد", "ال", "ذو", "دي", "دو", "فان", "فون", "بني"})
_LAST_PARTS = frozenset({"الله", "الدين", "الاسلام", "اللهي"})
_SON = frozenset({"بن", "ابن", "بنت"})
#: Letters that foreign names are spelled with by turns: g as غ ج ك ق, v as ف ڤ, p as ب پ, ch as تش ش, final a as ا ه.
_FOREIGN = str.maketrans({"غ": "ج", "ڤ": "ف", "پ": "ب", "گ": "ج", "چ": "ج"})


@cache
def titles() -> dict[str, str]:
    """Folded title or occupation to its class: honorific, person, expert."""
    return {fold(row[0]): row[1] for row in read("titles.tsv", 2)}


def name_parts(name: str) -> tuple[str, ...]:
    """The parts of a person's name, folded, titles off, two-word parts joined: ``('محمد', 'بن', 'عبدالعزيز')``.

    >>> name_parts("الدكتور محمد بن عبد العزيز الحربي")
    ('محمد', 'بن', 'عبدالعزيز', 'الحربي')
    """
    words = [word for word in key(name) if titles().get(word) is None or (len(word) == 1 and word not in {"د", "م", "ا"})]
    words = [word for word in words if word not in {"د", "م", "ا"}]
    out: list[str] = []
    joins = False
    for word in words:
        if (joins or word in _LAST_PARTS) and out:
            out[-1] += word
        else:
            out.append(word)
        joins = word in _FIRST_PARTS
    return tuple(out)


def plain(parts: tuple[str, ...]) -> tuple[str, ...]:
    """``parts`` without the words for son, and foreign letters brought to one spelling where no part is a known Arabic name."""
    return tuple(_letters(part) for part in parts if part not in _SON)


def _letters(part: str) -> str:
    part = part.replace("ءو", "وو")  # رءوف, رؤوف
    other = part.translate(_FOREIGN)
    if part.startswith("ال") or (part in given_names() and other not in given_names()):
        return part
    return other


def same_person(one: str, other: str) -> bool:
    """Whether, within one article or story, both names can only be one person's.

    True where all parts of the shorter name stand in the longer one in the same order, its first part is the other's
    first or, for a surname by itself, its last part the other's last. A father (``محمد بن سالم``) and his son
    (``سالم بن محمد``), or two sons of one father, are different people: their first names differ.
    """
    a, b = plain(name_parts(one)), plain(name_parts(other))
    if not a or not b:
        return False
    if len(a) > len(b):
        a, b = b, a
    if a == b:
        return True
    if len(a) == 1:
        return _alike(a[0], b[-1]) and len(a[0]) > 2
    if not _alike(a[0], b[0]):
        return False
    if not _alike(a[-1], b[-1]):
        # a part left off at the end (محمد بن سالم of محمد بن سالم الحربي) only where the word for son shows a lineage
        return _lineage(one, other) and all(_alike(x, y) for x, y in zip(a, b, strict=False))
    at = 0
    for part in a:
        while at < len(b) and not _alike(part, b[at]):
            at += 1
        if at == len(b):
            return False
        at += 1
    return True


def _lineage(one: str, other: str) -> bool:
    return all(any(part in _SON for part in name_parts(name)) for name in (one, other))


def _alike(a: str, b: str) -> bool:
    """Whether two parts are spellings of one name: equal, or equal without the article, or foreign and a letter apart."""
    if a == b:
        return True
    bare_a, bare_b = a.removeprefix("ال"), b.removeprefix("ال")
    if bare_a == bare_b and len(bare_a) > 2:
        return True
    if a in given_names() or b in given_names() or min(len(bare_a), len(bare_b)) < 5:
        return False
    return not a.startswith("ال") and not b.startswith("ال") and _one_vowel_apart(bare_a, bare_b)


def _one_vowel_apart(a: str, b: str) -> bool:
    """Foreign names differ in long vowels: ``نتنياهو`` and ``نتانياهو``, ``كاميرون`` and ``كامرون``."""
    if a[0] != b[0] or abs(len(a) - len(b)) > 1:
        return False
    if len(a) == len(b):
        differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
        return len(differing) == 1 and set(differing[0]) <= set("اويه")
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return any(longer[i] in "اوي" and longer[:i] + longer[i + 1 :] == shorter for i in range(1, len(longer)))


def person_part(tokens: Tokens, at: int, is_word: Callable[[Tokens, int], bool]) -> str:
    """The person's own name in a speaker's name from token ``at`` on: the run of words that looks most like one.

    ``is_word`` tells the words of offices, bodies and nationalities, which part the runs, as titles and marks do.
    """
    forms = tokens.forms
    runs: list[list[int]] = [[]]
    for i in range(at, len(forms)):
        if not forms[i][:1].isalpha() or titles().get(forms[i]) or is_word(tokens, i):
            runs.append([])
        else:
            runs[-1].append(i)
    best = max((run for run in runs if run), key=lambda run: _likeness([forms[i] for i in run]), default=None)
    if best is None:
        return tokens.text.strip()
    while (
        len(best) > 1
        and forms[best[0]].startswith("ال")
        and any(forms[i] in given_names() or forms[i] == "عبد" for i in best[1:])
    ):
        best = best[1:]  # الغنائي المعروف خالد
    return " ".join(tokens.word(i) for i in best)


def _likeness(words: list[str]) -> tuple[bool, int, int]:
    parts = name_parts(" ".join(words))
    plain_words = sum(1 for word in words if not word.startswith(("ال", "لل", "بال", "وال")))
    return (any(part in given_names() for part in parts), plain_words, -len(words))


def person_id(name: str) -> str:
    """An id for a person by full name: spelling variants and titles give the same one, other people another."""
    parts = plain(name_parts(name))
    return "person/" + "-".join(parts or key(name) or ("?",))
