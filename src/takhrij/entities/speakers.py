"""Taking the name of a speaker apart: office, body, person, nationality, as Arabic news writes them.

``المتحدث الرسمي باسم وزارة الخارجية المصرية السفير سالم الجندي`` is an office, a body with a nationality, and a person.
The leftmost word that says in what quality somebody speaks decides: a columnist who also heads a club speaks for himself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from takhrij.entities.lexicon import Lexicon
from takhrij.entities.nations import nations
from takhrij.entities.people import titles
from takhrij.entities.placewords import OPENERS, given_names
from takhrij.entities.tables import read
from takhrij.entities.wordsets import wordset
from takhrij.text.fold import fold
from takhrij.text.tokens import Tokens, tokenize

#: Offices written together with the next word: ``وزيرالصحة``, ``مديرأمن``.
_GLUED = re.compile(r"(?<!\w)(وزير|مدير|رئيس|مأمور|محافظ|نائب)(?=ال\w{3}|أمن\b|قسم\b)")
#: A prayer for a ruler, in whatever marks: ``ـ حفظه الله ـ``.
_PRAYER = re.compile(r"[\s،(\-–ـ]*(?:ي?حفظه|رعاه|أيده|ايده|سلمه|وفقه) الله\b.*")
Anchor = Literal["role", "title", "body", "source", "plain"]

#: Quotation marks and brackets, which part nothing in a name and are left out before it is read.
QUOTES = str.maketrans(dict.fromkeys("\"'«»“”‘’()[]<>", " "))
_STOPS = frozenset("،,-–—:;؛.؟!…/|ـ")
_RELATIVE = wordset("relative pronoun")
LINKS = wordset("preposition")
_ENDS = wordset("ends a body")
_HOLY = wordset("title within a body")
#: Class words of places in a body's name: ``شرطة محافظة``.
_PLACES = wordset("class of place in a body")
#: Titles that are adjectives too, and so end no body's name: ``مركز الدراسات السياسية``.
_ADJECTIVES = wordset("title and adjective")
#: Courtesies that are offices where a body or a nationality follows.
_EITHER = wordset("title or office")


@dataclass(frozen=True, slots=True)
class Role:
    """A row of ``data/roles.tsv``."""

    rule: str
    body: str | None


@dataclass(frozen=True, slots=True)
class Quality:
    """In what quality somebody speaks: the ``anchor`` word at token ``at``, ``n`` long, with its row or the kind it tells."""

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
def _bodies() -> Lexicon[tuple[str, bool]]:
    lexicon: Lexicon[tuple[str, bool]] = Lexicon()
    for row in read("bodies.tsv", 3):
        lexicon.add(row[0], (row[1], row[2] == "y"))
    return lexicon


def body_head(forms: Sequence[str], i: int, first: str | None = None) -> tuple[str, bool] | None:
    """(kind, whether a state's body by default) of the body whose head word stands at token ``i``; accusatives too."""
    hit = _bodies().match(forms, i, first)
    if hit is None and (first or forms[i]).endswith("ا"):
        hit = _bodies().match(forms, i, (first or forms[i])[:-1])
    return hit[1][0] if hit else None


@cache
def source_words() -> dict[str, str]:
    """Folded words for the unnamed, for crowds and for texts, to the kind of party."""
    return {fold(row[0]): row[1] for row in read("sources.tsv", 2)}


@cache
def fillers() -> frozenset[str]:
    """Folded words between an office and its body."""
    return frozenset(fold(row[0]) for row in read("fillers.tsv", 1))


def parse(name: str) -> Tokens:
    """The tokens of a speaker's name, quotation marks and brackets left out, a preposition before its first word too."""
    name = _PRAYER.sub("", _unclosed(name))
    tokens = tokenize(_GLUED.sub(r"\1 ", " ".join(name.translate(QUOTES).split())))
    if not len(tokens) or tokens.forms[0][:1] not in "لبو" or _known(tokens.forms, 0, tokens.forms[0]):
        return tokens
    form = tokens.forms[0]
    rest = "ال" + form[2:] if form.startswith("لل") else form[1:]
    if len(rest) > 2 and _known(tokens.forms, 0, rest):
        head = "ال" + tokens.word(0)[2:] if form.startswith("لل") else tokens.word(0)[1:]
        return tokenize(head + tokens.text[tokens.ends[0] :])
    return tokens


def _unclosed(name: str) -> str:
    """``name`` up to a quotation mark that opens what is said and is no part of it."""
    at = max(name.rfind("«"), name.rfind("“"))
    if name.count('"') == 1:
        at = max(at, name.index('"'))
    closed = any(mark in name[at + 1 :] for mark in "»”") if at >= 0 else True
    return name[:at] if at > 0 and not closed and name[:at].strip() else name


def _known(forms: list[str], i: int, first: str) -> bool:
    return bool(roles().match(forms, i, first) or body_head(forms, i, first) or first in titles() or first in source_words())


def quality(forms: list[str]) -> Quality:
    """The leftmost word of ``forms`` that says in what quality somebody speaks."""
    for i, form in enumerate(forms):
        if i and form in _RELATIVE:
            break
        role = roles().match(forms, i)
        if role and not _part_of_name(forms, i, role[0]):
            return Quality("role", i, role[0], role[1][0])
        kind = titles().get(form)
        if kind in {"person", "expert"} and not (i and forms[i - 1] in given_names()):
            return Quality("title", i, 1, kind=kind)
        if kind == "honorific":
            if form in _EITHER and _office_follows(forms, i + 1):
                return Quality("role", i, 1, Role("body", None))
            continue
        word = form if form in source_words() else form.removesuffix("ا")
        if word in source_words() and i == 0:
            return Quality("source", i, 1, kind=source_words()[word])
        head = body_head(forms, i)
        if head and not _part_of_name(forms, i, 1):
            return Quality("body", i, 1, kind=head[0])
    return Quality("plain", 0, 0)


def _office_follows(forms: list[str], i: int) -> bool:
    """``المستشار الإعلامي لحزب`` is an office, ``المستشار عادل`` a courtesy."""
    while i < len(forms) and forms[i] in fillers():
        i += 1
    if i >= len(forms) or forms[i][:1] != "ل":
        return False
    rest = "ال" + forms[i][2:] if forms[i].startswith("لل") else forms[i][1:]
    return body_head(forms, i, rest) is not None or roles().match(forms, i, rest) is not None


def _part_of_name(forms: list[str], i: int, n: int) -> bool:
    """``الأمير`` before a name is a courtesy, ``أمير منطقة`` an office; ``رشاد أمين`` is a name."""
    form = forms[i]
    follower = forms[i + 1] if i + 1 < len(forms) else ""
    if i and forms[i - 1] in {"عبد", "ابو", "ابن", "بن"}:
        return True
    if form in _EITHER and n == 1:
        return not follower or follower in given_names() or follower in titles() or nations().adjective(follower) is None
    if n == 1 and i > 0 and form in given_names() and (forms[i - 1] in given_names() or forms[i - 1] in titles()):
        return not body_head(forms, i + 1) if follower else True
    return n == 1 and form == "مراقب" and not follower


def body_end(tokens: Tokens, start: int) -> int:
    """The token past the body's name that begins at ``start``: where a mark, a title, a person or another office begins."""
    forms = tokens.forms
    closed = False
    i = start
    while i < len(forms):
        form = forms[i]
        if form in _STOPS or form in _RELATIVE or form in _ENDS or (i > start and _begins_another(tokens, i, closed)):
            break
        if form in _HOLY and i + 1 < len(forms):  # مركز الملك سلمان: the name in it is the body's
            i += 2
            while i < len(forms) and (forms[i] == "بن" or forms[i - 1] == "بن" or forms[i - 1] == "عبد"):
                i += 1
            closed = True
            continue
        if len(form) > 3 and form[0] in "بل" and not form.startswith(("لل", "بال")) and _continues(forms, i):
            closed = False  # ببلدية محافظة ...: another noun phrase within the name
            i += 1
            continue
        closed = (
            closed or (form.startswith(("ال", "لل")) and form not in OPENERS) or form in nations().adjectives or _nation(form)
        )
        i += 1
    while i > start + 1 and forms[i - 1] in LINKS:
        i -= 1
    return i


def _continues(forms: list[str], i: int) -> bool:
    rest = forms[i][1:]
    return body_head(forms, i, rest) is not None or rest in _PLACES


def _nation(form: str) -> bool:
    return bool(nations().names.get(form)) if form else False


def _link(tokens: Tokens, i: int) -> bool:
    """A preposition; ``علي`` with dots is a man's name, ``على`` the preposition."""
    form = tokens.forms[i]
    return form in LINKS and (form != "علي" or tokens.word(i).endswith("ى"))


def _begins_another(tokens: Tokens, i: int, closed: bool) -> bool:
    forms = tokens.forms
    form, before = forms[i], forms[i - 1]
    bare = form[1:] if len(form) > 3 and form[0] == "و" else form
    if _link(tokens, i - 1) or _link(tokens, i):
        return False
    if form in _HOLY:
        return closed and body_head(forms, i - 1, before[1:]) is None
    if titles().get(form) and form not in _ADJECTIVES:
        return True
    if closed and bare is not form and bare in wordset("coordinated body"):
        return True
    if bare is not form and ((titles().get(bare) and bare not in _ADJECTIVES) or roles().match(forms, i, bare)):
        return True
    if form in given_names() and before not in OPENERS:
        return closed or body_head(forms, i - 1) is None
    if closed and not form.startswith(("ال", "لل", "ل", "ب", "و")) and form not in nations().adjectives and form.isalpha():
        return not _nation(form) and form[:1] != "ك" and form not in _PLACES
    return False
