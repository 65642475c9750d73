"""From readings to claims: the main path."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from takhrij.claims.alignment import align
from takhrij.claims.chains import chain
from takhrij.claims.decide import content_scores
from takhrij.claims.denials import denials
from takhrij.claims.events import events
from takhrij.claims.features import contents, words_of
from takhrij.claims.join import groups
from takhrij.claims.origins import origins
from takhrij.claims.parties import Voice, full_names, same_party, voice
from takhrij.claims.propose import proposals
from takhrij.claims.units import Unit, units
from takhrij.records import Claim, CopySet, Reading, Report, Statement

#: Mean agreement from which groups of units are one claim, and from which a denial is of a claim.
JOINED = 0.55
DENIED = 0.5
#: What two units lose that two parties say: they may say one thing, but mostly each says its own.
OTHER_PARTY = 0.4


@dataclass(frozen=True, slots=True)
class _Ground:
    """What every claim of one run is built on."""

    readings: Mapping[str, Reading]
    names: Mapping[Voice, str]
    denying: Mapping[Voice, str]
    texts: Mapping[str, str]


def trace(readings: Sequence[Reading], copies: Sequence[CopySet]) -> tuple[Claim, ...]:
    """The claims of ``readings``, those in most articles first; the order of ``readings`` does not matter.

    A claim holds all statements and unattributed sentences that say one proposition, never its denial, which stands
    beside it. What only one article says in its own voice is no claim yet. Of readings with one article id the first is taken.
    """
    by_id = {reading.article.id: reading for reading in reversed(readings)}
    found = units(by_id.values())
    stated = [unit for unit in found if not unit.denies]
    denied = [unit for unit in found if unit.denies]
    names = same_party(who for r in by_id.values() for a in r.attributions if (who := voice(a)) is not None)
    ground = _Ground(by_id, names, _denying(denied, by_id, names), _original_texts(copies))
    scores = _scores(stated, ground)
    clusters = [[stated[i] for i in group] for group in groups(len(stated), scores, JOINED)]
    clusters = [cluster for cluster in clusters if _is_claim(cluster)]
    against, rest = _denials_of(clusters, denied)
    claims = [_claim(cluster, against[at], ground) for at, cluster in enumerate(clusters)]
    claims += [_claim([], group, ground) for group in _grouped(rest, ground)]
    return tuple(sorted(claims, key=lambda claim: (-_articles(claim), -len(claim.reports), claim.text, claim.id)))


def _articles(claim: Claim) -> int:
    return len({report.article for report in claim.reports})


def _scores(found: Sequence[Unit], ground: _Ground) -> dict[tuple[int, int], float]:
    pairs = proposals(found)
    scores = content_scores([contents(found[i].view.content, found[j].view.content) for i, j in pairs])
    parties = [_party(unit, ground) for unit in found]
    return {
        (i, j): score - OTHER_PARTY if parties[i] and parties[j] and parties[i] != parties[j] else score
        for (i, j), score in zip(pairs, scores, strict=True)
    }


def _party(unit: Unit, ground: _Ground) -> str | None:
    who = _voice(unit, ground.readings)
    return ground.names[who] if who else None


def _is_claim(cluster: Sequence[Unit]) -> bool:
    return any(unit.attribution is not None for unit in cluster) or len({unit.article for unit in cluster}) > 1


def _grouped(found: Sequence[Unit], ground: _Ground) -> list[list[Unit]]:
    return [[found[i] for i in group] for group in groups(len(found), _scores(found, ground), JOINED)]


def _denials_of(clusters: Sequence[Sequence[Unit]], denied: Sequence[Unit]) -> tuple[dict[int, list[Unit]], list[Unit]]:
    """Each denial with the claim that it takes up best, and the denials that take up none."""
    against: dict[int, list[Unit]] = defaultdict(list)
    rest = []
    for unit in denied:
        best, score = -1, 0.0
        for at, cluster in enumerate(clusters):
            near = content_scores([contents(unit.view.content, other.view.content) for other in cluster])
            mean = sum(near) / len(near)
            if mean > score:
                best, score = at, mean
        if score >= DENIED:
            against[best].append(unit)
        else:
            rest.append(unit)
    return against, rest


def _claim(cluster: Sequence[Unit], against: Sequence[Unit], ground: _Ground) -> Claim:
    text = _canonical(cluster or against)
    statements = _statements([*cluster, *against], ground)
    reports = tuple(_report(unit, statements, ground) for unit in cluster)
    outlets = {ground.readings[unit.article].article.outlet or unit.article for unit in cluster}
    attributed = {unit.article for unit in cluster if unit.attribution is not None}
    covers = {at: align(words_of(text), words_of(unit.view.content)).coverage for at, unit in enumerate(against)}
    refused = denials(against, covers, ground.readings, ground.denying)
    return Claim(
        id=_id([*cluster, *against]),
        text=text,
        statements=statements,
        reports=reports,
        outlets=len(outlets),
        unattributed=len({unit.article for unit in cluster} - attributed),
        origins=origins(cluster, ground.readings, ground.names, ground.texts),
        denials=refused,
        events=events(cluster, refused, ground.readings, ground.names),
    )


def _id(members: Sequence[Unit]) -> str:
    """Stable for one set of members: a digest of where they stand, in whatever order they came."""
    lines = sorted(f"{u.article}\t{u.span.start}\t{u.span.end}\t{u.attribution}" for u in members)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _canonical(members: Sequence[Unit]) -> str:
    """The member that the others meet best, verbatim; attributed words before the outlet's, ties by key."""
    words = [words_of(unit.view.content) for unit in members]

    def rank(at: int) -> tuple[bool, float, tuple[str, int, int, int]]:
        mean = sum(align(other, words[at]).coverage for other in words) / len(words)
        return members[at].attribution is None, -round(mean, 6), members[at].key

    best = members[min(range(len(members)), key=rank)]
    return best.view.content if best.attribution is None else best.view.content.split("\n")[0]


