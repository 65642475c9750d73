"""What the words before a name say for or against its being a place."""

from __future__ import annotations

from dataclasses import dataclass

from takhrij.entities.placewords import BARE, KEPT, word_class
from takhrij.entities.scan import Hit, Scan
from takhrij.entities.wordsets import wordset

_QUOTES = frozenset("\"'«»“”‘’()[]#&;")
_LINE_START_MARKS = frozenset("-–—:(|/،,ـ")

_PREP, _WEAK, _EVENT, _CLASS, _KEPT, _LIST, _BODY, _DATELINE = 0.42, 0.12, 0.4, 0.4, 0.5, 0.35, -0.75, 0.35


@dataclass(frozen=True, slots=True)
class Evidence:
    """``weight`` is what the surroundings add; ``kind`` the class word's, at token ``class_at``; ``class_cut``
    the letters of the clitic on it; ``located``: something is said to be there; ``body``: the name is a part of a body's."""

    weight: float
    kind: str | None = None
    class_at: int | None = None
    class_cut: int = 0
    located: bool = False
    body: bool = False
    reasons: tuple[str, ...] = ()


def first_word_before(forms: list[str], i: int) -> str:
    """The folded word before token ``i``, quotation marks and brackets passed over; empty at the start."""
    j = _back(forms, i - 1)
    return forms[j] if j >= 0 else ""


def _back(forms: list[str], j: int) -> int:
    while j >= 0 and forms[j] in _QUOTES:
        j -= 1
    return j


def evidence(found: Scan, hit: Hit, beside: Evidence | None) -> Evidence:
    """Read the words before ``hit``; ``beside`` is the evidence of the name that it is listed with."""
    forms = found.tokens.forms
    weight, reasons = 0.0, []
    kind: str | None = None
    class_at: int | None = None
    class_cut = 0
    located = False
    j = _back(forms, hit.i - 1)
    prep = hit.clitic[-1:] == "ب"
    j_class, clitic = word_class(forms[j]) if j >= 0 and _same_line(found, j, hit.i) else (None, "")
    bare = not hit.clitic
    if bare and j_class in KEPT | BARE:
        kind, class_at = j_class, j
        weight += _KEPT if kind in KEPT else _CLASS
        reasons.append(f"after the class word {found.tokens.word(j)}")
        prep, class_cut = clitic[-1:] == "ب", len(clitic)
        j = _back(forms, j - 1)
        j_class, clitic = word_class(forms[j]) if j >= 0 and _same_line(found, j, hit.i) else (None, "")
        if j_class in KEPT | BARE:  # ضواحي العاصمة صنعاء
            prep = prep or clitic[-1:] == "ب"
            j = _back(forms, j - 1)
            j_class, _ = word_class(forms[j]) if j >= 0 else (None, "")
    if prep:
        weight, located = weight + _PREP, True
        reasons.append("after the preposition ب")
    elif (bare or kind) and j_class == "prep":
        weight, located = weight + _PREP, True
        reasons.append(f"after {found.tokens.word(j)}")
    elif (bare or kind) and j_class == "event":
        weight, located = weight + _EVENT, True
        reasons.append("an event named for its place")
    elif _visited(found, hit):
        weight, located = weight + _PREP, True
        reasons.append("visited or reached")
    elif hit.clitic[-1:] == "ل" or (bare and j_class == "weak"):
        weight += _WEAK
    elif (bare or kind) and kind not in KEPT and _body_before(found, j, j_class):
        weight += _BODY
        return Evidence(weight, kind, class_at, class_cut, False, True, (*reasons, "part of a body's name"))
    if beside is not None and not kind:
        if beside.body:
            weight += _BODY
        elif beside.located or beside.kind:
            weight += _LIST
            reasons.append("listed with another place")
            kind, located = (beside.kind if beside.kind not in KEPT else None), beside.located
    if _dateline(found, hit):
        weight, located = weight + _DATELINE, True
        reasons.append("a dateline")
    return Evidence(weight, kind, class_at, class_cut, located, False, tuple(reasons))


def _visited(found: Scan, hit: Hit) -> bool:
    """``زار الوفد مصر``, ``زيارة الوزير ... لمصر``: a verb or noun of visiting before, no other preposition between."""
    forms = found.tokens.forms
    if hit.clitic[-1:] == "ل":
        return any(form in wordset("arrival") for form in forms[max(0, hit.i - 12) : hit.i])
    for j in range(hit.i - 1, max(-1, hit.i - 5), -1):
        if forms[j] in wordset("visit") or forms[j][1:] in wordset("visit"):
            return not hit.clitic
        if word_class(forms[j])[0] in {"prep", "weak", "body"} or not forms[j].isalpha():
            return False
    return False


def _same_line(found: Scan, j: int, i: int) -> bool:
    return "\n" not in found.tokens.text[found.tokens.ends[j] : found.tokens.starts[i]]


def _body_before(found: Scan, j: int, j_class: str | None) -> bool:
    """Whether the name ends a body's or an office's: ``مدير أمن الجيزة``, ``وزير خارجية فرنسا``."""
    if j_class == "body":
        return True
    forms = found.tokens.forms
    if j < 1 or j_class is not None or not forms[j].isalpha() or forms[j].startswith("ال"):
        return False
    return word_class(forms[j - 1])[0] == "body" and _same_line(found, j - 1, j)


def _dateline(found: Scan, hit: Hit) -> bool:
    """Whether the name opens a line and a mark follows: ``عدن – وكالات``."""
    tokens = found.tokens
    start, end = tokens.starts[hit.i], hit.i + hit.n
    opens = hit.i == 0 or "\n" in tokens.text[tokens.ends[hit.i - 1] : start]
    return opens and end < len(tokens) and tokens.forms[end] in _LINE_START_MARKS
