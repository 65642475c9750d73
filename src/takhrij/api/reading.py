"""Reading a text that somebody pasted. Nothing of it is kept."""

from __future__ import annotations

import hashlib

from takhrij.records import Article, Reading
from takhrij.text.language import language


def read_pasted(text: str, date: str | None = None, outlet: str | None = None) -> Reading:
    """The reading of ``text``, as one article whose first line is the headline; its id is made of its digest."""
    from takhrij.pipeline import read_article

    text = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    title = text.partition("\n")[0]
    return read_article(Article(f"pasted-{digest[:16]}", text, title, date=date, outlet=outlet, lang=language(text)))
