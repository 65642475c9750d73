"""From a speaker's name to the party it speaks for: the ministry of a minister, the club of its president, the person himself."""

from __future__ import annotations

from dataclasses import dataclass

from takhrij.entities.authority import ActorEntry, Authority
from takhrij.entities.lexicon import folded
from takhrij.entities.ministries import ministries
from takhrij.entities.nations import Nation, nations
from takhrij.entities.people import name_parts, person_id, titles
from takhrij.entities.scan import bare_forms
from takhrij.entities.setting import Setting
from takhrij.entities.speakers import Quality, Role, body_end, body_heads, fillers, quality, roles, source_words
from takhrij.records import Party, PartyKind
from takhrij.text.fold import fold
from takhrij.text.tokens import Tokens, tokenize

_QUOTES = frozenset("\"'«»“”‘’()[]")
_PLURALS = ("ون", "يون", "يين")
_SIDES = folded("الجانب الطرف الموقف".split())


@dataclass(frozen=True, slots=True)
class Context:
    """What the article tells about its speakers: its setting, its day, and how it spells adjectives of nationality."""

    setting: Setting
    day: str | None = None
    spelled: tuple[tuple[str, str], ...] = ()

    def adjective(self, nation: Nation) -> str | None:
        """The spelling of the nation's adjective (masculine, without article) that the article uses."""
        return dict(self.spelled).get(nation.code)


@dataclass(frozen=True, slots=True)
class Resolved:
    """An actor's id, its party, and the steps that led there."""

    actor: str
    party: Party
    why: tuple[str, ...]


