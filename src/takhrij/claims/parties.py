"""Parties over all articles: which names are one party, and which parties are one for the lower bound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

import simplemma

from takhrij.claims.alignment import align
from takhrij.claims.lexicon import number_words, rows
from takhrij.claims.stems import stem
from takhrij.claims.words import Word, content_words
from takhrij.records import Attribution, Party, PartyKind, Reading
from takhrij.text.fold import fold


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in one attribution, as far as it can be told there."""

    name: str
    actor: str | None
    kind: PartyKind
    country: str | None
    speaker: str = ""

    @property
    def named(self) -> bool:
        """Whether it has a name, or is a description only (``a security source``)."""
        return self.kind not in ("unnamed", "crowd", "document")

    @property
    def relay(self) -> bool:
        """Whether it passes on what others say: an agency, a paper, a broadcaster."""
        return self.kind == "media"

    def acts_in(self, words: Sequence[Word]) -> bool:
        """Whether ``words`` name this party whole, as a report of its own deed or decree does."""
        return (
            self.named
            and not self.relay
            and self.kind != "person"
            and len(core(self.name)) > 1
            and _stands_in(core(self.name), words)
        )


def voice(attribution: Attribution) -> Voice | None:
    """The voice of ``attribution``, or None where nobody is known to speak."""
    party, speaker = attribution.party, (attribution.speaker or "").strip()
    if speaker and fold(speaker.split()[0]) in _ADJUNCTS:  # an adjunct taken for a name tells nobody
        return None
    if party is not None and party.kind != "media" and speaker and _kind(speaker) == "unnamed":
        return Voice(speaker, None, "unnamed", party.country, speaker)  # a source in a ministry is not the ministry
    if party is not None and party.kind in ("person", "other", "company") and "media" in (_kind(party.name), _kind(speaker)):
        return Voice(party.name, attribution.actor, "media", party.country, speaker)  # a paper by its head word
    if party is not None:
        kind = "unnamed" if party.kind in ("person", "other", "document") and _kind(party.name) == "unnamed" else party.kind
        return Voice(party.name, attribution.actor, kind, party.country, speaker)
    if not speaker:
        return None
    return Voice(speaker, attribution.actor, _kind(speaker), None, speaker)


#: Prepositions that begin an adjunct.
_ADJUNCTS = frozenset({"في", "علي", "عبر", "خلال", "لدي", "من", "الي", "ان", "عن", "بعد", "قبل", "امس", "اليوم"})


#: Words between a source and the epithet that a paper gives it: ``sources that it described as informed``.
_DESCRIBED = frozenset({"وصفتها", "وصفها", "وصفتهم", "وصفهم", "تصفها", "يصفها", "سمتها", "سماها", "اسمتها"})


@cache
def _unnamed() -> frozenset[str]:
    return frozenset(fold(row[0]) for row in rows("unnamed.tsv"))


@cache
def _media() -> Mapping[str, str]:
    return {fold(word): kind for word, kind in rows("media.tsv")}


def _kind(name: str) -> PartyKind:
    forms = [form for form in fold(name).split() if form not in number_words()]
    first = forms[0].removeprefix("ال") if forms else ""
    if any(form.strip('«»"“”()') in _media() for form in forms[:2]):
        return "media"
    return "unnamed" if first in _unnamed() and not _has_name(forms[1:]) else "other"


def _has_name(forms: Sequence[str]) -> bool:
    """Whether two words in a row are unknown to the lemma list, as a person's names mostly are."""
    unknown = [not _known(form) for form in forms]
    return any(a and b for a, b in pairwise(unknown))


def media_kind(name: str) -> str:
    """``agency`` or ``paper``, for a name that is one of the two."""
    return next((kind for form in fold(name).split() if (kind := _media().get(form.strip('«»"“”()')))), "paper")


def relaying(reading: Reading, outlets: Set[str]) -> Reading:
    """``reading`` with the speakers that bear the name of one of ``outlets``, folded, known for media."""
    if not any(_is_outlet(a, outlets) for a in reading.attributions):
        return reading
    attributions = (replace(a, party=_as_media(a)) if _is_outlet(a, outlets) else a for a in reading.attributions)
    return replace(reading, attributions=tuple(attributions))


def _is_outlet(attribution: Attribution, outlets: Set[str]) -> bool:
    names = (attribution.speaker, attribution.party.name if attribution.party else None)
    return any(outlet_key(name) in outlets for name in names if name)


def outlet_key(name: str) -> str:
    """The name of an outlet as it is compared: folded, without quotation marks."""
    return fold(name.translate(_NO_QUOTES)).strip()


_NO_QUOTES = str.maketrans("", "", "«»\"“”'()")


def _as_media(attribution: Attribution) -> Party:
    given = attribution.party or Party(attribution.speaker or "", "media")
    return replace(given, kind="media")


