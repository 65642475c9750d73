"""The lexicon of cues: every form a cue may take, with the act, the kind of word and the frame that marks its content.

The tables (``data/cue_verbs.tsv``, ``data/cue_words.tsv``) hold a verb by its principal parts; the finite forms,
participles and
masdars are generated here by the ordinary paradigms, on folded letters, with what may be written before and after them.
A form may belong to several entries (``يعد`` promises or counts); :func:`lookup` gives them by falling weight.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from typing import Literal, cast

from takhrij.errors import DataError
from takhrij.records import Act
from takhrij.text.fold import fold

Kind = Literal["past", "present", "participle", "masdar", "according", "noun"]
KINDS: tuple[Kind, ...] = ("past", "present", "participle", "masdar", "according", "noun")
ACTS: tuple[Act, ...] = ("state", "confirm", "deny", "accuse", "judge", "direct", "commit", "believe", "retract")
FRAMES = ("an", "q", "b", "ela", "ala", "3n", "l", "mn", "fy", "bare")

Gender = Literal["m", "f", ""]
Number = Literal["s", "d", "p", ""]


@dataclass(frozen=True, slots=True)
class Cue:
    """What the lexicon knows of one form: its entry and its shape.

    ``person`` is 1, 2 or 3 (0 where the word has none); ``object`` tells that a pronoun of the object is written on.
    """

    lemma: str
    act: Act
    kind: Kind
    frame: tuple[str, ...]
    weight: int
    person: int = 0
    gender: Gender = ""
    number: Number = ""
    object: bool = False
    targets: bool = False


#: Suffixes of the perfect: (ending, person, gender, number).
_PAST: tuple[tuple[str, int, Gender, Number], ...] = (
    ("", 3, "m", "s"), ("ت", 3, "f", "s"), ("وا", 3, "m", "p"), ("ا", 3, "m", "d"), ("تا", 3, "f", "d"), ("ن", 3, "f", "p"),
    ("نا", 1, "", "p"),
)  # fmt: skip
#: Prefix and suffix of the imperfect: (prefix, ending, person, gender, number).
_PRESENT: tuple[tuple[str, str, int, Gender, Number], ...] = (
    ("ي", "", 3, "m", "s"), ("ت", "", 3, "f", "s"), ("ي", "ون", 3, "m", "p"), ("ي", "ان", 3, "m", "d"), ("ت", "ان",
    3, "f", "d"),
    ("ي", "وا", 3, "m", "p"), ("ن", "", 1, "", "p"), ("ا", "", 1, "", "s"), ("ي", "ن", 3, "f", "p"),
)  # fmt: skip
_PARTICIPLE: tuple[tuple[str, Gender, Number], ...] = (
    ("", "m", "s"), ("ا", "m", "s"), ("ه", "f", "s"), ("ين", "m", "p"), ("ون", "m", "p"), ("تين", "f", "d"), ("ات", "f", "p"),
    ("ان", "m", "d"),
)  # fmt: skip
#: Participles of verbs with a weak last letter: مدعيا، مدعية.
_PARTICIPLE_WEAK: tuple[tuple[str, Gender, Number], ...] = (
    ("", "m", "s"), ("يا", "m", "s"), ("يه", "f", "s"), ("ين", "m", "p"), ("ون", "m", "p"), ("يات", "f", "p"),
)  # fmt: skip
_MASDAR = ("", "ا", "ات")
#: Pronouns of the object or possessor that may be written after a cue.
_OBJECTS = ("", "ه", "ها", "هم", "نا", "هما", "ني", "كم", "ك")
#: What may be written before a cue, and the kinds of word that allow it.
_BEFORE: tuple[tuple[str, frozenset[str]], ...] = (
    ("", frozenset(KINDS)), ("و", frozenset(KINDS)), ("ف", frozenset({"past", "present", "participle"})),
    ("س", frozenset({"present"})), ("وس", frozenset({"present"})), ("ل", frozenset({"present", "masdar", "noun"})),
    ("ال", frozenset({"masdar", "noun", "participle"})), ("ب", frozenset({"masdar", "noun"})),
    ("وال", frozenset({"masdar", "noun", "participle"})), ("بال", frozenset({"masdar", "noun"})),
    ("لل", frozenset({"masdar", "noun"})), ("وب", frozenset({"masdar", "noun"})), ("ول", frozenset({"present", "masdar"})),
)  # fmt: skip
_TAKES_PRONOUN = frozenset({"past", "present", "masdar", "noun"})


def _past(stem: str) -> Iterator[tuple[str, int, Gender, Number]]:
    """The perfect; a weak last letter falls away before some endings, a hollow verb shortens before consonants."""
    weak = stem[-1] == "ي" or (stem[-1] == "ا" and len(stem) <= 3)
    for ending, person, gender, number in _PAST:
        base = stem
        if weak and ending in ("ت", "وا", "تا"):
            base = stem[:-1]
        elif weak and stem[-1] == "ا" and ending == "نا":
            base = stem[:-1] + "و"
        elif not weak and len(stem) >= 3 and stem[-2] == "ا" and ending in ("نا", "ن"):
            base = stem[:-2] + stem[-1]
        yield base + ending, person, gender, number
    if not weak and len(stem) == 3 and stem[1] == "ا":
        yield stem[0] + stem[2] + "ت", 1, "", "s"  # قلت


def _present(stem: str) -> Iterator[tuple[str, int, Gender, Number]]:
    for prefix, ending, person, gender, number in _PRESENT:
        base = prefix + stem[1:]
        if ending in ("ون", "وا") and base[-1] in "يو":
            base = base[:-1]
        yield base + ending, person, gender, number


class Lexicon:
    """Folded bases (a form without what is written before and after it) to their cues."""

    def __init__(self) -> None:
        self.bases: dict[str, list[Cue]] = {}

    def _put(self, base: str, cue: Cue) -> None:
        known = self.bases.setdefault(base, [])
        if all((k.lemma, k.act, k.kind) != (cue.lemma, cue.act, cue.kind) for k in known):
            known.append(cue)

    def add_verb(self, act: Act, parts: tuple[str, str, str, str], frame: tuple[str, ...], weight: int) -> None:
        """Add every form of a verb given by its past, present, participle and masdar (``-`` where it has none)."""
        targets = "+T" in frame
        frame = tuple(f for f in frame if f != "+T")
        plain = Cue(parts[0], act, "past", frame, weight, targets=targets)
        past, present, participle, masdar = ("" if p == "-" else fold(p) for p in parts)
        for base, person, gender, number in _past(past) if past else ():
            self._put(base, replace(plain, person=person, gender=gender, number=number))
        for base, person, gender, number in _present(present) if present else ():
            self._put(base, replace(plain, kind="present", person=person, gender=gender, number=number))
        if participle:
            endings = _PARTICIPLE_WEAK if present.endswith(("ي", "و")) else _PARTICIPLE
            for ending, gender, number in endings:
                self._put(participle + ending, replace(plain, kind="participle", gender=gender, number=number))
        if masdar:
            for ending in _MASDAR:
                stem = masdar[:-1] if masdar.endswith("ه") and ending else masdar
                self._put(stem + ending, replace(plain, kind="masdar"))

    def add_word(self, act: Act, kind: Kind, word: str, frame: tuple[str, ...], weight: int) -> None:
        """Add a cue that is no verb."""
        cue = Cue(word, act, kind, frame, weight)
        for ending in ("", "ا") if kind == "noun" else ("",):
            self._put(fold(word) + ending, cue)

    def lookup(self, form: str) -> list[Cue]:
        """The cues that a folded form may be, the likeliest first: its base with clitics that the base's kind allows."""
        found: list[Cue] = []
        for before, kinds in _BEFORE:
            if not form.startswith(before):
                continue
            rest = form[len(before) :]
            for after in _OBJECTS:
                if len(rest) - len(after) < 2 or not rest.endswith(after):
                    continue
                base = rest[: len(rest) - len(after)]
                for cue in self._with_object(base) if after else self.bases.get(base, ()):
                    if cue.kind in kinds and (not after or cue.kind in _TAKES_PRONOUN):
                        found.append(replace(cue, object=True) if after else cue)
        found.sort(key=lambda c: -c.weight)
        return found

    def _with_object(self, base: str) -> list[Cue]:
        """The entries that ``base`` may be before a pronoun: قالوا loses its alif, يرى writes one, دعوة opens its ta."""
        bases = self.bases
        found = list(bases.get(base, ()))
        if base.endswith("و"):
            found += bases.get(base + "ا", ())
        elif base.endswith("ا"):
            found += bases.get(base[:-1] + "ي", ())
        elif base.endswith("ت"):
            found += [c for c in bases.get(base[:-1] + "ه", ()) if c.kind == "masdar"]
        return found


