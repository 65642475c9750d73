"""Verdicts as a CSV of fact-checks for Check, Meedan's desk for collaborative verification.

Columns carry the names that Check's API has for the parts of an item and its fact-check (``claim_description``, and of the
fact-check ``title``, ``summary``, ``url``, ``language``, ``tags``, ``rating``); where a workspace's import sheet names them
otherwise, its heading is to be put in place of ours. Only verdicts that people gave are written. Lost: who is said to have
claimed it, and the claim's id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from takhrij.exchange.tables import Columns, read_csv, write_csv
from takhrij.exchange.verdicts import Verdict

COLUMNS: Columns = {
    "claim_description": "text", "claim_context": "text", "title": "text", "summary": "text", "url": "text",
    "language": "text", "tags": "text", "rating": "text", "author": "text", "date": "text",
}  # fmt: skip


def write_check(verdicts: Iterable[Verdict], tags: tuple[str, ...] = ()) -> Iterator[str]:
    """The lines of the CSV, as :func:`takhrij.exchange.tables.write_csv` gives them."""
    return write_csv(
        (
            {
                "claim_description": v.text, "claim_context": " ".join(v.appearances), "title": v.text[:140],
                "summary": v.summary,
                "url": v.url, "language": v.language, "tags": ", ".join(tags), "rating": v.rating, "author": v.author,
                "date": v.date,
            }
            for v in verdicts
        ),
        COLUMNS,
    )  # fmt: skip


def read_check(text: str) -> Iterator[Verdict]:
    """The verdicts of a file of :func:`write_check`."""
    for row in read_csv(text, COLUMNS):
        cell = {key: "" if value is None else str(value) for key, value in row.items()}
        yield Verdict(
            claim="",
            text=cell["claim_description"],
            rating=cell["rating"],
            author=cell["author"],
            summary=cell["summary"],
            url=cell["url"] or None,
            date=cell["date"] or None,
            appearances=tuple(cell["claim_context"].split()),
            language=cell["language"],
        )
