"""Agencies, papers and channels that a text names as passing a report on.

``بحسب وكالة الأناضول``, ``قال لرويترز``, ``ونقلت صحيفة "ضفاف" المحلية عن``: a name of the table, or a class noun (agency,
paper, channel ...) with the name after it, where a word of passing on stands right before.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from takhrij.pages.bylines import key, own_names, relay_names, words_of
from takhrij.records import Span
from takhrij.text.clitics import NOUN_PROCLITICS, bare
from takhrij.text.tokens import Tokens, tokenize

_QUOTES = frozenset("«»\"“”'‘’()")
_LONGEST_FORM = 4
_LOOK_BACK = 4


def relays_in(text: str, start: int = 0, outlet: str | None = None) -> Iterator[tuple[Span, str]]:
    """Each agency, paper or channel that ``text`` names as passing something on, with the words that name it."""
    tokens = tokenize(text)
    own = own_names(outlet)
    at = 0
    while at < len(tokens):
        found = _relay_at(tokens, at) if tokens.starts[at] >= start else None
        if found is None:
            at += 1
            continue
        clitic, last = found
        words = _words(tokens.text[tokens.starts[at] : tokens.ends[last]], clitic)
        if not any(f" {name} " in f" {key(words)} " for name in own):
            yield tokens.span(at, last), words
        at = last + 1


def _words(words: str, clitic: str) -> str:
    """The name without the preposition that is written onto it: ``لوكالة فلان``, ``للألمانية``."""
    if clitic.endswith("لل"):
        return "ال" + words[len(clitic) :]
    name = words[len(clitic) - 2 * clitic.endswith("ال") :].lstrip("ـ ")
    return name[:-1].rstrip() if name[-1:] in _QUOTES and sum(c in _QUOTES for c in name) == 1 else name


def _relay_at(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """(what is written onto its front, the index of its last token) of the relay that begins at ``at``, or None."""
    for clitic, rest in _starts(tokens.forms[at]):
        last = None
        if rest in words_of("class") and not clitic.endswith(("ال", "لل")):  # «الوكالة» is told by what stands before it
            last = _name_after(tokens, at)
        if last is None:
            last = _known_name(tokens, at, rest)
        if last is None:
            continue
        told = clitic.lstrip("وف").startswith("ل") or _after_detached_to(tokens, at)
        if _said_before(tokens, at) if told else _passes_on(tokens, at):
            return clitic, last
    return None


def _after_detached_to(tokens: Tokens, at: int) -> bool:
    """Whether ``لـ`` stands before, set off by a tatweel or quotation marks."""
    before = next((tokens.forms[i] for i in range(at - 1, max(-1, at - 3), -1) if tokens.forms[i] not in _QUOTES), "")
    return before == "ل"


@lru_cache(maxsize=1 << 16)
def _starts(form: str) -> tuple[tuple[str, str], ...]:
    """The ways to take ``form`` apart as what is written onto it and a word that may begin a relay's name; hardly ever any."""
    ways = [*_to_the(form), *bare(form, NOUN_PROCLITICS, 1)]
    return tuple((c, rest) for c, rest in ways if rest in words_of("class") or rest.lower() in _first_words())


@cache
def _first_words() -> frozenset[str]:
    return frozenset(name.split(" ", 1)[0] for name in relay_names() if name)


def _to_the(form: str) -> Iterator[tuple[str, str]]:
    """``للألمانية`` is ``ل`` and ``الألمانية``."""
    if form.startswith("لل") and len(form) > 4:
        yield "لل", "ال" + form[2:]


def _sentence_before(tokens: Tokens, at: int, most: int) -> Iterator[int]:
    """The tokens before ``at`` in its own sentence, the nearest first, ``most`` at the most."""
    for i in range(at - 1, max(-1, at - 1 - most), -1):
        gap = tokens.text[tokens.ends[i] : tokens.starts[i + 1]]
        if tokens.forms[i] in ".!؟؛" or "\n" in gap:
            return
        yield i


def _is_a(sort: str, form: str) -> bool:
    return any(rest in words_of(sort) for _, rest in bare(form, ("و", "ف", "ل", "ب", "ك")))


