"""From readings to claims: the main path."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from takhrij.claims.alignment import align
from takhrij.claims.chains import chain
from takhrij.claims.decide import content_scores
from takhrij.claims.denials import denials, deniers
from takhrij.claims.disputes import points_only, refutes
from takhrij.claims.events import events
from takhrij.claims.features import Evidence, contents, words_of
from takhrij.claims.join import bridged, groups
from takhrij.claims.opposition import opposing
from takhrij.claims.origins import Known, origins
from takhrij.claims.parties import same_party, together
from takhrij.claims.propose import proposals
from takhrij.claims.refusals import link
from takhrij.claims.retractions import notices, taken_back
from takhrij.claims.rulings import ruled
from takhrij.claims.units import SHORTEST, Key, Unit, units
from takhrij.claims.voices import Voice, outlet_key, relaying, voice
from takhrij.corrections import Ruling
from takhrij.records import Claim, CopySet, Denial, Polarity, Reading, Report, Statement

#: Mean agreement from which groups of units are one claim, and mean of the best agreements from which two groups are.
JOINED = 0.6
BRIDGED = 0.935
#: What two units must have for groups to be bridged by them: the share of one's words that the other has.
CONTAINED = 0.9
#: The acts by which a fact is told: a raid condemned by two is two judgements.
_TOLD = frozenset({"state", "confirm"})
#: What two units lose that two parties say: they may say one thing, but mostly each says its own.
OTHER_PARTY = 0.4


@dataclass(frozen=True, slots=True)
class Ground:
    """What every claim of one run is built on."""

    readings: Mapping[str, Reading]
    names: Mapping[Voice, str]
    denying: Mapping[Key, str | None]
    joint: Mapping[Voice, tuple[Voice, ...]]
    texts: Mapping[str, str]
    notices: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """What of the readings a trace takes, where they are a part of a collection whose other claims stay as they are.

    Of an article in ``only`` it takes the units with these keys, of any other all; those with keys in ``leave`` it never takes.
    What holds one of ``kept`` is a claim, however little it is: no report that was there is lost. ``outlets`` are the names of
    all outlets of the collection.
    """

    only: Mapping[str, Set[Key]] = field(default_factory=dict)
    leave: Set[Key] = frozenset()
    kept: Set[Key] = frozenset()
    outlets: Sequence[str] = ()

    def takes(self, unit: Unit) -> bool:
        """Whether the trace takes ``unit``."""
        return unit.key not in self.leave and (unit.article not in self.only or unit.key in self.only[unit.article])


WHOLE = Part()


def trace(
    readings: Sequence[Reading], copies: Sequence[CopySet], rulings: Sequence[Ruling] = (), part: Part = WHOLE
) -> tuple[Claim, ...]:
    """The claims of ``readings``, those in most articles first; the order of ``readings`` does not matter.

    A claim holds all statements and unattributed sentences that say one proposition, never its denial, which stands
    beside it. What only one article says in its own voice is no claim yet. Of readings with one article id the first is taken.
    ``rulings`` are what people decided on reports that belong together or do not; the last word counts. ``part`` says what of
    the readings is traced, where that is not all.
    """
    outlets = {outlet_key(name) for name in (*part.outlets, *(r.article.outlet for r in readings)) if name}
    by_id = {reading.article.id: relaying(reading, outlets) for reading in reversed(readings)}
    ground = ground_of(list(by_id.values()), copies, outlets)
    taken = [unit for unit in units(by_id.values()) if part.takes(unit)]
    found = [unit for unit in taken if unit.attribution is not None or unit.article not in ground.notices]
    stated = [unit for unit in found if not unit.denies]
    compared = _compared(stated)
    turned = opposing(stated, compared, [_speaks(unit, ground) for unit in stated])
    denied = [*(unit for unit in found if unit.denies), *(stated[at] for at in sorted(turned))]
    ground = denied_by(denied, ground)
    clusters = _grouped(stated, compared, ground, leave=turned)
    before = {tuple(unit.key for unit in cluster) for cluster in clusters}
    made = ruled(clusters, rulings, ground.readings)  # what a person parted is a claim, however little it is
    clusters = [c for c in made if _is_claim(c, part.kept) or tuple(unit.key for unit in c) not in before]
    linked = link(clusters, denied, lambda unit: party_of(unit, ground))
    clusters += _together([unit for unit in linked.rest if not unit.denies], ground)
    claims = [build(cluster, linked.against.get(at, ()), ground) for at, cluster in enumerate(clusters)]
    alone = [unit for unit in linked.rest if unit.denies and _is_denial(unit, ground)]
    claims += [build([], group, ground) for group in _together(alone, ground)]
    return tuple(sorted(claims, key=lambda claim: (-_articles(claim), -len(claim.reports), claim.text, claim.id)))


def ground_of(readings: Sequence[Reading], copies: Sequence[CopySet], outlets: Set[str]) -> Ground:
    """What claims over ``readings`` are built on; ``outlets`` are keys of names (``outlet_key``)."""
    by_id = {reading.article.id: relaying(reading, outlets) for reading in reversed(readings)}
    voices = {who for r in by_id.values() for a in r.attributions if (who := voice(a)) is not None}
    return Ground(by_id, same_party(voices), {}, together(voices), _original_texts(copies), notices(by_id))


def denied_by(denied: Sequence[Unit], ground: Ground) -> Ground:
    """``ground`` with the names of those who deny in the units of ``denied``."""
    return replace(ground, denying=deniers(denied, ground.readings, ground.names))


def _articles(claim: Claim) -> int:
    return len({report.article for report in claim.reports})


def _speaks(unit: Unit, ground: Ground) -> str | None:
    who = _voice(unit, ground.readings)
    return None if who is None or who.relay else ground.names[who]


def _compared(found: Sequence[Unit]) -> dict[tuple[int, int], Evidence]:
    """The evidence on all pairs of units worth comparing, by their positions."""
    return {(i, j): contents(found[i].view.content, found[j].view.content) for i, j in proposals(found)}


def _together(found: Sequence[Unit], ground: Ground) -> list[list[Unit]]:
    return _grouped(found, _compared(found), ground)


def _grouped(
    found: Sequence[Unit], compared: Mapping[tuple[int, int], Evidence], ground: Ground, leave: frozenset[int] = frozenset()
) -> list[list[Unit]]:
    """The units in groups that say one proposition each, those at the positions in ``leave`` left out."""
    kept = {pair: seen for pair, seen in compared.items() if not leave.intersection(pair)}
    different = {id(seen): seen for seen in kept.values()}  # the same two contents are weighed once
    weighed = dict(zip(different, content_scores(list(different.values())), strict=True))
    scores = {pair: weighed[id(seen)] for pair, seen in kept.items()}
    parties = [party_of(unit, ground) for unit in found]
    wary = {
        (i, j): score - OTHER_PARTY if parties[i] and parties[j] and parties[i] != parties[j] else score
        for (i, j), score in scores.items()
    }
    apart = {pair for pair, seen in kept.items() if seen["conflicts"]}
    held = {pair: scores[pair] for pair, seen in kept.items() if _holds(seen, found, pair)}
    joined = bridged(groups(len(found), wary, JOINED), held, apart, BRIDGED)
    return [[found[i] for i in group] for group in joined if not leave.intersection(group)]


def _is_denial(unit: Unit, ground: Ground) -> bool:
    """Whether a denial of what nobody is known to claim says who denies and what, and denies by its verb."""
    attribution = ground.readings[unit.article].attributions[unit.attribution or 0]
    told = ground.denying.get(unit.key) is not None and not points_only(unit.view.content)
    return told and (attribution.polarity == "denied" or refutes(unit.view.content))


def _holds(seen: Evidence, found: Sequence[Unit], pair: tuple[int, int]) -> bool:
    """Whether both are told as facts, and one, no mere phrase, is all but contained in the other."""
    views = [found[at].view for at in pair]
    long = all(len(words_of(view.content)) >= SHORTEST for view in views)
    return seen["cover_more"] >= CONTAINED and long and all(view.act in _TOLD for view in views)


def party_of(unit: Unit, ground: Ground) -> str | None:
    """The name of who speaks in a unit, one form for all articles."""
    who = _voice(unit, ground.readings)
    return ground.names[who] if who else None


def _is_claim(cluster: Sequence[Unit], kept: Set[Key]) -> bool:
    said = any(unit.attribution is not None or unit.key in kept for unit in cluster)
    return said or len({unit.article for unit in cluster}) > 1


def build(cluster: Sequence[Unit], against: Sequence[Unit], ground: Ground) -> Claim:
    """The claim that the units of ``cluster`` make, denied by those of ``against``."""
    text = _canonical(cluster or against)
    statements = _statements([*cluster, *against], ground)
    reports = tuple(_report(unit, statements, ground) for unit in cluster)
    outlets = {ground.readings[unit.article].article.outlet or unit.article for unit in cluster}
    attributed = {unit.article for unit in cluster if unit.attribution is not None}
    covers = {at: _taken_up(unit, cluster) for at, unit in enumerate(against)}
    refused = denials(against, covers, ground.denying)
    return Claim(
        id=_id([*cluster, *against]),
        text=text,
        statements=statements,
        reports=reports,
        outlets=len(outlets),
        unattributed=len({unit.article for unit in cluster} - attributed),
        origins=origins(cluster, Known(ground.readings, ground.names, ground.joint, ground.texts)),
        denials=refused,
        events=events(cluster, refused, ground.readings, ground.names, _retracted(cluster, refused, ground)),
    )


def _taken_up(denial: Unit, cluster: Sequence[Unit]) -> float:
    """The share of the claim's words that ``denial`` takes up, in the wording that it meets best; 1 where none is known."""
    words = words_of(denial.view.content)
    wordings = [found for unit in cluster if len(found := words_of(unit.view.content)) >= SHORTEST]
    return max((align(found, words).coverage for found in wordings), default=1.0)


