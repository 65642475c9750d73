"""The stage in one sitting: look at the text, find the cues, seek their spans, tell who speaks, hand on the records."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from takhrij.attribution import lexicon
from takhrij.attribution.confidence import confidence, evidence
from takhrij.attribution.continuation import continued
from takhrij.attribution.network import ROLES, Network, network
from takhrij.attribution.spans import Found, best, run_on, trim, whole_quotation, with_maker
from takhrij.attribution.speakers import Draft, Resolver, Speaker
from takhrij.attribution.view import COMPLEMENTIZERS, Floats, View, view
from takhrij.attribution.windows import windows
from takhrij.attribution.words import word_class
from takhrij.records import Act, Article, Attribution, Span

#: A token is taken for a cue from this chance on. Tuned on the articles of our own that are kept out of training.
CUE_FLOOR = 0.5
#: A text holds at most a cue in so many tokens, and a few more.
_WORDS_A_CUE, _FEW = 20, 20
#: Windows put to the network at once, so that memory stays bounded on a text that is nothing but cues.
_AT_ONCE = 128
#: Attributions on either side among whose contents a parent is sought.
_NEIGHBOURS = 40

_CONTENT = ROLES.index("content")
#: Roles whose chances tell how far who and what can be trusted.
_WEIGHED = frozenset({"content", "source", "antecedent"})

Tokens2 = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FoundCue:
    """A cue with its spans in tokens, before anybody is resolved."""

    token: int
    act: Act
    chance: float
    spans: dict[str, Found]


def read_attributions(article: Article) -> tuple[Attribution, ...]:
    """Every attribution in ``article``, in the order of the cues; none in a text that is not Arabic.

    Offsets are code points into ``article.text``; spans in ``article.skip`` are not read.
    """
    return tuple(attribution for attribution, _ in read_with_evidence(article))


def read_with_evidence(article: Article) -> list[tuple[Attribution, dict[str, float]]]:
    """Like :func:`read_attributions`, each with the evidence that its confidence was weighed from."""
    if article.lang != "ar":
        return []
    v = view(article.text, article.skip)
    if not len(v.tokens):
        return []
    return assembled(v, found_cues(v, network()))


def assembled(v: View, cues: list[FoundCue]) -> list[tuple[Attribution, dict[str, float]]]:
    """The attributions of cues whose spans were found, in the order of the text: nesting, speakers, confidence."""
    contents = [_content(v, c) for c in cues]
    kept = [i for i, content in enumerate(contents) if content]
    cues, contents = [cues[i] for i in kept], [contents[i] for i in kept]
    parents = _parents([c.token for c in cues], contents)
    drafts = [_draft(v, c, parent) for c, parent in zip(cues, parents, strict=True)]
    resolver = Resolver(v)
    speakers = resolver.resolve(drafts)
    more = continued(v, [c.token for c in cues], contents, parents)
    return [
        _record(v, c, draft, speaker, resolver.name(speaker), (*content, *rest))
        for c, draft, speaker, content, rest in zip(cues, drafts, speakers, contents, more, strict=True)
    ]


def found_cues(v: View, net: Network) -> list[FoundCue]:
    """The cues of a text with the spans that the network finds for them."""
    found: list[FoundCue] = []
    for e in net.encode(v):
        chances = 1 - e.chances[:, 0]
        noticed = np.flatnonzero(_noticed(chances)) + e.first
        tokens = noticed[(noticed >= e.start) & (noticed < e.end)]
        for at in range(0, len(tokens), _AT_ONCE):
            w = windows(v, tokens[at : at + _AT_ONCE], noticed)
            edges, none = net.spans(e, w)
            likeliest = best(edges, none, w.lengths, _CONTENT)
            for cue, first, begin, length, spans in zip(w.cues, w.first, w.begins, w.lengths, likeliest, strict=True):
                act = _act(v.tokens.forms[cue], e.chances[cue - e.first])
                content = edges[begin : begin + length, _CONTENT]
                chance = float(chances[cue - e.first])
                found.append(FoundCue(int(cue), act, chance, _spans(v, int(cue), int(first), spans, content)))
    return found


def _noticed(chances: Floats) -> NDArray[np.bool_]:
    """Which tokens are taken for cues. No prose has one in every few words: of a text that does, the likeliest are kept."""
    is_cue = chances >= CUE_FLOOR
    most = _FEW + len(chances) // _WORDS_A_CUE
    if is_cue.sum() > most:
        is_cue[np.argsort(-chances, kind="stable")[most:]] = False
    return is_cue


def _act(form: str, chances: Floats) -> Act:
    """The likeliest act; taking back, which annotated news all but lacks, by the lexicon."""
    entries = lexicon.lookup(form)
    if entries and all(e.act == "retract" for e in entries):
        return "retract"
    return lexicon.ACTS[int(chances[1:].argmax())]


def _spans(v: View, cue: int, window: int, likeliest: list[Found | None], edges: Floats) -> dict[str, Found]:
    """The best span per role, in tokens of the text, marks at the edges left off; the window begins at token ``window``."""
    spans: dict[str, Found] = {}
    for role, found in zip(ROLES, likeliest, strict=True):
        if found is None:
            continue
        if role == "content" and v.tokens.forms[window + found.first] in COMPLEMENTIZERS:
            found = run_on(v, edges, window, found)
        last = found.last + window
        if role == "content":
            last = whole_quotation(v, found.first + window, last)
        elif role == "source":
            last = with_maker(v, found.first + window, last)
        inner = trim(v, found.first + window, last)
        if inner and _fits(v, cue, role, inner):
            spans[role] = Found(*inner, found.chance)
    return spans


def _fits(v: View, cue: int, role: str, span: Tokens2) -> bool:
    """Whether a span may stand beside its cue: it does not hold it, but for a source whose colon is the cue
    (``الهيئة: ...``), and no source opens with the preposition of a place or a time.
    """
    first, last = span
    if role == "source" and (
        v.tokens.forms[first] in word_class("setting") or all(len(form) < 2 for form in v.tokens.forms[first : last + 1])
    ):
        return False
    if not first <= cue <= last:
        return True
    return role == "source" and (last > first or not lexicon.lookup(v.tokens.forms[cue]))


def _content(v: View, cue: FoundCue) -> list[Tokens2]:
    content = cue.spans.get("content")
    return [(content.first, content.last)] if content else []


def _parents(cues: list[int], contents: list[list[Tokens2]]) -> list[int | None]:
    """For each cue the attribution in whose content it lies, the innermost, sought among its neighbours."""
    parents: list[int | None] = []
    for i, cue in enumerate(cues):
        around = [
            (last - first, j)
            for j in range(max(0, i - _NEIGHBOURS), min(len(cues), i + _NEIGHBOURS))
            if j != i
            for first, last in contents[j]
            if first <= cue <= last
        ]
        parents.append(min(around)[1] if around else None)
    return _without_rings(parents)


def _without_rings(parents: list[int | None]) -> list[int | None]:
    """``parents`` where nobody is his own ancestor: two contents may each hold the other's cue, so one stands outside."""
    walk = [0] * len(parents)  # the walk that met each one first; 0 for none yet
    for start in range(len(parents)):
        at: int | None = start
        before = start
        while at is not None and not walk[at]:
            walk[at] = start + 1
            before, at = at, parents[at]
        if at is not None and walk[at] == start + 1:
            parents[before] = None
    return parents


