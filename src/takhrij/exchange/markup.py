"""Articles annotated in the running text: how the open corpus is written, and how it becomes gold rows.

One article a file::

    id: a-001
    outlet: Al-Marfa
    date: 2021-03-04
    register: agency wire
    E1: هيئة مياه الوادي | الهيئة
    ---
    هيئة المياه: السد ممتلئ
    <c1 state E1>وقالت</c1> <s1>هيئة مياه الوادي</s1> <m1>في بيان</m1> <q1>إن السد ممتلئ</q1>.

``c`` marks the cue of an attribution, with its act and its speaker (``-`` where the article gives no way to know),
``s`` its source, ``q`` each span of its content, ``t`` its target, ``m`` its medium. Tags pair by letter and number,
so they may nest and cross; taken away, they leave the text exactly. ``<`` and ``>`` are kept for tags.
An entity line lists the strings by which the article names it, the fullest first.

A gold row is what ``gold/*.jsonl`` hold: offsets are code points into ``text``, half open.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import NotRequired, TypedDict, get_args

from takhrij.errors import DataError
from takhrij.records import Act

ACTS = frozenset(get_args(Act))
NO_SPEAKER = "-"
RULE = "---"

_REQUIRED = ("id", "outlet", "date")
_OPTIONAL = ("url", "register")
_ENTITY = re.compile(r"E[1-9][0-9]*")
_ANGLED = re.compile(r"<[^<>\n]*>|[<>]")
_OPEN = re.compile(r"<([sqtm])([1-9][0-9]*)>")
_OPEN_CUE = re.compile(r"<c([1-9][0-9]*) (\S+) (\S+)>")
_CLOSE = re.compile(r"</([csqtm])([1-9][0-9]*)>")
_NAMES = {"c": "cue", "s": "source", "q": "content", "t": "target", "m": "medium"}

Offsets = list[int]


class GoldAttribution(TypedDict):
    """An attribution of a gold row. ``speaker`` is a key of the row's entities."""

    cue: Offsets
    act: str
    speaker: str | None
    content: list[Offsets]
    source: Offsets | None
    target: Offsets | None
    medium: Offsets | None


class GoldRow(TypedDict):
    """An annotated article: the first line of ``text`` is the headline."""

    id: str
    outlet: str
    date: str
    url: NotRequired[str]
    register: NotRequired[str]
    text: str
    entities: dict[str, list[str]]
    attributions: list[GoldAttribution]


def load(folder: Path) -> list[GoldRow]:
    """The articles of every ``*.txt`` of ``folder``, by file name. Raises :class:`DataError` on the first fault."""
    rows = []
    first_seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.txt")):
        row = parse(path.read_text(encoding="utf-8"), path.name)
        if row["id"] in first_seen:
            raise DataError(f"{path.name}: the id {row['id']} is already that of {first_seen[row['id']]}")
        first_seen[row["id"]] = path.name
        rows.append(row)
    return rows


def parse(text: str, name: str = "article") -> GoldRow:
    """The gold row that one annotated article stands for.

    ``name`` says in errors which file it is. One line end at the close of the file is not part of the text.
    Raises :class:`DataError`, naming file and line, on unknown, unbalanced or doubled tags, on an act or an entity
    that is not declared, on an attribution without cue or content, and on a cue of more than one token.
    """
    lines = text.split("\n")
    if RULE not in lines:
        raise DataError(f"{name}: no line {RULE} between the header and the body")
    rule = lines.index(RULE)
    fields, entities = _header(lines[:rule], name)
    body = "\n".join(lines[rule + 1 :]).removesuffix("\n")
    reader = _Body(name, rule + 2, entities)
    plain = reader.read(body)
    row = GoldRow(
        id=fields["id"],
        outlet=fields["outlet"],
        date=fields["date"],
        text=plain,
        entities=entities,
        attributions=reader.attributions(plain),
    )
    if "url" in fields:
        row["url"] = fields["url"]
    if "register" in fields:
        row["register"] = fields["register"]
    return row


def render(row: GoldRow) -> str:
    """The annotated article of a gold row, its attributions numbered in their order; ``parse`` is the inverse.

    Raises :class:`DataError` where the row cannot be written so that it reads back the same: angle brackets in the
    text, spans that do not fit it, line breaks or bars in names, and whatever ``parse`` refuses.
    """
    name = row["id"]
    if "<" in row["text"] or ">" in row["text"]:
        raise DataError(f"{name}: angle brackets in the text cannot be told from tags")
    head = [f"id: {name}", f"outlet: {row['outlet']}", f"date: {row['date']}"]
    if "url" in row:
        head.append(f"url: {row['url']}")
    if "register" in row:
        head.append(f"register: {row['register']}")
    head += [f"{entity}: {' | '.join(names)}" for entity, names in row["entities"].items()]
    written = "\n".join([*head, RULE, _tagged(row)]) + "\n"
    if parse(written, name) != row:
        raise DataError(f"{name}: the row does not read back the same: line breaks or bars in names, or doubled spans")
    return written