def _said_before(tokens: Tokens, at: int) -> bool:
    """Whether somebody spoke earlier in the sentence: who talks *to* an agency talks through it (its own survey does not)."""
    near = tokens.forms[at - 1] if at else ""
    if near in {"وفقا", "طبقا", "وفق"}:
        return True
    return any(_is_a("said", tokens.forms[i]) for i in _sentence_before(tokens, at, 25)) and not _reported_on(tokens, at)


def _passes_on(tokens: Tokens, at: int) -> bool:
    """Whether a word of passing on stands close before the token ``at``, and the report is not itself what is talked about."""
    for i in _sentence_before(tokens, at, _LOOK_BACK):
        form = tokens.forms[i]
        if i == at - 1 and form == "علي":
            return False  # said *on* a site: where something stands, not who passes it on
        if _is_a("cue", form) and (i >= at - 2 or form not in {"عن", "مع"}):
            return not _reported_on(tokens, at)
    return False


def _reported_on(tokens: Tokens, at: int) -> bool:
    """Whether a paper's report is the object of the sentence (``نفى ما نشرته صحيفة ...``) and not the way it came."""
    for i in _sentence_before(tokens, at, 10):
        if tokens.forms[i] == "ما":
            before = tokens.forms[i - 1] if i else ""
            return not (_is_a("measure", before) or before in {"علي", "الي"})
    return False


def _known_name(tokens: Tokens, at: int, first: str) -> int | None:
    """The last token of a name of the table that begins with ``first`` at ``at``; forms that are common words do not count."""
    for n in range(_LONGEST_FORM, 0, -1):
        words, last = [first.lower()], at
        while len(words) < n and last + 1 < len(tokens):
            last += 1
            if tokens.forms[last] not in _QUOTES and tokens.forms[last] != ".":
                words.append(tokens.forms[last].lower())
        found = relay_names().get(" ".join(words))
        sure = found and (found[2] or (first.startswith("ال") and tokens.forms[at].startswith("لل")))
        if len(words) == n and found and sure and found[0] != "generic":
            return last
    return None


def _name_after(tokens: Tokens, at: int) -> int | None:
    """The last token of the name that follows the class noun at ``at``: in quotation marks, of the table, or its adjectives."""
    if (quoted := _quoted_after(tokens, at)) is not None:
        return quoted
    for n in range(_LONGEST_FORM, 0, -1):
        forms = [f for f in tokens.forms[at + 1 : at + 1 + n] if f not in _QUOTES]
        if " ".join(forms).lower() in relay_names():
            return _adjectives(tokens, at + n)
    if tokens.forms[at].lstrip("وفبل") in words_of("vague"):
        return None  # «موقع الحادث» is a place
    last = _adjectives(tokens, at)
    return last if last > at else None


def _quoted_after(tokens: Tokens, at: int) -> int | None:
    """The last token of a quoted name after the class noun, at most one word of it between (``وكالة أنباء «فلان»``)."""
    for j in range(at + 1, min(at + 3, len(tokens))):
        if "\n" in tokens.text[tokens.ends[j - 1] : tokens.starts[j]]:
            return None
        if tokens.forms[j] in _QUOTES and tokens.forms[j] not in ")»":
            close = next((k for k in range(j + 1, min(j + 7, len(tokens))) if tokens.forms[k] in _QUOTES), None)
            return None if close is None else _adjectives(tokens, close)
        if not _goes_on_name(tokens, j):
            return None
    return None


def _adjectives(tokens: Tokens, last: int) -> int:
    """On past what belongs to the name and follows at once: words with the article, three at most, a name in quotation marks.

    ``وكالة الأنباء`` goes on to ``السورية الرسمية «سانا»``.
    """
    end = last
    for i in range(last + 1, min(last + 4, len(tokens))):
        if not _goes_on_name(tokens, i):
            break
        end = i
    quoted = end + 2
    if quoted + 1 < len(tokens) and tokens.forms[end + 1] in _QUOTES and tokens.forms[quoted] in relay_names():
        return quoted + (tokens.forms[quoted + 1] in _QUOTES)
    return end


def _goes_on_name(tokens: Tokens, i: int) -> bool:
    form = tokens.forms[i]
    if "\n" in tokens.text[tokens.ends[i - 1] : tokens.starts[i]] or form in words_of("no_name"):
        return False
    return len(form) >= 4 and (form.startswith("ال") or form in words_of("in_name"))
