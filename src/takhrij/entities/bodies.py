"""Bodies by name: known ones, the whole that a part belongs to, ministries, and any other by its head word."""

from __future__ import annotations

from typing import cast

from takhrij.entities.bodynames import fuller_name, higher_body, ministry_words
from takhrij.entities.knownactors import KnownResolver, Resolved
from takhrij.entities.lexicon import bare_forms
from takhrij.entities.ministries import ministries
from takhrij.entities.nations import nations
from takhrij.entities.people import titles
from takhrij.entities.placewords import given_names
from takhrij.entities.speakers import LINKS, body_end, body_head, fillers
from takhrij.entities.wordsets import wordset
from takhrij.records import PartyKind
from takhrij.text.fold import fold
from takhrij.text.tokens import Tokens, tokenize

#: A step of the explanation: the short form was read by the full name.
_FULL = "by its full name in the article"


class BodyResolver(KnownResolver):
    """Resolves the name of a body that begins at some token of a speaker's name."""

    def _skip(self, forms: list[str], at: int) -> int:
        """Past the words between an office and its body: ``العام``, ``الرسمي باسم``, ``على``."""
        while at < len(forms) and (forms[at] in fillers() or forms[at] in LINKS):
            at += 1
        return at

    def _body(self, tokens: Tokens, at: int, why: tuple[str, ...], hint: PartyKind | None = None) -> Resolved:
        """The body whose name begins at token ``at``; ``hint`` is its kind where its own name does not tell."""
        forms = tokens.forms
        at = min(self._skip(forms, at), len(forms) - 1)
        known = self._known_body(tokens, at, why)
        if known:
            return known
        higher = higher_body(self._match, tokens, at)
        if higher is not None:
            return self._body(tokens, higher, (*why, "of the body it is a part of"), hint)
        end = max(body_end(tokens, at), at + 1)
        words = [tokens.word(i) for i in range(at, end)]
        words[0] = _without_preposition(words[0], forms[at])
        if len(words) > 1 and forms[end - 1][:1] == "ب" and nations().names.get(forms[end - 1][1:]):
            words.pop()  # الجالية اليمنية بالمملكة: the country says that
        if len(words) > 1 and forms[at + 1] in LINKS and words[0].startswith("ال"):
            words = words[:1]  # المقاومة في منطقة: where it is, is no part of its name
        full = (
            None if _FULL in why else fuller_name(words, self.context.tokens, self._match)
        )  # once: two names may each hold the other
        if full:
            return self._body(tokenize(full), 0, (*why, _FULL), hint)
        head = fold(words[0])
        code = self._nation_in(forms, at, end)
        managed = bool(why) and why[0].split()[2:3] in (["مدير"], ["المدير"], ["مديرة"], ["رئيس"])
        if head == "وزاره" or (head in ministries() and not managed):
            plain = ministry_words(tokenize(" ".join(words)), head == "وزاره", len(words), bool(code))
            return self._state_body("وزارة " + " ".join(plain), code or self._nation_in(forms, 0, len(forms)), why)
        default: tuple[str, bool] = ("state_body", True) if head in ministries() else (hint or "other", False)
        kind, of_state = body_head([head, *forms[at + 1 :]], 0) or default
        if hint and kind in {"other", "state_body"}:
            kind, of_state = hint, False
        setting = self.context.setting
        if code is None and head in wordset("many bodies"):
            return self._named(" ".join(words), cast(PartyKind, kind), None, why)
        if kind == "state_body" and (bare := _without_country(forms, at, end)):
            return self._state_body(" ".join(words[: bare - at]), code, why)  # هيئة الأركان في اليمن
        abroad = of_state or kind in {"armed_group", "party_political", "media"}
        country = code or self._place_in(forms, at, end) or (setting.country if abroad else setting.home or setting.country)
        return self._named(" ".join(words), cast(PartyKind, kind), None if kind == "intergovernmental" else country, why)

    def _known_body(self, tokens: Tokens, at: int, why: tuple[str, ...]) -> Resolved | None:
        """A known actor, or a state, whose name begins at token ``at``."""
        forms = tokens.forms
        for clitic, _, rest in bare_forms(forms[at]):
            hit = self._match(forms, at, rest)
            if hit and not (hit[0] == 1 and clitic == "و"):
                follower = nations().adjective(forms[at + hit[0]]) if at + hit[0] < len(forms) else None
                if follower is None and at + hit[0] < len(forms) and self._goes_on(forms, at + hit[0]):
                    continue
                fitting = [entry for entry in hit[1] if follower is None or entry.country in {None, follower}]
                if fitting:
                    return self._entry(self._choose(fitting), why)
            country = nations().names.match(forms, at, rest)
            if country and (body_end(tokens, at) <= at + country[0] or forms[at + country[0]] in LINKS):
                return self._government(nations().by_code[self._near(country[1])], why[0] if why else "a country")
        inner = self._match(forms, at + 1) if at + 1 < len(forms) else None
        head = body_head(forms, at)
        if inner and head and head[0] == "media" and body_end(tokens, at) <= at + 2 + inner[0]:
            said = self._nation_in(forms, at + 1 + inner[0], min(at + 2 + inner[0], len(forms)))
            outlets = [entry for entry in inner[1] if entry.media and said in {None, entry.country}]  # شبكة ... الإخبارية
            if outlets:
                return self._entry(self._choose(outlets), why)
        if inner and inner[1][0].kind == "intergovernmental" and body_head(forms, at):
            return self._entry(inner[1][0], (*why, "a programme or mission of it"))
        return None

    def _goes_on(self, forms: list[str], i: int) -> bool:
        """Whether an adjective at token ``i`` makes another body of a known one: ``مجلس الأمن القومي``."""
        form = forms[i]
        adjective = form.startswith("ال") and form.endswith(("ي", "يه")) and titles().get(form) is None
        return adjective and form not in fillers() and form not in given_names()


def _without_country(forms: list[str], at: int, end: int) -> int | None:
    """The token past a body's name of two words or more before ``في`` and a country at its end, or None."""
    for i in range(at + 2, end - 1):
        country = nations().names.match(forms, i + 1) if forms[i] == "في" else None
        if country and i + 1 + country[0] == end:
            return i
    return None


def _without_preposition(word: str, form: str) -> str:
    if form.startswith("لل") and len(form) > 4:
        return "ال" + word[word.index("ل") + 2 :] if word.startswith("لل") else word
    if form.startswith(("ل", "ب")) and body_head([form[1:]], 0):
        return word[1:]
    return word
