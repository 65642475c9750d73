"""The makers of articles: from a page's bytes, from a given text."""

from __future__ import annotations

import re
from typing import TypedDict

from takhrij.errors import DamagedInput, EmptyInput, InputError, TooLarge, UnsupportedInput
from takhrij.pages.charset import decode
from takhrij.pages.credits import read_credits
from takhrij.pages.dates import day_in
from takhrij.pages.furniture import furniture
from takhrij.pages.limits import DEFAULT_LIMITS, Limits
from takhrij.records import Article, Page, Span
from takhrij.text.language import language
from takhrij.text.tokens import lines

_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|article|div|p|h1|title)[\s>/]", re.I)
_SURROGATES = re.compile("[\ud800-\udfff]")
_DATE_LINES = 5
_LONGEST_DATE_LINE = 80


class TextFacts(TypedDict):
    """What :func:`text_facts` reads, by the names that :class:`~takhrij.records.Article` gives it."""

    lang: str
    credit: str | None
    author: str | None
    skip: tuple[Span, ...]


def article_from_bytes(page: Page, limits: Limits = DEFAULT_LIMITS) -> Article:
    """The article that ``page`` holds: HTML where its type or its bytes say so, else plain text.

    Raises :class:`~takhrij.errors.EmptyInput` for a page without words, :class:`~takhrij.errors.NotText` for binary data,
    :class:`~takhrij.errors.UnsupportedInput` for PDF, :class:`~takhrij.errors.TooLarge` past ``limits``.
    """
    body = page.body
    if not body.strip():
        raise EmptyInput(page.name, "empty")
    if len(body) > limits.page:
        raise TooLarge(page.name, f"larger than {limits.page} bytes")
    if body.lstrip().startswith(b"%PDF"):
        raise UnsupportedInput(page.name, "PDF is not read: give the text or the web page")
    text = decode(body, page.name, _header_charset(page))
    if looks_like_html(body, page.media_type, text):
        return _guarded_html(text, page, limits)
    return article_from_text(text, page.name, page=page)


def _guarded_html(text: str, page: Page, limits: Limits) -> Article:
    """:func:`~takhrij.pages.html.article_from_html`, whatever a page of strangers makes the parsers under it raise."""
    from takhrij.pages.html import article_from_html

    try:
        return article_from_html(text, page, limits)
    except InputError:
        raise
    except MemoryError:
        raise TooLarge(page.name, "reading it takes more memory than there is") from None
    except Exception as error:
        raise DamagedInput(page.name, f"a page that no parser gets through ({type(error).__name__})") from error


def article_from_text(text: str, name: str, *, outlet: str | None = None, page: Page | None = None) -> Article:
    """The article that a plain text is: its first line the headline; ends of line become ``\\n``, nothing else changes."""
    text = unified(text)
    if not text.strip():
        raise EmptyInput(name, "nothing but white space")
    rows = list(lines(text))
    date, evidence = None, None
    for row in [*rows[1 : 1 + _DATE_LINES], *rows[-2:]]:
        if row.end - row.start <= _LONGEST_DATE_LINE and (date := day_in(row.of(text))):
            evidence = f"text: {row.of(text).strip()}"
            break
    facts = text_facts(text, outlet)
    return Article(
        id=name,
        text=text,
        title=rows[0].of(text).strip(),
        url=page.url if page else None,
        date=date,
        date_evidence=evidence,
        date_certainty=0.6 if date else 0.0,
        outlet=outlet,
        page_sha256=page.sha256 if page else None,
        **facts,
    )


def text_facts(text: str, outlet: str | None) -> TextFacts:
    """What a text that must not change says of itself: ``lang``, ``credit``, ``author`` and the spans to ``skip``."""
    lang = language(text)
    skip = furniture(text)
    credit, bylines = read_credits(text, outlet) if lang == "ar" else (None, [])
    own_lines = [b.span for b in bylines if b.whole_line]
    author = next((b.author for b in bylines if b.author), None)
    return {"lang": lang, "credit": credit, "author": author, "skip": merged([*skip, *own_lines])}


def merged(spans: list[Span]) -> tuple[Span, ...]:
    """``spans`` in order, those that overlap made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def unified(text: str) -> str:
    """``text`` with ``\\n`` at its line ends and U+FFFD in the place of lone surrogates, which no output could hold."""
    return _SURROGATES.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def looks_like_html(body: bytes, media_type: str | None, text: str) -> bool:
    """Whether the page is HTML: its media type says so, or its beginning does."""
    if media_type and "html" in media_type.lower():
        return True
    if media_type and media_type.lower().startswith("text/plain"):
        return False
    return bool(_MARKUP.search(body[:4096]) or _MARKUP.search(text[:2048].encode("utf-8", "replace")))


def _header_charset(page: Page) -> str | None:
    said = page.headers.get("content-type") or page.media_type or ""
    match = re.search(r"charset\s*=\s*[\"']?([\w.:-]{3,40})", said, re.I)
    return match.group(1) if match else None
