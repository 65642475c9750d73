"""What an attribution does to its content: states it, denies it, or neither. And how much a denial denies.

A denial is told by its act, or by a formula in the words said (``there is no truth in``). It is none where the cue itself is
negated or left open (``could neither confirm nor deny``), and where what it denies is a denial (``what he said of not having
received it is untrue``): who takes back a *not* does not deny the thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

from takhrij.claims.lexicon import rows
from takhrij.records import Attribution, DenialScope, Reading
from takhrij.text.fold import fold
from takhrij.text.tokens import tokenize

Stance = Literal["states", "denies", "neither"]
#: Words from the start of a content in which a formula of the start stands, and from its end for one of the end.
_OPENING = 5
#: Words from the start of a content among which its verb and a *not* before that stand: a subject may come first.
_HEAD = 4
#: How far from its first word a content that points at what somebody says opens what that is.
_REACH = 20
#: Characters before a cue in which it is negated.
_BEFORE = 40


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(fold(word) for word, is_a in rows("disputes.tsv") if is_a == kind)


@cache
def _formulas() -> tuple[tuple[tuple[str, ...], str, DenialScope], ...]:
    """Formulas as (words, where, scope), the longest first."""
    found = ((tuple(fold(words).split()), where, scope) for words, where, scope in rows("refutations.tsv"))
    return tuple(sorted(found, key=lambda row: -len(row[0])))  # type: ignore[arg-type]


def stance(reading: Reading, index: int) -> Stance:
    """What the attribution at ``index`` does to its content."""
    attribution = reading.attributions[index]
    forms = _forms(reading, attribution)
    at = _formula(forms)
    by_verb = attribution.polarity == "denied" or attribution.act == "deny"
    if by_verb and _left_open(reading, attribution):
        return "neither"
    if at is not None and not by_verb and _of_the_outer(reading, attribution, at, len(forms)):
        return "states"
    if not by_verb and at is None:
        return "states"
    said = forms if at is None else forms[at[1] :] if at[0] < _OPENING else forms[: at[0]]
    return "neither" if _takes_back_a_not(said) else "denies"


def refutes(content: str) -> bool:
    """Whether the words themselves refute, by a formula that means nothing else (``there is no truth in it``)."""
    forms = _bare(tokenize(content).forms)
    return any(where == "any" and _at(forms, words) is not None for words, where, _ in _formulas())


def scope_of(content: str) -> DenialScope | None:
    """What the words of a denial say of how much it denies: ``framing`` or ``part``; None where they do not."""
    forms = _bare(tokenize(content).forms)
    at = _formula(forms)
    opening = frozenset(forms[:_OPENING])
    if (at is not None and at[2] == "framing") or opening & _words("framing"):
        return "framing"
    return "part" if opening & _words("partial") else None


def points_only(content: str) -> bool:
    """Whether a content names what somebody says (``the minister's remarks``) without a word of what that is."""
    forms = _bare(tokenize(content).forms)
    if (at := _formula(forms)) is not None:
        forms = [*forms[: at[0]], *forms[at[1] :]]
    while forms and (forms[0] in _words("this") or (forms[0] in _words("opens") and len(forms) > 1)):
        forms = forms[1:]
    if not forms or not _points(forms):
        return False
    rest = forms[2:]
    return not any(form in _words("opens") or (form.startswith("ب") and len(form) > 4) for form in rest)


def negated_at_head(content: str) -> bool:
    """Whether a *not* stands among the first words said, as before their verb."""
    forms = [form for form in _bare(tokenize(content).forms) if form not in _words("opens")]
    return any(form in _words("not") for form in forms[:_HEAD])


def names_speech(name: str) -> bool:
    """Whether a name is that of words and not of a speaker: ``the remarks on the balloon``, ``a report``."""
    forms = tokenize(name).forms
    return bool(forms) and (forms[0] in _words("pointer") or forms[0] in _words("text"))


def _points(forms: Sequence[str]) -> bool:
    return forms[0] in _words("pointer") or (forms[0] in {"ما", "لما"} and bool(set(forms[1:3]) & _words("saying")))


def _forms(reading: Reading, attribution: Attribution) -> list[str]:
    words = " ".join(span.of(reading.article.text) for span in attribution.content)
    return _bare(tokenize(words).forms)


def _bare(forms: Sequence[str]) -> list[str]:
    return [form for form in forms if form[:1].isalnum() and form not in _words("emphasis")]


def _formula(forms: Sequence[str]) -> tuple[int, int, DenialScope] | None:
    """Where the first formula of denial stands: its first word, the word after it, and its scope."""
    for words, where, scope in _formulas():
        at = _at(forms[: _OPENING if where in ("start", "no") else None], words)
        if at is not None:
            return None if where == "no" else (at, at + len(words), scope)
    return None


def _at(forms: Sequence[str], words: tuple[str, ...]) -> int | None:
    return next((at for at in range(len(forms) - len(words) + 1) if tuple(forms[at : at + len(words)]) == words), None)


def _left_open(reading: Reading, attribution: Attribution) -> bool:
    """``did not deny``, ``can neither confirm nor deny``."""
    text = reading.article.text
    start = text.rfind("\n", 0, attribution.cue.start) + 1
    before = tokenize(text[max(start, attribution.cue.start - _BEFORE) : attribution.cue.start]).forms
    after = tokenize(text[attribution.cue.end : attribution.cue.end + _BEFORE]).forms
    if before[-1:] == ["ان"] and before[-2:-1] in (["دون"], ["بدون"]):
        return True
    negated = before[-1:] and _without_and(before[-1]) in _words("not")
    either = before[-1:] == ["او"] and bool(set(before[-4:-1]) & _words("undecided"))
    return bool(negated or either or (after[:1] == ["او"] and bool(set(after[1:2]) & _words("undecided"))))


def _without_and(form: str) -> str:
    return form[1:] if form[:1] in "وف" and len(form) > 2 else form


def _of_the_outer(reading: Reading, attribution: Attribution, at: tuple[int, int, DenialScope], length: int) -> bool:
    """Whether the formula ends the words of him who refutes, in which those of ``attribution`` are told: ``what he said ... is
    untrue``."""
    if attribution.parent is None or at[1] < length:
        return False
    outer = reading.attributions[attribution.parent]
    return outer.speaker != attribution.speaker and _formula(_forms(reading, outer)) is not None


def _takes_back_a_not(forms: Sequence[str]) -> bool:
    """Whether what is denied is itself a *not*: ``that he did not receive it``, ``what he said of not having received it``."""
    start = next((i for i in range(min(3, len(forms))) if _points(forms[i:])), None)
    if start is not None:
        start = next((i for i in range(start + 2, min(_REACH, len(forms))) if forms[i] in _words("opens")), len(forms))
    start = start or 0
    opening = [form for form in forms[start : start + 5] if form not in _words("opens")][:2]
    return any(form in _words("not") for form in opening)
