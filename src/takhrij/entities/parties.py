"""From a speaker's name to the party it speaks for: a minister's ministry, a president's club, the person himself."""

from __future__ import annotations

from typing import cast

from takhrij.entities.bodies import BodyResolver
from takhrij.entities.bodynames import ministry_words, most_named
from takhrij.entities.knownactors import Context, Resolved
from takhrij.entities.lexicon import bare_forms
from takhrij.entities.ministries import ministries
from takhrij.entities.nations import nations
from takhrij.entities.people import person_id, person_part, titles
from takhrij.entities.placewords import given_names
from takhrij.entities.speakers import LINKS, Quality, Role, body_end, body_head, fillers, parse, quality, roles, source_words
from takhrij.entities.wordsets import wordset
from takhrij.records import Party, PartyKind
from takhrij.text.fold import fold
from takhrij.text.tokens import Tokens, tokenize

#: A step of the explanation: the person is called by an occupation of his own, so no office elsewhere speaks through him.
TITLED = "by an occupation"
_PLURALS = ("ون", "ين", "ات")
_SIDES = wordset("side")
_POSSESSED = ("نا", "ها", "هم")
_STATES = wordset("state")
#: How much an article speaks of each of two states that it calls both sides, as :mod:`setting` weighs countries.
_SPOKEN_OF = 3.0
_POINTING = wordset("pointing")


