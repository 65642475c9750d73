"""Folding: one spelling for the spellings that mean the same word, with offsets kept where they are needed.

Arabic is typed with and without vowel marks, with hamza or bare alif, with ``ى`` for a final ``ي`` and stretched with
tatweel. :func:`fold` maps all of them to one form, so that tables need one row per word. The letter classes are those
of common Arabic search normalisation (alif forms to ا, ى to ي, ة to ه, hamza carriers to their bare letter).
"""

from __future__ import annotations

import re
import unicodedata

TATWEEL = "ـ"

#: Letters folded to one another; marks, tatweel and bidi controls map to None and vanish.
_LETTERS = dict(zip("أإآٱىةؤئیکھہ", "اااايهوييكهه", strict=True))


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(a): b for a, b in _LETTERS.items()}
    for code in [*range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06ED), ord(TATWEEL)]:
        if unicodedata.category(chr(code)) in {"Mn", "Lm"}:
            table[code] = None
    for code in (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A), 0xFEFF):
        table[code] = None
    for code in [*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFF)]:  # presentation forms, as old editors saved them
        plain = unicodedata.normalize("NFKC", chr(code))
        if plain != chr(code):
            folded = "".join(_LETTERS.get(c, c) for c in plain if not unicodedata.combining(c) and c != TATWEEL)
            table[code] = folded.strip()
    for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"):
        table.update({ord(d): str(i) for i, d in enumerate(digits)})
    return table


_TABLE = _table()
_PLAIN = re.compile(r"[\x00-\x7f]*\Z")


def fold(word: str) -> str:
    """``word`` without vowel marks, tatweel and bidi controls, its letter variants and digits brought to one form.

    >>> fold("وأَكَّدَتْ") == fold("واكدت")
    True
    """
    return word.translate(_TABLE)
