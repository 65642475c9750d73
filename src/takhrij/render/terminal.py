"""Readings and traces as lines for a terminal: who ← through whom: «what»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import click

from takhrij.records import Article, Attribution, Claim, CopySet, OriginParty, Reading, Report, Span, Trace
from takhrij.render.safe import cut, shown

LONGEST = 220
_ACT_COLOURS = {"deny": "red", "accuse": "magenta", "retract": "red"}
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """How much of a trace is shown: claims, reports of one speaker in a claim, articles of a set of copies."""

    claims: int
    reports: int
    copies: int


FIRST_ONES = Shown(claims=20, reports=8, copies=5)
EVERYTHING = Shown(claims=10**9, reports=10**9, copies=10**9)


def reading_lines(reading: Reading, explain: bool = False) -> Iterator[str]:
    """An article's attributions, nested ones set in below those that hold them."""
    article = reading.article
    yield from heading(article)
    if article.lang != "ar":
        yield f"  not Arabic ({article.lang}): not read"
    elif not reading.attributions:
        yield "  no attribution found"
    children: dict[int | None, list[int]] = {}
    for i, a in enumerate(reading.attributions):
        children.setdefault(a.parent, []).append(i)
    yield from _tree(reading, children, None, 1, explain)
    yield ""


def heading(article: Article) -> Iterator[str]:
    """The headline, and below it the id with what is known of the article."""
    facts = "  ".join(shown(f) for f in (article.outlet, article.date, article.credit and f"credit: {article.credit}") if f)
    yield click.style(shown(article.title) or shown(article.id), bold=True, underline=True)
    yield f"  {shown(article.id)}  {facts}".rstrip()


def _tree(
    reading: Reading, children: dict[int | None, list[int]], parent: int | None, depth: int, explain: bool
) -> Iterator[str]:
    for i in children.get(parent, ()):
        a = reading.attributions[i]
        yield from _attribution(reading.article.text, i, a, "  " * depth, explain)
        if depth < _DEEPEST:
            yield from _tree(reading, children, i, depth + 1, explain)


def _attribution(text: str, i: int, a: Attribution, indent: str, explain: bool) -> Iterator[str]:
    who = click.style(shown(a.speaker), bold=True) if a.speaker else click.style("(nobody named)", dim=True)
    party = f" = {shown(a.party.name)}" if a.party and a.speaker and a.party.name != a.speaker else ""
    through = f" ← {_quoted(text, a.medium)}" if a.medium else ""
    target = f" → {_quoted(text, a.target)}" if a.target else ""
    act = click.style(a.act, fg=_ACT_COLOURS.get(a.act, "cyan"))
    what = " […] ".join(_quoted(text, c) for c in a.content)
    yield f"{indent}[{i}] {who}{party}{through}{target}  {act}  {a.confidence:.2f}"
    yield f"{indent}    {_quoted(text, a.cue)}: «{cut(what, LONGEST)}»"
    if explain:
        for step in a.why:
            yield click.style(f"{indent}      · {shown(step)}", dim=True)


def _quoted(text: str, span: Span) -> str:
    return shown(span.of(text))


def trace_lines(trace: Trace, show: Shown = FIRST_ONES) -> Iterator[str]:
    """The copies and the first claims, with their origins, denials and chains."""
    counts = (_many(len(trace.readings), "article"), _many(len(trace.copies), "set", "of copies"))
    yield f"{', '.join(counts)}, {_many(len(trace.claims), 'claim')}"
    for copy in trace.copies:
        yield f"  copies: {copy_line(copy, show.copies)}"
    for number, claim in enumerate(trace.claims[: show.claims], 1):
        yield ""
        yield from claim_lines(claim, trace.copies, show, f"{number}. ")
    if len(trace.claims) > show.claims:
        yield f"\n… and {len(trace.claims) - show.claims} more claims (--all shows them, --format json has everything)"


