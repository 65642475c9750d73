"""The stage's one call: an article and its attributions in, the same attributions with actors and parties, and the mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from takhrij.entities.actors import Actors, actors
from takhrij.entities.dates import find_dates
from takhrij.entities.gazetteer import Gazetteer, gazetteer
from takhrij.entities.inarticle import class_of, office_of, one_person
from takhrij.entities.numbers import find_numbers
from takhrij.entities.parties import TITLED, Resolved, Resolver
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
    who = _speakers(article, attributions, resolver, tokens)
    filled = [
        replace(attribution, actor=whose.actor, party=whose.party, why=(*attribution.why, *whose.why))
        if (whose := who.get(_name(article, attribution) or ""))
        else attribution
        for attribution in attributions
    ]
    mentions: list[Mention] = [*read_places(found, resolver.context.setting)]
    dates = find_dates(article.text, article.date, tokens=tokens)
    mentions += dates
    taken = {at for d in dates for at in range(d.span.start, d.span.end)}
    mentions += [n for n in find_numbers(article.text, tokens=tokens) if n.span.start not in taken]
    if article.skip:
        mentions = [m for m in mentions if not any(s.start <= m.span.start < s.end for s in article.skip)]
    return tuple(filled), tuple(sorted(mentions, key=lambda m: m.span))


def _name(article: Article, attribution: Attribution) -> str | None:
    """The speaker's name: the resolved one, else the words of the source."""
    if attribution.speaker is None and attribution.source is not None:
        return attribution.source.of(article.text)
    return attribution.speaker


def _speakers(article: Article, attributions: Sequence[Attribution], resolver: Resolver, tokens: Tokens) -> dict[str, Resolved]:
    """Each name that an attribution gives to its actor and party, the names of one person brought together."""
    found: dict[str, Resolved] = {}
    for attribution in attributions:
        name = _name(article, attribution)
        if name and name not in found:
            found[name] = _speaker(name, attribution, article, resolver, tokens)
    people = {who.party.name: name for name, who in found.items() if who.actor.startswith("person/")}
    for short, full in one_person(people).items():
        found[people[short]] = found[people[full]]
    return found


def _speaker(name: str, attribution: Attribution, article: Article, resolver: Resolver, tokens: Tokens) -> Resolved:
    who = resolver.resolve(name)
    if who.party.kind != "person" or TITLED in who.why:
        return who
    if attribution.source is not None and attribution.speaker is not None:
        said = resolver.resolve(attribution.source.of(article.text))  # the source here may hold the office
        if said.party.kind not in {"person", "unnamed", "other", "crowd", "document"} and name in attribution.source.of(
            article.text
        ):
            return said
    return office_of(who.party.name, tokens, resolver) or class_of(name, tokens, resolver) or who
