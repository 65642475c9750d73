"""Who denies a claim, and how much of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from takhrij.claims.disputes import names_speech, scope_of
from takhrij.claims.parties import general, inside, shares_a_word, shown_names
from takhrij.claims.units import Key, Unit
from takhrij.claims.voices import Voice, voice
from takhrij.records import Denial, DenialScope, Reading

#: A denial that takes up so much of a claim's words denies the whole of it; less, a part.
_WHOLE = 0.5


def denials(members: Sequence[Unit], covers: Mapping[int, float], names: Mapping[Key, str | None]) -> tuple[Denial, ...]:
    """The denials that ``members`` are, one a party and article. ``covers`` holds how much of the claim each takes up.

    ``names`` gives the denying party of each unit by its key; units that it lacks deny nothing. A party that denies the whole
    in one article denies it in all: elsewhere less of the denial is told, not less denied. Who denies in an article in which
    nobody is named for it is told only where the whole is denied and no other denial of the claim stands in that article.
    """
    found: dict[tuple[str, str], Denial] = {}
    for at, unit in enumerate(members):
        if unit.attribution is None or unit.key not in names:
            continue
        said = scope_of(unit.view.content)
        scope: DenialScope = said or ("whole" if covers.get(at, 1.0) >= _WHOLE else "part")
        party = names[unit.key]
        if party is None and scope != "whole":
            continue
        key = (party or "", unit.article)
        if key not in found or _RANK[scope] < _RANK[found[key].scope]:
            found[key] = Denial(party, scope, unit.article, unit.attribution)
    told = {article for party, article in found if party}
    found = {key: denial for key, denial in found.items() if denial.party or denial.article not in told}
    entire = {party for (party, _), denial in found.items() if denial.scope == "whole"}
    return tuple(
        replace(found[key], scope="whole") if key[0] in entire and found[key].scope == "part" else found[key]
        for key in sorted(found)
    )


_RANK: Mapping[DenialScope, int] = {"whole": 0, "part": 1, "framing": 2}


def deniers(denied: Sequence[Unit], readings: Mapping[str, Reading], names: Mapping[Voice, str]) -> dict[Key, str | None]:
    """The name under which the denial of each unit is shown, by the unit's key; None where nobody is known to deny.

    A source in a body goes by the body where that denies too, a state at large by its organ that does, and who is only
    described in a headline by whom the text below names. A paper denies nothing by itself: what it denies is that it said so,
    or its headline was misread. Nor does a text that somebody reads from (``a report denies it``).
    """
    speaking = {unit.key: who for unit in denied if (who := _voice(unit, readings)) is None or _can_deny(who)}
    meant = {key: _in_full(key, speaking, readings) for key in speaking}
    voices = [who for who in meant.values() if who is not None]
    bodies = {one for one in voices if one.named and not general(one)}
    organs = _organs(voices)
    within = {who: organs.get(who) or (None if who.named else inside(who, bodies)) or who for who in set(voices)}
    shown = shown_names(within.values(), names)
    return {key: shown[names[within[who]]] if who is not None else None for key, who in meant.items()}


def _can_deny(who: Voice) -> bool:
    return not who.relay and not names_speech(who.name)


def _voice(unit: Unit, readings: Mapping[str, Reading]) -> Voice | None:
    return None if unit.attribution is None else voice(readings[unit.article].attributions[unit.attribution])


def _organs(voices: Sequence[Voice]) -> dict[Voice, Voice]:
    """From a state at large to its organ that denies most often."""
    bodies: dict[str, list[Voice]] = {}
    for one in voices:
        if one.kind == "state_body" and one.country and not general(one):
            bodies.setdefault(one.country, []).append(one)
    found = {}
    for one in set(voices):
        here = bodies.get(one.country or "", []) if general(one) else []
        if here:
            found[one] = min(here, key=lambda v: (-sum(v.name == other.name for other in here), v.name, v.speaker))
    return found


def _in_full(key: Key, speaking: Mapping[Key, Voice | None], readings: Mapping[str, Reading]) -> Voice | None:
    """Who speaks in a unit: in a headline that names nobody, whoever denies in the text below and may be meant."""
    who, article = speaking[key], key[0]
    headline = len(readings[article].article.text.split("\n", 1)[0])
    if who is None or who.named or key[1] >= headline:
        return who
    below = [v for k, v in sorted(speaking.items()) if k[0] == article and k[1] >= headline and v is not None]
    return next((other for other in below if shares_a_word(who.name, other.name, other.speaker)), who)
