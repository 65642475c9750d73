"""Attributions as W3C Web Annotations, and back.

Each attribution is one annotation. Its targets are its spans, each under its role, selected twice: by position (a
``TextPositionSelector`` in code points, with the offsets in UTF-16 code units beside, as browsers count) and by the words
(a ``TextQuoteSelector`` with what stands around them). The source is the article's text by its SHA-256, so that nobody
anchors an annotation in another text by mistake; reading them back refuses a quote that does not stand where it should.
Lost: mentions, where a speaker was named elsewhere, the reasons.
Source: W3C Recommendation "Web Annotation Data Model", 23 February 2017, sections 4.2.4 and 4.2.5.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

from takhrij.errors import DamagedInput, SpanError
from takhrij.exchange.contract import reading_from_row, reading_row
from takhrij.records import Article, Attribution, Reading, Span

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"takhrij": "urn:takhrij:terms:"}]
_AROUND = 32
_FACTS = ("speaker", "actor", "party", "act", "polarity", "parent", "confidence")


def web_annotations(reading: Reading) -> Iterator[dict[str, Any]]:
    """An annotation for each attribution of a reading."""
    row = reading_row(reading)
    units = Utf16(reading.article.text)
    for number, (attribution, fields) in enumerate(zip(reading.attributions, row["attributions"], strict=True)):
        yield {
            "@context": CONTEXT,
            "id": f"urn:takhrij:attribution:{reading.article.text_sha256}:{number}",
            "type": "Annotation",
            "motivation": "identifying",
            "body": [
                {"type": "TextualBody", "purpose": "tagging", "value": attribution.act},
                {"type": "takhrij:Attribution", **{f"takhrij:{key}": fields[key] for key in _FACTS}},
            ],
            "target": [_target(role, span, reading.article, units) for role, span in _spans(attribution)],
        }


def collection(reading: Reading) -> dict[str, Any]:
    """All annotations of a reading on one ``AnnotationPage``."""
    items = list(web_annotations(reading))
    for item in items:
        del item["@context"]
    return {"@context": CONTEXT, "id": _source(reading.article) + ":annotations", "type": "AnnotationPage", "items": items}


def attributions_from(value: Any, article: Article, name: str = "input") -> tuple[Attribution, ...]:
    """The attributions that annotations hold: one, a list, or an ``AnnotationPage``, all on ``article``'s text.

    Annotations without an attribution of ours in the body, as other programs make them, are taken where they select one
    text: its span is the content, and its cue too. Raises :class:`DamagedInput` for another text's annotations or a
    malformed one, :class:`SpanError` where the words quoted do not stand at the position.
    """
    items = value.get("items", [value]) if isinstance(value, Mapping) else value
    try:
        rows = [_row(item, article) for item in items]
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        raise DamagedInput(name, f"not a Web Annotation of a text ({error})") from None
    found = reading_from_row({"id": article.id, "text": article.text, "attributions": rows}, name)
    return found.attributions


def by_source(value: Any, name: str = "input") -> dict[str, list[Mapping[str, Any]]]:
    """Annotations by the source that they are on: one, a list, a page, or a collection with its pages in it.

    Raises :class:`DamagedInput` for a malformed one, and for one that is on several sources.
    """
    found: dict[str, list[Mapping[str, Any]]] = {}
    pending = [value]
    while pending:
        node = pending.pop(0)
        if isinstance(node, list):
            pending[:0] = node
            continue
        if not isinstance(node, Mapping):
            raise DamagedInput(name, "not a Web Annotation")
        if "target" not in node:
            inner = node.get("items", node.get("first"))
            if not isinstance(inner, list | Mapping):
                raise DamagedInput(name, "neither a Web Annotation nor a page of them")
            pending.insert(0, inner)
            continue
        targets = node["target"] if isinstance(node["target"], list) else [node["target"]]
        sources = {str(target.get("source")) for target in targets if isinstance(target, Mapping)}
        if len(sources) != 1:
            raise DamagedInput(name, f"an annotation of {len(sources)} texts; it is to be of one")
        found.setdefault(sources.pop(), []).append(node)
    return found


def sources_of(article: Article) -> tuple[str, ...]:
    """The names under which annotations may have an article's text for their source, the surest first."""
    return tuple(name for name in (_source(article), article.url, article.id) if name)


