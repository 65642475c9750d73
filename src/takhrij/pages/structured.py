"""What a page says of itself in its head: JSON-LD news articles, Open Graph and other ``meta`` elements."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_ARTICLE_TYPES = re.compile(r"(?:News|Reportage|Analysis|Opinion|Blog|Live|Background|Review)?\w*(?:Article|Posting)$")
_CONTROL = re.compile(r"[\x00-\x1f]+")
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?h[1-6]|/?li)(?:\s[^<>]{0,300})?/?>", re.I)
_TAG = re.compile(r"<!--|<[^<>]{1,2000}>")
_MOST_NODES = 500
_MOST_UPDATES = 2_000
_LONGEST_SCRIPT = 1_000_000


def metas(tree: Any) -> Mapping[str, str]:
    """The first content of each ``meta`` element by its property, name or itemprop in lower case."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute)
            if name and content and content.strip():
                found.setdefault(name.strip().lower(), content.strip())
    return found


def news_article(tree: Any) -> Mapping[str, Any]:
    """The first JSON-LD node of an article type, or an empty mapping. Scripts that are no JSON are passed over."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text or len(script.text) > _LONGEST_SCRIPT:
            continue
        try:
            data = json.loads(_CONTROL.sub(" ", script.text))
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = node.get("@type")
            if any(isinstance(k, str) and _ARTICLE_TYPES.match(k) for k in (kinds if isinstance(kinds, list) else [kinds])):
                return node
    return {}


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    waiting, seen = [data], 0
    while waiting and seen < _MOST_NODES:
        node = waiting.pop(0)
        seen += 1
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            yield node
            inner = (node.get(k) for k in ("@graph", "mainEntity", "mainEntityOfPage"))
            waiting.extend(i for i in inner if isinstance(i, (dict, list)))


def name_of(value: Any) -> str | None:
    """The name in a JSON-LD value: a string, a node with ``name``, or a list of them joined by ``"; "``."""
    if isinstance(value, str):
        return plain(value) or None
    if isinstance(value, dict):
        return name_of(value.get("name"))
    if isinstance(value, list):
        names = [n for v in value[:10] if (n := name_of(v))]
        return "; ".join(dict.fromkeys(names)) or None
    return None


def plain(value: str) -> str:
    """A value without entities and runs of white space."""
    return " ".join(html.unescape(value).split())


def told_body(node: Mapping[str, Any]) -> list[str]:
    """The body that JSON-LD tells: ``articleBody``, and each update of a live blog with its own headline, as they stand."""
    body = plain_lines(node.get("articleBody"))
    updates = node.get("liveBlogUpdate")
    for update in (updates if isinstance(updates, list) else [])[:_MOST_UPDATES]:
        if isinstance(update, dict):
            body.extend(plain_lines(update.get("headline")))
            body.extend(plain_lines(update.get("articleBody")))
    return body


def plain_lines(value: Any) -> list[str]:
    """The lines of an ``articleBody`` or of a feed's item, mark-up in it taken out, scripts and styles with their content."""
    if not isinstance(value, str):
        return []
    for name in ("script", "style"):
        value = _without(value, name)
    text = _BREAK.sub("\n", value)
    return [line for part in _TAG.sub("", text).split("\n") if (line := plain(part))]


def _without(text: str, element: str) -> str:
    """``text`` without the elements of one name, in one pass; one that is never closed goes to the end."""
    lower = text.lower()
    kept, at = [], 0
    while (start := lower.find(f"<{element}", at)) >= 0:
        kept.append(text[at:start])
        end = lower.find(f"</{element}", start)
        close = lower.find(">", end) if end >= 0 else -1
        at = close + 1 if close >= 0 else len(text)
    kept.append(text[at:])
    return "".join(kept)
