"""Actors: who a name means, as an id that stays the same and the party it speaks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from takhrij.entities.authority import ActorEntry, Authority
from takhrij.entities.gazetteer import gazetteer
from takhrij.entities.ministries import ministries
from takhrij.entities.nations import nations
from takhrij.entities.parties import Context, Resolved, Resolver
from takhrij.entities.people import name_parts, same_person
from takhrij.entities.romanize import romanize
from takhrij.entities.scan import Scan, scan
from takhrij.entities.setting import setting
from takhrij.records import Article, Party
from takhrij.text.fold import fold
from takhrij.text.tokens import tokenize


class Actors:
    """The authority file and what is made of it. ``files`` are the user's tables, in the form of ``data/actors.tsv``."""

    def __init__(self, files: Iterable[Path] = ()) -> None:
        self._authority = Authority(files)

    def __iter__(self) -> Iterator[ActorEntry]:
        """All known actors, the user's first."""
        return iter(self._authority)

    def lookup(self, name: str) -> ActorEntry | None:
        """The known actor called ``name``, or with that id, or the outlet with that key or domain."""
        found = self._authority.names.get(name)
        if found:
            return found[0]
        return self._authority.by_id.get(name) or self.outlet(name)

    def outlet(self, key: str | None) -> ActorEntry | None:
        """The outlet that calls itself ``key``: a name, a key of a data set, a domain with or without ``www.``."""
        if not key:
            return None
        domain = key.lower().removeprefix("www.")
        found = self._authority.keys.get(domain)
        while found is None and domain.count(".") > 1:
            domain = domain.split(".", 1)[1]
            found = self._authority.keys.get(domain)
        if found:
            return found
        return next((entry for entry in self._authority.names.get(key) if entry.media), None)

    def home(self, article: Article) -> str | None:
        """The country of the article's outlet: known, or told by the end of its domain (``.eg``)."""
        host = (article.url or "").split("//")[-1].split("/")[0].lower()
        entry = self.outlet(article.outlet) or self.outlet(host)
        if entry:
            return None if entry.id in _WORLDWIDE else entry.country
        for name in (host, article.outlet or ""):
            ending = name.rsplit(".", 1)[-1].upper()
            if "." in name and len(ending) == 2 and ending in nations().by_code:
                return "GB" if ending == "UK" else ending
        return None

    def resolver(self, article: Article, found: Scan | None = None) -> Resolver:
        """What resolves the names of one article; ``found`` is a scan of its text, where one is made already."""
        found = found or scan(tokenize(article.text), gazetteer())
        where = setting(found, self.home(article))
        return Resolver(self._authority, Context(where, article.date, _spelled(found), found.tokens))

    def resolved(self, name: str, article: Article) -> Resolved:
        """The actor, the party and the steps from the name to it, for a person to follow."""
        return self.resolver(article).resolve(name)

    def party_of(self, name: str, article: Article) -> tuple[str, Party]:
        """The actor's id and the party that ``name`` speaks for in ``article``."""
        found = self.resolved(name, article)
        return found.actor, found.party

    def english(self, actor: str, party: Party) -> tuple[str, bool]:
        """An English name for an actor, and whether it was made by rule: True for a romanised or composed one."""
        known = self._authority.by_id.get(actor)
        if known:
            return known.english, False
        nation = nations().by_code.get(party.country or "")
        field = actor.partition("/وزاره-")[2].replace("-", " ")
        if nation and actor.endswith("/الحكومه"):
            return f"Government of {nation.english}", True
        if nation and field in ministries():
            return f"Ministry of {ministries()[field]} ({nation.english})", True
        return romanize(party.name), True

    def same(self, one: str, other: str, article: Article | None = None) -> bool:
        """Whether two names mean one actor: by id, or as two forms of one person's name."""
        resolver = self.resolver(article or Article("", f"{one}\n{other}"))
        a, b = resolver.resolve(one), resolver.resolve(other)
        if a.actor == b.actor:
            return True
        people = a.actor.startswith("person/") and b.actor.startswith("person/")
        return people and bool(name_parts(one)) and same_person(a.party.name, b.party.name)


#: Outlets that report from everywhere in Arabic: their own country says nothing about an article's.
_WORLDWIDE = frozenset(
    {"bbcarabic", "cnnarabic", "france24", "rtarabic", "dw", "alhurra", "aljazeera", "skynewsarabia", "alarabiya"}
)


def _spelled(found: Scan) -> tuple[tuple[str, str], ...]:
    """How the article spells each nation's adjective where there are several ways (``أميركي``, ``أمريكي``)."""
    spelled: dict[str, str] = {}
    for i, code in found.adjectives.items():
        options = nations().by_code[code].adjectives
        if len(options) > 1 and code not in spelled:
            form = found.tokens.forms[i].removeprefix("ال")
            match = next((option for option in options if form.startswith(fold(option))), None)
            if match:
                spelled[code] = match
    return tuple(spelled.items())


@cache
def actors() -> Actors:
    """The built-in actors, read once."""
    return Actors()
