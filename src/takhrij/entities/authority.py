"""The authority file: actors known by name, with their ids, from ``data/actors.tsv``, ``data/outlets.tsv`` and user files.

A user's file has the columns of ``actors.tsv``: id, kind of party, country code or ``-``, English name, names parted by ``|``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from takhrij.entities.lexicon import Lexicon
from takhrij.entities.officeholders import Officeholders
from takhrij.entities.tables import Row, read
from takhrij.records import PartyKind

PARTY_KINDS = frozenset(get_args(PartyKind))
_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_COUNTRY = re.compile("[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """An actor that the authority file knows. ``names`` usual first; ``media`` is agency, broadcaster, paper or site.

    ``local`` says that its names mean it only where its own country is spoken of. ``origin`` names the table.
    """

    id: str
    kind: PartyKind
    country: str | None
    english: str
    names: tuple[str, ...]
    media: str | None = None
    keys: tuple[str, ...] = ()
    origin: str = ""
    local: bool = False


class Authority:
    """Known actors by id, by name and by the key or domain of an outlet. User files come before the built-in ones."""

    def __init__(self, files: Iterable[Path] = ()) -> None:
        self.by_id: dict[str, ActorEntry] = {}
        self.names: Lexicon[ActorEntry] = Lexicon()
        self.keys: dict[str, ActorEntry] = {}
        self.offices = Officeholders()
        for path in files:
            for row in read(path, 5):
                self._add(self._actor(row))
        for row in read("actors.tsv", 5):
            self._add(self._actor(row))
        for row in read("outlets.tsv", 6):
            self._add(self._outlet(row))
        for row in read("officeholders.tsv", 7):
            self.offices.add(row, _kind(row, 3))

    def __iter__(self) -> Iterator[ActorEntry]:
        return iter(self.by_id.values())

    def _add(self, entry: ActorEntry) -> None:
        if entry.id in self.by_id:
            return
        self.by_id[entry.id] = entry
        for name in entry.names:
            self.names.add(name, entry)
        for outlet_key in entry.keys:
            self.keys.setdefault(outlet_key.lower(), entry)

    @staticmethod
    def _actor(row: Row) -> ActorEntry:
        names = row.names(4)
        if not _ID.fullmatch(row[0]):
            row.wrong(f"{row[0]!r} is no id: small letters, digits, - and _")
        if not names:
            row.wrong("the actor has no name")
        local = row.optional(5)
        if local not in {None, "local"}:
            row.wrong(f"the sixth field is {local!r}; it is local or left off")
        return ActorEntry(row[0], _kind(row, 1), _country(row, 2), row[3], names, origin=row.file, local=local is not None)

    @staticmethod
    def _outlet(row: Row) -> ActorEntry:
        return ActorEntry(row[0], "media", _country(row, 2), row[3], row.names(4), row[1], row.names(5), row.file)


def _kind(row: Row, i: int) -> PartyKind:
    if row[i] not in PARTY_KINDS:
        row.wrong(f"{row[i]!r} is no kind of party; it is one of {', '.join(sorted(PARTY_KINDS))}")
    return cast(PartyKind, row[i])


def _country(row: Row, i: int) -> str | None:
    code = row.optional(i)
    if code and not _COUNTRY.fullmatch(code):
        row.wrong(f"{code!r} is no ISO 3166 code of a country; write - where there is none")
    return code
