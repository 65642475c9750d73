"""What the article says elsewhere of somebody who is named without office: ``رئيس الجمعية سامي الحداد`` ... ``قال الحداد``.

The attribution stage gives the fullest name in the article; the office may still stand before or after another mention of
that name. Names of the same article that can only be one person's share the fullest one's actor.
"""

from __future__ import annotations

from collections.abc import Iterable

from takhrij.entities.lexicon import bare_forms, key
from takhrij.entities.parties import Resolved, Resolver
from takhrij.entities.people import name_parts, same_person, titles
from takhrij.entities.placewords import given_names
from takhrij.entities.speakers import LINKS, body_end, body_head, roles
from takhrij.entities.wordsets import wordset
from takhrij.text.tokens import Tokens

#: How many words before a name its office may begin.
_BEFORE = 12
#: How many words a name has at most that is looked for after a class word.
_NAME = 4
_NO_BODY = frozenset({"person", "unnamed", "other", "crowd", "document"})
_CLAUSE_ENDS = frozenset('.؟!؛:…«»"“”')


def office_of(name: str, tokens: Tokens, resolver: Resolver) -> Resolved | None:
    """The party of the office that stands beside some mention of ``name`` in the article, or None."""
    words = list(key(name))
    if not words:
        return None
    forms, n = tokens.forms, len(words)
    for i, form in enumerate(forms):
        if form != words[0] or forms[i : i + n] != words:
            continue
        phrase = _before(tokens, i) or _after(tokens, i + n)
        if phrase:
            found = resolver.resolve(phrase)
            if found.party.kind not in _NO_BODY or _club(found):
                return Resolved(found.actor, found.party, (f"{phrase} beside the name in the article", *found.why))
    return None


def _club(found: Resolved) -> bool:
    return found.party.kind == "other" and any(word in wordset("club") for word in key(found.party.name)[:1])


def class_of(name: str, tokens: Tokens, resolver: Resolver) -> Resolved | None:
    """What ``name`` is by the class word that stands right before some mention of it: ``شركة ...``; None where none does."""
    words = list(key(name))
    if not words or len(words) > _NAME or any(word in given_names() for word in words):
        return None
    forms, n = tokens.forms, len(words)
    for i in range(1, len(forms)):
        if forms[i : i + n] != words or "\n" in tokens.text[tokens.ends[i - 1] : tokens.starts[i]]:
            continue
        for _, cut, rest in bare_forms(forms[i - 1]):
            if body_head([rest], 0) and not rest.startswith("ال"):
                found = resolver.resolve(tokens.text[tokens.starts[i - 1] + cut : tokens.ends[i + n - 1]])
                if found.party.kind not in _NO_BODY:
                    return Resolved(found.actor, found.party, ("by its class word elsewhere in the article", *found.why))
    return None


def _before(tokens: Tokens, i: int) -> str | None:
    """The words from the nearest office before token ``i`` up to it, with no end of clause between."""
    forms = tokens.forms
    last = i - 1 if i and forms[i - 1] not in {"،", ","} else i - 2
    for k in range(last, max(-1, i - _BEFORE), -1):
        if forms[k] in _CLAUSE_ENDS or (forms[k] in {"،", ","} and k < last) or _new_line(tokens, k, i):
            return None
        role = roles().match(forms, k)
        if role and not (k and roles().match(forms, k - 1)):
            if not _reaches(tokens, k + role[0], i):
                return None
            return tokens.text[tokens.starts[k] : tokens.ends[last]]
    return None


def _reaches(tokens: Tokens, k: int, i: int) -> bool:
    """Whether the body's name that begins at token ``k`` goes up to the person's at ``i``, but for titles between."""
    forms = tokens.forms
    last = i - 1
    while last > k and (titles().get(forms[last]) == "honorific" or forms[last] in {"،", ","}):
        last -= 1
    if forms[last] in LINKS or (forms[last].startswith(("و", "ب")) and not forms[last].startswith(("وال", "بال"))):
        return False  # ... of Marj, from Nama: the name begins another phrase
    end = k if k >= i else body_end(tokens, k)
    return all(titles().get(form) == "honorific" or form in {"،", ","} or form in given_names() for form in tokens.forms[end:i])


def _after(tokens: Tokens, i: int) -> str | None:
    """The words from an office right after token ``i`` to the end of its clause."""
    forms = tokens.forms
    k = i + (i < len(forms) and forms[i] in {"،", ",", "-", "–", "("})
    if k >= len(forms) or not roles().match(forms, k) or _new_line(tokens, i - 1, k):
        return None
    end = max(body_end(tokens, k), k + 1)
    return tokens.text[tokens.starts[k] : tokens.ends[end - 1]]


def _new_line(tokens: Tokens, i: int, j: int) -> bool:
    return "\n" in tokens.text[tokens.ends[i] : tokens.starts[j]]


def one_person(names: Iterable[str]) -> dict[str, str]:
    """Each of ``names`` that is a short form of exactly one fuller name among them, to that name."""
    known = list(dict.fromkeys(names))
    fuller: dict[str, str] = {}
    for short in known:
        size = len(name_parts(short))
        longer = [name for name in known if name != short and len(name_parts(name)) > size and same_person(short, name)]
        if longer and all(same_person(a, b) for a in longer for b in longer):
            fuller[short] = max(longer, key=lambda name: (len(name_parts(name)), name))
    return fuller
