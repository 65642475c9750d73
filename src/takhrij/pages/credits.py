"""Whom an article credits: agencies, papers and channels in its byline, and those that its text names as passing a report on.

The second kind (``بحسب وكالة الأناضول``, ``قال لرويترز``, ``ونقلت صحيفة "حرييت" التركية عن``) is found by a name of the table,
or by a class noun (agency, paper, channel ...) with the name after it, where a word of passing on stands right before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from takhrij.pages.bylines import Byline, byline_at, key, own_names, relay_names, words_of
from takhrij.records import Span
from takhrij.text.clitics import NOUN_PROCLITICS, bare
from takhrij.text.tokens import Tokens, lines, tokenize

_QUOTES = frozenset("«»\"“”'‘’()")
_LONGEST_FORM = 4
_LOOK_BACK = 4
_LINES_FOR_BYLINES = 4
#: Closing credit in brackets: ``... هناك. (رويترز)``.
_CLOSING = re.compile(r"[(\[«]\s*([^()\[\]«»\n]{2,40})\s*[)\]»]\s*\.?\s*$")


def read_credits(text: str, outlet: str | None) -> tuple[str | None, list[Byline]]:
    """(what the article credits, joined by ``"; "``; its bylines). Its own ``outlet`` it does not credit in its text."""
    rows = list(lines(text))
    bylines = [b for row in rows[1 : 1 + _LINES_FOR_BYLINES] if (b := byline_at(row.of(text), row.start, outlet))]
    for row in rows[-2:]:
        if (
            len(rows) > 3
            and row.end - row.start <= 40
            and (b := byline_at(row.of(text), row.start, outlet))
            and b not in bylines
        ):
            bylines.append(b)
    names = [b.credit for b in bylines if b.credit]
    if rows and (closing := _CLOSING.search(rows[-1].of(text))) and key(closing.group(1)) in relay_names():
        names.append(closing.group(1).strip())
    body = rows[0].start if rows else 0
    taken = [b.span for b in bylines]
    names.extend(
        words for span, words in relays_in(text, body, outlet) if not any(t.start <= span.start < t.end for t in taken)
    )
    distinct = _distinct(names)
    return ("; ".join(distinct) or None), bylines


def _distinct(names: list[str]) -> list[str]:
    seen: set[str] = set()
    kept = []
    for name in names:
        ident = _ident(name)
        if ident not in seen:
            seen.add(ident)
            kept.append(name.strip())
    return kept


def _ident(name: str) -> str:
    """One key for the forms of one agency: its name in the table, whatever class noun stands before it."""
    words = key(name).split()
    for first in range(len(words)):
        for last in range(len(words), first, -1):
            if found := relay_names().get(" ".join(words[first:last])):
                return found[1]
    return " ".join(words)


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
    return words[len(clitic) - 2 * clitic.endswith("ال") :].lstrip("ـ ")


def _relay_at(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """(what is written onto its front, the index of its last token) of the relay that begins at ``at``, or None."""
    form = tokens.forms[at]
    for clitic, rest in [*_to_the(form), *bare(form, NOUN_PROCLITICS, 1)]:
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
        words, last = [first], at
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
    i = at + 1
    if i >= len(tokens):
        return None
    for j in range(i, min(i + 3, len(tokens))):
        if tokens.forms[j] in _QUOTES and tokens.forms[j] not in ")»":
            close = next((k for k in range(j + 1, min(j + 7, len(tokens))) if tokens.forms[k] in _QUOTES), None)
            if close is not None:
                return _adjectives(tokens, close)
        if tokens.forms[j] in _QUOTES or "\n" in tokens.text[tokens.ends[j - 1] : tokens.starts[j]]:
            break
    for n in range(_LONGEST_FORM, 0, -1):
        forms = [f for f in tokens.forms[i : i + n] if f not in _QUOTES]
        if " ".join(forms).lower() in relay_names():
            return _adjectives(tokens, i + n - 1)
    last = _adjectives(tokens, at)
    return last if last > at else None


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