def _draft(v: View, cue: FoundCue, parent: int | None) -> Draft:
    entries = lexicon.lookup(v.tokens.forms[cue.token])
    entry = next((e for e in entries if e.act == cue.act), entries[0] if entries else None)
    source, antecedent, medium = (cue.spans.get(role) for role in ("source", "antecedent", "medium"))
    return Draft(
        cue.token,
        entry,
        (source.first, source.last) if source else None,
        (antecedent.first, antecedent.last) if antecedent else None,
        antecedent.chance if antecedent else 0.0,
        parent,
        bool(v.quoted[cue.token]),
        (medium.first, medium.last) if medium else None,
    )


def _record(
    v: View, cue: FoundCue, draft: Draft, speaker: Speaker, name: tuple[str | None, Span | None], content: tuple[Tokens2, ...]
) -> tuple[Attribution, dict[str, float]]:
    tokens = v.tokens
    target, medium = cue.spans.get("target"), cue.spans.get("medium")
    first = content[0][0]
    values = evidence(
        {"cue": cue.chance, **{role: found.chance for role, found in cue.spans.items() if role in _WEIGHED}},
        speaker.why,
        nested=draft.parent is not None,
        clause=tokens.forms[first] in COMPLEMENTIZERS,
        quoted=bool(v.quoted[first]),
        weight=draft.entry.weight if draft.entry else 0,
    )
    entry = f"{draft.entry.lemma} ({draft.entry.kind}, {draft.entry.act})" if draft.entry else "no entry"
    attribution = Attribution(
        cue=_cue_span(v, cue.token),
        content=tuple(tokens.span(*c) for c in content),
        act=cue.act,
        source=tokens.span(*draft.source) if draft.source else None,
        speaker=name[0],
        speaker_span=name[1],
        polarity="denied" if cue.act == "deny" else "asserted",
        target=tokens.span(target.first, target.last) if target else None,
        medium=tokens.span(medium.first, medium.last) if medium else None,
        parent=draft.parent,
        confidence=round(confidence(values), 3),
        why=(
            f"cue: {entry}, chance {cue.chance:.2f}",
            f"content: chance {cue.spans['content'].chance:.2f}",
            f"speaker by {speaker.why}",
        ),
    )
    return attribution, values


def _cue_span(v: View, token: int) -> Span:
    """The cue's characters, with the colon that a headline writes onto its word."""
    span = v.tokens.span(token, token)
    text = v.tokens.text
    if v.line[token] == 0 and text[span.end : span.end + 1] == ":":
        return Span(span.start, span.end + 1)
    return span
