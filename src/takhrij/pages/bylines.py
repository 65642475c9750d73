"""Bylines and datelines: ``واس - عدن:``, ``كتب - فلان``, ``بيروت (رويترز) -``, ``عين اليوم – عدن``.

They are facts about an article, not news: no attribution is read in them. A byline is told by its shape (short, in few
parts set off by dashes, no sentence) together with a word that only bylines have: an opener, an agency, the outlet's own
name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from takhrij.pages.tables import rows
from takhrij.records import Span
from takhrij.text.fold import fold

_LETTERS = re.compile(r"\w+")
_PART = re.compile(r"\s*(?:[–—|،,:؛/()\[\]«»\"“”]|ــ?|(?<=\s)[-_ـ]+|[-_]+(?=\s))+\s*")
#: A dateline in front of a first sentence: up to its colon, or a place and an agency in brackets up to a dash.
_PREFIX = re.compile(r"(?P<head>[^\n:.!؟]{2,70}?)\s*:(?=\s|\S)|(?P<agency>[^\n:.!؟()]{0,45}\([^()\n]{2,30}\))\s*[-–—ـ]+")
_DOTTED = re.compile(r"(?<=\w)\.(?=\s?\w(?!\w))")
_LONGEST_LINE = 80
_MOST_PARTS = 5
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Byline:
    """``span`` is what is no news, separators included; ``credit`` its words where it names an agency or an outlet."""

    span: Span
    credit: str | None
    author: str | None
    whole_line: bool


def key(name: str) -> str:
    """Folded words of a name with the dots of initials taken out, so that ``أ.ش.أ`` and ``أ ش أ`` are one."""
    return " ".join(_LETTERS.findall(fold(name.replace(".", " ")).lower()))


@cache
def relay_names() -> dict[str, tuple[str, str, bool]]:
    """Folded form -> (kind, name, whether the form alone is enough outside a byline)."""
    names: dict[str, tuple[str, str, bool]] = {}
    for kind, name, *forms in rows("relays.tsv"):
        for form in [name, *(forms[0].split("|") if forms and forms[0] else ())]:
            sure = not form.endswith("!")
            known = names.get(key(form.rstrip("!")))
            names[key(form.rstrip("!"))] = (kind, name, sure and (known is None or known[2]))
    return names


@cache
def words_of(sort: str) -> frozenset[str]:
    """The folded words of one kind in ``relay_cues.tsv``: class, cue or opener."""
    return frozenset(word for kind, word in rows("relay_cues.tsv") if kind == sort)


@cache
def _slugs() -> dict[str, str]:
    return {slug: name for name, slugs in rows("outlets.tsv") for slug in slugs.split("|")}


@cache
def own_names(outlet: str | None) -> frozenset[str]:
    """The folded names of an outlet given by its name, its domain or its slug (``okaz.com.sa`` is عكاظ)."""
    if not outlet:
        return frozenset()
    found = {key(outlet)}
    first, _, rest = key(outlet).partition(" ")
    if rest and first in words_of("class"):
        found.add(rest)
    for slug in re.split(r"[./:_ ]+", outlet.lower()):
        slug = slug.removesuffix("arabic").removesuffix("news") if slug not in _slugs() else slug
        if name := _slugs().get(slug):
            found.add(key(name))
            found.update(form for form, (_, known, _) in relay_names().items() if key(known) == key(name))
    return frozenset(found)


def byline_at(line: str, start: int, outlet: str | None) -> Byline | None:
    """The byline that ``line`` is, or begins with; ``start`` is the offset of the line in its text."""
    if len(line) <= _LONGEST_LINE and (facts := _facts(line, outlet, whole=True)):
        left = len(line) - len(line.lstrip())
        return Byline(Span(start + left, start + len(line.rstrip())), *facts, whole_line=True)
    match = _PREFIX.match(line)
    if match and (facts := _facts(match.group("head") or match.group("agency"), outlet, whole=False)):
        return Byline(Span(start, start + match.end()), *facts, whole_line=False)
    return None


def _facts(words: str, outlet: str | None, whole: bool) -> tuple[str | None, str | None] | None:
    """(credit, author) where ``words`` are a byline, else None."""
    text = words.strip().rstrip(":").strip()
    parts = [p.strip() for p in _PART.split(_DOTTED.sub(" ", text)) if p.strip()]
    if not parts or len(parts) > _MOST_PARTS or re.search(r"[.!؟?]$", text):
        return None
    own = own_names(outlet)
    named = [p for p in parts if key(p) in relay_names() or key(p) in own]
    first = key(parts[0]).split()
    opens = bool(first) and first[0] in words_of("opener")
    if not first or any(len(key(p).split()) > _MOST_WORDS + opens for p in parts) or (not opens and _speaks(parts)):
        return None
    credit = " - ".join(parts) if named and not ("(" in text and all(key(p) in own for p in named)) else None
    if opens and (len(parts) > 1 or (whole and len(first) > 1)):
        who = parts[1:] if len(first) == 1 else [" ".join(parts[0].split()[1:]), *parts[1:]]
        return credit, next((_person(p) for p in who if p not in named), None)
    if not named or (len(parts) == 1 and not _alone(parts[0], own, whole)):
        return None
    author = _person(parts[0]) if parts[0] not in named and len(first) > 1 and (len(parts) > 2 or named == parts[1:]) else None
    return credit, author


def _person(part: str) -> str | None:
    """A name in Arabic letters, without bidi marks."""
    return part.strip("\u200e\u200f ") if not re.search(r"[A-Za-z0-9]", part) else None


def _speaks(parts: list[str]) -> bool:
    """Whether somebody says something in ``parts``: ``وقال فلان لـ «النهر»:`` begins a sentence and is no dateline."""
    words = [word for part in parts for word in key(part).split()]
    return any(w == "ل" or w.removeprefix("و") in words_of("said") for w in words)


def _alone(part: str, own: frozenset[str], whole: bool) -> bool:
    """Whether one name with nothing beside it is a byline: an agency's is, the outlet's own as a whole line."""
    found = relay_names().get(key(part))
    return bool(found and (found[2] or found[0] == "generic")) or (whole and key(part) in own)
