"""Who speaks: sources joined to the fullest name in the article, dropped subjects to the one they stand for.

The network proposes an antecedent near the cue. Beyond its reach the discourse decides, as grammars of news prose describe it:
a verb without a subject goes on with the last speaker on its own level of speech that agrees with it in gender and
number; a verb in the first person inside a content is its speaker's; outside one it is the writer's and stays
without a speaker.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from takhrij.attribution.agreement import Agreement, of_cue, of_name
from takhrij.attribution.lexicon import Cue
from takhrij.attribution.names import base, is_a, is_known, same_name, spoken_name
from takhrij.attribution.view import View
from takhrij.attribution.words import word_class
from takhrij.records import Span
from takhrij.text.tokens import Tokens

#: An antecedent of the network's is believed from this chance on: one who spoke before, and one not heard yet.
KNOWN_FLOOR, NEW_FLOOR = 0.3, 0.7
#: How far back names are compared, so that an article of nothing but names stays cheap.
_MOST_ENTITIES, _MOST_NAMES, _MOST_DRAFTS, _MOST_MENTIONS = 60, 6, 60, 64


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of an attribution when its speaker is sought; spans in tokens."""

    cue: int
    entry: Cue | None
    source: tuple[int, int] | None
    antecedent: tuple[int, int] | None
    antecedent_chance: float
    parent: int | None
    quoted: bool = False
    medium: tuple[int, int] | None = None


@dataclass(slots=True)
class Entity:
    """One who speaks in the article: the latest mentions as token ranges, the one with most words (the first of several),
    the words of its names, and what is known of gender and number.
    """

    mentions: deque[tuple[int, int]]
    fullest: tuple[int, int]
    agreement: Agreement
    names: list[tuple[str, ...]]

    def mention(self, tokens: Tokens, mention: tuple[int, int]) -> None:
        """Take note of another mention."""
        self.mentions.append(mention)
        if len(_words(tokens, mention)) > len(_words(tokens, self.fullest)):
            self.fullest = mention


@dataclass(frozen=True, slots=True)
class Speaker:
    """The entity's number in the article, and the step that led to it."""

    entity: int | None
    why: str


def _words(tokens: Tokens, mention: tuple[int, int]) -> tuple[str, ...]:
    """The words of a mention, without what a relative clause or an age in brackets tells of its bearer."""
    forms = tokens.forms[mention[0] : mention[1] + 1]
    relative = word_class("relative")
    for at in range(1, len(forms)):
        age = forms[at] == "(" and at + 1 < len(forms) and forms[at + 1].isdigit()
        if age or forms[at] in relative:
            return tuple(f for f in forms[:at] if f.isalnum()) or tuple(forms[:1])
    return tuple(f for f in forms if f.isalnum())


class Cast:
    """The speakers of one article, as they come up."""

    def __init__(self, v: View) -> None:
        self.view = v
        self.entities: list[Entity] = []

    def holder(self, mention: tuple[int, int]) -> int | None:
        """The entity one of whose mentions this one overlaps."""
        for number in range(len(self.entities) - 1, max(-1, len(self.entities) - _MOST_ENTITIES), -1):
            if any(first <= mention[1] and mention[0] <= last for first, last in self.entities[number].mentions):
                return number
        return None

    def knows(self, mention: tuple[int, int]) -> bool:
        """Whether an entity that spoke has a name that this mention shortens or lengthens."""
        words = _words(self.view.tokens, mention)
        return any(same_name(words, known) for e in self.entities[-_MOST_ENTITIES:] for known in e.names)

    def join(self, mention: tuple[int, int], cue: Cue | None) -> int:
        """The entity that a mention names: an earlier one that it shortens or lengthens, else a new one."""
        tokens = self.view.tokens
        words = _words(tokens, mention)
        told = of_cue(cue)
        agreement = of_name(words)
        agreement = Agreement(agreement.gender or told.gender, agreement.number)
        for number in range(len(self.entities) - 1, max(-1, len(self.entities) - _MOST_ENTITIES), -1):
            entity = self.entities[number]
            if any(same_name(words, known) for known in entity.names):
                entity.mention(tokens, mention)
                if words not in entity.names and len(entity.names) < _MOST_NAMES:
                    entity.names.append(words)
                return number
        self.entities.append(Entity(deque([mention], _MOST_MENTIONS), mention, agreement, [words]))
        return len(self.entities) - 1


