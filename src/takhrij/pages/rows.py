"""``.jsonl`` rows to articles: the given text is kept unchanged, its first line is the headline."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator

from takhrij.errors import DamagedInput, EmptyInput, InputError, TooLarge
from takhrij.pages.charset import decode
from takhrij.pages.dates import given_day
from takhrij.pages.limits import DEFAULT_LIMITS, Limits
from takhrij.pages.make import text_facts
from takhrij.pages.page_dates import PageDate, date_in_address
from takhrij.records import Article, Page
from takhrij.text.tokens import lines

_SURROGATE = re.compile("[\ud800-\udfff]")


def articles_from_rows(
    data: Iterable[bytes], name: str, on_error: Callable[[InputError], None], limits: Limits = DEFAULT_LIMITS
) -> Iterator[tuple[Page, Article]]:
    """Each row of ``data`` (lines of JSON) as its page and its article. A bad row goes to ``on_error`` with its number."""
    for number, line in enumerate(data, 1):
        if not line.strip():
            continue
        where = f"{name}:{number}"
        try:
            yield _article(line, where, limits)
        except InputError as error:
            on_error(error)


def _article(line: bytes, where: str, limits: Limits) -> tuple[Page, Article]:
    if len(line) > limits.page:
        raise TooLarge(where, f"a row larger than {limits.page} bytes")
    try:
        row = json.loads(decode(line, where))
    except (ValueError, RecursionError) as error:
        raise DamagedInput(where, f"not a row of JSON ({_short(error)})") from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise DamagedInput(where, 'a row without a "text"')
    text = _SURROGATE.sub("\ufffd", row["text"])  # one character for one: offsets stay
    if not text.strip():
        raise EmptyInput(where, 'an empty "text"')
    page = Page(name=where, body=line.strip(), url=_string(row, "url"), media_type="application/json")
    outlet = _string(row, "outlet")
    dated = _date(row, page.url)
    article = Article(
        id=_string(row, "id") or _string(row, "url") or where,
        text=text,
        title=_string(row, "title") or next(lines(text)).of(text).strip(),
        url=page.url,
        date=dated.day if dated else None,
        date_evidence=dated.evidence if dated else None,
        date_certainty=dated.certainty if dated else 0.0,
        outlet=outlet,
        page_sha256=page.sha256,
        **text_facts(text, outlet),
    )
    return page, article


def _date(row: dict[str, object], url: str | None) -> PageDate | None:
    """The day that the row gives, else the one in its address."""
    day = given_day(_string(row, "date"))
    return PageDate(day, "given", 1.0) if day else date_in_address(url)


def _string(row: dict[str, object], key: str) -> str | None:
    value = row.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _SURROGATE.sub("\ufffd", value).strip() or None if isinstance(value, str) else None


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:80] if str(error) else type(error).__name__