def _retracted(cluster: Sequence[Unit], refused: Sequence[Denial], ground: Ground) -> dict[str, str]:
    """The notices that take the claim back, with their words."""
    back = taken_back(cluster, (denial.article for denial in refused), ground.notices, ground.readings)
    return {key: ground.notices[key] for key in back}


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


def _statements(members: Sequence[Unit], ground: Ground) -> tuple[Statement, ...]:
    found = {_statement(unit, ground) for unit in members if unit.attribution is not None}
    return tuple(sorted(found, key=lambda s: (s.party or "", s.actor or "", s.act, s.polarity)))


def _statement(unit: Unit, ground: Ground) -> Statement:
    attribution = ground.readings[unit.article].attributions[unit.attribution or 0]
    who = voice(attribution)
    polarity: Polarity = "denied" if unit.key in ground.denying else attribution.polarity
    return Statement(ground.names[who] if who else None, attribution.actor, attribution.act, polarity)


def _report(unit: Unit, statements: Sequence[Statement], ground: Ground) -> Report:
    reading = ground.readings[unit.article]
    statement = None if unit.attribution is None else statements.index(_statement(unit, ground))
    return Report(unit.article, unit.attribution, unit.span, statement, chain(reading, unit.attribution))


def _voice(unit: Unit, readings: Mapping[str, Reading]) -> Voice | None:
    return None if unit.attribution is None else voice(readings[unit.article].attributions[unit.attribution])


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
