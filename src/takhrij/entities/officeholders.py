"""Who held which office on which day, from ``data/officeholders.tsv``."""

from __future__ import annotations

from dataclasses import dataclass

from takhrij.entities.lexicon import Lexicon
from takhrij.entities.people import name_parts, plain
from takhrij.entities.tables import Row
from takhrij.records import Party, PartyKind


@dataclass(frozen=True, slots=True)
class Term:
    """A person's time in an office; days are ISO 8601, ``until`` None while it lasts."""

    name: str
    english: str
    party: Party
    since: str
    until: str | None


class Officeholders:
    """Terms by the folded parts of the holder's name."""

    def __init__(self) -> None:
        self._terms: Lexicon[Term] = Lexicon()

    def add(self, row: Row, kind: PartyKind) -> None:
        """Take in one row of the table; ``kind`` is its fourth field, checked."""
        names = row.names(0)
        term = Term(names[0], row[1], Party(row[2], kind, row.optional(4)), row[5], row.optional(6))
        for name in names:
            self._terms.add(" ".join(plain(name_parts(name))), term)

    def find(self, name: str, day: str | None) -> Term | None:
        """The office that ``name`` held on ``day``, or the last one known where no day is given or none fits before it.

        A person out of office speaks for himself: None for a day outside every term.
        """
        parts = plain(name_parts(name))
        terms = self._terms.get(" ".join(parts)) if parts else []
        if not terms:
            return None
        if day is None:
            return max(terms, key=lambda term: term.since)
        fitting = [term for term in terms if term.since <= day[:10] and (term.until is None or day[:10] <= term.until)]
        return max(fitting, key=lambda term: term.since) if fitting else None