def _tagged(row: GoldRow) -> str:
    """The text with its tags: at one place closing ones come first, longer spans open before shorter ones."""
    text = row["text"]
    marks: list[tuple[int, int, int, str]] = []
    for number, a in enumerate(row["attributions"], 1):
        spans = [("c", a["cue"])] + [("q", s) for s in a["content"]]
        spans += [(k, s) for k, s in (("s", a["source"]), ("t", a["target"]), ("m", a["medium"])) if s is not None]
        for kind, (start, end) in spans:
            if not 0 <= start < end <= len(text):
                raise DataError(f"{row['id']}: {_NAMES[kind]} {start}..{end} does not fit a text of {len(text)} characters")
            attributes = f" {a['act']} {a['speaker'] or NO_SPEAKER}" if kind == "c" else ""
            marks.append((start, 1, -end, f"<{kind}{number}{attributes}>"))
            marks.append((end, 0, -start, f"</{kind}{number}>"))
    pieces = []
    at = 0
    for place, _, _, tag in sorted(marks):
        pieces += [text[at:place], tag]
        at = place
    return "".join([*pieces, text[at:]])


def _header(lines: list[str], name: str) -> tuple[dict[str, str], dict[str, list[str]]]:
    fields: dict[str, str] = {}
    entities: dict[str, list[str]] = {}
    for number, line in enumerate(lines, 1):
        key, colon, value = line.partition(":")
        value = value.strip()
        if not colon or not (_ENTITY.fullmatch(key) or key in _REQUIRED + _OPTIONAL):
            raise DataError(f"{name}:{number}: not a header line: {line}")
        if key in fields or key in entities:
            raise DataError(f"{name}:{number}: {key} is given twice")
        if key in _REQUIRED + _OPTIONAL:
            fields[key] = value
            continue
        names = [n.strip() for n in value.split("|")]
        if not all(names):
            raise DataError(f"{name}:{number}: {key} has an empty name")
        entities[key] = names
    for key in _REQUIRED:
        if not fields.get(key):
            raise DataError(f"{name}: the header has no {key}")
    return fields, entities


class _Body:
    """Reads the tags of one body, each check naming the line."""

    def __init__(self, name: str, first_line: int, entities: dict[str, list[str]]) -> None:
        self.name = name
        self.line = first_line
        self.entities = entities
        self.opened: dict[tuple[str, int], tuple[int, int]] = {}  # (letter, number) -> (offset, line)
        self.spans: dict[int, dict[str, list[Offsets]]] = defaultdict(lambda: defaultdict(list))
        self.cues: dict[int, tuple[str, str | None]] = {}
        self.lines: dict[int, int] = {}

    def fault(self, reason: str, line: int | None = None) -> DataError:
        return DataError(f"{self.name}:{line or self.line}: {reason}")

    def read(self, body: str) -> str:
        """The plain text of ``body``; its tags are kept as spans."""
        pieces: list[str] = []
        at = length = 0
        for match in _ANGLED.finditer(body):
            piece = body[at : match.start()]
            pieces.append(piece)
            length += len(piece)
            self.line += piece.count("\n")
            self.tag(match[0], length)
            at = match.end()
        if self.opened:
            (letter, number), (_, line) = next(iter(self.opened.items()))
            raise self.fault(f"<{letter}{number}> is never closed", line)
        return "".join([*pieces, body[at:]])

    def tag(self, tag: str, offset: int) -> None:
        if closing := _CLOSE.fullmatch(tag):
            key = (closing[1], int(closing[2]))
            if key not in self.opened:
                raise self.fault(f"{tag} closes nothing")
            start, _ = self.opened.pop(key)
            if start == offset:
                raise self.fault(f"{tag} closes an empty span")
            self.spans[key[1]][key[0]].append([start, offset])
            return
        if cue := _OPEN_CUE.fullmatch(tag):
            key = ("c", int(cue[1]))
            self.declare(key[1], cue[2], cue[3])
        elif other := _OPEN.fullmatch(tag):
            key = (other[1], int(other[2]))
        else:
            raise self.fault(f"unknown tag {tag}")
        if key in self.opened:
            raise self.fault(f"{tag} is already open")
        if key[0] != "q" and key[0] in self.spans[key[1]]:
            raise self.fault(f"a second {_NAMES[key[0]]} of attribution {key[1]}")
        self.opened[key] = (offset, self.line)
        self.lines.setdefault(key[1], self.line)

    def declare(self, number: int, act: str, speaker: str) -> None:
        if act not in ACTS:
            raise self.fault(f"unknown act {act}")
        if speaker != NO_SPEAKER and speaker not in self.entities:
            raise self.fault(f"unknown entity {speaker}")
        self.cues.setdefault(number, (act, None if speaker == NO_SPEAKER else speaker))

    def attributions(self, plain: str) -> list[GoldAttribution]:
        """The attributions by their numbers, ``plain`` being the text that the spans point into."""
        found = []
        for number, spans in sorted((n, s) for n, s in self.spans.items() if s):
            line = self.lines[number]
            for kind in "cq":
                if kind not in spans:
                    raise self.fault(f"attribution {number} has no {_NAMES[kind]}", line)
            cue = spans["c"][0]
            if re.search(r"\s", plain[slice(*cue)]):
                raise self.fault(f"the cue of attribution {number} is more than one token", line)
            act, speaker = self.cues[number]
            one = {kind: spans[kind][0] if kind in spans else None for kind in "stm"}
            found.append(
                GoldAttribution(
                    cue=cue,
                    act=act,
                    speaker=speaker,
                    content=spans["q"],
                    source=one["s"],
                    target=one["t"],
                    medium=one["m"],
                )
            )
        return found