def _statements(members: Sequence[Unit], ground: _Ground) -> tuple[Statement, ...]:
    found = {_statement(unit, ground) for unit in members if unit.attribution is not None}
    return tuple(sorted(found, key=lambda s: (s.party or "", s.actor or "", s.act, s.polarity)))


def _statement(unit: Unit, ground: _Ground) -> Statement:
    attribution = ground.readings[unit.article].attributions[unit.attribution or 0]
    who = voice(attribution)
    return Statement(ground.names[who] if who else None, attribution.actor, attribution.act, attribution.polarity)


def _report(unit: Unit, statements: Sequence[Statement], ground: _Ground) -> Report:
    reading = ground.readings[unit.article]
    statement = None if unit.attribution is None else statements.index(_statement(unit, ground))
    return Report(unit.article, unit.attribution, unit.span, statement, chain(reading, unit.attribution))


def _voice(unit: Unit, readings: Mapping[str, Reading]) -> Voice | None:
    return None if unit.attribution is None else voice(readings[unit.article].attributions[unit.attribution])


def _denying(denied: Sequence[Unit], readings: Mapping[str, Reading], names: Mapping[Voice, str]) -> dict[Voice, str]:
    """The names under which denials are shown: the party with who speaks for it, one form for all articles."""
    voices = [who for unit in denied if (who := _voice(unit, readings)) is not None]
    full = full_names(voices, {who: names[who] for who in voices})
    return {who: full[names[who]] for who in voices}


def _original_texts(copies: Sequence[CopySet]) -> dict[str, str]:
    """From each article in a set of copies to one name for the text; sets that overlap are one text."""
    head: dict[str, str] = {}

    def top(key: str) -> str:
        while head.setdefault(key, key) != key:
            key = head[key]
        return key

    for copy in sorted(copies, key=lambda c: c.ids):
        for key in copy.ids[1:]:
            a, b = sorted((top(copy.ids[0]), top(key)))
            head[b] = a
    return {key: top(key) for key in sorted(head)}
