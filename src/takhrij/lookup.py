"""Looking a sentence up: the claims of a ledger that say it, a part of it, or the contrary; and published fact-checks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from takhrij.errors import DataError, InputError
from takhrij.exchange.jsontext import loads, texts
from takhrij.records import Claim

if TYPE_CHECKING:
    from takhrij.claims import MatchResult
    from takhrij.claims.factchecks import FactChecks, Found
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


class Published:
    """The fact-checks in files of ClaimReview, read anew where a file has changed."""

    def __init__(self, files: tuple[Path, ...]) -> None:
        self._files = files
        self._lock = threading.Lock()
        self._state: tuple[tuple[str, float], ...] | None = None
        self._index: FactChecks | None = None

    def __bool__(self) -> bool:
        return bool(self._files)

    def find(self, query: str) -> list[Found]:
        """The fact-checks that concern ``query``, the best first, twenty at most."""
        if not self._files or not query.strip():
            return []
        with self._lock:
            state = tuple((str(path), path.stat().st_mtime) for path in self._files if path.exists())
            if self._index is None or state != self._state:
                self._index, self._state = _read(self._files), state
        return self._index.find(query, 20)


def _read(files: tuple[Path, ...]) -> FactChecks:
    """An index of what the files hold: one JSON-LD document each, or one a line. What is none is passed over."""
    from takhrij.claims.factchecks import FactChecks, from_claim_review

    checks = []
    for path in files:
        for value in _values(path):
            try:
                checks += from_claim_review(value)
            except DataError:
                continue
    return FactChecks(checks)


def _values(path: Path) -> Iterator[Any]:
    for one in texts(path.read_bytes() if path.exists() else b""):
        try:
            yield loads(one, path.name)
        except InputError:
            continue
