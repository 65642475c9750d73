"""Bytes to :class:`~takhrij.records.Page` to :class:`~takhrij.records.Article`: the first stage.

:func:`read_inputs` is the way in for files, folders and standard input. Importing this package loads no parser: the
readers of HTML, WARC and feeds are loaded when a page of that kind comes along.
"""

from __future__ import annotations

from takhrij.pages.inputs import count_inputs, read_inputs, read_with_pages
from takhrij.pages.limits import Limits
from takhrij.pages.make import article_from_bytes, article_from_text

__all__ = ["Limits", "article_from_bytes", "article_from_text", "count_inputs", "read_inputs", "read_with_pages"]
