"""A citation of a claim to copy: the quote, who said it, where it stands, when, and the digest that proves the text."""

from __future__ import annotations

from collections.abc import Sequence

from takhrij.desk.cards import ReportRow
from takhrij.desk.words import Language, Words
from takhrij.records import Claim
from takhrij.render.safe import cut, shown

_QUOTE = 600


def cited(rows: Sequence[ReportRow]) -> ReportRow | None:
    """The report to cite: the first that names who said it, else the first whose article is there."""
    there = [row for row in rows if row.article is not None]
    return next((row for row in there if row.report.attribution is not None), next(iter(there), None))


def citation(claim: Claim, rows: Sequence[ReportRow], language: Language) -> str:
    """The citation on a few lines; a fact that is not known is left out. Safe to show as it is."""
    words = Words(language, "arab" if language == "ar" else "latn")
    row = cited(rows)
    quote = row.words if row is not None and row.words else claim.text
    lines = [f"«{cut(shown(quote), _QUOTE)}»" if language == "ar" else f"“{cut(shown(quote), _QUOTE)}”"]
    speaker = _speaker(claim, row)
    facts = {"cite_by": speaker}
    if row is not None and row.article is not None:
        article = row.article
        facts["cite_in"] = article.outlet or article.id
        facts["cite_on"] = words.day(article.date) if article.date else None
        facts["cite_at"] = article.url
        facts["cite_text"] = article.text_sha256
        facts["cite_page"] = article.page_sha256
    facts["cite_claim"] = claim.id
    lines += [f"{words.say(key)}: {shown(value)}" for key, value in facts.items() if value]
    return "\n".join(lines)


def _speaker(claim: Claim, row: ReportRow | None) -> str | None:
    if row is not None:
        named = [link.name for link in row.chain if link.kind == "speaker"]
        if named:
            return named[0]
        if row.report.attribution is None:
            return None
    return next((s.party for s in claim.statements if s.party), None)