class Resolver:
    """Finds the speaker of each attribution of an article, in the order of the text."""

    def __init__(self, v: View) -> None:
        self.cast = Cast(v)
        self._seen = frozenset(v.tokens.forms)
        self._speakers: list[int | None] = []
        self._drafts: list[Draft] = []
        self._issuers: dict[str, int] = {}

    def resolve(self, drafts: Sequence[Draft]) -> list[Speaker]:
        """The speakers of ``drafts``, which come in the order of their cues."""
        found: list[Speaker] = []
        for draft in drafts:
            speaker = self._one(draft)
            if draft.medium and speaker.entity is not None:
                self._note_issuer(draft.medium, speaker.entity)
            self._drafts.append(draft)
            self._speakers.append(speaker.entity)
            found.append(speaker)
        return found

    def name(self, speaker: Speaker) -> tuple[str | None, Span | None]:
        """The fullest name of a speaker, without what is written before it, and where it stands."""
        if speaker.entity is None:
            return None, None
        tokens = self.cast.view.tokens
        mention = self.cast.entities[speaker.entity].fullest
        span = tokens.span(*mention)
        name, left_off = spoken_name(span.of(tokens.text), tokens.forms[mention[0]], self._seen)
        return name, Span(span.start + left_off, span.end)

    def _one(self, draft: Draft) -> Speaker:
        entry = draft.entry
        if draft.source and not self._points_back(draft.source):
            return self._by_source(draft, draft.source)
        if entry and entry.person == 1:
            above = draft.parent if draft.parent is not None else len(self._speakers) - 1 if draft.quoted else None
            heard = above is not None and 0 <= above < len(self._speakers)
            return Speaker(self._speakers[above] if heard and above is not None else None, "first person")
        if draft.antecedent is None or draft.antecedent_chance < KNOWN_FLOOR or not self._heads(draft.antecedent):
            return self._by_discourse(draft)
        holder = self.cast.holder(draft.antecedent)
        if holder is not None:
            return Speaker(holder, "antecedent")
        if self.cast.knows(draft.antecedent):
            return Speaker(self.cast.join(draft.antecedent, entry), "antecedent")
        if draft.antecedent_chance < NEW_FLOOR and entry and entry.kind == "participle":
            by_discourse = self._by_discourse(draft)
            if by_discourse.entity is not None:
                return by_discourse
        return Speaker(self.cast.join(draft.antecedent, entry), "antecedent, new")

    def _heads(self, mention: tuple[int, int]) -> bool:
        """Whether a mention can name somebody by itself: not after its preposition, not a mere adjective of what precedes."""
        tokens = self.cast.view.tokens
        first, last = mention
        if tokens.forms[first] in word_class("about"):
            return False
        modifier = first == last and tokens.forms[first].startswith("ال") and first > 0
        return not (modifier and tokens.forms[first - 1].startswith("ال"))

    def _points_back(self, source: tuple[int, int]) -> bool:
        """Whether a source is a mere pronoun or demonstrative, which names nobody."""
        words = _words(self.cast.view.tokens, source)
        return bool(words) and all(w in word_class("pronoun") for w in words)

    def _by_source(self, draft: Draft, source: tuple[int, int]) -> Speaker:
        """Who a source names: itself or, where it is a text (بيان النقابة), who issued it, here or earlier in the article."""
        issuer = self._issuer(source)
        if issuer is None or source[0] == source[1]:
            head = base(self.cast.view.tokens.forms[source[0]])
            if head in self._issuers:
                return Speaker(self._issuers[head], "issuer of the text")
        if issuer is None:
            return self._by_discourse(draft, Speaker(self.cast.join(source, draft.entry), "source"))
        if issuer == source:
            return Speaker(self.cast.join(source, draft.entry), "source")
        entity = self.cast.join(issuer, None)
        self._note_issuer((source[0], source[0]), entity)
        return Speaker(entity, "source")

    def _note_issuer(self, medium: tuple[int, int], entity: int) -> None:
        """Keep in mind whose text ``medium`` (في بيان) is, so that ``البيان`` is his later."""
        for form in self.cast.view.tokens.forms[medium[0] : medium[1] + 1]:
            if is_a(form, "document") or is_a(form, "report"):
                self._issuers[base(form)] = entity

    def _issuer(self, source: tuple[int, int]) -> tuple[int, int] | None:
        """The source itself or, where it is a text (بيان النقابة), who issued it; None for a text whose issuer was
        named before.
        """
        forms = self.cast.view.tokens.forms
        first, last = source
        if not is_a(forms[first], "document"):
            return source
        definite = forms[first].startswith(("ال", "وال", "لل"))
        at = first + 1
        while at <= last and (not forms[at].isalnum() or forms[at] in word_class("issued_by")):
            at += 1
        if at > last:
            return None if definite else source
        to_an_office = is_a(forms[first], "complaint") and is_a(forms[at], "role")
        if forms[at].startswith("ل") and (is_a(forms[first], "addressed") or to_an_office):
            return source
        nisba = forms[at].endswith(("ي", "يه")) and not forms[at].startswith("ل") and not is_known(forms[at])
        adjective = forms[at].startswith("ال") if definite else nisba
        if definite and forms[at - 1] in word_class("issued_by"):
            adjective = False
        return source if adjective or forms[at] in word_class("about") else (at, last)

    def _by_discourse(self, draft: Draft, otherwise: Speaker | None = None) -> Speaker:
        form = self.cast.view.tokens.forms[draft.cue]
        if form in word_class("passive") and otherwise is None:
            return Speaker(None, "impersonal")
        told = of_cue(draft.entry) if otherwise is None else Agreement()
        if draft.entry and draft.entry.kind in ("past", "present") and told.number == "s":
            told = Agreement(told.gender, "")
        same_level: list[int] = []
        others: list[int] = []
        for k in range(len(self._drafts) - 1, max(-1, len(self._drafts) - _MOST_DRAFTS), -1):
            entity = self._speakers[k]
            if entity is None:
                continue
            level = self._drafts[k].parent == draft.parent or k == draft.parent
            (same_level if level else others).append(entity)
        for entity in [*same_level, *others]:
            if not self.cast.entities[entity].agreement.clashes(told):
                return Speaker(entity, "last speaker who agrees")
        if same_level and otherwise is None:
            return Speaker(same_level[0], "last speaker")
        return otherwise or Speaker(None, "nobody named")
