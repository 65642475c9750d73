"""Days named in a text, as closed intervals of ISO days."""

from __future__ import annotations

from takhrij.records import DateMention
from takhrij.text.tokens import Tokens


def find_dates(text: str, published: str | None = None, *, tokens: Tokens | None = None) -> tuple[DateMention, ...]:
    """The dates in ``text``."""
    return ()
