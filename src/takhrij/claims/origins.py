"""How many distinct origins stand behind a claim: two bounds, and for each party the reason why it counts as it does.

The rules are those of ``docs/explanation/claims.md``. Nothing here says that origins are independent: no text can.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from takhrij.claims.chains import lineage
from takhrij.claims.features import words_of
from takhrij.claims.parties import body_key, general
from takhrij.claims.units import Unit
from takhrij.claims.voices import Voice, voice
from takhrij.records import OriginParty, Origins, Reading


@dataclass(frozen=True, slots=True)
class _Seat:
    """One party at the end of a chain, as one report gives it."""

    name: str
    voice: Voice
    told_by: str | None
    text: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What bears on the origins of every claim of one run.

    ``names`` gives each voice its party, ``joint`` those that are two parties speaking as one; ``texts`` gives each article
    the original text that it is a copy of, so that a text which names no source counts once however often it is printed.
    """

    readings: Mapping[str, Reading]
    names: Mapping[Voice, str]
    joint: Mapping[Voice, tuple[Voice, ...]]
    texts: Mapping[str, str]


def origins(members: Sequence[Unit], known: Known) -> Origins:
    """The bounds for the claim that ``members`` carry."""
    seats: dict[str, list[_Seat]] = {}
    seated = [(unit, found) for unit in members if (found := _seats(unit, known))]
    passed_on = _passed_on([unit for unit, _ in seated], known.readings)
    for unit, found in seated:
        for seat in found if (unit.article, unit.attribution) not in passed_on else ():
            seats.setdefault(seat.name, []).append(seat)
    speakers = {
        name: found for name, found in seats.items() if not any(seat.voice.relay or seat.voice.witness for seat in found)
    }
    parties = _spoken(speakers)
    if parties:
        parties += _sourceless([unit for unit in members if _silent(unit.article, seats, known)], members, known)
    if not parties:
        parties = _witnesses(members, known)
    if not parties:
        parties = _own_deeds(members, known.readings, known.names)
    if not parties:
        parties = _relayed({name: found for name, found in seats.items() if name not in speakers})
    if not parties:
        parties = _sourceless(members, [], known)
    return Origins(sum(p.in_min for p in parties), sum(p.in_max for p in parties), tuple(parties))


def _passed_on(members: Sequence[Unit], readings: Mapping[str, Reading]) -> set[tuple[str, int | None]]:
    """The attributions in which another of ``members`` is nested: they tell what somebody else says."""
    found: set[tuple[str, int | None]] = set()
    for unit in members:
        attributions = readings[unit.article].attributions
        index, seen = unit.attribution, set[int]()
        while index is not None and index not in seen:
            seen.add(index)
            inner, index = attributions[index], attributions[index].parent
            if index is not None and attributions[index].speaker != inner.speaker:
                found.add((unit.article, index))
    return found


def _silent(article: str, seats: Mapping[str, Sequence[_Seat]], known: Known) -> bool:
    """Whether nobody who can be the claim's source speaks in ``article``: no party of the claim, no body, no official."""
    for attribution in known.readings[article].attributions:
        who = voice(attribution)
        if who is not None and (known.names[who] in seats or who.kind not in ("person", "crowd", "media")):
            return False
    return True


def _seats(unit: Unit, known: Known) -> list[_Seat]:
    if unit.attribution is None:
        return []
    line = lineage(known.readings[unit.article].attributions, unit.attribution)
    who = voice(line[-1])
    if who is None or (who.kind == "document" and len(line) > 1):  # a paper that somebody quotes is part of his words
        return []
    if who.kind == "document" and _somebodys(unit, known.readings[unit.article]):
        return []
    tellers = [teller for a in line[:-1] if (teller := voice(a)) is not None and not teller.relay]
    told_by = known.names[tellers[-1]] if tellers and known.names[tellers[-1]] != known.names[who] else None
    text = known.texts.get(unit.article, unit.article)
    return [_Seat(known.names[one], one, told_by, text, unit.article) for one in known.joint.get(who, (who,))]


def _somebodys(unit: Unit, reading: Reading) -> bool:
    """Whether a named party says it in the same words as the text does: ``the authority says, by measurements it made``."""
    for index, other in enumerate(reading.attributions):
        who = voice(other) if index != unit.attribution and unit.span in other.content else None
        if who is not None and who.named and not who.relay:
            return True
    return False


def _spoken(seats: Mapping[str, Sequence[_Seat]]) -> list[OriginParty]:
    found = []
    counted: dict[str, str] = {}
    organs = {v.country: name for name, seat in seats.items() if (v := seat[0].voice).kind == "state_body" and not general(v)}
    for name in sorted(seats, key=lambda n: (not seats[n][0].voice.named, n)):
        retold = {seat.text for seat in seats[name] if seat.told_by is not None}  # one text, read in two ways
        first_hand = [seat for seat in seats[name] if seat.told_by is None and seat.text not in retold]
        told = [seat for seat in seats[name] if seat.told_by is not None]
        seat = (first_hand or told or seats[name])[0]
        if general(seat.voice) and seat.voice.country in organs:
            found.append(_at_large(seat, organs[seat.voice.country]))
        elif not first_hand and _part_of_the_tellers(seat, seats):
            found.append(_quoted(seat))
        elif not first_hand:
            found.append(_hearsay(seat))
        elif not seat.voice.named:
            found.append(_unnamed(seat))
        else:
            body = body_key(seat.voice, name)
            found.append(_named(seat, counted.get(body)))
            counted.setdefault(body, name)
    return found


