"""Which language a text is in, told apart only as far as a reader of Arabic news needs it."""

from __future__ import annotations

import re

_ARABIC = re.compile(r"[\u0620-\u064a\u0671-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_OTHER = re.compile(r"[\u0400-\u04ff\u0590-\u05ff\u0370-\u03ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
#: Letters that Arabic does not have: Persian پ چ ژ گ, Urdu ٹ ڈ ڑ ں ے, Kurdish ڕ ڵ ۆ ێ, Pashto ټ ډ ړ ښ ږ, Uyghur ۇ ۈ ې.
_FOREIGN = re.compile(r"[پچژگٹڈڑںےڕڵۆێټډړښږۇۈې]")
_PERSIAN_WORDS = re.compile(r"(?<!\w)(?:است|این|که|را|می|برای|شد|کرد|های|بود)(?!\w)")
_URDU_WORDS = re.compile(r"(?<!\w)(?:ہے|ہیں|میں|کے|نے|کی|اور|سے)(?!\w)")

#: A share of foreign letters past which a text in Arabic script is not Arabic; names with گ or پ stay far below it.
_FOREIGN_SHARE = 0.02


def language(text: str) -> str:
    """An ISO 639 code: ``ar``, ``fa``, ``ur``, ``en`` for any text in Latin letters, ``und`` where nothing tells.

    Only the first 20,000 characters are looked at. Other languages in Arabic script (Kurdish, Pashto) come back as ``und``.
    """
    sample = text[:20_000]
    arabic = len(_ARABIC.findall(sample))
    latin = len(_LATIN.findall(sample))
    other = len(_OTHER.findall(sample))
    if arabic > max(latin, other):
        if len(_FOREIGN.findall(sample)) <= _FOREIGN_SHARE * arabic and len(_PERSIAN_WORDS.findall(sample)) * 60 < arabic:
            return "ar"
        if len(_URDU_WORDS.findall(sample)) * 60 > arabic:
            return "ur"
        return "fa" if _PERSIAN_WORDS.search(sample) else "und"
    return "en" if latin > other and latin else "und"
