"""What comparison sees of a statement: who, what act, and the words said. Made from a reading or from a bare sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace

from takhrij.claims.speech import speech
from takhrij.records import Act, Attribution, Polarity, Reading


@dataclass(frozen=True, slots=True)
class StatementView:
    """One statement as it is compared.

    ``party`` is the name of who speaks as the text has it, ``actor`` the resolved id where one is known; ``content`` the
    words said; ``sentence`` the words it was read in; ``date`` the ISO day of publication. None where not known.
    """

    content: str
    party: str | None = None
    actor: str | None = None
    act: Act = "state"
    polarity: Polarity = "asserted"
    date: str | None = None
    sentence: str = ""


def from_sentence(text: str, date: str | None = None) -> StatementView:
    """The view of a bare sentence, its speaker and content told apart by :func:`takhrij.claims.speech.speech`."""
    said = speech(text)
    return StatementView(said.content, said.party, None, said.act, said.polarity, date, text)


def from_attribution(reading: Reading, attribution: Attribution) -> StatementView:
    """The view of one attribution of an article."""
    text = reading.article.text
    content = " ".join(span.of(text) for span in attribution.content)
    party = attribution.party.name if attribution.party else attribution.speaker
    names = " ".join(dict.fromkeys(name for name in (party, attribution.speaker) if name))
    return StatementView(
        content, names or None, attribution.actor, attribution.act, attribution.polarity, reading.article.date, content
    )


def from_reading(reading: Reading) -> StatementView:
    """The view of a text that is one statement.

    Who speaks comes from the outermost attribution that holds most of the text; the words said are all that the sentence
    says but for its cue and speaker, since a statement given alone is meant whole.
    """
    bare = from_sentence(reading.article.text, reading.article.date)
    outer = [a for a in reading.attributions if a.parent is None]
    if not outer:
        return bare
    first = from_attribution(
        reading, max(outer, key=lambda a: (a.speaker is not None, sum(s.end - s.start for s in a.content)))
    )
    if not first.party:
        return bare
    return replace(bare, party=first.party, actor=first.actor, act=first.act, polarity=first.polarity)