def _named(seat: _Seat, same_body_as: str | None) -> OriginParty:
    if same_body_as is None:
        why, why_ar = "named, speaks at first hand", "جهة مسمّاة تتحدث مباشرة"
    else:
        why = f"named, but of the same state or body as {same_body_as}: counts in the maximum only"
        why_ar = f"جهة مسمّاة، لكنها من الدولة أو الهيئة نفسها مع {same_body_as}: تُحسب في الحد الأعلى فقط"
    return OriginParty(seat.name, seat.voice.actor, True, same_body_as is None, None, True, why, why_ar)


def _at_large(seat: _Seat, organ: str) -> OriginParty:
    why = f"the state named at large: its organ {organ} is what speaks, and counts"
    why_ar = f"تسمية عامة للدولة: المتحدث هو {organ} وهو المحسوب"
    return OriginParty(seat.name, seat.voice.actor, True, False, None, False, why, why_ar)


def _unnamed(seat: _Seat) -> OriginParty:
    why = "a source that is described but not named: 0 in the minimum, 1 in the maximum"
    return OriginParty(
        seat.name, seat.voice.actor, False, False, None, True, why, "مصدر موصوف غير مسمّى: صفر في الحد الأدنى وواحد في الأعلى"
    )


def _hearsay(seat: _Seat) -> OriginParty:
    return OriginParty(
        seat.name, seat.voice.actor, seat.voice.named, False, seat.told_by, True,
        f"known only from what {seat.told_by} says: 0 in the minimum, 1 in the maximum",
        f"لا يُعرف قوله إلا مما ترويه {seat.told_by}: صفر في الحد الأدنى وواحد في الأعلى",
    )  # fmt: skip


def _witnesses(members: Sequence[Unit], known: Known) -> list[OriginParty]:
    """Reporters who tell what they saw, in the articles that carry the claim."""
    found: dict[str, Voice] = {}
    for unit in members:
        for attribution in known.readings[unit.article].attributions:
            who = voice(attribution)
            if who is not None and who.witness:
                found[who.speaker] = who
    why, why_ar = "a reporter's own witnessing, said to be so", "معاينة المراسل بنفسه كما يذكر الخبر"
    return [OriginParty(name, found[name].actor, True, True, None, True, why, why_ar) for name in sorted(found)[:1]]


def _part_of_the_tellers(seat: _Seat, seats: Mapping[str, Sequence[_Seat]]) -> bool:
    """Whether who tells it says it himself in more articles than name this source: a piece of his words, read apart."""
    own = {one.article for one in seats.get(seat.told_by or "", ()) if one.told_by is None}
    return len(own) > len({one.article for one in seats[seat.name]})


def _quoted(seat: _Seat) -> OriginParty:
    return OriginParty(
        seat.name, seat.voice.actor, seat.voice.named, False, seat.told_by, False,
        f"named only within what {seat.told_by} says itself, which counts",
        f"لا تُذكر إلا ضمن كلام {seat.told_by} وهو المحسوب",
    )  # fmt: skip


def _own_deeds(members: Sequence[Unit], readings: Mapping[str, Reading], names: Mapping[Voice, str]) -> list[OriginParty]:
    """Bodies whose own deed or decree the outlets report, and who speak elsewhere in the same article."""
    found: dict[str, Voice] = {}
    for unit in members:
        for attribution in readings[unit.article].attributions:
            who = voice(attribution)
            if who is not None and unit.attribution is None and who.acts_in(words_of(unit.view.content)):
                found[names[who]] = who
    why = "its own deed or announcement, in an article in which it speaks"
    why_ar = "فعلها أو إعلانها هي، في مادة تتحدث فيها"
    return [OriginParty(name, found[name].actor, True, True, None, True, why, why_ar) for name in sorted(found)[:1]]


def _relayed(seats: Mapping[str, Sequence[_Seat]]) -> list[OriginParty]:
    """Agencies and outlets that tell it and name no source."""
    why = "an agency or outlet that gives no source: 0 in the minimum, 1 in the maximum"
    why_ar = "وكالة أو وسيلة إعلام لا تذكر مصدراً: صفر في الحد الأدنى وواحد في الأعلى"
    return [OriginParty(name, seats[name][0].voice.actor, True, False, None, True, why, why_ar) for name in sorted(seats)]


def _sourceless(bare: Sequence[Unit], members: Sequence[Unit], known: Known) -> list[OriginParty]:
    """The original texts that assert it without a source, by outlet; a text that one of ``members`` attributes has one."""
    why = "an original text that gives no source: 0 in the minimum, 1 in the maximum"
    why_ar = "نص أصلي لا يذكر مصدراً: صفر في الحد الأدنى وواحد في الأعلى"
    sourced = {known.texts.get(unit.article, unit.article) for unit in members if unit.attribution is not None}
    texts = {known.texts.get(unit.article, unit.article) for unit in bare if unit.attribution is None} - sourced
    outlets = sorted((known.readings[key].article.outlet if key in known.readings else None) or key for key in texts)
    return [OriginParty(name, None, False, False, None, True, why, why_ar) for name in outlets]
