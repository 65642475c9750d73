"""Readings and traces with hostile words in every field that a page may set."""

from __future__ import annotations

from dataclasses import replace

from takhrij.records import (
    Article,
    Attribution,
    ChainLink,
    Claim,
    CopySet,
    Denial,
    Event,
    OriginParty,
    Origins,
    Party,
    Reading,
    Report,
    Span,
    Statement,
    Trace,
)

HOSTILE = "<script>alert(1)</script>\"'&lt;\u202e\x1b[31m\u2066<img src=x onerror=y>"
LEAD = "قالت هيئة الجسر إن العبور مجاني يوم الجمعة."


def spot(text: str, words: str) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))


def plain() -> Reading:
    text = f"العبور مجاني\n{LEAD}\nوأضافت أن «الجسر آمن»."
    said = Attribution(
        cue=spot(text, "قالت"),
        content=(spot(text, "إن العبور مجاني يوم الجمعة"),),
        act="state",
        source=spot(text, "هيئة الجسر"),
        speaker="هيئة الجسر",
        actor="x/bridge",
        party=Party("هيئة الجسر", "state_body"),
        confidence=0.9,
        why=("the cue قال",),
    )
    added = replace(
        said, cue=spot(text, "وأضافت"), source=None, content=(spot(text, "أن «الجسر آمن»"), spot(text, "الجسر آمن"))
    )
    return Reading(Article("bridge", text, "العبور مجاني", outlet="نهر", date="2024-05-03"), (said, added))


def hostile() -> Reading:
    """Every field that a page or a table can set holds what must not be obeyed."""
    text = f"{HOSTILE}\nقالت {HOSTILE} إن {HOSTILE} انتهى\u2029تم"
    source, content = spot(text, HOSTILE), Span(text.index("إن"), text.index("انتهى"))
    return Reading(
        Article(HOSTILE, text, HOSTILE, url=HOSTILE, outlet=HOSTILE, date=HOSTILE, credit=HOSTILE, lang="ar"),
        (
            Attribution(
                cue=spot(text, "قالت"),
                content=(content,),
                act="deny",
                source=source,
                speaker=HOSTILE,
                actor=HOSTILE,
                party=Party(HOSTILE + "2", "other"),
                target=source,
                medium=source,
                why=(HOSTILE,),
            ),
        ),
    )


def trace_of(reading: Reading, words: str) -> Trace:
    """A trace in which ``words`` stand wherever words can stand."""
    name = reading.article.id
    span = reading.attributions[0].content[0]
    chain = (ChainLink("outlet", words), ChainLink("agency", words), ChainLink("speaker", words))
    claim = Claim(
        id="c1",
        text=words,
        statements=(Statement(words, words, "state", "asserted"),),
        reports=(Report(name, 0, span, 0, chain), Report(name, None, span, None, ()), Report("elsewhere", None, span, None)),
        outlets=2,
        unattributed=1,
        origins=Origins(0, 1, (OriginParty(words, words, True, False, words, True, words, words),)),
        denials=(Denial(words, "whole", name, 0),),
        events=(Event("denial", "2024-05-03", name, words, words),),
    )
    return Trace((reading,), (CopySet((name, "elsewhere"), name),), (claim,))
