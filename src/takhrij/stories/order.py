"""Which copy came first, where the articles themselves justify an order; otherwise nothing is said.

A credit weighs more than a date: a morning paper may print yesterday's wire under an earlier stamp than the agency's page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from takhrij.records import Article
from takhrij.text.fold import fold

_LETTERS = re.compile(r"\w+")
#: Opening words of a body in which a dateline names the agency.
_DATELINE = 120


def first_of(articles: Sequence[Article]) -> tuple[str | None, str]:
    """The id of the article that the others took their text from and the reason, or ``(None, "")``.

    Looked for in this order: an outlet in the set that another member credits, or names in its dateline; a day of
    publication before all the others'. An article that credits somebody else is not the first hand.
    """
    credited = [a for a in articles if any(b is not a and _named_in(a.outlet, b.credit or "") for b in articles)]
    if len(credited) == 1:
        return credited[0].id, f"credit line: {credited[0].outlet} is credited by another copy"
    datelined = [a for a in articles if any(b is not a and _named_in(a.outlet, _opening(b)) for b in articles)]
    if not credited and len(datelined) == 1:
        return datelined[0].id, f"agency named: another copy opens with the name of {datelined[0].outlet}"
    return _earliest(articles)


def _earliest(articles: Sequence[Article]) -> tuple[str | None, str]:
    dated = sorted((a.date[:10], a.id) for a in articles if a.date)
    if len(dated) < len(articles) or len(dated) < 2 or dated[0][0] == dated[1][0]:
        return None, ""
    day, article_id = dated[0]
    return article_id, f"earlier date: published {day}, the next copy {dated[1][0]}"


def _named_in(outlet: str | None, words: str) -> bool:
    name = " ".join(_LETTERS.findall(fold(outlet or "")))
    return len(name) > 2 and f" {name} " in f" {' '.join(_LETTERS.findall(fold(words)))} "


def _opening(article: Article) -> str:
    """The start of the body, as far as a dateline reaches: up to its dash, colon or bracket."""
    body = article.text.partition("\n")[2][:_DATELINE]
    mark = re.search(r"[-–—:(]", body)
    return body[: mark.end() + 40] if mark and mark.start() < 60 else ""
