"""Articles, actors and what is attributed to them as FollowTheMoney entities, with the extra ``ftm`` (followthemoney).

An article is an ``Article``, an actor a ``Person``, ``PublicBody``, ``Organization``, ``Company`` or ``LegalEntity`` by its
kind, and an attribution a ``Documentation`` between them: the act as its role, the words as its summary. A party is one
entity under its name and kind. Unnamed sources, crowds and documents are left out: they are no entities. Lost: offsets,
chains, claims, denials.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from takhrij.errors import UsageError
from takhrij.exchange.tables import fit
from takhrij.records import Article, Attribution, Party, Reading

_SCHEMATA = {
    "person": "Person", "expert": "Person", "state_body": "PublicBody", "intergovernmental": "Organization",
    "armed_group": "Organization", "party_political": "Organization", "ngo": "Organization", "company": "Company",
    "media": "Organization",
}  # fmt: skip


def entities(readings: Iterable[Reading]) -> Iterator[dict[str, Any]]:
    """The entities of some readings as dicts of FollowTheMoney, an actor once."""
    model = _model()
    seen: set[str] = set()
    for reading in readings:
        article = _article(model, reading.article)
        yield article.to_dict()
        for number, attribution in enumerate(reading.attributions):
            party = _party(attribution)
            if party is None:
                continue
            actor = _actor(model, party)
            if actor.id not in seen:
                seen.add(actor.id)
                yield actor.to_dict()
            yield _documentation(model, reading.article, number, attribution, (article.id, actor.id)).to_dict()


def _model() -> Any:
    try:
        from followthemoney import model
    except ModuleNotFoundError:
        raise UsageError("FollowTheMoney needs an extra: pip install 'takhrij[ftm]'") from None
    return model


def _party(a: Attribution) -> Party | None:
    party = a.party
    if party is None or party.kind not in _SCHEMATA or not fit(party.name).strip():
        return None
    return party


def _article(model: Any, article: Article) -> Any:
    entity = model.make_entity("Article")
    entity.id = _id("article", article.text_sha256, article.id)
    entity.add("title", fit(article.title) or fit(article.text.partition("\n")[0]))
    entity.add("bodyText", fit(article.text))
    entity.add("contentHash", hashlib.sha1(article.text.encode("utf-8", "surrogatepass")).hexdigest())
    for name, value in (("date", article.date), ("sourceUrl", article.url), ("publisher", article.outlet), ("language", "ara")):
        if value:
            entity.add(name, fit(value), quiet=True)
    return entity


def _actor(model: Any, party: Party) -> Any:
    entity = model.make_entity(_SCHEMATA[party.kind])
    entity.id = _id("actor", party.kind, party.name)
    entity.add("name", fit(party.name))
    if party.country:
        entity.add("country", party.country.lower(), quiet=True)
    return entity


def _documentation(model: Any, article: Article, number: int, a: Attribution, ends: tuple[str, str]) -> Any:
    entity = model.make_entity("Documentation")
    entity.id = _id("attribution", article.text_sha256, article.id, str(number))
    entity.add("document", ends[0])
    entity.add("entity", ends[1])
    entity.add("role", a.act if a.polarity == "asserted" else f"{a.act}, denied")
    entity.add("summary", fit(" … ".join(span.of(article.text) for span in a.content)))
    if article.date:
        entity.add("date", fit(article.date), quiet=True)
    return entity


def _id(*parts: str) -> str:
    return "tk-" + hashlib.sha1("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
