"""What the rules and the network each bring: who-said-what F1 on a gold file, read by one, the other and both.

    python -m bench.ablation GOLD.jsonl

Rules alone take each sure word of the lexicon for a cue, let its content run from a complementizer or quotation to the end of
the sentence or quotation, and take the words between for its source. The network alone has no discourse rules: a speaker is
the one whom it points at in the window, contents end where it ends them. Both is what ships.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from takhrij.attribution import lexicon, reader
from takhrij.attribution.reader import FoundCue
from takhrij.attribution.spans import Found, trim
from takhrij.attribution.view import COMPLEMENTIZERS, View, view
from takhrij.evaluation.figures import Rate, figures
from takhrij.evaluation.matching import match
from takhrij.exchange.contract import reading_row
from takhrij.pages import article_from_text
from takhrij.records import Article, Attribution, Reading
from training.examples import read_rows

#: The weight from which the lexicon is sure of a cue, and how far from it a content may begin.
SURE, FAR = 3, 14

Read = Callable[[Article], tuple[Attribution, ...]]


def by_rules(article: Article) -> tuple[Attribution, ...]:
    """The attributions that the lexicon's frames alone give."""
    v = view(article.text, article.skip)
    cues = [c for i, form in enumerate(v.tokens.forms) if (c := _framed(v, i, lexicon.lookup(form)))]
    return tuple(a for a, _ in reader.assembled(v, cues))


def _framed(v: View, cue: int, entries: tuple[lexicon.Cue, ...]) -> FoundCue | None:
    if not entries or entries[0].weight < SURE:
        return None
    forms, entry = v.tokens.forms, entries[0]
    last = v.lines[v.line[cue]][1]
    opened = next((o for o, _ in v.quotes if cue < o <= cue + FAR), None)
    start = next((i for i in range(cue + 1, min(cue + FAR, last) + 1) if forms[i] in COMPLEMENTIZERS or i == opened), None)
    if start is None:
        return None
    closed = next((c for o, c in v.quotes if o == start), None)
    end = start
    while end < last and v.sentence[end + 1] == v.sentence[start]:
        end += 1
    spans = {"content": trim(v, start, min(last, closed) if closed else end)}
    if entry.kind in ("past", "present", "noun", "masdar"):
        spans["source"] = trim(v, cue + 1, start - 1)
    found = {role: Found(*span, 0.5) for role, span in spans.items() if span}
    return FoundCue(cue, entry.act, 0.5, found) if "content" in found else None


def by_network(article: Article) -> tuple[Attribution, ...]:
    """The attributions without the rules of discourse and of content ends."""
    with _without_span_rules():
        found = reader.read_attributions(article)
    return tuple(replace(a, speaker=None) if "last speaker" in a.why[-1] else a for a in found)


@contextmanager
def _without_span_rules() -> Iterator[None]:
    kept = reader.run_on, reader.whole_quotation
    reader.run_on, reader.whole_quotation = (lambda v, e, f, found: found), (lambda v, first, last: last)
    try:
        yield
    finally:
        reader.run_on, reader.whole_quotation = kept


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("gold", type=Path)
    rows = read_rows(ask.parse_args().gold)
    ways: dict[str, Read] = {"rules alone": by_rules, "network alone": by_network, "both": reader.read_attributions}
    for name, read in ways.items():
        matches = []
        for row in rows:
            article = article_from_text(row["text"], row["id"])
            matches.append(match(row, reading_row(Reading(article, read(article)))["attributions"]))
        found = figures(matches)
        said, cue = found["who_said_what"], found["detection"]
        assert isinstance(said, Rate)
        assert isinstance(cue, Rate)
        print(f"{name:14} who said what {said.f1:.3f}   cues {cue.f1:.3f} (precision {cue.p:.2f}, recall {cue.r:.2f})")


if __name__ == "__main__":
    main()
