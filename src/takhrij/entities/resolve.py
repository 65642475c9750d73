"""The stage's one call: an article and its attributions in, the same attributions with actors and parties, and the mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from takhrij.entities.actors import Actors, actors
from takhrij.entities.dates import find_dates
from takhrij.entities.gazetteer import Gazetteer, gazetteer
from takhrij.entities.numbers import find_numbers
from takhrij.entities.parties import Resolved
from takhrij.entities.places import read_places
from takhrij.entities.scan import scan
from takhrij.records import Article, Attribution, Mention
from takhrij.text.tokens import Tokens, tokenize


def resolve(
    article: Article,
    attributions: Sequence[Attribution],
    *,
    tokens: Tokens | None = None,
    known: Actors | None = None,
    names: Gazetteer | None = None,
) -> tuple[tuple[Attribution, ...], tuple[Mention, ...]]:
    """Fill ``actor`` and ``party`` of each attribution that has a speaker, and find the article's places, dates and numbers.

    ``tokens`` are those of the article's text, where they are made already; ``known`` and ``names`` hold a user's own
    tables. Mentions come in the order of the text, those inside ``article.skip`` left out.
    """
    tokens = tokens or tokenize(article.text)
    known = known or actors()
    found = scan(tokens, names or gazetteer())
    resolver = known.resolver(article, found)
    seen: dict[str, Resolved] = {}
    filled = []
    for attribution in attributions:
        name = attribution.speaker
        if name is None and attribution.source is not None:
            name = attribution.source.of(article.text)
        if not name:
            filled.append(attribution)
            continue
        if name not in seen:
            seen[name] = resolver.resolve(name)
        who = seen[name]
        filled.append(replace(attribution, actor=who.actor, party=who.party, why=(*attribution.why, *who.why)))
    mentions: list[Mention] = [*read_places(found, resolver.context.setting)]
    dates = find_dates(article.text, article.date, tokens=tokens)
    mentions += dates
    taken = {at for d in dates for at in range(d.span.start, d.span.end)}
    mentions += [n for n in find_numbers(article.text, tokens=tokens) if n.span.start not in taken]
    if article.skip:
        mentions = [m for m in mentions if not any(s.start <= m.span.start < s.end for s in article.skip)]
    return tuple(filled), tuple(sorted(mentions, key=lambda m: m.span))
