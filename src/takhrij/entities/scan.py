"""One pass over a text's tokens: every name that the gazetteer knows, and every adjective of nationality.

The same pass serves the places, the country that an article is about, and the countries of its speakers.
"""

from __future__ import annotations

from dataclasses import dataclass

from takhrij.entities.gazetteer import Gazetteer, Place
from takhrij.entities.nations import nations
from takhrij.text.tokens import Tokens

#: Vowel marks and tatweel, which folding takes away, so that they count as no letter of a clitic.
_UNSEEN = frozenset("ـ" + "".join(chr(c) for c in range(0x064B, 0x0660)) + "\u0670\u200c\u200d")


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of the gazetteer at token ``i``, ``n`` tokens long, after ``cut`` letters of the clitic ``clitic``."""

    i: int
    n: int
    clitic: str
    cut: int
    places: list[Place]


@dataclass(frozen=True, slots=True)
class Scan:
    """What one pass found. ``adjectives`` maps tokens to the country whose adjective of nationality they are."""

    tokens: Tokens
    hits: list[Hit]
    adjectives: dict[int, str]

    def start(self, hit: Hit) -> int:
        """The code point at which the name begins, its clitic left out."""
        at, left = self.tokens.starts[hit.i], hit.cut
        while left:
            left -= self.tokens.text[at] not in _UNSEEN
            at += 1
        while self.tokens.text[at] in _UNSEEN:
            at += 1
        return at


def scan(tokens: Tokens, names: Gazetteer) -> Scan:
    """Every known name and adjective in ``tokens``; where names overlap, the first and longest stands."""
    hits: list[Hit] = []
    adjectives: dict[int, str] = {}
    forms, lexicon, known = tokens.forms, names.names, nations()
    free = 0
    for i, form in enumerate(forms):
        if known.may_be_adjective(form):
            code = known.adjective_at(forms, i)
            if code is not None:
                adjectives[i] = code
        if i < free or len(form) < 2:
            continue
        for clitic, cut, rest in lexicon.readings(form):
            if cut and clitic[-1] in "فك" and not rest.startswith("ال"):
                continue  # فسرت, كبيرا: hardly ever a name
            found = lexicon.match(forms, i, rest)
            if found and cut == 0 and form[0] == "و" and hits and i - hits[-1].i - hits[-1].n < 2:
                listed = lexicon.match(forms, i, form[1:])  # ينبع وجدة: Yanbu and Jeddah, not Oujda
                if listed and max(place.strength for place in listed[1]) == 2:
                    clitic, cut, found = "و", 1, listed
            if found:
                hits.append(Hit(i, found[0], clitic, cut, found[1]))
                free = i + found[0]
                break
    return Scan(tokens, hits, adjectives)
