"""Takhrij: who said it, through whom it reached us, how many distinct origins stand behind it, and who denies it.

>>> from takhrij import read, trace
>>> for reading in read("page.html"):
...     for a in reading.attributions:
...         print(a.speaker, a.act, [c.of(reading.article.text) for c in a.content])
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from takhrij.errors import InputError, TakhrijError
from takhrij.version import __version__

if TYPE_CHECKING:
    from takhrij.records import Reading, Trace

__all__ = ["InputError", "TakhrijError", "__version__", "read", "read_text", "trace"]


def read(*inputs: str | Path) -> list[Reading]:
    """Read every article in ``inputs`` (files, folders). Raises the first :class:`InputError` met."""
    from takhrij.pipeline import read_inputs

    return list(read_inputs(inputs, on_error=_raise))


def read_text(text: str, *, date: str | None = None, outlet: str | None = None) -> Reading:
    """Read one article given as text, its headline in the first line. Offsets refer to ``text`` unchanged."""
    from dataclasses import replace

    from takhrij.pages import article_from_text
    from takhrij.pipeline import read_article

    article = article_from_text(text, "text", outlet=outlet)
    return read_article(replace(article, date=date or article.date))


def trace(*inputs: str | Path) -> Trace:
    """Read ``inputs`` and join what they say: copies, claims, chains, origins, denials."""
    from takhrij.pipeline import trace_readings

    return trace_readings(read(*inputs))


def _raise(error: InputError) -> None:
    raise error
