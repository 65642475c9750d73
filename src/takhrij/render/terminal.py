"""Readings and traces as lines for a terminal: who ← through whom: «what»."""

from __future__ import annotations

from collections.abc import Iterator

import click

from takhrij.records import Article, Attribution, Claim, Reading, Report, Span, Trace
from takhrij.render.safe import cut, shown

_LONGEST = 220
_ACT_COLOURS = {"deny": "red", "accuse": "magenta", "retract": "red"}


def reading_lines(reading: Reading, explain: bool = False) -> Iterator[str]:
    """An article's attributions, nested ones set in below those that hold them."""
    article = reading.article
    yield from _heading(article)
    if article.lang != "ar":
        yield f"  not Arabic ({article.lang}): not read"
    elif not reading.attributions:
        yield "  no attribution found"
    children: dict[int | None, list[int]] = {}
    for i, a in enumerate(reading.attributions):
        children.setdefault(a.parent, []).append(i)
    yield from _tree(reading, children, None, 1, explain)
    yield ""


def _tree(reading: Reading, children: dict[int | None, list[int]], parent: int | None, depth: int, explain: bool) -> Iterator[str]:
    for i in children.get(parent, ()):
        a = reading.attributions[i]
        yield from _attribution(reading.article.text, i, a, "  " * depth, explain)
        if depth < 12:
            yield from _tree(reading, children, i, depth + 1, explain)


def _attribution(text: str, i: int, a: Attribution, indent: str, explain: bool) -> Iterator[str]:
    who = click.style(shown(a.speaker), bold=True) if a.speaker else click.style("(nobody named)", dim=True)
    party = f" = {shown(a.party.name)}" if a.party and a.speaker and a.party.name != a.speaker else ""
    through = f" ← {_quoted(text, a.medium)}" if a.medium else ""
    target = f" → {_quoted(text, a.target)}" if a.target else ""
    act = click.style(a.act, fg=_ACT_COLOURS.get(a.act, "cyan"))
    what = " […] ".join(_quoted(text, c) for c in a.content)
    yield f"{indent}[{i}] {who}{party}{through}{target}  {act}  {a.confidence:.2f}"
    yield f"{indent}    {_quoted(text, a.cue)}: «{cut(what, _LONGEST)}»"
    if explain:
        for step in a.why:
            yield click.style(f"{indent}      · {step}", dim=True)


def _quoted(text: str, span: Span) -> str:
    return shown(span.of(text))


def _heading(article: Article) -> Iterator[str]:
    facts = "  ".join(shown(f) for f in (article.outlet, article.date, article.credit and f"credit: {article.credit}") if f)
    yield click.style(f"{shown(article.title) or article.id}", bold=True, underline=True)
    yield f"  {shown(article.id)}  {facts}".rstrip()


def trace_lines(trace: Trace, most: int = 20) -> Iterator[str]:
    """The copies and the first ``most`` claims, with their chains, origins and denials."""
    articles = {r.article.id: r.article for r in trace.readings}
    yield f"{len(articles)} articles, {len(trace.copies)} sets of copies, {len(trace.claims)} claims"
    for copy in trace.copies:
        first = f", first: {shown(copy.first)}" if copy.first else ""
        yield f"  copies: {'، '.join(map(shown, copy.ids))}{first}"
    for number, claim in enumerate(trace.claims[:most], 1):
        yield ""
        yield from _claim(number, claim, trace, articles)
    if len(trace.claims) > most:
        yield f"\n… and {len(trace.claims) - most} more claims (--format json gives all)"


def _claim(number: int, claim: Claim, trace: Trace, articles: dict[str, Article]) -> Iterator[str]:
    origins = claim.origins
    copied = sum(len(set(c.ids) & {r.article for r in claim.reports}) - 1 for c in trace.copies if len(set(c.ids) & {r.article for r in claim.reports}) > 1)
    yield click.style(f"{number}. «{cut(shown(claim.text), _LONGEST)}»", bold=True)
    yield (
        f"   {claim.outlets} outlets, {copied} of them copies · distinct origins: {origins.min} to {origins.max}"
        f" · denials: {len(claim.denials)} · without attribution: {claim.unattributed}"
    )
    for party in origins.parties:
        counted = "in both bounds" if party.in_min else "in the maximum" if party.in_max else "counts nothing"
        told = f", as told by {shown(party.as_told_by)}" if party.as_told_by else ""
        yield f"   origin: {shown(party.name)} ({counted}{told}): {party.why}"
    for denial in claim.denials:
        yield click.style(f"   denied ({denial.scope}) by {shown(denial.party or 'nobody named')} in {shown(denial.article)}", fg="red")
    for report in claim.reports:
        yield f"   {_chain(report, articles)}"


def _chain(report: Report, articles: dict[str, Article]) -> str:
    links = " ← ".join(shown(link.name) for link in report.chain) or shown(articles[report.article].outlet or report.article)
    bare = "  (no attribution)" if report.attribution is None else ""
    return f"{shown(report.article)}: {links}{bare}"
