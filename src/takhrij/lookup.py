"""Looking a sentence up in a ledger: the claims that say it, a part of it, or the contrary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from takhrij.records import Claim

if TYPE_CHECKING:
    from takhrij.claims import MatchResult
    from takhrij.ledger import Views

#: Claims that share a word with the sentence and are compared with it, at most: the rarest words' first.
COMPARED = 300
_WORDS = 12
_ORDER = {"same": 0, "part": 1, "contradict": 2, "same_words_other_speaker": 3, "related": 4}


@dataclass(frozen=True, slots=True)
class Answer:
    """A claim of the ledger and how the sentence stands to it."""

    claim: Claim
    result: MatchResult


def look_up(views: Views, sentence: str, date: str | None = None, most: int = COMPARED) -> list[Answer]:
    """The claims that ``sentence`` has to do with: the same first, then parts, contradictions and the rest, by score.

    ``most`` claims are compared with it at most.
    """
    from takhrij.claims import match_pair

    compared = _candidates(views, sentence, most)
    answers = [Answer(claim, match_pair(sentence, claim.text, date, _day(claim))) for claim in compared]
    found = [answer for answer in answers if answer.result.label in _ORDER]
    return sorted(found, key=lambda a: (_ORDER[a.result.label], -a.result.score, a.claim.id))


def _candidates(views: Views, sentence: str, most: int) -> list[Claim]:
    """Claims that hold any word of the sentence, the fewest found by a word first, since rare words tell most."""
    from takhrij.ledger.words import keys
    from takhrij.text.tokens import tokenize

    tokens = tokenize(sentence)
    words = dict.fromkeys(word for i in range(len(tokens)) if len(word := tokens.word(i)) > 2 and word.isalnum() and keys(word))
    pages = sorted((views.claims(f'"{word}"', limit=most) for word in words), key=lambda page: page.total)
    found = {kept.claim.id: kept.claim for page in pages[:_WORDS] for kept in page.claims}
    return list(found.values())[:most]


def _day(claim: Claim) -> str | None:
    return min((event.date for event in claim.events if event.date), default=None)