def rows(name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a shipped table with their line numbers, comments and the head left out."""
    head = True
    text = resources.files("takhrij.attribution").joinpath("data", name).read_text("utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if head:
            head = False
            continue
        yield number, line.split("\t")


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon, built once. Raises :class:`DataError` that names the file and line of a malformed row."""
    built = Lexicon()
    for name in ("cue_verbs.tsv", "cue_words.tsv"):
        for number, row in rows(name):
            try:
                if name == "cue_verbs.tsv":
                    act, past, present, participle, masdar, frame, weight = row[:7]
                    parts = (past, present, participle, masdar)
                    built.add_verb(cast(Act, act), parts, tuple(frame.split()), int(weight))
                else:
                    act, kind, word, frame, weight = row[:5]
                    built.add_word(cast(Act, act), cast(Kind, kind), word, tuple(frame.split()), int(weight))
            except ValueError as fault:
                raise DataError(f"{name}, line {number}: {fault}") from None
            if act not in ACTS:
                raise DataError(f"{name}, line {number}: {act!r} is no act")
    return built


@lru_cache(maxsize=8192)
def lookup(form: str) -> tuple[Cue, ...]:
    """The cues that a folded form may be, the likeliest first; empty for most words."""
    return tuple(lexicon().lookup(form))
