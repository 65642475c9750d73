"""What differs between two readings of one text, attribution by attribution."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from takhrij.ledger.codec import digest
from takhrij.records import Attribution, Span


@dataclass(frozen=True, slots=True)
class Changes:
    """Numbers of attributions: in the new reading only, in the old one only, and in both (old, new) but read otherwise."""

    added: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()
    changed: tuple[tuple[int, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.changed)


def compare(old: Sequence[Attribution], new: Sequence[Attribution]) -> Changes:
    """Two attributions are the same one where they have the same cue, in the order of the text for one cue twice."""
    at = {place: j for j, place in enumerate(_places(new))}
    matched = {i: at[place] for i, place in enumerate(_places(old)) if place in at}
    reached = set(matched.values())
    changed = [(i, j) for i, j in matched.items() if _bare(old[i], matched) != _bare(new[j], None)]
    return Changes(
        added=tuple(j for j in range(len(new)) if j not in reached),
        gone=tuple(i for i in range(len(old)) if i not in matched),
        changed=tuple(changed),
    )


def _places(attributions: Sequence[Attribution]) -> list[tuple[Span, int]]:
    """Of each attribution its cue, and how many before it have the same one."""
    seen: Counter[Span] = Counter()
    places = []
    for attribution in attributions:
        places.append((attribution.cue, seen[attribution.cue]))
        seen[attribution.cue] += 1
    return places


def _bare(a: Attribution, matched: dict[int, int] | None) -> tuple[object, ...]:
    """What of an attribution a reader sees; the parent by its number in the new reading."""
    parent = a.parent if matched is None or a.parent is None else matched.get(a.parent, -1)
    return a.source, a.speaker, a.actor, a.party, a.content, a.act, a.polarity, a.target, a.medium, parent


def seen_digest(a: Attribution) -> str:
    """A short digest of what a reader sees of an attribution: another one means that it was read otherwise."""
    party = None if a.party is None else [a.party.name, a.party.kind, a.party.country]
    spans = [list(span) if span else None for span in (a.cue, a.source, a.target, a.medium, *a.content)]
    return digest([spans, a.speaker, a.actor, party, a.act, a.polarity])[:16]
