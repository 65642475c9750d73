"""Telegram Desktop's export (``result.json``): each post of a channel or group as an article."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from takhrij.errors import DamagedInput, EmptyInput, InputError, UnsupportedInput
from takhrij.pages.dates import given_day
from takhrij.pages.make import text_facts, unified
from takhrij.records import Article, Page
from takhrij.text.tokens import lines


def articles_from_telegram(data: bytes, name: str, on_error: Callable[[InputError], None]) -> Iterator[tuple[Page, Article]]:
    """Each post with words in it, the oldest first as the export has them; a forward keeps the name of whom it is from.

    The export of one chat and that of a whole account are both read. Posts that are pictures only are passed over.
    """
    try:
        export = json.loads(data)
    except (ValueError, RecursionError):
        raise DamagedInput(name, "not an export of Telegram Desktop: its JSON is broken") from None
    found = False
    for chat in _chats(export, name):
        for message in chat["messages"]:
            if not isinstance(message, dict) or message.get("type") != "message":
                continue
            try:
                read = _post(chat, message, name)
            except InputError as error:
                on_error(error)
                continue
            if read is not None:
                found = True
                yield read
    if not found:
        raise EmptyInput(name, "an export without a post that has words")


def _chats(export: Any, name: str) -> list[dict[str, Any]]:
    chats = [export] if isinstance(export, dict) else []
    if chats and isinstance(export.get("chats"), dict):
        chats = export["chats"].get("list") or []
    chats = [c for c in chats if isinstance(c, dict) and isinstance(c.get("messages"), list)]
    if not chats:
        raise UnsupportedInput(name, "JSON of a kind that is not read: give rows in a .jsonl, or an export of Telegram Desktop")
    return chats


def _post(chat: dict[str, Any], message: dict[str, Any], name: str) -> tuple[Page, Article] | None:
    text = unified(_flat(message.get("text"), name)).strip("\n")
    if not text.strip():
        return None
    ident = f"telegram:{chat.get('id', chat.get('name', name))}/{message.get('id', '')}"
    page = Page(
        name=ident, body=json.dumps(message, ensure_ascii=False).encode("utf-8", "replace"), media_type="application/json"
    )
    date = given_day(_string(message.get("date")))
    facts = text_facts(text, _string(chat.get("name")))
    facts["author"] = _string(message.get("author")) or facts["author"]
    article = Article(
        id=ident,
        text=text,
        title=next(lines(text)).of(text).strip(),
        date=date,
        date_evidence="telegram" if date else None,
        date_certainty=1.0 if date else 0.0,
        outlet=_string(chat.get("name")) or _string(message.get("from")),
        page_sha256=page.sha256,
        forwarded_from=_string(message.get("forwarded_from")),
        **facts,
    )
    return page, article


def _flat(text: Any, name: str) -> str:
    """A post's text: a string, or a list of strings and of pieces with a format of their own."""
    if isinstance(text, str):
        return text
    if isinstance(text, list):
        pieces = [piece.get("text") if isinstance(piece, dict) else piece for piece in text]
        return "".join(piece for piece in pieces if isinstance(piece, str))
    if text is None:
        return ""
    raise DamagedInput(name, "a post whose text is no text")


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
