"""Where an article is at home: the country of its outlet, and the countries that it speaks of.

A ministry without a nationality is that of the country the text is about; a town whose name several countries share lies
in the one that the text names beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from takhrij.entities.scan import Scan

#: What an outlet's own country weighs against one mention of another country in the text.
HOME_WEIGHT = 2.5
#: Mentions in the headline and the first lines weigh more: this many tokens, this much.
_TOP, _TOP_WEIGHT = 60, 2.0
_ADJECTIVE, _COUNTRY, _PLACE = 1.0, 1.0, 0.8


@dataclass(frozen=True, slots=True)
class Setting:
    """``weights`` says how much an article speaks of each country; ``home`` is the outlet's own, where known."""

    weights: dict[str, float] = field(default_factory=dict)
    home: str | None = None

    @property
    def country(self) -> str | None:
        """The country that an unqualified ministry belongs to, or None where nothing tells."""
        weights = dict(self.weights)
        if self.home:
            weights[self.home] = weights.get(self.home, 0.0) + HOME_WEIGHT
        best = sorted(weights, key=lambda code: (-weights[code], code != self.home))
        if not best or (len(best) > 1 and weights[best[0]] == weights[best[1]] and best[0] != self.home):
            return self.home
        return best[0]

    def share(self, code: str | None) -> float:
        """How much of what the article says of countries falls to ``code``, in 0..1, the outlet's own counted once."""
        if code is None:
            return 0.0
        total = sum(self.weights.values()) + (1.0 if self.home else 0.0)
        return (self.weights.get(code, 0.0) + (self.home == code)) / total if total else 0.0


def setting(found: Scan, home: str | None) -> Setting:
    """Weigh the countries of an article by its adjectives, its countries' names and its certain places."""
    weights: dict[str, float] = {}
    for i, code in found.adjectives.items():
        weights[code] = weights.get(code, 0.0) + _ADJECTIVE * (_TOP_WEIGHT if i < _TOP else 1.0)
    for hit in found.hits:
        codes = {place.country for place in hit.places}
        if len(codes) != 1 or max(place.strength for place in hit.places) < 2:
            continue
        country = codes.pop()
        if country:
            worth = _COUNTRY if hit.places[0].kind == "country" else _PLACE
            weights[country] = weights.get(country, 0.0) + worth * (_TOP_WEIGHT if hit.i < _TOP else 1.0)
    return Setting(weights, home)
