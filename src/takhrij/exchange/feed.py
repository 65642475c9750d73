"""RSS 2.0 of any list of articles, a search's hits for one. Characters that XML 1.0 forbids become U+FFFD."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

#: What XML 1.0 (section 2.2) does not allow in a document, escaped or not.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WEB = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: ``id`` that never changes, ``day`` ISO 8601, ``summary`` plain text, ``link`` a web address or none."""

    id: str
    title: str
    summary: str = ""
    link: str | None = None
    day: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """The feed itself."""

    title: str
    link: str
    description: str


def rss(channel: Channel, items: Iterable[Item]) -> str:
    """The feed as one XML document; write it as UTF-8. Links that are no web address are left out."""
    entries = "".join(map(_item, items))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>\n'
        f"<title>{_text(channel.title)}</title>\n<link>{_text(channel.link)}</link>\n"
        f"<description>{_text(channel.description)}</description>\n<language>ar</language>\n"
        f"{entries}</channel></rss>\n"
    )


def _item(item: Item) -> str:
    lines = [f"<title>{_text(item.title)}</title>", f"<guid isPermaLink={quoteattr('false')}>{_text(item.id)}</guid>"]
    if item.link and _WEB.match(item.link):
        lines.append(f"<link>{_text(item.link)}</link>")
    if published := _published(item.day):
        lines.append(f"<pubDate>{published}</pubDate>")
    if item.source:
        lines.append(f"<dc:creator>{_text(item.source)}</dc:creator>")
    lines.append(f"<description>{_text(escape(_text(item.summary, escaped=False)))}</description>")
    return "<item>" + "\n".join(lines) + "</item>\n"


def _published(day: str | None) -> str | None:
    try:
        return format_datetime(datetime.combine(date.fromisoformat(day), time(), UTC)) if day else None
    except ValueError:
        return None


def _text(text: str, escaped: bool = True) -> str:
    plain = _FORBIDDEN.sub("\ufffd", text)
    return escape(plain) if escaped else plain
