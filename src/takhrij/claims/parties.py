"""Parties over all articles: which names are one party, and which parties are one for the lower bound."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from takhrij.claims.alignment import align
from takhrij.claims.lexicon import nations, synonyms
from takhrij.claims.stems import root, stem
from takhrij.claims.voices import Voice, core, description_words, known, person_words, stands_in
from takhrij.claims.words import Word, content_words
from takhrij.text.fold import fold


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
            second = [v for v in by_name.values() if v not in (one, first) and stands_in(rest, content_words(v.name))]
            if second:
                return first, min(second, key=lambda v: (len(v.name), v.name))
    return ()


_LETTERS = re.compile(r"\w+")
#: Marks at which a person's name ends.
_PARTS = re.compile(r"[،,؛:()\-–]")
_SON = frozenset({"بن", "ابن", "بنت"})
_LONGEST_NAME = 5
#: Letters in which spellings of one name begin alike.
_SPELT = 2
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
    heads = _Heads()
    found: dict[Voice, str] = {}
    people: dict[tuple[str, str], list[Voice]] = {}
    for one in ordered:
        name = _own_name(one)
        keys = sorted({(name[0], name[-1]), (name[0], name[1])}) if len(name) >= _HALF else []
        person = next((other for key in keys for other in people.get(key, ()) if _one_person(other, one)), None)
        head = None if person is not None else next((head for head in heads.near(one) if _one(head, one)), None)
        if person is None and head is None:
            heads.add(one)
        found[one] = found[person] if person is not None else (head or one).name
        for key in keys:
            people.setdefault(key, []).append(one)
    return found | {one: found[halves[0]] for one, halves in joint.items()}


class _Heads:
    """The fullest voice of each party, found by actor, by name, and by any way to meet a word of its name or its speaker's."""

    def __init__(self) -> None:
        self._voices: list[Voice] = []
        self._at: dict[str, list[int]] = {}

    def add(self, one: Voice) -> None:
        """Take in the voice of another party."""
        words = (*core(one.name), *content_words(one.speaker))
        for key in {f"actor {one.actor}", f"name {one.name}", *(key for word in words for key in _meetings(word))}:
            self._at.setdefault(key, []).append(len(self._voices))
        self._voices.append(one)

    def near(self, one: Voice) -> Iterator[Voice]:
        """The voices that may be of the party of ``one``, in the order in which they came: such as can meet its first word."""
        keys = {f"actor {one.actor}"} if one.actor else set()
        words = core(one.name)
        keys |= _meetings(words[0]) if words else {f"name {one.name}"}
        positions = {at for key in keys for at in self._at.get(key, ())}
        return (self._voices[at] for at in sorted(positions))


def _meetings(word: Word) -> set[str]:
    """Keys of which two words share one wherever the one may meet the other: a stem, a root, a synonym, a like spelling."""
    found = {f"stem {stem}" for stem in word.stems}
    found |= {f"root {bones}" for stem in word.stems if (bones := root(stem))}
    found |= {f"group {group}" for stem in word.stems for group in synonyms().get(stem, ())}
    return found | {f"spelt {stem[:_SPELT]}" for stem in word.stems if len(stem) > _SPELT}


def _one(fuller: Voice, shorter: Voice) -> bool:
    if fuller.actor and fuller.actor == shorter.actor:
        return True
    if fuller.named != shorter.named or (fuller.country and shorter.country and fuller.country != shorter.country):
        return False
    if general(shorter) and not general(fuller):  # the government is not the prime minister's office
        return False
    short = core(shorter.name)
    if not short:
        return fuller.name == shorter.name
    if not shorter.named:
        return stands_in(short, core(fuller.name)) and stands_in(core(fuller.name), short)
    if len(short) == 1 and not _is_name(short):
        return stands_in(short, core(fuller.name)) and len(core(fuller.name)) == 1
    return stands_in(short, core(fuller.name)) or (len(short) > 1 and stands_in(short, content_words(fuller.speaker)))


