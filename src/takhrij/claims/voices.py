"""Who speaks in one attribution: a name, a description, or one who passes on what others say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

import simplemma

from takhrij.claims.alignment import align
from takhrij.claims.lexicon import number_words, rows
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

    @property
    def witness(self) -> bool:
        """Whether it is a reporter or photographer of an agency or a paper, who tells what he saw."""
        forms = fold(self.speaker).split()
        if not forms or forms[0] not in person_words("witness"):
            return False
        employer = " ".join(forms[1:3]).removeprefix("ل")
        return not employer or forms[0].endswith("نا") or _kind(employer) == "media" or self.relay

    def acts_in(self, words: Sequence[Word]) -> bool:
        """Whether ``words`` name this party whole, as a report of its own deed or decree does."""
        return (
            self.named
            and not self.relay
            and self.kind != "person"
            and len(core(self.name)) > 1
            and stands_in(core(self.name), words)
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
_ADJUNCTS = frozenset({"حينه", "حينها"}) | frozenset(
    {"في", "علي", "عبر", "خلال", "لدي", "من", "الي", "ان", "عن", "بعد", "قبل", "امس", "اليوم"}
)


#: Words between a source and the epithet that a paper gives it: ``sources that it described as informed``.
_DESCRIBED = frozenset({"وصفتها", "وصفها", "وصفتهم", "وصفهم", "تصفها", "يصفها", "سمتها", "سماها", "اسمتها"})


@cache
def person_words(kind: str) -> frozenset[str]:
    """Folded words around a person's name: ``title``, ``office`` or ``witness``."""
    return frozenset(fold(word) for word, is_a in rows("persons.tsv") if is_a == kind)


@cache
def description_words() -> frozenset[str]:
    """Folded first words of descriptions that name nobody."""
    return frozenset(fold(row[0]) for row in rows("unnamed.tsv"))


@cache
def _media() -> Mapping[str, str]:
    return {fold(word): kind for word, kind in rows("media.tsv")}


def _kind(name: str) -> PartyKind:
    words = [word for word in name.split() if fold(word) not in number_words()]
    forms = [fold(word) for word in words]
    first = forms[0].removeprefix("ال") if forms else ""
    if any(form.strip('«»"“”()') in _media() for form in forms[:2]):
        return "media"
    if first not in description_words() or _has_name(words[1:]) or (forms[0] != first and _named_after(forms[1:])):
        return "other"
    return "unnamed"


def _named_after(forms: Sequence[str]) -> bool:
    """Whether a name follows a description with the article: ``the expert so-and-so``. Its adjectives have the article too."""
    after = next((form for form in forms if not form.startswith("ال")), "")
    return len(after) > 1 and after[0] not in 'بلو(«"' and after not in _ADJUNCTS and not after.startswith(("ذات", "نفس"))


def _has_name(words: Sequence[str]) -> bool:
    """Whether two words in a row are unknown to the lemma list, as a person's names mostly are."""
    unknown = [not _is_word(word.strip('«»"“”()')) for word in words]
    return any(a and b for a, b in pairwise(unknown))


@lru_cache(maxsize=20_000)
def _is_word(word: str) -> bool:
    """Whether ``word`` is in the lemma list, as written or without a particle before it; so is a word of a description."""
    if len(word) > 3 and word[0] in "وبلفك" and _is_word(word[1:]):
        return True
    return known(word) or fold(word).removeprefix("ال") in description_words()


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


@lru_cache(maxsize=20_000)
def core(name: str) -> tuple[Word, ...]:
    """The words of a name up to its first adjunct: where, to whom, through what are no part of who somebody is."""
    forms = [form for form in name.split() if fold(form) not in _DESCRIBED]
    end = next((i for i, form in enumerate(forms) if i and fold(form) in _ADJUNCTS), len(forms))
    end = next((i for i, form in enumerate(forms[:end]) if i and fold(form).startswith("لل")), end)
    return content_words(" ".join(forms[:end]))


def stands_in(words: Sequence[Word], others: Sequence[Word]) -> bool:
    """Whether each of ``words`` has its like among ``others``."""
    return bool(others) and all(align(words, others).met)


def known(form: str) -> bool:
    """Whether the lemma list knows ``form``, its article left off."""
    bare = form.removeprefix("ال")
    return not bare or bool(simplemma.is_known(bare, lang="ar"))
