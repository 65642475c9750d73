"""Taking the name of a speaker apart: office, body, person, nationality, as Arabic news writes them.

``المتحدث الرسمي باسم وزارة الخارجية المصرية السفير سالم الجندي`` is an office, a body with a nationality, and a person.
The leftmost word that says in what quality somebody speaks decides: a columnist who also heads a club speaks for himself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from takhrij.entities.lexicon import Lexicon, folded
from takhrij.entities.nations import nations
from takhrij.entities.people import titles
from takhrij.entities.placewords import OPENERS, given_names
from takhrij.entities.tables import read
from takhrij.text.fold import fold
from takhrij.text.tokens import Tokens, tokenize

Anchor = Literal["role", "title", "body", "source", "plain"]

_STOPS = frozenset("،,-–—:;؛().؟!…/|ـ")
_QUOTES = frozenset("\"'«»“”‘’")
_RELATIVE = folded("الذي التي الذين اللذان اللتان ممن حيث عندما بعد قبل".split())
_LINKS = folded("في على عن من إلى لدى ضد بين".split())
_HOLY = folded("الملك الأمير الإمام الشيخ السلطان الأميرة الملكة الشهيد الرئيس".split())


@dataclass(frozen=True, slots=True)
class Role:
    """A row of ``data/roles.tsv``."""

    rule: str
    body: str | None


@dataclass(frozen=True, slots=True)
class Quality:
    """In what quality somebody speaks: the ``anchor`` word at token ``at``, ``n`` long, and where what follows begins."""

    anchor: Anchor
    at: int
    n: int
    role: Role | None = None
    kind: str | None = None


@cache
def roles() -> Lexicon[Role]:
    """Offices by their words."""
    lexicon: Lexicon[Role] = Lexicon()
    for row in read("roles.tsv", 3):
        lexicon.add(row[0], Role(row[1], row.optional(2)))
    return lexicon


@cache
def body_heads() -> dict[str, tuple[str, bool]]:
    """Folded head word of a body to its kind and whether it is a state's body by default."""
    return {fold(row[0]): (row[1], row[2] == "y") for row in read("bodies.tsv", 3) if " " not in row[0]}


@cache
def source_words() -> dict[str, str]:
    """Folded words for the unnamed, for crowds and for texts, to the kind of party."""
    return {fold(row[0]): row[1] for row in read("sources.tsv", 2)}


@cache
def fillers() -> frozenset[str]:
    """Folded words between an office and its body."""
    return frozenset(fold(row[0]) for row in read("fillers.tsv", 1))


def parse(name: str) -> Tokens:
    """The tokens of a speaker's name."""
    return tokenize(name)


def quality(forms: list[str]) -> Quality:
    """The leftmost word of ``forms`` that says in what quality somebody speaks."""
    title: Quality | None = None
    for i, form in enumerate(forms):
        if i and form in _RELATIVE:
            break
        role = roles().match(forms, i)
        if role and not _part_of_name(forms, i, role[0]):
            return title or Quality("role", i, role[0], role[1][0])
        kind = titles().get(form)
        if kind in {"person", "expert"} and title is None and not (i and forms[i - 1] in given_names()):
            return Quality("title", i, 1, kind=kind)
        if kind == "honorific":
            continue
        if form in source_words() and (i == 0 or forms[i - 1] in _QUOTES):
            return Quality("source", i, 1, kind=source_words()[form])
        if form in body_heads() and not _part_of_name(forms, i, 1):
            return Quality("body", i, 1, kind=body_heads()[form][0])
    return title or Quality("plain", 0, 0)


def _part_of_name(forms: list[str], i: int, n: int) -> bool:
    """``الأمير`` before a name is a courtesy, ``أمير منطقة`` an office; ``رشاد أمين`` is a name."""
    form = forms[i]
    if form in {"المستشار", "السفير", "الفريق", "عميد", "لواء", "رايد"} and n == 1:
        follower = forms[i + 1] if i + 1 < len(forms) else ""
        return not follower or follower in given_names() or follower in titles() or nations().adjective(follower) is None
    return n == 1 and i > 0 and form in given_names() and forms[i - 1] in given_names()


def body_end(forms: list[str], start: int) -> int:
    """The token past the body's name that begins at ``start``: where a mark, a title, a person or another office begins."""
    closed = False
    i = start
    while i < len(forms):
        form = forms[i]
        if form in _QUOTES:
            i += 1
            continue
        if form in _STOPS or form in _RELATIVE or (i > start and _begins_another(forms, i, closed)):
            break
        if form in _HOLY and i + 1 < len(forms):  # مركز الملك سلمان: the name in it is the body's
            i += 2
            while i < len(forms) and (forms[i] == "بن" or forms[i - 1] == "بن" or forms[i - 1] == "عبد"):
                i += 1
            closed = True
            continue
        closed = (
            closed or (form.startswith(("ال", "لل")) and form not in OPENERS) or form in nations().adjectives or _nation(form)
        )
        i += 1
    while i > start and forms[i - 1] in _QUOTES | _LINKS:
        i -= 1
    return i


def _nation(form: str) -> bool:
    return bool(nations().names.get(form)) if form else False


def _begins_another(forms: list[str], i: int, closed: bool) -> bool:
    form, before = forms[i], forms[i - 1]
    bare = form[1:] if form[0] == "و" and len(form) > 3 else form
    if before in _LINKS or form in _LINKS:
        return False
    if titles().get(form) and form not in _HOLY and not (form[:2] == "ال" and before in body_heads()):
        return True
    if form in _HOLY:
        return closed and before not in body_heads()
    if bare is not form and (bare in titles() or roles().match(forms, i, bare)):
        return True
    if form in given_names() and before not in OPENERS and before not in _HOLY:
        return closed or not (before in body_heads())
    if closed and not form.startswith(("ال", "لل", "ل", "ب", "و")) and form not in nations().adjectives and form.isalpha():
        return not _nation(form) and not (form[:1] == "ك")
    return False
