"""The rows of ``read --format jsonl`` and the value of ``trace --format json``, and back.

The keys, their order and the nulls are the contract that programs outside rely on. A span is ``[start, end]`` in code
points. What a row does not hold (``why``, where the speaker was named, evidence of a date, events of a claim) is lost on
the way; the ledger keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, get_args

from takhrij.errors import DamagedInput, SpanError
from takhrij.records import (
    Act,
    Article,
    Attribution,
    ChainLink,
    Claim,
    CopySet,
    DateMention,
    Denial,
    DenialScope,
    LinkKind,
    Mention,
    NumberMention,
    OriginParty,
    Origins,
    Party,
    PartyKind,
    PlaceKind,
    PlaceMention,
    Polarity,
    Reading,
    Report,
    Span,
    Statement,
    Trace,
)

Row = dict[str, Any]
_T = TypeVar("_T")


def reading_row(reading: Reading) -> Row:
    """One row of ``read --format jsonl``."""
    article = reading.article
    return {
        "id": article.id,
        "url": article.url,
        "title": article.title,
        "date": article.date,
        "outlet": article.outlet,
        "lang": article.lang,
        "credit": article.credit,
        "text": article.text,
        "attributions": [_attribution_row(a) for a in reading.attributions],
        "mentions": [_mention_row(m) for m in reading.mentions],
    }


def trace_row(trace: Trace) -> Row:
    """The value of ``trace --format json``."""
    articles = [reading.article for reading in trace.readings]
    return {
        "articles": [{"id": a.id, "outlet": a.outlet, "date": a.date, "credit": a.credit} for a in articles],
        "copies": [{"ids": list(copy.ids), "first": copy.first} for copy in trace.copies],
        "claims": [claim_row(claim) for claim in trace.claims],
    }


def claim_row(claim: Claim) -> Row:
    """One entry of ``claims`` in the value of ``trace --format json``."""
    return {
        "id": claim.id,
        "text": claim.text,
        "statements": [{"party": s.party, "actor": s.actor, "act": s.act, "polarity": s.polarity} for s in claim.statements],
        "reports": [_report_row(report) for report in claim.reports],
        "outlets": claim.outlets,
        "unattributed": claim.unattributed,
        "origins": {
            "min": claim.origins.min,
            "max": claim.origins.max,
            "parties": [_origin_row(party) for party in claim.origins.parties],
        },
        "denials": [
            {"party": d.party, "scope": d.scope, "article": d.article, "attribution": d.attribution} for d in claim.denials
        ],
    }


def reading_from_row(row: Mapping[str, Any], name: str = "row") -> Reading:
    """The reading that a row holds; keys that are no part of the contract are ignored.

    ``attributions`` and ``mentions`` may be missing. Raises :class:`DamagedInput`, naming ``name``, for a missing key, a
    value of the wrong type or an unknown word, and :class:`SpanError` for a span that does not fit the text.
    """
    return _guarded(_reading, row, name)


def trace_from_row(row: Mapping[str, Any], readings: Iterable[Reading], name: str = "trace") -> Trace:
    """The trace over ``readings`` that a row holds. Raises as :func:`reading_from_row` does."""
    return _guarded(lambda value: _trace(value, tuple(readings)), row, name)


def claim_from_row(row: Mapping[str, Any], name: str = "claim") -> Claim:
    """The claim that an entry of ``claims`` holds. Raises as :func:`reading_from_row` does."""
    return _guarded(_claim, row, name)


def _guarded(build: Callable[[Mapping[str, Any]], _T], row: Mapping[str, Any], name: str) -> _T:
    try:
        return build(row)
    except KeyError as error:
        raise DamagedInput(name, f"the key {error.args[0]!r} is missing") from None
    except (TypeError, ValueError, AttributeError, IndexError) as error:
        raise DamagedInput(name, f"not a row of the contract ({error})") from None
    except SpanError as error:
        raise SpanError(f"{name}: {error}") from None


def _attribution_row(a: Attribution) -> Row:
    party = None if a.party is None else {"name": a.party.name, "kind": a.party.kind, "country": a.party.country}
    return {
        "cue": _pair(a.cue),
        "source": _pair(a.source),
        "speaker": a.speaker,
        "actor": a.actor,
        "party": party,
        "content": [_pair(span) for span in a.content],
        "act": a.act,
        "polarity": a.polarity,
        "target": _pair(a.target),
        "medium": _pair(a.medium),
        "parent": a.parent,
        "confidence": a.confidence,
    }


def _mention_row(m: Mention) -> Row:
    if isinstance(m, PlaceMention):
        return {
            "kind": "place", "span": _pair(m.span), "name": m.name, "place_kind": m.place_kind,
            "country": m.country, "lat": m.lat, "lon": m.lon,
        }  # fmt: skip
    if isinstance(m, DateMention):
        return {"kind": "date", "span": _pair(m.span), "start": m.start, "end": m.end}
    return {"kind": "number", "span": _pair(m.span), "value": m.value, "unit": m.unit, "bound": m.bound}


def _report_row(report: Report) -> Row:
    return {
        "article": report.article,
        "attribution": report.attribution,
        "span": _pair(report.span),
        "statement": report.statement,
        "chain": [
            {"kind": link.kind, "name": link.name, "actor": link.actor, "span": _pair(link.span)} for link in report.chain
        ],
    }


def _origin_row(party: OriginParty) -> Row:
    return {
        "name": party.name, "actor": party.actor, "named": party.named,
        "as_told_by": party.as_told_by, "in_min": party.in_min, "why": party.why,
    }  # fmt: skip


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _reading(row: Mapping[str, Any]) -> Reading:
    text = _text(row["text"])
    article = Article(
        id=_text(row["id"]),
        text=text,
        title=_text_or_none(row.get("title")) or "",
        url=_text_or_none(row.get("url")),
        date=_text_or_none(row.get("date")),
        outlet=_text_or_none(row.get("outlet")),
        lang=_text_or_none(row.get("lang")) or "ar",
        credit=_text_or_none(row.get("credit")),
    )
    attributions = tuple(_attribution(a, text) for a in row.get("attributions") or ())
    for i, attribution in enumerate(attributions):
        if attribution.parent is not None and (attribution.parent == i or not 0 <= attribution.parent < len(attributions)):
            raise ValueError(f"attribution {i} has the parent {attribution.parent}")
    return Reading(article, attributions, tuple(_mention(m, text) for m in row.get("mentions") or ()))


def _attribution(row: Mapping[str, Any], text: str) -> Attribution:
    return Attribution(
        cue=_fitting(row["cue"], text),
        content=tuple(_fitting(pair, text) for pair in row["content"]),
        act=_word(row["act"], Act),
        source=_fitting_or_none(row.get("source"), text),
        speaker=_text_or_none(row.get("speaker")),
        actor=_text_or_none(row.get("actor")),
        party=_party(row.get("party")),
        polarity=_word(row.get("polarity", "asserted"), Polarity),
        target=_fitting_or_none(row.get("target"), text),
        medium=_fitting_or_none(row.get("medium"), text),
        parent=_whole_or_none(row.get("parent")),
        confidence=float(row.get("confidence") or 0.0),
    )


def _party(row: Mapping[str, Any] | None) -> Party | None:
    if row is None:
        return None
    return Party(_text(row["name"]), _word(row["kind"], PartyKind), _text_or_none(row.get("country")))


def _mention(row: Mapping[str, Any], text: str) -> Mention:
    span = _fitting(row["span"], text)
    if row["kind"] == "place":
        lat, lon = row.get("lat"), row.get("lon")
        return PlaceMention(
            span=span,
            name=_text(row["name"]),
            place_kind=_word(row["place_kind"], PlaceKind),
            country=_text_or_none(row.get("country")),
            lat=None if lat is None else float(lat),
            lon=None if lon is None else float(lon),
        )
    if row["kind"] == "date":
        return DateMention(span, _text(row["start"]), _text(row["end"]))
    if row["kind"] == "number":
        return NumberMention(span, float(row["value"]), _text_or_none(row.get("unit")), _text(row.get("bound", "exact")))
    raise ValueError(f"unknown kind of mention {row['kind']!r}")


def _trace(row: Mapping[str, Any], readings: tuple[Reading, ...]) -> Trace:
    known = {reading.article.id: reading for reading in readings}
    if absent := [a["id"] for a in row["articles"] if a["id"] not in known]:
        raise ValueError(f"no reading for article {absent[0]!r}")
    copies = tuple(CopySet(tuple(map(_text, c["ids"])), _text_or_none(c.get("first"))) for c in row["copies"])
    return Trace(tuple(known[a["id"]] for a in row["articles"]), copies, tuple(_claim(c) for c in row["claims"]))


def _claim(row: Mapping[str, Any]) -> Claim:
    origins = row["origins"]
    return Claim(
        id=_text(row["id"]),
        text=_text(row["text"]),
        statements=tuple(
            Statement(
                _text_or_none(s["party"]), _text_or_none(s["actor"]), _word(s["act"], Act), _word(s["polarity"], Polarity)
            )
            for s in row["statements"]
        ),
        reports=tuple(_report(r) for r in row["reports"]),
        outlets=_whole(row["outlets"]),
        unattributed=_whole(row["unattributed"]),
        origins=Origins(_whole(origins["min"]), _whole(origins["max"]), tuple(_origin(p) for p in origins["parties"])),
        denials=tuple(
            Denial(_text_or_none(d["party"]), _word(d["scope"], DenialScope), _text(d["article"]), _whole(d["attribution"]))
            for d in row["denials"]
        ),
    )


def _report(row: Mapping[str, Any]) -> Report:
    return Report(
        article=_text(row["article"]),
        attribution=_whole_or_none(row["attribution"]),
        span=_span(row["span"]),
        statement=_whole_or_none(row["statement"]),
        chain=tuple(
            ChainLink(
                _word(link["kind"], LinkKind),
                _text(link["name"]),
                _text_or_none(link.get("actor")),
                None if link.get("span") is None else _span(link["span"]),
            )
            for link in row["chain"]
        ),
    )


def _origin(row: Mapping[str, Any]) -> OriginParty:
    return OriginParty(
        name=_text(row["name"]),
        actor=_text_or_none(row["actor"]),
        named=bool(row["named"]),
        in_min=bool(row["in_min"]),
        as_told_by=_text_or_none(row.get("as_told_by")),
        why=_text_or_none(row.get("why")) or "",
    )


def _span(pair: Any) -> Span:
    start, end = pair
    return Span(_whole(start), _whole(end))


def _fitting(pair: Any, text: str) -> Span:
    span = _span(pair)
    span.of(text)
    return span


def _fitting_or_none(pair: Any, text: str) -> Span | None:
    return None if pair is None else _fitting(pair, text)


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{value!r} is no whole number")
    return value


def _whole_or_none(value: Any) -> int | None:
    return None if value is None else _whole(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)


def _word(value: Any, words: Any) -> Any:
    if value not in get_args(words):
        raise ValueError(f"{value!r} is none of {', '.join(get_args(words))}")
    return value