def together(voices: Iterable[Voice]) -> dict[Voice, tuple[Voice, ...]]:
    """From each voice that is two parties speaking as one (``the authority and a team of the university``) to the two.

    Only where both halves are known to speak elsewhere: ``the ministry of health and population`` is one body.
    """
    ordered = sorted(set(voices), key=lambda v: (v.name, v.actor or "", v.kind, v.speaker))
    by_name: dict[frozenset[str], Voice] = {}
    for one in ordered:
        if one.named:
            by_name.setdefault(_stems(one.name), one)
    return {one: halves for one in ordered if (halves := _halves(one, by_name))}


def _halves(one: Voice, by_name: Mapping[frozenset[str], Voice]) -> tuple[Voice, ...]:
    forms = (one.speaker or one.name).split()
    for at, form in enumerate(forms):
        if at and form.startswith("و") and len(form) > 2:
            first = by_name.get(_stems(" ".join(forms[:at])))
            rest = content_words(" ".join([form[1:], *forms[at + 1 :]]))
            if first is None or first == one or len(rest) < _HALF:
                continue
            second = [v for v in by_name.values() if v not in (one, first) and _stands_in(rest, content_words(v.name))]
            if second:
                return first, min(second, key=lambda v: (len(v.name), v.name))
    return ()


#: The fewest content words by which the second of two speakers is recognised.
_HALF = 2


def same_party(voices: Iterable[Voice]) -> dict[Voice, str]:
    """From each voice to the fullest name of the party that it is; one that is two together goes by the first.

    One actor id is one party. Names are one party where every word of the shorter stands in the longer and the shorter
    is no bare class word (``the ministry``). Unnamed voices are one where their descriptions hold the same words.
    """
    spoken = set(voices)
    joint = together(spoken)
    ordered = sorted(
        spoken - set(joint),
        key=lambda v: (v.kind == "person", -len({w.stem for w in core(v.name)}), v.name, v.actor or "", v.kind, v.speaker),
    )
    heads: list[Voice] = []
    found: dict[Voice, str] = {}
    for one in ordered:
        head = next((head for head in heads if _one(head, one)), None)
        if head is None:
            heads.append(one)
        found[one] = (head or one).name
    return found | {one: found[halves[0]] for one, halves in joint.items()}


def _one(fuller: Voice, shorter: Voice) -> bool:
    if fuller.actor and fuller.actor == shorter.actor:
        return True
    if fuller.named != shorter.named or (fuller.country and shorter.country and fuller.country != shorter.country):
        return False
    short = core(shorter.name)
    if not short:
        return fuller.name == shorter.name
    if not shorter.named:
        return _stands_in(short, core(fuller.name)) and _stands_in(core(fuller.name), short)
    if len(short) == 1 and not _is_name(short):
        return _stands_in(short, core(fuller.name)) and len(core(fuller.name)) == 1
    return _stands_in(short, core(fuller.name)) or (len(short) > 1 and _stands_in(short, content_words(fuller.speaker)))


@lru_cache(maxsize=20_000)
def core(name: str) -> tuple[Word, ...]:
    """The words of a name up to its first adjunct: where, to whom, through what are no part of who somebody is."""
    forms = [form for form in name.split() if fold(form) not in _DESCRIBED]
    end = next((i for i, form in enumerate(forms) if i and fold(form) in _ADJUNCTS), len(forms))
    end = next((i for i, form in enumerate(forms[:end]) if i and fold(form).startswith("لل")), end)
    return content_words(" ".join(forms[:end]))


def _stands_in(words: Sequence[Word], others: Sequence[Word]) -> bool:
    return bool(others) and all(align(words, others).met)


def _stems(name: str) -> frozenset[str]:
    return frozenset(word.stem for word in content_words(name))


def _is_name(words: Sequence[Word]) -> bool:
    return any(not _known(word.text) for word in words)


def full_names(voices: Iterable[Voice], names: Mapping[Voice, str]) -> dict[str, str]:
    """From each party to its name with the fullest name of who speaks for it: ``the ministry (its spokesman so-and-so)``."""
    found: dict[str, list[str]] = {}
    for one in voices:
        if one.named and one.speaker and not _stands_in(core(one.speaker), content_words(names[one])):
            found.setdefault(names[one], []).append(one.speaker)
    best = {name: min(speakers, key=lambda s: (-len(content_words(s)), s)) for name, speakers in found.items()}
    return {name: f"{name} ({best[name]})" if name in best else name for name in set(names.values())}


def general(one: Voice) -> bool:
    """Whether the name is that of a state's authorities at large (``the government``), which an organ's name makes exact."""
    words = core(one.name)
    return one.kind == "state_body" and any(word.stem in _general() for word in words[:1]) and len(words) <= 2


@cache
def _general() -> frozenset[str]:
    return frozenset(stem(word) for word in ("حكومة", "سلطات", "سلطة", "دولة"))


def body_key(one: Voice, name: str) -> str:
    """What a party counts under in the lower bound: the state for its bodies, otherwise itself.

    Organs of one state count once, since they share what they know; so do officials who speak for one movement, whom the
    entities stage already gives the movement as their party.
    """
    if one.country and one.kind == "state_body":
        return f"state:{one.country}"
    return f"party:{name}"


def _known(form: str) -> bool:
    bare = form.removeprefix("ال")
    return not bare or bool(simplemma.is_known(bare, lang="ar"))
