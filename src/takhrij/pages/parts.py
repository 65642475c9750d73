"""Articles in several pages: only the page at hand is read, and that there are more is said."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from takhrij.records import Page

_HEAD = 200_000
_LINK = re.compile(rb"<(?:link|a)\s[^<>]{0,600}>", re.I)
_NEXT = re.compile(rb"\brel\s*=\s*[\"']?next\b", re.I)
_HREF = re.compile(rb"\bhref\s*=\s*(?:\"([^\"]{1,500})\"|'([^']{1,500})'|([^\s\"'>]{1,500}))", re.I)
#: ``/2/``, ``?page=2``, ``/page/2``: the next part of one article. Other ``rel=next`` links lead to the next article.
_PART = re.compile(r"^(.*?)[/?&](?:page[=/]|p=|paged=)?([2-9]|1\d)/?$")


def next_part(page: Page, url: str | None) -> str | None:
    """The address of the next part of the article on ``page``, which is at ``url``, or None."""
    for link in _LINK.findall(page.body[:_HEAD]):
        if not _NEXT.search(link) or not (found := _HREF.search(link)):
            continue
        href: bytes = next(g for g in found.groups() if g)
        address = urljoin(url or "", href.decode("utf-8", "replace"))
        part = _PART.match(address)
        if part and (url is None or part.group(1).rstrip("/") == url.rstrip("/")):
            return address
    return None
