"""What every way of resolving a name needs: known actors, states, people in office, and the article's context."""

from __future__ import annotations

from dataclasses import dataclass

from takhrij.entities.authority import ActorEntry, Authority
from takhrij.entities.bodynames import body_id
from takhrij.entities.gazetteer import gazetteer
from takhrij.entities.lexicon import bare_forms
from takhrij.entities.nations import Nation, nations
from takhrij.entities.setting import Setting
from takhrij.records import Party, PartyKind
from takhrij.text.tokens import Tokens

_FEMININE = ("ة", "ه", "ى")


@dataclass(frozen=True, slots=True)
class Context:
    """What the article tells about its speakers: its setting, its day, its words, how it spells adjectives of nationality."""

    setting: Setting
    day: str | None = None
    spelled: tuple[tuple[str, str], ...] = ()
    tokens: Tokens | None = None

    def adjective(self, nation: Nation) -> str | None:
        """The spelling of the nation's adjective (masculine, without article) that the article uses."""
        return dict(self.spelled).get(nation.code)


@dataclass(frozen=True, slots=True)
class Resolved:
    """An actor's id, its party, and the steps that led there."""

    actor: str
    party: Party
    why: tuple[str, ...]


class KnownResolver:
    """Resolves what tables know: actors by name, governments, ministries of a country, those in office on a day."""

    def __init__(self, authority: Authority, context: Context) -> None:
        self.authority = authority
        self.context = context

    def _match(self, forms: list[str], i: int, first: str | None = None) -> tuple[int, list[ActorEntry]] | None:
        """The known actors at token ``i``, those left out that are known by the name only in another country."""
        hit = self.authority.names.match(forms, i, first)
        if hit is None or not any(entry.local for entry in hit[1]):
            return hit
        follower = nations().adjective_at(forms, i + hit[0]) if i + hit[0] < len(forms) else None
        where = follower or self.context.setting.country
        here = [entry for entry in hit[1] if not entry.local or entry.country == where]
        return (hit[0], here) if here else None

    def _near(self, codes: list[str]) -> str:
        return max(codes, key=self.context.setting.share)

    def _choose(self, entries: list[ActorEntry]) -> ActorEntry:
        return max(entries, key=lambda entry: self.context.setting.share(entry.country))

    def _entry(self, entry: ActorEntry, why: tuple[str, ...] = ()) -> Resolved:
        country = entry.country or (self.context.setting.country if entry.kind == "state_body" else None)
        label = self._spell(entry.names[0], nations().by_code.get(entry.country or ""))
        return Resolved(entry.id, Party(label, entry.kind, country), (*why, f"known actor ({entry.origin})"))

    def _spell(self, label: str, nation: Nation | None) -> str:
        """``label`` with the nation's adjective spelled as the article spells it."""
        spelled = self.context.adjective(nation) if nation else None
        if nation is None or spelled is None or spelled == nation.adjectives[0]:
            return label
        label = label.replace(nation.feminine(), nation.feminine(spelled))
        return label.replace(nation.masculine(), nation.masculine(spelled))

    def _office(self, name: str, why: tuple[str, ...]) -> Resolved | None:
        term = self.authority.offices.find(name, self.context.day)
        if term is None:
            return None
        party = term.party
        label = self._spell(party.name, nations().by_code.get(party.country or ""))
        entry = next(iter(self.authority.names.get(party.name)), None)
        actor = entry.id if entry else body_id(party.name, party.country)
        steps = (*why, f"in office on {self.context.day or 'the last day known'} ({term.english})")
        return Resolved(actor, Party(label, party.kind, party.country), steps)

    def _government(self, nation: Nation, why: str) -> Resolved:
        actor = f"{nation.code}/الحكومه"
        if not nation.adjectives:
            return Resolved(actor, Party(nation.names[0], "state_body", nation.code), (why,))
        name = f"الحكومة {nation.feminine(self.context.adjective(nation))}"
        known = next((entry for entry in self.authority.names.get(name) if entry.country == nation.code), None)
        if known is not None:
            actor = known.id
        return Resolved(actor, Party(name, "state_body", nation.code), (why,))

    def _state_body(self, name: str, code: str | None, why: tuple[str, ...]) -> Resolved:
        """A ministry or the like, with the nationality of ``code`` or else of the country that the article is about."""
        if code is None:
            code, why = self.context.setting.country, (*why, "of the country that the article is about")
        nation = nations().by_code.get(code or "")
        label = name
        if nation and nation.adjectives:
            adjective = self.context.adjective(nation)
            feminine = name.split()[0].endswith(_FEMININE)
            label = f"{name} {nation.feminine(adjective) if feminine else nation.masculine(adjective)}"
        entry = next((e for e in self.authority.names.get(label) if e.country in {None, code}), None)
        return Resolved(entry.id if entry else body_id(name, code), Party(label, "state_body", code), why)

    def _place_in(self, forms: list[str], start: int, end: int) -> str | None:
        """The country of the first certain place among the tokens that lies in one country only: ``شرطة لندن``."""
        for i in range(start, end):
            for _, _, rest in bare_forms(forms[i]):
                hit = gazetteer().names.match(forms, i, rest)
                countries = (
                    {place.country for place in hit[1]} if hit and max(place.strength for place in hit[1]) == 2 else set()
                )
                if len(countries) == 1:
                    return countries.pop()
        return None

    def _named(self, name: str, kind: PartyKind, country: str | None, why: tuple[str, ...]) -> Resolved:
        return Resolved(body_id(name, country), Party(name, kind, country), why)

    def _nation_in(self, forms: list[str], start: int, end: int) -> str | None:
        """The country of the first adjective or name of a country among the tokens."""
        for i in range(start, end):
            code = nations().adjective_at(forms, i)
            if code:
                return code
            for _, _, rest in bare_forms(forms[i]):
                hit = nations().names.match(forms, i, rest)
                if hit:
                    return self._near(hit[1])
        return None
