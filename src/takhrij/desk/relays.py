"""What an outlet takes over from others, and how often it says so."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from takhrij.desk.desk import Desk
from takhrij.ledger import Filters
from takhrij.ledger.words import name_key

#: Copies of one outlet that are looked into, and latest articles whose credits are counted, at most.
_MOST_COPIES, _LATEST = 400, 200


@dataclass(frozen=True, slots=True)
class Relay:
    """Articles that an outlet has from another: how many name it, name somebody else, and name nobody."""

    outlet: str
    naming: int
    naming_other: int
    naming_nobody: int

    @property
    def articles(self) -> int:
        """How many there are."""
        return self.naming + self.naming_other + self.naming_nobody


def relays(desk: Desk, name: str) -> list[Relay]:
    """From whom an outlet has its copies, by sets of copies whose first article is another outlet's; most first."""
    outlets = desk.kept("outlet of each article", desk.views.outlet_of_each)
    pairs = [
        (article, str(copy.first))
        for copy in desk.copies.all()
        if copy.first is not None and outlets.get(copy.first) not in (None, name)
        for article in copy.ids
        if article != copy.first and outlets.get(article) == name
    ][-_MOST_COPIES:]
    articles = desk.views.articles_by_id(article for article, _ in pairs)
    count: dict[str, Counter[str]] = {}
    for article, first in pairs:
        credit = articles[article].credit if article in articles else None
        count.setdefault(outlets[first], Counter())[_naming(credit, outlets[first])] += 1
    found = [Relay(outlet, c["it"], c["other"], c["nobody"]) for outlet, c in count.items()]
    return sorted(found, key=lambda relay: (-relay.articles, relay.outlet))


def credits(desk: Desk, name: str) -> tuple[tuple[str, int], ...]:
    """Whom an outlet's latest articles credit, the most often first."""
    hits = desk.views.search("", Filters(outlet=name), limit=_LATEST).hits
    count: Counter[str] = Counter()
    for article in desk.views.articles_by_id(hit.id for hit in hits).values():
        count.update({part.strip() for part in (article.credit or "").split(";") if part.strip()})
    return tuple(count.most_common(20))


def _naming(credit: str | None, outlet: str) -> str:
    named = [name_key(part) for part in (credit or "").split(";") if part.strip()]
    key = name_key(outlet)
    if any(key in one or one in key for one in named if one.strip()):
        return "it"
    return "other" if named else "nobody"