def _one_person(a: Voice, b: Voice) -> bool:
    """Whether one man speaks, named with an office in one place and without it or with another in the other.

    Two men may share their first two names, and each head a ministry: two state bodies are never brought together so.
    """
    bodies = [voice for voice in (a, b) if voice.kind != "person"]
    if not a.named or not b.named or a.relay or b.relay or sum(voice.kind == "state_body" for voice in bodies) > 1:
        return False
    first, second = (_own_name(voice) for voice in (a, b))
    if min(len(first), len(second)) < _HALF:
        return False
    if len(bodies) < _HALF:  # without his office: first name and surname
        return first[0] == second[0] and first[-1] == second[-1] and not known(first[-1])
    return first[:_HALF] == second[:_HALF]


@lru_cache(maxsize=20_000)
def _own_name(voice: Voice) -> tuple[str, ...]:
    """The folded words of the person's own name in the words for who speaks, titles and offices left out; empty for none."""
    forms = list(_LETTERS.findall(fold(_PARTS.split(voice.speaker)[0])))
    if any(form.removeprefix("ال") in person_words("office") for form in forms[:1]):
        forms = _after_office(voice)
    while forms and forms[0] in person_words("title"):
        forms = forms[1:]
    end = next((i for i, form in enumerate(forms) if form.removeprefix("ال") in person_words("office")), len(forms))
    return tuple(form for form in forms[:end] if form not in _SON)[:_LONGEST_NAME]


def _after_office(voice: Voice) -> list[str]:
    """The words after an office that are no part of the body's name: ``وزير النقل اليمني بدر ...``."""
    forms = _LETTERS.findall(fold(voice.speaker))
    party = {stem for word in content_words(voice.name) for stem in word.stems}
    at = len(forms)
    while at and not (stem(forms[at - 1]) in party or forms[at - 1] in person_words("title")):
        at -= 1
    left = forms[at:]
    return (
        left if len(left) < len(forms) and not any(form.removeprefix("ال") in person_words("office") for form in left) else []
    )


def _stems(name: str) -> frozenset[str]:
    return frozenset(word.stem for word in content_words(name))


def _is_name(words: Sequence[Word]) -> bool:
    return any(not known(word.text) for word in words)


def shown_names(voices: Iterable[Voice], names: Mapping[Voice, str]) -> dict[str, str]:
    """From each party to its name as the articles write it, with the fullest name of who speaks for it, where somebody does:
    ``the ministry (its spokesman so-and-so)``.
    """
    own: dict[str, list[str]] = {}
    spokesmen: dict[str, list[str]] = {}
    for one in voices:
        if one.named and one.speaker and fold(one.speaker).startswith(fold(names[one]) + " "):
            own.setdefault(names[one], []).append(names[one])  # the body itself, whatever more was taken for its name
        elif one.named and one.speaker:
            within = stands_in(core(one.speaker), content_words(names[one]))
            (own if within else spokesmen).setdefault(names[one], []).append(one.speaker)
    found = {}
    for name in {names[one] for one in voices}:
        written = _fullest(own[name]) if name in own and name not in spokesmen else name
        speaker = _fullest(spokesmen[name]) if name in spokesmen else ""
        if not speaker:
            found[name] = written
        else:
            holds = stands_in(content_words(name), content_words(speaker))
            found[name] = speaker if holds else f"{written} ({speaker})"
    return found


def _fullest(names: Iterable[str]) -> str:
    return min(names, key=lambda name: (-len(content_words(name)), name))


def inside(described: Voice, bodies: Iterable[Voice]) -> Voice | None:
    """The one of ``bodies`` that an unnamed source is described as part of: ``a source in the ministry``; the fullest name."""
    words = content_words(described.name)
    within = []
    for body in bodies:
        own = [word for word in content_words(body.name) if not word.stems & nations().keys()]
        if body.named and body.kind != "person" and len(own) > 1 and stands_in(own, words):
            within.append(body)
    return min(within, key=lambda body: (-len(content_words(body.name)), body.name, body.speaker), default=None)


def shares_a_word(name: str, *others: str) -> bool:
    """Whether ``name`` has a word of one of ``others`` besides the words of descriptions: ``a source in the council``."""
    words = [word for word in content_words(name) if word.form.removeprefix("ال") not in description_words()]
    return any(align(words, content_words(other)).coverage > 0 for other in others)


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
