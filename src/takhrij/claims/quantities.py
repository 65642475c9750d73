"""Numbers in a statement, in digits or in words, as values to compare: ``ألفين ومئة`` is 2100, ``3,5 ملايين`` 3,500,000."""

from __future__ import annotations

import re
from dataclasses import dataclass

from takhrij.claims.lexicon import number_words
from takhrij.claims.stems import stem
from takhrij.text.fold import fold

_TOKEN = re.compile(r"\d+(?:[.,٫٬:/]\d+)*|[^\W\d]+|%|٪|[^\s\w]")
_GROUPED = re.compile(r"\d{1,3}(?:[.,٬]\d{3})+\Z")
#: Largest value a number in a statement is read as; longer runs of digits are telephone numbers and the like.
_LARGEST = 1e15
_PERCENT = re.compile(r"[%٪]|في (?:المئه|المائه|الميه|المايه)|بالمئه|بالمائه|بالميه|بالمايه")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value and the stem of the word after it, which mostly names what is counted."""

    value: float
    counted: str = ""


def quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of ``text`` in order. Clock times, ordinals and numbers glued to letters are not read."""
    tokens = _TOKEN.findall(fold(text))
    written = _TOKEN.findall(text)
    written = written if len(written) == len(tokens) else tokens
    found: list[Quantity] = []
    i = 0
    while i < len(tokens):
        value, used = _number_at(tokens, i)
        if value is None:
            i += 1
            continue
        i += used
        percent = _PERCENT.match(" ".join(tokens[i : i + 2]))
        if percent:  # a fraction in words and a percentage are one kind: نصف and 50 في المئة both come out as 0.5
            value, i = value / 100, i + len(percent.group().split())
        if value < _LARGEST:
            found.append(Quantity(value, stem(written[i]) if i < len(tokens) and len(tokens[i]) > 2 else ""))
    return tuple(found)


def _number_at(tokens: list[str], at: int) -> tuple[float | None, int]:
    """The value of the number that starts at ``at`` and how many tokens it takes, or ``(None, 0)``."""
    total = 0.0
    current: float | None = None
    i = at
    while i < len(tokens):
        read = _part(tokens[i], within=i > at)
        if read is None or (read[1] == "digits" and current is not None):
            break
        value, kind = read
        if kind == "scale" and current is not None and current < value:
            total, current = (total + current * value, None) if value >= 1000 else (total, current * value)
        elif kind == "part" and (current is not None or total):
            break
        else:
            current = (current or 0) + value
        i += 1
    if i == at:
        return None, 0
    return total + (current or 0), i - at


def _part(token: str, *, within: bool) -> tuple[float, str] | None:
    """What ``token`` adds to a number. A leading و joins parts inside a number, other particles stand before its first word."""
    if token[0].isdigit():
        return _digits(token)
    table = number_words()
    for form in (token, token[1:] if token[0] in ("و" if within else "وبل") else "", token[2:] if token[:2] == "ال" else ""):
        if form in table:
            return table[form]
    return None


def _digits(token: str) -> tuple[float, str] | None:
    if ":" in token or "/" in token:
        return None
    plain = re.sub(r"[.,٬]", "", token) if _GROUPED.match(token) else token.replace(",", ".").replace("٫", ".")
    try:
        return float(plain), "digits"
    except ValueError:
        return None
