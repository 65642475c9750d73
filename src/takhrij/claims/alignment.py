"""How far the words of one statement stand in another, in the same words or in others that report the same thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import simplemma
from rapidfuzz.distance import Levenshtein

from takhrij.claims.lexicon import antonyms, nations, reversers, series, synonyms
from takhrij.claims.stems import root
from takhrij.claims.words import Word

#: What a word counts for that is met by the same stem, by one of its root, by a synonym, or by another spelling.
EXACT, ROOT, SYNONYM, SPELLING = 1.0, 0.85, 0.8, 0.8
#: A name this long may differ by one letter or one in five and be the same: transliterations vary.
_LONG = 5
_LIKE = 0.8


@dataclass(frozen=True, slots=True)
class Alignment:
    """``met`` holds for each word how well the other side meets it, 0..1; ``over`` the words met by nothing."""

    met: tuple[float, ...]
    over: tuple[Word, ...]

    @property
    def coverage(self) -> float:
        """The mean over the words; 0 where there is none."""
        return sum(self.met) / len(self.met) if self.met else 0.0


def align(words: Sequence[Word], others: Sequence[Word]) -> Alignment:
    """How ``others`` meet each of ``words``, duplicates counted once."""
    unique = list({word.stem: word for word in words}.values())
    stems = frozenset(stem for word in others for stem in word.stems)
    roots = frozenset(bones for stem in stems if (bones := root(stem)))
    groups = frozenset(group for stem in stems for group in synonyms().get(stem, ()))
    met = tuple(_met(word, stems, roots, groups) for word in unique)
    return Alignment(met, tuple(word for word, how in zip(unique, met, strict=True) if not how))


def _met(word: Word, stems: frozenset[str], roots: frozenset[str], groups: frozenset[int]) -> float:
    if word.stems & stems:
        return EXACT
    if any(root(stem) in roots for stem in word.stems):
        return ROOT
    if any(group in groups for stem in word.stems for group in synonyms().get(stem, ())):
        return SYNONYM
    if len(word.stem) >= _LONG and any(_spelt_like(word.stem, other) for other in stems):
        return SPELLING
    return 0.0


def _spelt_like(a: str, b: str) -> bool:
    return abs(len(a) - len(b)) <= 2 and len(b) >= _LONG - 1 and Levenshtein.normalized_similarity(a, b, score_cutoff=_LIKE) > 0


def opposed(a: Sequence[Word], b: Sequence[Word]) -> int:
    """How many words of ``a`` are the opposite of a word of ``b``; both are words that the other side does not meet."""
    stems = frozenset(stem for word in b for stem in word.stems)
    return sum(any(antonyms().get(stem, frozenset()) & stems for stem in word.stems) for word in a)


def exclusive(a: Sequence[Word], b: Sequence[Word]) -> int:
    """How many words of ``a`` stand in a series with a word of ``b`` and so exclude it: two weekdays, two crops."""
    rows = frozenset(row for word in b for stem in word.stems for row in series().get(stem, ()))
    return sum(any(row in rows for stem in word.stems for row in series().get(stem, ())) for word in a)


def bound_opposed(a: Sequence[Word], b: Sequence[Word]) -> int:
    """How many words of ``a`` say of their neighbour the opposite of what ``b`` says of it: oil up against oil down.

    Unlike :func:`opposed` this holds where both texts have both words: ``oil up, dollar down`` and ``dollar up, oil down``.
    """
    return sum(
        bool(_against(word) & other.stems) and bool(_beside(a, i) & _beside(b, j))
        for i, word in enumerate(a)
        if _against(word)
        for j, other in enumerate(b)
    )


def _against(word: Word) -> frozenset[str]:
    return frozenset(stem for key in word.stems for stem in antonyms().get(key, ()))


def _beside(words: Sequence[Word], at: int) -> frozenset[str]:
    return frozenset(stem for word in (*words[max(0, at - 1) : at], *words[at + 1 : at + 2]) for stem in word.stems)


def crossed(a: Sequence[Word], b: Sequence[Word]) -> int:
    """How many pairs of nations stand in the one order in ``a`` and in the other in ``b``: who did it, and to whom."""
    first, second = _in_order(a), _in_order(b)
    shared = [nation for nation in first if nation in second]
    places = [second.index(nation) for nation in shared]
    return sum(x > y for i, x in enumerate(places) for y in places[i + 1 :])


def _in_order(words: Sequence[Word]) -> list[int]:
    return list(dict.fromkeys(nations()[stem] for word in words for stem in sorted(word.stems) if stem in nations()))


def nations_of(words: Sequence[Word]) -> frozenset[int]:
    """The nations that ``words`` name."""
    return frozenset(nations()[stem] for word in words for stem in word.stems if stem in nations())


def reversals(words: Sequence[Word]) -> int:
    """How many of ``words`` turn what they govern into not so."""
    return sum(bool(word.stems & reversers()) for word in words)


def in_place(a: Sequence[Word], b: Sequence[Word]) -> tuple[int, int]:
    """Where one side has some words and the other has others in their place: in how many such places the two are opposites or
    exclude each other, and in how many they are names, of which one is no spelling of the other.
    """
    opposite = names = 0
    for op in Levenshtein.opcodes([word.stem for word in a], [word.stem for word in b]):
        if op.tag != "replace":
            continue
        here, there = a[op.src_start : op.src_end], b[op.dest_start : op.dest_end]
        opposite += bool(opposed(here, there) or exclusive(here, there))
        mine, yours = ([word for word in words if not _in_list(word.text)] for words in (here, there))
        names += bool(mine and yours) and not any(align(mine, b).met) and not any(align(yours, a).met)
    return opposite, names


def exchanged(a: Sequence[Word], b: Sequence[Word]) -> int:
    """Whether two phrases of ``a`` stand in ``b`` each in the other's place, and the rest where it stood: who did it to whom.

    A phrase that only moves leaves one gap and fills another, so it is none. Two joined by *and* or *between* may stand in any
    order.
    """
    gaps = _gaps(a, b)
    for i, (here, there) in enumerate(gaps):
        for other, beyond in gaps[i + 1 :]:
            if _mostly(here, beyond) and _mostly(there, other) and not _mostly(here, there):
                return int(not (_joined(other, there) or _joined(beyond, here)))
    return 0


def _gaps(a: Sequence[Word], b: Sequence[Word]) -> list[tuple[Sequence[Word], Sequence[Word]]]:
    """The stretches between the words that both have in one order."""
    found: list[tuple[Sequence[Word], Sequence[Word]]] = []
    i = j = 0
    for op in Levenshtein.opcodes([word.stem for word in a], [word.stem for word in b]):
        if op.tag == "equal":
            if op.src_start > i or op.dest_start > j:
                found.append((a[i : op.src_start], b[j : op.dest_start]))
            i, j = op.src_end, op.dest_end
    if i < len(a) or j < len(b):
        found.append((a[i:], b[j:]))
    return found


def _joined(second: Sequence[Word], moved: Sequence[Word]) -> bool:
    """Whether *and* joins the second phrase to the first, the word alone standing in ``moved``."""
    return bool(second) and second[0].form.startswith("و") and second[0].form[1:] in {word.form for word in moved}


def _mostly(words: Sequence[Word], others: Sequence[Word]) -> bool:
    stems = frozenset(stem for word in others for stem in word.stems)
    return bool(words) and bool(others) and sum(bool(word.stems & stems) for word in words) * 2 > min(len(words), len(others))


@lru_cache(maxsize=100_000)
def _in_list(word: str) -> bool:
    return bool(simplemma.is_known(word, lang="ar")) or bool(simplemma.is_known(word.removeprefix("ال"), lang="ar"))


def substituted(a: Sequence[Word], b: Sequence[Word]) -> tuple[int, int]:
    """Where one side has some words and the other has others in their place: how many such places, and how many words in the
    smaller halves. Words that the other side has elsewhere count as well: swapped actors are two substitutions.
    """
    places = words = 0
    matcher = Levenshtein.opcodes([word.stem for word in a], [word.stem for word in b])
    for op in matcher:
        if op.tag == "replace":
            places += 1
            words += min(op.src_end - op.src_start, op.dest_end - op.dest_start)
    return places, words
