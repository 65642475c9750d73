"""Readings and traces as one self-contained right-to-left page: no script, no request to anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib import resources
from itertools import pairwise

from takhrij.records import Article, Claim, Reading, Span, Trace
from takhrij.render.safe import cut, piece, shown

_HEAD = """<!doctype html>
<html lang="ar" dir="rtl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body>
<main>
"""
_FOOT = "</main>\n</body>\n</html>\n"

#: The acts in Arabic, as headings of the cards.
ACTS_AR = {
    "state": "قال", "confirm": "أكّد", "deny": "نفى", "accuse": "اتّهم", "judge": "حكم", "direct": "طالب",
    "commit": "تعهّد", "believe": "رأى", "retract": "تراجع",
}  # fmt: skip
_SCOPES_AR = {"whole": "نفي كامل", "part": "نفي جزئي", "framing": "اعتراض على الصياغة"}
_LONGEST = 400
#: An article that names no source at all, and a sentence (often the headline) of one that names it elsewhere.
_BARE, _BARE_SENTENCE = "بلا إسناد", "جملة أو عنوان بلا إسناد"


def reading_page(readings: Sequence[Reading]) -> str:
    """The articles with every span marked, one colour per speaker, and a list of who said what beside each."""
    body = "".join(part for reading in readings for part in _article(reading))
    return _head("تخريج: من قال ماذا") + body + _FOOT


def trace_page(trace: Trace) -> str:
    """The claims as cards: the count with both bounds, the origins with their reasons, the chains and the denials."""
    articles = {r.article.id: r.article for r in trace.readings}
    cards = "".join(_card(claim, trace, articles) for claim in trace.claims)
    return _head("تخريج: السلاسل والمصادر") + (cards or "<p>لا خبر منسوب في هذه الصفحات.</p>") + _FOOT


def _head(title: str) -> str:
    style = (resources.files("takhrij.render") / "page.css").read_text("utf-8")
    return _HEAD.format(title=escape(title), style=style)


def _article(reading: Reading) -> Iterator[str]:
    article = reading.article
    colours = speaker_colours(reading)
    facts = " · ".join(_safe(f) for f in (article.outlet, article.date, article.credit) if f)
    yield f'<article>\n<h1><bdi>{_safe(article.title or article.id)}</bdi></h1>\n<p class="facts"><bdi>{facts}</bdi></p>\n'
    if article.lang != "ar":
        yield f'<p class="facts">ليس بالعربية ({_safe(article.lang)})، فلم يُقرأ.</p>\n'
    yield f'<div class="text" dir="auto">{marked_text(reading, colours)}</div>\n<ol class="said">\n'
    for i, a in enumerate(reading.attributions):
        what = cut(" […] ".join(shown(c.of(article.text)) for c in a.content), _LONGEST)
        who = f"<b><bdi>{_safe(a.speaker)}</bdi></b>" if a.speaker else "<i>بلا قائل مسمّى</i>"
        through = f" ← <bdi>{_safe(a.medium.of(article.text))}</bdi>" if a.medium else ""
        inside = f" (داخل {a.parent + 1})" if a.parent is not None else ""
        said = f"{who}{through} <em>{ACTS_AR[a.act]}</em>{inside}: «<bdi>{escape(what)}</bdi>»"
        yield f'<li value="{i + 1}" class="s{colours.get(a.speaker, 0)}">{said}</li>\n'
    yield "</ol>\n</article>\n"


def _safe(text: str) -> str:
    """``text`` on one line, fit for HTML, nothing in it obeyed."""
    return escape(shown(text))


def speaker_colours(reading: Reading) -> dict[str | None, int]:
    """A number from 1 per speaker, in order of appearance; 12 colours, then round again."""
    names = dict.fromkeys(a.speaker for a in reading.attributions if a.speaker)
    return {name: i % 12 + 1 for i, name in enumerate(names)}


def marked_text(reading: Reading, colours: dict[str | None, int], linked: bool = False) -> str:
    """The text cut at every edge of a span; each piece carries the classes of the spans over it, the innermost colour.

    With ``linked`` a piece is a link to ``#said-N``, the place of the innermost attribution N (from 1) in a list beside the
    text, and the first piece of each attribution is where ``#text-N`` leads.
    """
    text = reading.article.text
    marks: list[tuple[Span, str, int]] = []
    for i, a in enumerate(reading.attributions):
        marks += [(c, "content", i) for c in a.content]
        marks += [(span, kind, i) for span, kind in ((a.source, "source"), (a.cue, "cue"), (a.medium, "medium")) if span]
    edges = sorted({0, len(text), *(e for span, _, _ in marks for e in span)})
    marks.sort(key=lambda m: m[0].start)
    pieces: list[str] = []
    active: list[tuple[Span, str, int]] = []
    upcoming = 0
    begun: set[int] = set()
    for start, end in pairwise(edges):
        while upcoming < len(marks) and marks[upcoming][0].start <= start:
            active.append(marks[upcoming])
            upcoming += 1
        active = [m for m in active if m[0].end > start]
        words = escape(_lines_shown(text[start:end]))
        if not active:
            pieces.append(words)
            continue
        inner = min(active, key=lambda m: m[0].end - m[0].start)[2]
        kinds = " ".join(sorted({kind for _, kind, _ in active}))
        classes = f"{kinds} s{colours.get(reading.attributions[inner].speaker, 0)}"
        if not linked:
            pieces.append(f'<span class="{classes}">{words}</span>')
            continue
        fresh = sorted({i for _, _, i in active} - begun)
        begun.update(fresh)
        pieces += [f'<span id="text-{i + 1}"></span>' for i in fresh]
        pieces.append(f'<a class="{classes}" href="#said-{inner + 1}">{words}</a>')
    return "".join(pieces)


def _lines_shown(text: str) -> str:
    return "\n".join(map(piece, text.split("\n")))


def _card(claim: Claim, trace: Trace, articles: dict[str, Article]) -> str:
    parts = [f'<section class="claim">\n<h2>«<bdi>{escape(cut(shown(claim.text), _LONGEST))}</bdi>»</h2>\n']
    parts.append(f'<p class="count">{_count(claim, trace)}</p>\n<table><caption>المصادر المتمايزة وأسباب عدّها</caption>\n')
    parts.append("<tr><th>المصدر</th><th>في الحدّ الأدنى</th><th>السبب</th></tr>\n")
    for p in claim.origins.parties:
        cells = (f"<bdi>{_safe(p.name)}</bdi>", "نعم" if p.in_min else "لا", f"<bdi>{_safe(p.why_ar or p.why)}</bdi>")
        parts.append(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n")
    parts.append("</table>\n<ul>\n")
    for d in claim.denials:
        who = f"<bdi>{_safe(d.party or 'بلا اسم')}</bdi> (<bdi>{_safe(d.article)}</bdi>)"
        parts.append(f'<li class="denial">{_SCOPES_AR[d.scope]}: {who}</li>\n')
    attributed = {r.article for r in claim.reports if r.attribution is not None}
    for r in claim.reports:
        article = articles.get(r.article)
        outlet = article.outlet if article and article.outlet else r.article
        links = " ← ".join(f"<bdi>{_safe(link.name)}</bdi>" for link in r.chain) or f"<bdi>{_safe(outlet)}</bdi>"
        bare = "" if r.attribution is not None else f" <b>{_BARE_SENTENCE if r.article in attributed else _BARE}</b>"
        parts.append(f'<li>{links}{bare} <small class="facts"><bdi>{_safe(r.article)}</bdi></small></li>\n')
    return "".join(parts) + "</ul>\n</section>\n"


def _count(claim: Claim, trace: Trace) -> str:
    """The outlets, the copies among them, and the bounds: words for a reader, no number of them a score."""
    o = claim.origins
    ids = {r.article for r in claim.reports}
    copied = sum(len(ids & set(c.ids)) - 1 for c in trace.copies if len(ids & set(c.ids)) > 1)
    named = sum(p.named and p.in_max for p in o.parties)
    bounds = f"{o.min}" if o.min == o.max else f"من {o.min} إلى {o.max}"
    count = f"المنابر: {claim.outlets}، منها نسخ: {copied} · المصادر المتمايزة: {bounds} (المسمّى منها: {named})"
    return f"{count} · نفي: {len(claim.denials)} · بلا إسناد: {claim.unattributed}"