def copy_line(copy: CopySet, most: int) -> str:
    """A set of copies: which came first where that can be told, then the others."""
    others = [shown(i) for i in copy.ids if i != copy.first]
    first = f"{shown(copy.first)}, then " if copy.first else ""
    return first + _first(others, most)


def claim_lines(claim: Claim, copies: Sequence[CopySet] = (), show: Shown = FIRST_ONES, number: str = "") -> Iterator[str]:
    """A claim: its words, the count, each origin with its reason, the denials, and the reports by who speaks in them."""
    origins = claim.origins
    later = _later_copies(claim, copies)
    copied = f", {len(later)} of them copies" if later else ""
    yield click.style(f"{number}«{cut(shown(claim.text), LONGEST)}»", bold=True)
    yield (
        f"   {_many(claim.outlets, 'outlet')}{copied} · distinct origins: {origins.min} to {origins.max}"
        f" · denials: {len(claim.denials)} · without attribution: {claim.unattributed}"
    )
    for party in origins.parties:
        yield f"   origin: {_origin(party)}"
    for denial in claim.denials:
        line = f"denied ({denial.scope}) by {shown(denial.party or 'nobody named')} in {shown(denial.article)}"
        yield click.style(f"   {line}", fg="red")
    for speaker, lines in _by_speaker(claim, later).items():
        yield f"   {speaker}"
        yield from (f"     {line}" for line in lines[: show.reports])
        if len(lines) > show.reports:
            yield f"     … and {len(lines) - show.reports} more"


def _origin(party: OriginParty) -> str:
    counted = "in both bounds" if party.in_min else "in the maximum" if party.in_max else "counts nothing"
    told = f", as told by {shown(party.as_told_by)}" if party.as_told_by else ""
    return f"{click.style(shown(party.name), fg='green' if party.in_min else None)} ({counted}{told}): {shown(party.why)}"


def _later_copies(claim: Claim, copies: Sequence[CopySet]) -> dict[str, str]:
    """The claim's articles that are copies of another one of it, each with the one that came first (or ``""``)."""
    carriers = list(dict.fromkeys(r.article for r in claim.reports))
    later: dict[str, str] = {}
    for copy in copies:
        mine = [article for article in carriers if article in copy.ids]
        first = copy.first if copy.first in mine else ""
        for article in (a for a in mine if a != first) if first else mine[1:]:
            later.setdefault(article, first or "")
    return later


def _by_speaker(claim: Claim, later: dict[str, str]) -> dict[str, list[str]]:
    """Heading -> one line per article and way; articles that name no source come last, under a heading of their own.

    A sentence in the outlet's own voice is left out where the same article attributes the claim elsewhere, in its text.
    """
    attributed = {r.article for r in claim.reports if r.attribution is not None}
    found: dict[str, dict[str, None]] = {}
    for report in sorted(claim.reports, key=lambda r: r.attribution is None):
        if report.attribution is None and report.article in attributed:
            continue
        heading, line = _report(report)
        copy = (
            f" (copy{f' of {shown(later[report.article])}' if later[report.article] else ''})"
            if report.article in later
            else ""
        )
        found.setdefault(heading, {})[line + click.style(copy, dim=True)] = None
    return {heading: list(lines) for heading, lines in found.items()}


def _report(report: Report) -> tuple[str, str]:
    """Who speaks, and the way from the outlet to there."""
    links = [shown(link.name) for link in report.chain]
    if report.attribution is None:
        heading = click.style("without attribution", fg="yellow")
    elif report.chain and report.chain[-1].kind != "outlet":
        heading = click.style(links.pop(), bold=True)
    else:
        heading = click.style("(nobody named)", dim=True)
    return heading, f"{shown(report.article)}: {' ← '.join(links)}".removesuffix(": ")


def _many(number: int, noun: str, rest: str = "") -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}{' ' if rest else ''}{rest}"


def _first(names: Sequence[str], most: int) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
