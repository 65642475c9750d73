"""The figures over matched articles, in all and by kind, with bootstrap intervals and a table of reliability."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from takhrij.evaluation.matching import Judged, Match
from takhrij.text.fold import fold


@dataclass(frozen=True, slots=True)
class Rate:
    """Precision, recall and F1 in 0..1."""

    p: float
    r: float
    f1: float

    @classmethod
    def of(cls, right: int, found: int, there: int) -> Rate:
        """From counts; 0 where nothing was found or nothing is there."""
        p, r = right / found if found else 0.0, right / there if there else 0.0
        return cls(round(p, 4), round(r, 4), round(2 * p * r / (p + r), 4) if p + r else 0.0)


Figures = dict[str, Rate | float | int]


def figures(matches: Sequence[Match]) -> Figures:
    """Every figure over ``matches``, named as in the gold's own scorer."""
    judged = [j for m in matches for j in m.judged]
    hit = [j for j in judged if j.answer]
    sides = [s for m in matches for s in (*(j.answer for j in m.judged if j.answer), *m.spurious)]
    found, there = sum(m.answers for m in matches), len(judged)
    named = [j for j in hit if j.gold.row["speaker"] is not None]
    dropped = [j for j in named if not j.gold.source]

    def tokens(part: str) -> Rate:
        right = sum(len(getattr(j.gold, part) & getattr(j.answer, part)) for j in hit)
        return Rate.of(right, sum(len(getattr(s, part)) for s in sides), sum(len(getattr(j.gold, part)) for j in judged))

    exact = sum(bool(j.gold.source) and j.answer is not None and j.gold.source == j.answer.source for j in hit)
    same_content = sum(j.answer is not None and j.gold.content == j.answer.content for j in hit)
    return {
        "articles": len(matches),
        "gold": there,
        "found": found,
        "who_said_what": Rate.of(sum(j.right for j in judged), found, there),
        "detection": Rate.of(len(hit), found, there),
        "source_exact": Rate.of(exact, sum(bool(s.row.get("source")) for s in sides), sum(bool(j.gold.source) for j in judged)),
        "source_tokens": tokens("source"),
        "content_exact": Rate.of(same_content, found, there),
        "content_tokens": tokens("content"),
        "speaker_accuracy": _share(sum(j.speaker_right for j in named), len(named)),
        "dropped_speaker_accuracy": _share(sum(j.speaker_right for j in dropped), len(dropped)),
        "parent": Rate.of(*(sum(m.nested[i] for m in matches) for i in range(3))),
        "medium_tokens": tokens("medium"),
        "target_tokens": tokens("target"),
        "act_accuracy": _share(
            sum(j.answer is not None and j.answer.row.get("act") == j.gold.row["act"] for j in hit), len(hit)
        ),
    }


def _share(part: int, whole: int) -> float:
    return round(part / (whole or 1), 4)


def who_said_what(matches: Sequence[Match]) -> float:
    """The F1 of attributions whose cue, speaker and content are all right."""
    right = sum(j.right for m in matches for j in m.judged)
    both = sum(m.answers + len(m.judged) for m in matches)
    return 2 * right / both if both else 0.0


def interval(matches: Sequence[Match], times: int = 1000, seed: int = 1) -> tuple[float, float]:
    """The 95 % bootstrap interval of who-said-what F1, articles drawn anew ``times`` times."""
    rng = random.Random(seed)
    drawn = sorted(who_said_what(rng.choices(matches, k=len(matches))) for _ in range(times)) if matches else [0.0]
    return round(drawn[int(0.025 * len(drawn))], 4), round(drawn[min(int(0.975 * len(drawn)), len(drawn) - 1)], 4)


def kind_of(j: Judged, text: str) -> str:
    """direct, mixed, indirect, according-to, headline or nominal: how the gold attribution reports."""
    row = j.gold.row
    if not row["content"]:
        return "nominal"
    start, end = row["content"][0]
    cue = fold(text[slice(*row["cue"])]).strip(":")
    if cue.lstrip("و").startswith(("بحسب", "حسب", "وفق", "نقلا", "طبقا")):
        return "according-to"
    if text[: row["cue"][1] + 2].count("\n") == 0 and ":" in text[row["cue"][0] : row["cue"][1] + 2]:
        return "headline"
    before = text[max(0, start - 2) : start].strip()
    if before[-1:] in set("\"«“”'"):
        return "direct"
    first = fold(text[start:end].split(maxsplit=1)[0]) if text[start:end].split() else ""
    if first.lstrip("ب").startswith("ان"):
        return "mixed" if any(c in text[start:end] for c in '"«“') else "indirect"
    return "nominal"


def by_kind(matches: Sequence[Match]) -> dict[str, tuple[int, float, float]]:
    """Per kind of attribution: how many there are, the share found, the share wholly right. Kinds may overlap."""
    groups: dict[str, list[Judged]] = {}
    for m in matches:
        for j in m.judged:
            kinds = [kind_of(j, m.row["text"]), "named source" if j.gold.source else "dropped source"]
            for kind in kinds:
                groups.setdefault(kind, []).append(j)
    return {
        kind: (len(js), _share(sum(j.answer is not None for j in js), len(js)), _share(sum(j.right for j in js), len(js)))
        for kind, js in sorted(groups.items())
    }


def by_outlet(matches: Sequence[Match]) -> dict[str, tuple[int, float]]:
    """Per outlet: articles and who-said-what F1."""
    groups: dict[str, list[Match]] = {}
    for m in matches:
        groups.setdefault(m.row.get("outlet") or "?", []).append(m)
    return {outlet: (len(ms), round(who_said_what(ms), 4)) for outlet, ms in sorted(groups.items())}


def reliability(matches: Sequence[Match], bins: int = 10) -> list[tuple[float, int, float, float]]:
    """Per bin of stated confidence: its lower edge, answers in it, their mean confidence, the share wholly right."""
    right: list[tuple[float, bool]] = []
    for m in matches:
        right += [(float(j.answer.row.get("confidence") or 0.0), j.right) for j in m.judged if j.answer]
        right += [(float(s.row.get("confidence") or 0.0), False) for s in m.spurious]
    table = []
    for b in range(bins):
        inside = [(c, ok) for c, ok in right if b / bins <= c < (b + 1) / bins or (b == bins - 1 and c >= 1)]
        if inside:
            mean = sum(c for c, _ in inside) / len(inside)
            table.append((b / bins, len(inside), round(mean, 3), _share(sum(ok for _, ok in inside), len(inside))))
    return table


def worst(matches: Sequence[Match], most: int = 20, key: Callable[[Match], float] | None = None) -> list[Match]:
    """The articles with the lowest who-said-what F1, those with more attributions first among equals."""
    of = key or (lambda m: who_said_what([m]))
    return sorted((m for m in matches if m.judged or m.spurious), key=lambda m: (of(m), -len(m.judged)))[:most]
