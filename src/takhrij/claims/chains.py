"""Through whom a report came: outlet, what it credits, who passed it on, through what, who said it."""

from __future__ import annotations

from collections.abc import Sequence

from takhrij.claims.voices import media_kind, voice
from takhrij.records import Article, Attribution, ChainLink, Reading


def chain(reading: Reading, index: int | None) -> tuple[ChainLink, ...]:
    """The links of one report, from the outlet inwards; ``index`` is its attribution, None for the outlet's own voice."""
    links = [*_printed(reading.article)]
    for attribution in lineage(reading.attributions, index):
        links.extend(_spoken(reading.article, attribution))
    return tuple(links)


def lineage(attributions: Sequence[Attribution], index: int | None) -> list[Attribution]:
    """The attribution at ``index`` and those it is nested in, the outermost first. A circle of parents ends at its start."""
    found: list[Attribution] = []
    seen: set[int] = set()
    while index is not None and index not in seen and 0 <= index < len(attributions):
        seen.add(index)
        found.append(attributions[index])
        index = attributions[index].parent
    return found[::-1]


def _printed(article: Article) -> list[ChainLink]:
    links = [ChainLink("outlet", article.outlet or article.id)]
    for credit in (article.credit or "").split(";"):
        name = credit.strip()
        if name:
            links.append(ChainLink("agency" if media_kind(name) == "agency" else "paper", name))
    return links


def _spoken(article: Article, attribution: Attribution) -> list[ChainLink]:
    links = []
    who = voice(attribution)
    if attribution.medium is not None:
        links.append(ChainLink("medium", attribution.medium.of(article.text), span=attribution.medium))
    if who is not None:
        span = attribution.speaker_span or attribution.source
        if who.relay:
            kind = "agency" if media_kind(who.name) == "agency" else "paper"
            links.append(ChainLink(kind, attribution.speaker or who.name, attribution.actor, span))  # type: ignore[arg-type]
        else:
            links.append(ChainLink("speaker", attribution.speaker or who.name, attribution.actor, span))
    return links
