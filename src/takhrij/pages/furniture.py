"""Comment forms, share bars, tag lists, "read also": what stands on a page and is no news.

In given text it is only marked, so that offsets stay; what an HTML page gives is cleaned of it. The words are in
``data/furniture.tsv``; a line counts only where its shape fits too, since ``التعليقات`` may well open a sentence.
"""

from __future__ import annotations

import re
from functools import cache

from takhrij.pages.dates import only_a_day
from takhrij.pages.tables import rows
from takhrij.records import Span
from takhrij.text.fold import fold

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!؟…»\"”]\s*$")
#: A tag list that follows the last sentence in the same line, as text extracted without its layout shows it.
_TAG_TAIL = re.compile(
    r"(?<=[.!؟…”»\")\]])\s*(?:سمات|الوسوم|كلمات دلالية|الكلمات الدلالية|كلمات مفتاحية|رابط الخبر)[ :][^.!؟\n]{0,300}$"
)
#: A line that is nothing but an address, a mail address or a scrap of a script.
_MACHINE = re.compile(r"\s*(?:https?://\S+|www\.\S+|[^\s@]+@[^\s@]+\.[a-z]+|\[email.protected\]|/\*.{0,200}\*/)\s*$", re.I)
#: Longest line, in characters, that may be a heading of such a block; longest that may be an item under it.
_HEADING = 60
_ITEM = 140
_WORDS_LOOKED_AT = 8


@cache
def _table() -> tuple[dict[str, str], dict[str, tuple[str, str]], int]:
    exact: dict[str, str] = {}
    start: dict[str, tuple[str, str]] = {}
    for takes, how, words in rows("furniture.tsv"):
        if how == "exact":
            exact[words] = takes
        else:
            start[words] = (takes, how)
    return exact, start, max(len(w.split()) for w in start)


def _takes(line: str) -> str | None:
    exact, start, longest = _table()
    words = _WORD.findall(fold(line[:200]).lower())[:_WORDS_LOOKED_AT]
    if not words:
        return None
    if len(line) <= _ITEM and _MACHINE.match(line):
        return "line"
    if len(line) <= _HEADING:
        if found := exact.get(" ".join(w for w in words if not w.isdigit())):
            return found
        if line[:_HEADING].strip()[:1] not in '«"' and only_a_day(line):
            return "line"
    for n in range(min(longest, len(words)), 0, -1):
        takes, how = start.get(" ".join(words[:n]), ("", ""))
        sentence = bool(_SENTENCE_END.search(line))
        if takes and not (sentence and (takes == "tags" or how == "short")):
            return takes if (n > 1 or len(line) <= _ITEM) and (how == "start" or len(line) <= _HEADING) else None
    return None


def furniture(text: str) -> tuple[Span, ...]:
    """The spans of ``text`` that are no news, in order and apart. The first line with words, the headline, is never one.

    >>> [s.of("عنوان\\nخبر قصير.\\nأضف تعليقاً\\nالاسم") for s in furniture("عنوان\\nخبر قصير.\\nأضف تعليقاً\\nالاسم")]
    ['أضف تعليقاً\\nالاسم']
    """
    found: list[Span] = []
    at, seen, in_list, first = 0, 0, False, ""
    for line in text.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        if not line.strip():
            continue
        seen += 1
        if seen == 1:
            first = line
            continue
        takes = _takes(line)
        if takes == "rest" and seen > 2:
            return (*found, Span(start, len(text.rstrip())))
        if takes:
            in_list = takes == "list"
            found.append(Span(start, end - _headline_again(line, first)))
        elif in_list and len(line) <= _ITEM and not _SENTENCE_END.search(line):
            found.append(Span(start, end))
        else:
            in_list = False
            if (tail := _TAG_TAIL.search(line, max(0, len(line) - 400))) and tail.group().strip():
                found.append(Span(start + tail.start() + _indent(tail.group()), end))
    return tuple(s for s in found if text[s.start : s.end].strip())


def _headline_again(line: str, headline: str) -> int:
    """How many characters behind the label of ``line`` are the headline once more (``رابط الخبر: ...``): news, though old."""
    _, colon, rest = line.partition(":")
    return len(rest) if colon and _WORD.findall(fold(rest)) == _WORD.findall(fold(headline)) else 0


def _indent(words: str) -> int:
    return len(words) - len(words.lstrip())