class Resolver:
    """Resolves one article's names against an authority file."""

    def __init__(self, authority: Authority, context: Context) -> None:
        self.authority = authority
        self.context = context

    def resolve(self, name: str) -> Resolved:
        """The party that ``name``, as the article writes it most fully, speaks for."""
        tokens = tokenize(name)
        forms = tokens.forms
        if not any(form[:1].isalpha() for form in forms):
            return Resolved("other/" + (name.strip() or "?"), Party(name.strip() or "?", "other", None), ("no name",))
        known = self._whole(tokens)
        if known:
            return known
        found = quality(forms)
        if found.anchor == "role" and found.role:
            return self._role(tokens, found, found.role)
        if found.anchor == "title":
            return self._person(tokens, "expert" if found.kind == "expert" else "person")
        if found.anchor == "source":
            return self._source(tokens, found)
        if found.anchor == "body":
            return self._body(tokens, found.at, ("a body's head word",))
        return self._plain(tokens)

    # whole names

    def _whole(self, tokens: Tokens) -> Resolved | None:
        """The whole name is known: an actor, a country, a capital that stands for it, a person in office."""
        forms = tokens.forms
        first = next(i for i, form in enumerate(forms) if form[:1].isalnum())
        last = max(i for i, form in enumerate(forms) if form[:1].isalnum())
        for _, _, rest in bare_forms(forms[first]):
            hit = self.authority.names.match(forms, first, rest)
            if hit and first + hit[0] - 1 == last:
                return self._entry(self._choose(hit[1]))
            for names, what in ((nations().names, "a country"), (nations().capitals, "a capital stands for its government")):
                place = names.match(forms, first, rest)
                if place and first + place[0] - 1 == last:
                    return self._government(nations().by_code[self._near(place[1])], what)
        return self._office(tokens.text, ())

    def _near(self, codes: list[str]) -> str:
        return max(codes, key=self.context.setting.share)

    def _choose(self, entries: list[ActorEntry]) -> ActorEntry:
        return max(entries, key=lambda entry: self.context.setting.share(entry.country))

    def _entry(self, entry: ActorEntry, why: tuple[str, ...] = ()) -> Resolved:
        country = entry.country or (self.context.setting.country if entry.kind == "state_body" else None)
        return Resolved(entry.id, Party(entry.names[0], entry.kind, country), (*why, f"known actor ({entry.origin})"))

    def _office(self, name: str, why: tuple[str, ...]) -> Resolved | None:
        term = self.authority.offices.find(name, self.context.day)
        if term is None:
            return None
        party = term.party
        nation = nations().by_code.get(party.country or "")
        spelled = self.context.adjective(nation) if nation else None
        label = party.name
        if nation and spelled and spelled != nation.adjectives[0]:
            label = label.replace(nation.feminine(), nation.feminine(spelled)).replace(
                nation.masculine(), nation.masculine(spelled)
            )
        entry = next(iter(self.authority.names.get(party.name)), None)
        actor = entry.id if entry else _body_id(party.name, party.country)
        steps = (*why, f"in office on {self.context.day or 'the last day known'} ({term.english})")
        return Resolved(actor, Party(label, party.kind, party.country), steps)

    def _government(self, nation: Nation, why: str) -> Resolved:
        if not nation.adjectives:
            return Resolved(f"{nation.code}/الحكومه", Party(nation.names[0], "state_body", nation.code), (why,))
        name = f"الحكومة {nation.feminine(self.context.adjective(nation))}"
        return Resolved(f"{nation.code}/الحكومه", Party(name, "state_body", nation.code), (why,))

    # offices

    def _role(self, tokens: Tokens, found: Quality, role: Role) -> Resolved:
        forms, at = tokens.forms, found.at + found.n
        why = (f"the office {' '.join(tokens.word(i) for i in range(found.at, at))}",)
        if role.rule == "deputy":
            at = self._skip(forms, at)
            inner = roles().match(forms, at) if at < len(forms) else None
            if inner:
                return self._role(tokens, Quality("role", at, inner[0], inner[1][0]), inner[1][0])
            return self._body_or_person(tokens, at, why)
        if role.rule == "source":
            return self._source(tokens, found)
        if role.rule == "ministry":
            return self._ministry(tokens, at, why)
        if role.rule in {"fixed", "embassy"}:
            return self._fixed(tokens, at, role, why)
        if role.rule == "place":
            return self._place_office(tokens, at, role, why)
        if role.body:  # رئيس بلدية: the body's own head word is part of the office
            return self._body(tokens, at - 1, why)
        return self._body_or_person(tokens, self._skip(forms, at), why)

    def _skip(self, forms: list[str], at: int) -> int:
        while at < len(forms) and (forms[at] in fillers() or forms[at] in _QUOTES):
            at += 1
        return at

    def _body_or_person(self, tokens: Tokens, at: int, why: tuple[str, ...]) -> Resolved:
        """What follows an office: an office again, a known actor, a body; a nationality or a name alone leaves the person."""
        forms = tokens.forms
        if at >= len(forms):
            return self._person(tokens, "person", why)
        for _, _, rest in bare_forms(forms[at]):
            inner = roles().match(forms, at, rest)
            if inner and inner[1][0].rule in {"fixed", "ministry"}:
                return self._role(tokens, Quality("role", at, inner[0], inner[1][0]), inner[1][0])
        code = nations().adjective_at(forms, at)
        if code and not nations().names.match(forms, at):
            return self._of_nation(tokens, code, why)
        end = body_end(forms, at)
        person = end == at or (
            end - at < 3 and not forms[at].startswith(("ال", "لل", "ل")) and self._is_person(tokens, at, end)
        )
        return self._person(tokens, "person", why) if person else self._body(tokens, at, why)

    def _is_person(self, tokens: Tokens, at: int, end: int) -> bool:
        from takhrij.entities.placewords import given_names

        return tokens.forms[at] in given_names() or titles().get(tokens.forms[at]) is not None

    def _of_nation(self, tokens: Tokens, code: str, why: tuple[str, ...]) -> Resolved:
        """``المتحدث الرسمي المصري``: an office of the state, which one is not said."""
        return self._government(nations().by_code[code], why[0] if why else "an office of the state")

    def _ministry(self, tokens: Tokens, at: int, why: tuple[str, ...]) -> Resolved:
        forms = tokens.forms
        at = self._skip(forms, at)
        if at < len(forms) and forms[at] in {"الدوله", "دوله"}:
            at += 1
        end = body_end(forms, at)
        words, code = [], self._nation_in(forms, at, end)
        for i in range(at, end):
            if self._is_nation(forms, i) or forms[i] in fillers() and forms[i] not in ministries():
                break
            if forms[i] not in _QUOTES:
                words.append(tokens.word(i))
        if not words:
            return self._government(nations().by_code[code], why[0]) if code else self._person(tokens, "person", why)
        if words[0].startswith("لل"):
            words[0] = "ال" + words[0][2:]
        elif words[0].startswith("لش"):
            words[0] = words[0][1:]
        if len(words) == 1 and not words[0].startswith("ال") and code:
            words[0] = "ال" + words[0]  # وزير خارجية فرنسا
        return self._state_body("وزارة " + " ".join(words), code or self._nation_in(forms, 0, len(forms)), why)

    def _fixed(self, tokens: Tokens, at: int, role: Role, why: tuple[str, ...]) -> Resolved:
        code = self._nation_in(tokens.forms, at, len(tokens)) or self._nation_in(tokens.forms, 0, at)
        if code is None:
            term = self.authority.offices.find(_person_part(tokens, at), self.context.day)
            code = term.party.country if term else None
        if at < len(tokens) and code is None and body_end(tokens.forms, at) > at and tokens.forms[at] in body_heads():
            return self._body(tokens, at, why)
        return self._state_body(role.body or "", code, why)

    def _place_office(self, tokens: Tokens, at: int, role: Role, why: tuple[str, ...]) -> Resolved:
        forms = tokens.forms
        end = body_end(forms, at)
        code = self._nation_in(forms, at, end)
        if at < end and forms[at] in {"دوله"}:
            return self._state_body("الديوان الأميري", code, why)
        words = [
            tokens.word(i) for i in range(at, end) if forms[i] not in _QUOTES and forms[i] not in {"منطقه", "محافظه", "ولايه"}
        ]
        if not words:
            return self._person(tokens, "person", why)
        return self._named(f"{role.body} {' '.join(words)}", "state_body", code or self.context.setting.country, why)

    # bodies

    def _state_body(self, name: str, code: str | None, why: tuple[str, ...]) -> Resolved:
        """A ministry or the like, with the nationality of ``code`` or else of the country that the article is about."""
        if code is None:
            code, why = self.context.setting.country, (*why, "of the country that the article is about")
        nation = nations().by_code.get(code or "")
        label = name
        if nation and nation.adjectives:
            adjective = self.context.adjective(nation)
            feminine = name.split()[0].endswith(("ة", "ه"))
            label = f"{name} {nation.feminine(adjective) if feminine else nation.masculine(adjective)}"
        entry = next(iter(self.authority.names.get(label)), None)
        return Resolved(entry.id if entry else _body_id(name, code), Party(label, "state_body", code), why)

    def _body(self, tokens: Tokens, at: int, why: tuple[str, ...]) -> Resolved:
        """The body whose name begins at token ``at``."""
        forms = tokens.forms
        at = self._skip(forms, at)
        for clitic, _, rest in bare_forms(forms[at]):
            hit = self.authority.names.match(forms, at, rest)
            if hit and not (hit[0] == 1 and clitic == "و"):
                entry = self._choose(hit[1])
                follower = nations().adjective(forms[at + hit[0]]) if at + hit[0] < len(forms) else None
                if follower is None or entry.country in {None, follower}:
                    return self._entry(entry, why)
            country = nations().names.match(forms, at, rest)
            if country and body_end(forms, at) <= at + country[0]:
                return self._government(nations().by_code[self._near(country[1])], why[0] if why else "a country")
        end = max(body_end(forms, at), at + 1)
        words = [tokens.word(i) for i in range(at, end) if forms[i] not in _QUOTES]
        words[0] = _without_preposition(words[0], forms[at])
        head = fold(words[0])
        code = self._nation_in(forms, at, end)
        if head in ministries() or head == "وزاره":
            plain = [w for i, w in enumerate(words) if i == 0 or not self._is_nation([fold(x) for x in words], i)]
            name = " ".join(plain) if head == "وزاره" else "وزارة " + " ".join(plain)
            return self._state_body(name, code or self._nation_in(forms, 0, len(forms)), why)
        kind, of_state = body_heads().get(head, ("other", False))
        if kind == "other" and head.startswith("ال"):
            kind, of_state = body_heads().get(head[2:], (kind, False))
        if kind == "other" and "عسكري" in forms[-1]:
            kind = "state_body"
        country = code or (
            self.context.setting.country if of_state else self.context.setting.home or self.context.setting.country
        )
        return self._named(" ".join(words), kind, None if kind == "intergovernmental" else country, why)  # type: ignore[arg-type]

    def _named(self, name: str, kind: PartyKind, country: str | None, why: tuple[str, ...]) -> Resolved:
        return Resolved(_body_id(name, country), Party(name, kind, country), why)

    # people, sources

    def _person(self, tokens: Tokens, kind: PartyKind, why: tuple[str, ...] = ()) -> Resolved:
        name = _person_part(tokens, 0)
        office = None if kind == "expert" else self._office(name, why)
        if office:
            return office
        code = self._nation_in(tokens.forms, 0, len(tokens)) or self.context.setting.home or self.context.setting.country
        return Resolved(person_id(name), Party(name, kind, code), (*why, "speaks for himself"))

    def _source(self, tokens: Tokens, found: Quality) -> Resolved:
        """``مصدر أمني``, ``متظاهرون``, ``الدراسة``; a source in a body that is named speaks for that body."""
        forms, kind = tokens.forms, found.kind or source_words().get(tokens.forms[found.at], "unnamed")
        words = " ".join(tokens.word(i) for i in range(len(tokens)) if forms[i] not in _QUOTES)
        code = self._nation_in(forms, 0, len(forms))
        if kind == "unnamed":
            for i in range(found.at + 1, len(forms) - 1):
                if forms[i] in {"في", "من", "داخل"} or forms[i] == "باسم":
                    hit = self.authority.names.match(forms, i + 1)
                    if hit and hit[1][0].kind in {"armed_group", "party_political", "state_body", "intergovernmental"}:
                        return self._entry(self._choose(hit[1]), ("an unnamed source in a body",))
        actor = f"{kind}/" + "-".join(form for form in forms if form[:1].isalnum())
        return Resolved(actor, Party(words, kind, code), ("not named",))  # type: ignore[arg-type]

    def _plain(self, tokens: Tokens) -> Resolved:
        """No word tells: people in the plural, a side, a name."""
        forms = tokens.forms
        first = next(i for i, form in enumerate(forms) if form[:1].isalnum())
        code = self._nation_in(forms, 0, len(forms))
        if forms[first] in _SIDES and code:
            return self._government(nations().by_code[code], "the side of a state")
        if forms[first] in nations().plurals or (forms[first].endswith(_PLURALS) and len(forms[first]) > 4):
            return Resolved("crowd/" + "-".join(forms), Party(tokens.text.strip(), "crowd", code), ("people in the plural",))
        for _, _, rest in bare_forms(forms[first]):
            hit = self.authority.names.match(forms, first, rest)
            if hit and hit[0] > 1:
                return self._entry(self._choose(hit[1]))
        return self._person(tokens, "person")

    def _is_nation(self, forms: list[str], i: int) -> bool:
        return nations().adjective_at(forms, i) is not None or nations().names.match(forms, i) is not None

    def _nation_in(self, forms: list[str], start: int, end: int) -> str | None:
        """The country of the first adjective or name of a country among the tokens."""
        for i in range(start, end):
            code = nations().adjective_at(forms, i)
            if code:
                return code
            for _, _, rest in bare_forms(forms[i]):
                hit = nations().names.match(forms, i, rest)
                if hit:
                    return self._near(hit[1])
        return None


