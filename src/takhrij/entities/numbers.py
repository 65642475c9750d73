"""Quantities named in a text."""

from __future__ import annotations

from takhrij.records import NumberMention
from takhrij.text.tokens import Tokens


def find_numbers(text: str, *, tokens: Tokens | None = None) -> tuple[NumberMention, ...]:
    """The quantities in ``text``."""
    return ()
