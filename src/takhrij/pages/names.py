"""Names of inputs in one line that any output can hold."""

from __future__ import annotations

import re

from takhrij.errors import InputError

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def shown(name: str) -> str:
    """``name`` with control characters, line ends and undecodable bytes of it as U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", name)


def in_one_line(error: InputError) -> InputError:
    """``error`` itself, or the same with a name and a reason that are one line: archives name their files as they like."""
    name, reason = shown(error.name), shown(error.reason)
    return error if (name, reason) == (error.name, error.reason) else type(error)(name, reason)