def _without_preposition(word: str, form: str) -> str:
    if form.startswith("لل") and len(form) > 4:
        return "ال" + word[word.index("ل") + 2 :] if word.startswith("لل") else word
    if form[:1] in "لب" and fold(form[1:]) in body_heads():
        return word[1:]
    return word


def _person_part(tokens: Tokens, at: int) -> str:
    """The person's own name in a speaker's name: the longest run of words that are no title, office, body or nationality."""
    forms = tokens.forms
    runs: list[list[int]] = [[]]
    i = at
    while i < len(forms):
        form = forms[i]
        role = roles().match(forms, i)
        if form[:1].isalpha() and not (role or titles().get(form) or nations().adjective(form) or form in fillers()):
            runs[-1].append(i)
        elif form not in _QUOTES:
            runs.append([])
        i += 1
    known = [run for run in runs if run]
    if not known:
        return tokens.text.strip()
    from takhrij.entities.placewords import given_names

    best = max(known, key=lambda run: (forms[run[0]] in given_names(), len(name_parts(" ".join(forms[j] for j in run)))))
    return " ".join(tokens.word(j) for j in best)


def _body_id(name: str, country: str | None) -> str:
    """``EG/وزاره-الخارجيه``: the country and the folded words, nationality left out, so that spellings give one id."""
    forms = [form for form in tokenize(name).forms if form[:1].isalnum()]
    kept = [form for form in forms if nations().adjective(form) != country or country is None] or forms
    return f"{country or '-'}/" + "-".join("شوون" if form in {"شيون", "شءون"} else form for form in kept)
