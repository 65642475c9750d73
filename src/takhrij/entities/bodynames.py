"""Names of bodies: ministries in one form, the whole that a part belongs to, short forms by their full ones, ids."""

from __future__ import annotations

from collections.abc import Callable

from takhrij.entities.authority import ActorEntry
from takhrij.entities.lexicon import bare_forms
from takhrij.entities.ministries import ministries
from takhrij.entities.nations import nations
from takhrij.entities.speakers import LINKS, body_end, body_head, fillers
from takhrij.entities.wordsets import wordset
from takhrij.text.tokens import Tokens, tokenize

#: Looks a known actor up at a token, its form replaced by the third argument.
Match = Callable[[list[str], int, str], tuple[int, list[ActorEntry]] | None]
_KNOWN_PARTS = frozenset(ministries())
_MOST_WORDS = 6


def ministry_words(tokens: Tokens, at: int, end: int, named: bool) -> list[str]:
    """The words of a ministry's field, ``الخارجية`` or ``الموارد المائية والري``, nationality, place and purpose left off.

    ``named`` says that a nationality or a country stands in the name, so that ``وزير خارجية فرنسا`` is of ``الخارجية``.
    """
    forms = tokens.forms
    words: list[str] = []
    for i in range(at, end):
        form = forms[i]
        if nations().adjective_at(forms, i) or nations().names.match(forms, i) or form in LINKS:
            break
        if words and ((form in fillers() and form not in ministries()) or form.startswith("ب") or _purpose(form, words)):
            break
        words.append(tokens.word(i))
    if not words:
        return []
    if words[0].startswith("لل"):
        words[0] = "ال" + words[0][2:]
    elif words[0].startswith("لش"):
        words[0] = words[0][1:]
    if len(words) == 1 and named and not words[0].startswith("ال"):
        words[0] = "ال" + words[0]
    return words


def _purpose(form: str, words: list[str]) -> bool:
    return form.startswith(("لل", "لش")) and "".join(tokenize(words[0]).forms) in ministries()


def higher_body(match: Match, tokens: Tokens, at: int) -> int | None:
    """The token at which the whole begins that the part at ``at`` belongs to, or None where it is a whole itself."""
    forms = tokens.forms
    head = forms[at] if body_head(forms, at) or forms[at][:1] not in "لب" else _bare(forms[at])
    part = head in wordset("part of a body") or (at + 1 < len(forms) and forms[at + 1].startswith("البرلماني"))
    end = body_end(tokens, at)
    for i in range(at + 1, end):
        linked = forms[i - 1] in LINKS
        for clitic, _, rest in bare_forms(forms[i]):
            if not linked and clitic[-1:] not in {"ب", "ل"}:
                continue
            known = match(forms, i, rest)
            if known and (part or body_head(forms, at, head) is None):
                return i
            if (
                (part and rest in wordset("whole body"))
                or (head in wordset("team") and rest in wordset("club"))
                or (head not in _KNOWN_PARTS and body_head(forms, at, head) is None and body_head(forms, i, rest))
            ):
                return i
    return None


def _bare(form: str) -> str:
    return "ال" + form[2:] if form.startswith("لل") else form[1:]


def fuller_name(words: list[str], article: Tokens | None, match: Match) -> str | None:
    """The full name in the article of a body called by its head word alone: ``الوزارة`` after ``وزارة الصحة``.

    None where ``words`` are more than a definite head, or the article names no such body.
    """
    if article is None or len(words) != 1 or not words[0].startswith("ال"):
        return None
    head = "".join(tokenize(words[0]).forms)[2:]
    if body_head([head], 0) is None:
        return None
    named: dict[str, list[str]] = {}
    for i, form in enumerate(article.forms):
        if not form.endswith(head) or i + 1 >= len(article):
            continue
        for _, _, rest in bare_forms(form):
            if rest in (head, "ال" + head):
                known = match(article.forms, i, rest)
                if known and known[0] > 1:
                    return known[1][0].names[0]
                end = _phrase_end(article, i, closed=rest != head)
                if end > i + 1 and "\n" not in article.text[article.starts[i] : article.ends[end - 1]]:
                    first = words[0] if rest != head else article.word(i)[article.word(i).find(words[0][2]) :]
                    name = " ".join((first, *(article.word(j) for j in range(i + 1, end))))
                    named.setdefault(article.forms[i + 1], []).append(name)
                break
    most = max(named.values(), key=len, default=[])
    return max(most, key=len, default=None)


def _phrase_end(article: Tokens, i: int, *, closed: bool) -> int:
    """The token past the noun phrase at ``i`` in running text: bare nouns up to the first definite one, then its adjectives.

    ``closed`` says that the head is definite itself, so that only adjectives and ``لل...`` go on.
    """
    forms, end = article.forms, i + 1
    definite_head = closed
    while end < len(forms) and end < i + _MOST_WORDS and forms[end].isalpha() and forms[end] not in LINKS:
        form = forms[end]
        definite = form.startswith(("ال", "لل", "وال"))
        if closed and definite and not form.endswith(("ي", "ه")) and form not in fillers() and form.startswith("ال"):
            break  # a noun of its own, not an adjective
        if (closed and not definite) or (not closed and form.startswith(("و", "ب", "ف")) and not definite):
            break
        closed = closed or definite or bool(nations().names.get(form))
        end += 1
    if definite_head and end < i + 3:  # الهيئة الوطنية: an adjective alone makes no full name
        return i + 1
    return end if closed else i + 1


def most_named(article: Tokens, kind: str) -> str | None:
    """The body of ``kind`` that ``article`` names most often by head word and name, None where it names none or two alike."""
    found: dict[str, list[str]] = {}
    for i, form in enumerate(article.forms):
        for _, cut, rest in bare_forms(form):
            head = body_head([rest], 0)
            if head is None or head[0] != kind or rest.startswith("ال"):
                continue
            end = _phrase_end(article, i, closed=False)
            if end > i + 1 and "\n" not in article.text[article.starts[i] : article.ends[end - 1]]:
                name = article.text[article.starts[i] + cut : article.ends[end - 1]]
                found.setdefault(f"{rest} {article.forms[i + 1]}", []).append(name)
            break
    ranked = sorted(found.values(), key=len, reverse=True)
    alike = len(ranked) > 1 and len(ranked[0]) == len(ranked[1])
    return max(ranked[0], key=len) if ranked and not alike else None


def body_id(name: str, country: str | None) -> str:
    """``EG/وزاره-الخارجيه``: the country and the folded words, nationality left out, so that spellings give one id."""
    forms = [form for form in tokenize(name).forms if form[:1].isalnum()]
    kept = [form for form in forms if country is None or nations().adjective(form) != country] or forms
    return f"{country or '-'}/" + "-".join(form.replace("شيون", "شوون") for form in kept)
