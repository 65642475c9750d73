"""Who speaks: sources joined to the fullest name in the article, dropped subjects to the one they stand for.

The network proposes an antecedent near the cue. Beyond its reach the discourse decides, as grammars of news prose describe it:
a verb without a subject goes on with the last speaker on its own level of speech that agrees with it in gender and
number; a verb in the first person inside a content is its speaker's; outside one it is the writer's and stays without a speaker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from takhrij.attribution.agreement import Agreement, of_cue, of_name
from takhrij.attribution.lexicon import Cue
from takhrij.attribution.view import View
from takhrij.attribution.words import word_class
from takhrij.records import Span
from takhrij.text.clitics import NOUN_PROCLITICS, bare
from takhrij.text.tokens import Tokens

#: An antecedent of the network's is believed from this chance on.
ANTECEDENT_FLOOR = 0.3
#: Definite words that point back at a fuller name with the same head: الوزارة for وزارة المياه.
_ARTICLE = "ال"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of an attribution when its speaker is sought; spans in tokens."""

    cue: int
    entry: Cue | None
    source: tuple[int, int] | None
    antecedent: tuple[int, int] | None
    antecedent_chance: float
    parent: int | None


@dataclass(slots=True)
class Entity:
    """One who speaks in the article: the mentions so far, as token ranges, and what is known of gender and number."""

    mentions: list[tuple[int, int]]
    agreement: Agreement

    def fullest(self, tokens: Tokens) -> tuple[int, int]:
        """The mention with most words, the first of several."""
        return max(self.mentions, key=lambda m: (_words(tokens, m).__len__(), -m[0]))


@dataclass(frozen=True, slots=True)
class Speaker:
    """The entity's number in the article, and the step that led to it."""

    entity: int | None
    why: str


def _words(tokens: Tokens, mention: tuple[int, int]) -> list[str]:
    return [f for f in tokens.forms[mention[0] : mention[1] + 1] if f.isalnum()]


def name_of(tokens: Tokens, mention: tuple[int, int]) -> Span:
    """The characters of a mention."""
    return tokens.span(*mention)


def _core(words: Sequence[str]) -> set[str]:
    """The words of a name that tell it from others: titles and articles left off."""
    titles = word_class("title")
    kept = set()
    for word in words:
        stem = next((rest for clitic, rest in bare(word, ("ال", "وال", "لل", "ل", "و")) if clitic and len(rest) > 2), word)
        if word not in titles and stem not in titles and not word.isdigit():
            kept.add(stem)
    return kept or set(words)


class Cast:
    """The speakers of one article, as they come up."""

    def __init__(self, v: View) -> None:
        self.view = v
        self.entities: list[Entity] = []

    def join(self, mention: tuple[int, int], cue: Cue | None) -> int:
        """The entity that a mention names: an earlier one that it shortens or lengthens, else a new one."""
        tokens = self.view.tokens
        words = _words(tokens, mention)
        told = of_cue(cue)
        agreement = of_name(words)
        agreement = Agreement(agreement.gender or told.gender, agreement.number)
        for number in range(len(self.entities) - 1, -1, -1):
            entity = self.entities[number]
            if any(same_name(words, _words(tokens, m)) for m in entity.mentions):
                entity.mentions.append(mention)
                return number
        self.entities.append(Entity([mention], agreement))
        return len(self.entities) - 1


def same_name(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a name shortens the other: all its telling words are there, heads included, or it is the head made definite."""
    if list(one) == list(other):
        return True
    short, long = sorted((one, other), key=len)
    a, b = _core(short), _core(long)
    if not a or not b:
        return False
    if len(short) == 1 and short[0].startswith(_ARTICLE):
        head = short[0][len(_ARTICLE) :]
        heads = [w[len(_ARTICLE) :] if w.startswith(_ARTICLE) else w for w in long[:2]]
        if head in heads:
            return True
        return head in b and head not in {w for w in heads}
    return a <= b


class Resolver:
    """Finds the speaker of each attribution of an article, in the order of the text."""

    def __init__(self, v: View) -> None:
        self.cast = Cast(v)
        self._speakers: list[int | None] = []
        self._drafts: list[Draft] = []

    def resolve(self, drafts: Sequence[Draft]) -> list[Speaker]:
        """The speakers of ``drafts``, which come in the order of their cues."""
        found: list[Speaker] = []
        for draft in drafts:
            speaker = self._one(draft)
            self._drafts.append(draft)
            self._speakers.append(speaker.entity)
            found.append(speaker)
        return found

    def _one(self, draft: Draft) -> Speaker:
        entry = draft.entry
        if draft.source and not self._points_back(draft.source):
            return Speaker(self.cast.join(draft.source, entry), "source")
        if entry and entry.person == 1:
            above = self._speakers[draft.parent] if draft.parent is not None and draft.parent < len(self._speakers) else None
            return Speaker(above, "first person")
        if draft.antecedent and draft.antecedent_chance >= ANTECEDENT_FLOOR:
            return Speaker(self.cast.join(draft.antecedent, entry), "antecedent")
        return self._by_discourse(draft)

    def _points_back(self, source: tuple[int, int]) -> bool:
        """Whether a source is a mere pronoun or demonstrative, which names nobody."""
        words = _words(self.cast.view.tokens, source)
        return bool(words) and all(w in word_class("pronoun") for w in words)

    def _by_discourse(self, draft: Draft) -> Speaker:
        form = self.cast.view.tokens.forms[draft.cue]
        if form in word_class("passive"):
            return Speaker(None, "impersonal")
        told = of_cue(draft.entry)
        if draft.entry and draft.entry.kind in ("past", "present") and told.number == "s":
            told = Agreement(told.gender, "")
        same_level: list[int] = []
        others: list[int] = []
        for k in range(len(self._drafts) - 1, -1, -1):
            entity = self._speakers[k]
            if entity is None:
                continue
            level = self._drafts[k].parent == draft.parent or k == draft.parent
            (same_level if level else others).append(entity)
        for entity in [*same_level, *others]:
            if not self.cast.entities[entity].agreement.clashes(told):
                return Speaker(entity, "last speaker who agrees")
        if same_level:
            return Speaker(same_level[0], "last speaker")
        return Speaker(None, "nobody named")