class Resolver(BodyResolver):
    """Resolves one article's names against an authority file."""

    def resolve(self, name: str) -> Resolved:
        """The party that ``name``, as the article writes it most fully, speaks for."""
        tokens = parse(name)
        forms = tokens.forms
        if not any(form[:1].isalpha() for form in forms):
            label = name.strip() or "?"
            return Resolved("other/" + label, Party(label, "other", None), ("no name",))
        known = self._whole(tokens)
        if known:
            return known
        found = quality(forms)
        body = self._match(forms, 0)
        if (
            body
            and 1 < body[0] <= found.at
            and not self._goes_on(forms, body[0])
            and not nations().adjective_at(forms, body[0])
        ):
            return self._entry(self._choose(body[1]), ("a known body, and somebody's title after it",))
        if found.anchor == "role" and found.role and _former(forms, found.at):
            return self._person(tokens, "person", ("of an office no longer held",))
        if found.anchor == "role" and found.role:
            return self._role(tokens, found, found.role)
        club = self._club(tokens, found.at) if found.anchor == "title" else None
        if club is not None:
            return club
        if found.anchor == "title":
            return self._person(tokens, "expert" if found.kind == "expert" else "person", (TITLED,))
        if found.anchor == "source":
            return self._source(tokens, found)
        if found.anchor == "body" and forms[found.at] == "مكتب" and found.at + 1 < len(forms):
            inner = roles().match(forms, found.at + 1)  # مكتب رئيس الوزراء speaks for him
            if inner and inner[1][0].rule in {"fixed", "ministry"}:
                return self._role(tokens, Quality("role", found.at + 1, inner[0], inner[1][0]), inner[1][0])
        if found.anchor == "body":
            return self._body(tokens, found.at, ("a body's head word",))
        return self._plain(tokens)

    def _whole(self, tokens: Tokens) -> Resolved | None:
        """The whole name is known: an actor, a country, a capital that stands for it, a person in office."""
        forms = tokens.forms
        if forms == ["الوزراء"]:  # in headlines
            return self._state_body("مجلس الوزراء", None, ("the cabinet in short",))
        for _, _, rest in bare_forms(forms[0]):
            hit = self._match(forms, 0, rest)
            if hit and hit[0] == len(forms):
                return self._entry(self._choose(hit[1]))
            for names, what in ((nations().names, "a country"), (nations().capitals, "a capital stands for its government")):
                place = names.match(forms, 0, rest)
                if place and place[0] == len(forms):
                    return self._government(nations().by_code[self._near(place[1])], what)
                if place and what == "a country" and forms[place[0]][:1] == "و" and len(forms) < place[0] + 4:
                    return self._allied(tokens, self._near(place[1]), place[0])
        return self._office(tokens.text, ())

    def _allied(self, tokens: Tokens, code: str, at: int) -> Resolved:
        """Two states that speak with one voice, or a state and its allies: a party of its own, of no one country if of two."""
        other = self._nation_in(tokens.forms, at, len(tokens))
        country = code if other in {None, code} else None
        return self._named(tokens.text, "state_body", country, ("a state with others",))

    def _role(self, tokens: Tokens, found: Quality, role: Role) -> Resolved:
        forms, at = tokens.forms, found.at + found.n
        why = (f"the office {' '.join(tokens.word(i) for i in range(found.at, at))}",)
        known = self._match(forms, found.at)
        if known and known[0] > found.n:
            return self._entry(self._choose(known[1]), why)
        if role.rule == "named":
            return self._entry(self.authority.names.get(role.body or "")[0], why)
        if role.rule == "coach":
            at = self._skip(forms, at)
            team = at < len(forms) and any(
                body_head(forms, at, rest) or self._match(forms, at, rest) for _, _, rest in bare_forms(forms[at])
            )
            return (
                self._body(tokens, at, why, "other")
                if team
                else self._club(tokens, found.at) or self._person(tokens, "person", why)
            )
        if role.rule == "prefix":
            end = body_end(tokens, at) if at < len(forms) else at
            words = " ".join((role.body or "", *(tokens.word(i) for i in range(at, end))))
            known = self._match(list(tokenize(words).forms), 0)
            if known and known[0] == len(tokenize(words)):
                return self._entry(self._choose(known[1]), why)
            of_kind = cast(PartyKind, (body_head([fold(role.body or "")], 0) or ("state_body", True))[0])
            code = self._nation_in(forms, at, end) or self._place_in(forms, at, end) or self.context.setting.country
            return self._named(words, of_kind, code, why)
        if role.rule == "deputy":
            at = self._skip(forms, at)
            inner = roles().match(forms, at) if at < len(forms) else None
            if inner:
                own = self._own_office(forms, at + inner[0]) if inner[1][0].rule != "deputy" else None
                if own and own.role:
                    return self._role(tokens, own, own.role)
                return self._role(tokens, Quality("role", at, inner[0], inner[1][0]), inner[1][0])
            if body_head(forms, found.at + found.n - 1):  # مدير مكتب الصحة: the office is a body
                return self._body(tokens, found.at + found.n - 1, why)
            return self._body_or_person(tokens, at, why)
        if role.rule == "source":
            return self._source(tokens, found) if found.at == 0 else self._person(tokens, "person", why)
        if role.rule == "ministry":
            return self._ministry(tokens, at, why)
        if role.rule in {"fixed", "embassy"}:
            return self._fixed(tokens, at, role, why)
        if role.rule == "place":
            return self._place_office(tokens, at, role, why)
        if role.body and not role.body.startswith("="):  # رئيس بلدية: the body's own head word is part of the office
            return self._body(tokens, at - 1, why)
        kind = cast(PartyKind, role.body[1:]) if role.body else None
        return self._body_or_person(tokens, self._skip(forms, at), why, kind)

    def _club(self, tokens: Tokens, at: int) -> Resolved | None:
        """The club that a player or trainer plays for or trains, where it is named: ``لاعب خط وسط نادي الضفة``."""
        forms = tokens.forms
        if forms[at] not in wordset("plays or trains"):
            return None
        for i in range(at + 1, len(forms)):
            if forms[i] in wordset("club"):
                return self._body(tokens, i, (f"{tokens.word(at)} of a club",), "other")
        return None

    def _own_office(self, forms: list[str], at: int) -> Quality | None:
        """``نائب الرئيس رئيس الوزراء``: the office after the deputised one that the same person heads himself, if any."""
        for i in range(at, len(forms)):
            own = roles().match(forms, i)
            if own and own[1][0].rule in {"fixed", "ministry"} and not (i and forms[i - 1] in fillers()):
                return Quality("role", i, own[0], own[1][0])
        return None

    def _body_or_person(self, tokens: Tokens, at: int, why: tuple[str, ...], kind: PartyKind | None = None) -> Resolved:
        """What follows an office: an office again, a known actor, a body; a nationality or a name alone leaves the person."""
        forms = tokens.forms
        if at >= len(forms) or not forms[at][:1].isalpha():
            return self._company(kind, why) or self._person(tokens, "person", why)
        if forms[at - 1] in {"عام", "العام"} and forms[at].startswith("لل") and "ال" + forms[at][2:] in ministries():
            name = f"الإدارة العامة {tokens.word(at)}"  # المدير العام للتعليم
            return self._named(name, "state_body", self._place_in(forms, at, len(forms)) or self.context.setting.country, why)
        for _, _, rest in bare_forms(forms[at]):
            inner = roles().match(forms, at, rest)
            if inner and inner[1][0].rule != "source" and not rest.startswith("مراقب"):
                return self._role(tokens, Quality("role", at, inner[0], inner[1][0]), inner[1][0])
        country = nations().names.match(forms, at)
        if country and (past := self._skip(forms, at + country[0])) > at + country[0] and forms[past - 1] in LINKS:
            return self._government(nations().by_code[self._near(country[1])], why[0])  # مندوب مصر الدائم لدى
        code = nations().adjective_at(forms, at)
        if code and not nations().names.match(forms, at):
            return self._government(nations().by_code[code], f"{why[0]}: of the state, which body is not said")
        end = body_end(tokens, at)
        titled = titles().get(forms[at]) and not (body_head(forms, at) and (end > at + 1 or at + 1 == len(forms)))
        if end == at or forms[at] in given_names() or titled:
            return self._company(kind, why) or self._person(tokens, "person", why)
        return self._body(tokens, at, why, kind)

    def _company(self, kind: PartyKind | None, why: tuple[str, ...]) -> Resolved | None:
        """The firm that a chairman without one is of: the only one, or the one named most, in the article."""
        name = most_named(self.context.tokens, "company") if kind == "company" and self.context.tokens else None
        return self._body(tokenize(name), 0, (*why, "the firm that the article is about")) if name else None

    def _ministry(self, tokens: Tokens, at: int, why: tuple[str, ...]) -> Resolved:
        forms = tokens.forms
        at = self._skip(forms, at)
        state = at < len(forms) and forms[at] == "الدوله"
        if at < len(forms) and forms[at] in {"الدوله", "دوله"}:
            at += 1
        end = body_end(tokens, at)
        code = self._nation_in(forms, at, end)
        words = ministry_words(tokens, at, end, bool(code))
        if not words:
            return self._government(nations().by_code[code], why[0]) if code else self._person(tokens, "person", why)
        if state and words[0].startswith("شؤون"):
            words = ["الدولة", "ل" + words[0], *words[1:]]  # وزير الدولة لشؤون البيئة
        return self._state_body("وزارة " + " ".join(words), code or self._nation_in(forms, 0, len(forms)), why)

    def _fixed(self, tokens: Tokens, at: int, role: Role, why: tuple[str, ...]) -> Resolved:
        forms = tokens.forms
        next_body = self._skip(forms, at)
        if next_body < len(forms) and forms[next_body][:1] == "ل" and role.rule == "fixed":
            rest = "ال" + forms[next_body][2:] if forms[next_body].startswith("لل") else forms[next_body][1:]
            head_of_state = (role.body or "").startswith("الرئاسة") and rest not in _STATES
            nation = nations().names.match(forms, next_body, rest)
            field = rest in ministries() or rest in wordset("part of a body")  # مساعد الرئيس للعلاقات الخارجية
            if not nation and not field and (body_head(forms, next_body, rest) or head_of_state):
                return self._body(tokens, next_body, why)  # الرئيس الأسبق لهيئة: no head of state
        for i in range(at + 1, len(forms)):  # رئيس الأركان في الجيش السوري الحر
            named = self._match(forms, i) if forms[i - 1] in LINKS else None
            if named and named[1][0].kind in {"armed_group", "intergovernmental"}:
                return self._entry(self._choose(named[1]), why)
        code = self._nation_in(forms, at, len(tokens)) or self._nation_in(forms, 0, at)
        if code is None:
            term = self.authority.offices.find(person_part(tokens, at, self._is_word), self.context.day)
            code = term.party.country if term else None
        if role.rule == "embassy":
            return self._embassy(role.body or "", code or self.context.setting.country, why)
        return self._state_body(role.body or "", code, why)

    def _embassy(self, name: str, code: str | None, why: tuple[str, ...]) -> Resolved:
        nation = nations().by_code.get(code or "")
        return self._named(f"{name} {nation.names[0]}" if nation else name, "state_body", code, why)

    def _place_office(self, tokens: Tokens, at: int, role: Role, why: tuple[str, ...]) -> Resolved:
        forms = tokens.forms
        end = body_end(tokens, at)
        code = self._nation_in(forms, at, end)
        if at < end and forms[at] == "دوله":
            return self._state_body("الديوان الأميري", code, why)
        if at < end and forms[at] in given_names():
            return self._person(tokens, "person", why)
        if (
            at < end and body_head(forms, at) and forms[at] != "مدينه"
        ):  # محافظ المؤسسة العامة, أمين اتحاد: of a body, not a place
            return self._body(tokens, at, why)
        words = [tokens.word(i) for i in range(at, end) if forms[i] not in {"منطقه", "محافظه", "ولايه", "مدينه"}]
        if not words:
            return self._person(tokens, "person", why)
        code = code or self._place_in(forms, at, end) or self.context.setting.country
        return self._named(f"{role.body} {' '.join(words)}", "state_body", code, why)

    def _person(self, tokens: Tokens, kind: PartyKind, why: tuple[str, ...] = ()) -> Resolved:
        name = person_part(tokens, 0, self._is_word)
        office = None if kind == "expert" else self._office(name, why)
        if office:
            return office
        code = self._nation_in(tokens.forms, 0, len(tokens)) or self.context.setting.home or self.context.setting.country
        return Resolved(person_id(name), Party(name, kind, code), (*why, "speaks for himself"))

    def _is_word(self, tokens: Tokens, i: int) -> bool:
        """Whether token ``i`` is an office, a body, a nationality or a filler, and no part of a person's name."""
        forms = tokens.forms
        form = forms[i]
        bare = form[1:] if len(form) > 3 and form[0] in "وبل" else form
        if i and forms[i - 1] in given_names() and (form in given_names() or nations().adjective(form)):
            return False
        if form in {"وهو", "وهي"}:
            return True
        return bool(
            roles().match(forms, i)
            or (bare != form and (roles().match(forms, i, bare) or body_head(forms, i, bare) or titles().get(bare)))
            or nations().adjective(form)
            or form in fillers()
            or (body_head(forms, i) and form not in given_names())
        )

    def _source(self, tokens: Tokens, found: Quality) -> Resolved:
        """``مصدر أمني``, ``متظاهرون``, ``الدراسة``; a source in a body that is named speaks for that body."""
        forms, kind = tokens.forms, found.kind or source_words().get(tokens.forms[found.at], "unnamed")
        words = " ".join(tokens.word(i) for i in range(len(tokens)))
        code = self._nation_in(forms, 0, len(forms))
        if kind == "unnamed":
            for i in range(found.at + 1, len(forms)):
                after_link = forms[i - 1] in {"في", "داخل", "باسم"} or (forms[i - 1] == "من" and i == found.at + 2)
                rest = forms[i] if after_link else forms[i][1:] if forms[i].startswith("ب") else ""
                hit = self._match(forms, i, rest) if rest else None
                if hit and hit[1][0].kind in {"armed_group", "party_political", "state_body", "intergovernmental"}:
                    return self._entry(self._choose(hit[1]), ("an unnamed source in a body",))
                if rest == "وزاره":
                    return self._body(tokens, i, ("an unnamed source in a body",))
        actor = f"{kind}/" + "-".join(form for form in forms if form[:1].isalnum())
        return Resolved(actor, Party(words, cast(PartyKind, kind), code), ("not named",))

    def _plain(self, tokens: Tokens) -> Resolved:
        """No word tells: people in the plural, a side, a name."""
        forms = tokens.forms
        first = next((form for form in forms if form[:1].isalpha()), forms[0])
        code = self._nation_in(forms, 0, len(forms))
        if first in wordset("both sides") and sum(form[:1].isalpha() for form in forms) == 1:
            return self._both(tokens)
        if first in _SIDES and code:
            return self._government(nations().by_code[code], "the side of a state")
        country = nations().names.match(forms, 0)
        if country and country[0] > 1:
            return self._government(nations().by_code[self._near(country[1])], "a country, and words after it")
        plural = first.endswith(_PLURALS) and len(first) > 5 and first.startswith("ال") and first not in given_names()
        own = len(forms) == 1 and first.endswith(_POSSESSED) and first not in given_names()
        counted = forms[0].isdigit()
        if first in nations().plurals or plural or own or counted or (first.endswith("ون") and len(first) > 5):
            actor = "crowd/" + "-".join(form for form in forms if form[:1].isalnum())
            return Resolved(actor, Party(tokens.text.strip(), "crowd", code), ("people in the plural",))
        for _, _, rest in bare_forms(forms[0]):
            hit = self._match(forms, 0, rest)
            if hit and hit[0] > 1:
                return self._entry(self._choose(hit[1]))
        return self._unknown(tokens)

    def _both(self, tokens: Tokens) -> Resolved:
        """``الجانبان``: the two states that the article speaks of most, where it speaks of no third as much."""
        weights = self.context.setting.weights
        ranked = sorted(weights, key=lambda code: -weights[code])
        if len(ranked) < 2 or weights[ranked[1]] < _SPOKEN_OF or (len(ranked) > 2 and weights[ranked[2]] == weights[ranked[1]]):
            actor = "other/" + "-".join(form for form in tokens.forms if form[:1].isalpha())
            return Resolved(actor, Party(tokens.text.strip(), "other", None), ("two sides that the article does not tell",))
        one, two = (nations().by_code[code].names[0] for code in ranked[:2])
        return self._named(f"{one} و{two}", "state_body", None, ("the two states that the article speaks of",))

    def _unknown(self, tokens: Tokens) -> Resolved:
        """A name that no word tells the quality of: a person's, unless it looks like a thing's (``السباق المحموم``)."""
        forms = tokens.forms
        end = next(
            (i for i in range(1, len(forms)) if not forms[i][:1].isalnum() and titles().get(forms[i - 1]) is None), len(forms)
        )
        parts = [i for i in range(end) if titles().get(forms[i]) is None and forms[i][:1].isalnum()]
        named = any(forms[i] in given_names() for i in parts) or len(parts) < end
        pair = len(parts) > 1 and all(forms[i].startswith("ال") and len(forms[i]) > 4 for i in parts[:2])
        if not named and (pair or forms[0] in _POINTING):
            actor = "other/" + "-".join(forms[i] for i in parts)
            return Resolved(actor, Party(tokens.text, "other", None), ("no person's name",))
        while len(parts) > 1 and forms[parts[0]].startswith("ال") and any(forms[i] in given_names() for i in parts[1:]):
            parts = parts[1:]  # المستثمر عبدالإله
        name = " ".join(tokens.word(i) for i in parts) or tokens.text
        office = self._office(name, ())
        code = self._nation_in(forms, 0, len(forms)) or self.context.setting.home or self.context.setting.country
        return office or Resolved(person_id(name), Party(name, "person", code), ("speaks for himself",))


def _former(forms: list[str], at: int) -> bool:
    """Whether the office at token ``at`` is a past one: ``الوزير الأسبق`` speaks for himself."""
    for i in range(at + 1, len(forms)):
        form = forms[i]
        other = form[1:] if len(form) > 3 and form[0] == "و" else ""
        if not form[:1].isalnum() or (other and (roles().match(forms, i, other) or body_head(forms, i, other))):
            return False
        if form in wordset("former") and forms[i - 1] not in wordset("former of its own"):
            return True
    return False


__all__ = ["TITLED", "Context", "Resolved", "Resolver"]