def _spans(a: Attribution) -> Iterator[tuple[str, Span]]:
    yield "cue", a.cue
    for role, span in (("source", a.source), ("target", a.target), ("medium", a.medium)):
        if span is not None:
            yield role, span
    for span in a.content:
        yield "content", span


def _target(role: str, span: Span, article: Article, units: Utf16) -> dict[str, Any]:
    text = article.text
    return {
        "type": "SpecificResource",
        "source": _source(article),
        "takhrij:role": role,
        "selector": [
            {
                "type": "TextPositionSelector", "start": span.start, "end": span.end,
                "takhrij:utf16Start": units.at(span.start), "takhrij:utf16End": units.at(span.end),
            },
            {
                "type": "TextQuoteSelector", "exact": span.of(text),
                "prefix": text[max(0, span.start - _AROUND) : span.start], "suffix": text[span.end : span.end + _AROUND],
            },
        ],
    }  # fmt: skip


def _source(article: Article) -> str:
    return f"urn:sha256:{article.text_sha256}"


def _row(item: Mapping[str, Any], article: Article) -> dict[str, Any]:
    targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
    row: dict[str, Any] = {"content": []}
    for target in targets:
        if target["source"] not in sources_of(article):
            raise ValueError(f"its source is {str(target['source'])[:80]}, not this text")
        pair = list(_selected(target["selector"], article.text))
        role = target.get("takhrij:role", "content")
        if role == "content":
            row["content"].append(pair)
        elif role in ("cue", "source", "target", "medium"):
            row[role] = pair
        else:
            raise ValueError(f"unknown role {role!r}")
    bodies = item.get("body") or []
    bodies = bodies if isinstance(bodies, list) else [bodies]
    own = next((b for b in bodies if isinstance(b, Mapping) and b.get("type") == "takhrij:Attribution"), None)
    if own is not None:
        row |= {key: own.get(f"takhrij:{key}") for key in _FACTS}
    else:
        row |= {"act": "state", "cue": row.get("cue") or row["content"][0]}
    return row


def _selected(selectors: Any, text: str) -> Span:
    listed = selectors if isinstance(selectors, list) else [selectors]
    by_type = {selector["type"]: selector for selector in listed}
    quote = by_type.get("TextQuoteSelector")
    position = by_type.get("TextPositionSelector")
    if position is not None:
        span = Span(position["start"], position["end"])
        if quote is not None and span.of(text) != quote["exact"]:
            raise SpanError(f"{quote['exact'][:40]!r} does not stand at {span.start}..{span.end}")
        span.of(text)
        return span
    if quote is None:
        raise ValueError("it selects no text")
    whole = quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")
    at = text.find(whole)
    if at < 0 or text.find(whole, at + 1) >= 0:
        raise SpanError(f"{quote['exact'][:40]!r} stands nowhere in the text, or more than once")
    start = at + len(quote.get("prefix", ""))
    return Span(start, start + len(quote["exact"]))


class Utf16:
    """Offsets in code points as offsets in UTF-16 code units, as JavaScript counts them, and back."""

    def __init__(self, text: str) -> None:
        self._wide = [i for i, letter in enumerate(text) if letter > "\uffff"]
        self._starts = [i + n for n, i in enumerate(self._wide)]
        self._length = len(text)

    def at(self, offset: int) -> int:
        """The offset in UTF-16 of an offset in code points."""
        return offset + bisect_right(self._wide, offset - 1)

    def point(self, offset: int) -> int:
        """The offset in code points of an offset in UTF-16. Raises :class:`SpanError` within a surrogate pair."""
        wide = bisect_right(self._starts, offset - 1)
        if wide and self._starts[wide - 1] + 1 == offset:
            raise SpanError(f"the offset {offset} lies within a surrogate pair")
        return offset - wide
