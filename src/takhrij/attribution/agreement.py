"""Gender and number of those who speak, as far as the letters show them: for telling which of several a dropped subject is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from takhrij.attribution.lexicon import Cue, Gender, Number
from takhrij.attribution.words import word_class
from takhrij.text.clitics import NOUN_PROCLITICS, bare


@dataclass(frozen=True, slots=True)
class Agreement:
    """``gender`` m, f or unknown; ``number`` s, d, p or unknown."""

    gender: Gender = ""
    number: Number = ""

    def clashes(self, other: Agreement) -> bool:
        """Whether the two cannot be the same person or body."""
        return bool(
            (self.gender and other.gender and self.gender != other.gender)
            or (self.number and other.number and self.number != other.number)
        )


def of_cue(cue: Cue | None) -> Agreement:
    """What the form of a cue says of its subject."""
    return Agreement(cue.gender, cue.number) if cue else Agreement()


def of_name(words: Sequence[str]) -> Agreement:
    """What the first words of a name say: ``words`` as the text has them, folded or not.

    A plural of things or bodies (مصادر, صحف, قوات) is treated as feminine singular, as the verb beside it is.
    """
    for word in words:
        if not word.isalpha():
            continue
        if any(rest in word_class("crowd") for _, rest in bare(word, NOUN_PROCLITICS)):
            return Agreement("m", "p")
        if any(rest in word_class("feminine") for _, rest in bare(word, NOUN_PROCLITICS)):
            return Agreement("f", "s")
        if any(rest in word_class("masculine") for _, rest in bare(word, NOUN_PROCLITICS)):
            return Agreement("m", "s")
        if word.endswith("ه") and len(word) > 3:
            return Agreement("f", "s")
        if word.endswith("ات") and len(word) > 4:
            return Agreement("f", "")
        if word.endswith(("ون", "وو")) and len(word) > 4 and word.startswith(("ال", "م")):
            return Agreement("m", "p")
        return Agreement("", "s")
    return Agreement()
