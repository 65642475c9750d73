"""New articles joined in place: the same claims as a trace of all where they are few, and nothing lost where they are many."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from takhrij.joining import FEW, in_place, join, settle
from takhrij.ledger import Due, Joined, Ledger, TraceKept, Views, open_ledger
from takhrij.ledger.tracing import Tracing
from takhrij.pipeline import read_inputs, retrace, trace_readings
from takhrij.records import Act, Article, Attribution, Claim, Party, Polarity, Reading, Span

SAMPLES = Path(__file__).parents[1] / "samples"
BRIDGES, DRIVERS = Party("هيئة الجسور", "state_body", "XA"), Party("نقابة السائقين", "ngo")
#: What is said of a bridge, of a water pipe, of a harvest: some of it twice in other words.
SAID = (
    "أن الجسر الشرقي سيغلق أمام الشاحنات ثلاثة أيام لصيانة مفاصله المعدنية",
    "أن الجسر الشرقي يغلق ثلاثة أيام أمام الشاحنات لأعمال صيانة في مفاصله المعدنية",
    "أن مياه الحي الشمالي ستنقطع مساء الخميس بسبب إصلاح المضخة الكبيرة",
    "أن المضخة الكبيرة في الحي الشمالي تعطلت وأن المياه تنقطع مساء الخميس",
    "أن محصول القمح في السهل الغربي بلغ تسعين ألف طن هذا الموسم",
)
OWN = ("وأغلقت البلدية الجسر الشرقي أمام الشاحنات لصيانة مفاصله المعدنية", "وبلغ محصول القمح في السهل الغربي تسعين ألف طن")
CUES: dict[Act, str] = {"state": "أعلنت", "confirm": "أكدت", "deny": "نفت"}


def article(name: str, said: Sequence[tuple[Party, str, Act]], own: Sequence[str] = (), date: str = "2024-03-05") -> Reading:
    """An article in which parties say something, and the outlet something in its own voice."""
    lines, attributions, at = [f"أخبار المدينة {name}"], [], 0
    for party, content, act in said:
        at = sum(len(line) + 1 for line in lines)
        cue = CUES[act]
        start = at + len(cue) + len(party.name) + 2
        lines.append(f"{cue} {party.name} {content}.")
        spans = Span(at, at + len(cue)), (Span(start, start + len(content)),)
        polarity: Polarity = "denied" if act == "deny" else "asserted"
        attributions.append(Attribution(*spans, act, speaker=party.name, party=party, polarity=polarity, confidence=0.8))
    lines += [f"{sentence}." for sentence in own]
    return Reading(Article(name, "\n".join(lines), lines[0], date=date, outlet=f"صحيفة {name}"), tuple(attributions))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "desk.db") as opened:
        yield opened


@pytest.fixture(scope="module")
def samples() -> list[Reading]:
    def failed(error: Exception) -> None:
        raise error

    stories = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))["stories"]
    return list(read_inputs([SAMPLES / story for story in stories], on_error=failed))


def claims(views: Views) -> list[Claim]:
    return [kept.claim for kept in views.claims(limit=1000).claims]


def reports(found: Sequence[Claim]) -> set[tuple[str, int | None, Span | None]]:
    """Where each report stands: an attribution by its number, a sentence of the outlet's own by its span."""
    told = [report for claim in found for report in claim.reports]
    return {(r.article, r.attribution, r.span if r.attribution is None else None) for r in told}


def denied(found: Sequence[Claim]) -> set[tuple[str, int | None, Span | None]]:
    return {(denial.article, denial.attribution, None) for claim in found for denial in claim.denials}


def told(claim: Claim) -> Claim:
    """All that a claim tells but by which of its names a party goes: the fullest may stand in an article far away."""
    return replace(claim, statements=(), reports=tuple(replace(report, statement=None) for report in claim.reports))


@pytest.mark.parametrize("backwards", [False, True])
def test_the_samples_joined_one_by_one_give_what_one_trace_gives(
    ledger: Ledger, samples: list[Reading], backwards: bool
) -> None:
    views = ledger.views()
    readings = samples[::-1] if backwards else samples
    with ledger.writer("desk") as writer:
        writer.add(readings[0])
        retrace(writer, views)
        for reading in readings[1:]:
            writer.add(reading)
            join(writer, views, [reading.article.id])
            assert not views.due().articles
    whole = trace_readings(samples)
    assert {claim.id: told(claim) for claim in claims(views)} == {claim.id: told(claim) for claim in whole.claims}
    assert set(views.copies()) == set(whole.copies)
    assert ledger.verify().problems == []
    with ledger.writer("desk") as writer:
        kept = retrace(writer, views)
        assert (kept.new, kept.gone, kept.same + kept.changed) == (0, 0, len(whole.claims))
        assert {claim.id: claim for claim in claims(views)} == {claim.id: claim for claim in whole.claims}


statements = st.tuples(st.sampled_from([BRIDGES, DRIVERS]), st.sampled_from(SAID), st.sampled_from(sorted(CUES)))
Told = tuple[list[tuple[Party, str, Act]], list[str]]
contents: st.SearchStrategy[Told] = st.tuples(
    st.lists(statements, max_size=3), st.lists(st.sampled_from(OWN), max_size=2, unique=True)
)


@settings(max_examples=15, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(contents, min_size=2, max_size=7))
def test_no_report_is_ever_lost(tmp_path_factory: pytest.TempPathFactory, all_said: list[Told]) -> None:
    with open_ledger(tmp_path_factory.mktemp("joined") / "desk.db") as ledger, ledger.writer("desk") as writer:
        views = ledger.views()
        before: list[Claim] = []
        for number, (said, own) in enumerate(all_said):
            writer.add(article(f"a{number}", said, own))
            join(writer, views, [f"a{number}"])
            after = claims(views)
            assert {one for one in reports(before) if one[1] is not None} <= reports(after) | denied(after)
            assert denied(before) <= denied(after)
            before = after
        assert len({report for claim in before for report in claim.reports}) == sum(len(claim.reports) for claim in before)
        assert ledger.verify().problems == []
        whole = trace_readings(list(views.readings()))
        assert {one for one in reports(whole.claims) if one[1] is not None} <= reports(before) | denied(before)


def test_an_article_joins_the_claim_of_others_and_no_other_is_touched(ledger: Ledger) -> None:
    views = ledger.views()
    with ledger.writer("desk") as writer:
        writer.add_many([article("a", [(BRIDGES, SAID[0], "state")]), article("w", [(BRIDGES, SAID[2], "state")])])
        writer.add(article("n", [(DRIVERS, SAID[0], "deny")]))
        retrace(writer, views)
        water = next(claim for claim in claims(views) if "مياه" in claim.text)
        old = next(claim for claim in claims(views) if "الجسر" in claim.text)
        writer.add(article("b", [(DRIVERS, SAID[1], "state")]))
        kept = join(writer, views, ["b"])
        assert (kept.new, kept.gone) == (1, 1)
    bridge = next(claim for claim in claims(views) if "الجسر" in claim.text)
    assert {report.article for report in bridge.reports} == {"a", "b"}
    assert [(denial.article, denial.party) for denial in bridge.denials] == [("n", DRIVERS.name)]
    assert (bridge.origins.min, bridge.origins.max) == (2, 2)
    assert water in claims(views)
    gone = views.claim(old.id)
    assert gone is not None
    assert (gone.current, gone.gone_to) == (False, bridge.id)
    assert views.audit(limit=1).entries[0].action == "join"
    assert ledger.verify().problems == []


def test_an_article_that_says_nothing_is_joined_once(ledger: Ledger) -> None:
    with ledger.writer("desk") as writer:
        writer.add(article("a", [(BRIDGES, SAID[0], "state")]))
        retrace(writer, ledger.views())
        writer.add(article("empty", []))
        assert ledger.views().due().articles
        join(writer, ledger.views(), ["empty"])
        assert settle(writer, ledger.views()) is None
        head = ledger.head()
        assert settle(writer, ledger.views()) is None
    assert ledger.head() == head


def test_a_newer_version_of_an_article_takes_its_reports_along(ledger: Ledger) -> None:
    views = ledger.views()
    with ledger.writer("desk") as writer:
        writer.add_many([article(name, [(BRIDGES, SAID[0], "state")]) for name in "ab"])
        retrace(writer, views)
        writer.add(article("b", [(BRIDGES, SAID[4], "state")]))
        join(writer, views, ["b"])
    assert {frozenset(report.article for report in claim.reports) for claim in claims(views)} == {
        frozenset("a"),
        frozenset("b"),
    }
    assert ledger.verify().problems == []


def test_few_are_joined_in_place_and_many_traced() -> None:
    assert not in_place(Due())
    assert not in_place(Due(("a",)))
    assert not in_place(Due((), 1000))
    assert in_place(Due(("a",), 10))
    assert not in_place(Due(("a",), 9))
    many = tuple(map(str, range(FEW + 1)))
    assert in_place(Due(many[:FEW], 10 * FEW))
    assert not in_place(Due(many, 100 * FEW))
    assert in_place(Due(("a",), 100, joined=19))
    assert not in_place(Due(("a",), 100, joined=20))


def test_what_is_due_is_settled_in_the_way_that_is_due(ledger: Ledger) -> None:
    views = ledger.views()

    def last() -> str:
        return views.audit(limit=1).entries[0].action

    with ledger.writer("desk") as writer:
        writer.add_many([article(f"a{number}", [(BRIDGES, SAID[number % 5], "state")]) for number in range(10)])
        assert settle(writer, views) is not None
        assert (last(), views.due()) == ("trace", Due((), 10, 0))
        for number in range(2):
            writer.add(article(f"b{number}", [(DRIVERS, SAID[number], "state")]))
            assert settle(writer, views) is not None
            assert (last(), views.due()) == ("join", Due((), 10, number + 1))
        writer.add(article("c", [(DRIVERS, SAID[4], "state")]))
        assert settle(writer, views) is not None
        assert (last(), views.due()) == ("trace", Due((), 13, 0))
        writer.add_many([article(f"d{number}", [(DRIVERS, SAID[4], "state")]) for number in range(2)])
        assert settle(writer, views) is not None
        assert (last(), views.due()) == ("trace", Due((), 15, 0))
        assert settle(writer, views) is None


def test_broken_off_it_is_as_if_it_never_was(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    views = ledger.views()

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with ledger.writer("desk") as writer:
        writer.add_many([article(f"a{number}", [(BRIDGES, SAID[number % 5], "state")]) for number in range(10)])
        settle(writer, views)
        writer.add(article("b", [(DRIVERS, SAID[1], "state")]))
        head, before = ledger.head(), claims(views)
        with monkeypatch.context() as patched:
            patched.setattr(Tracing, "_enter", stopped)
            with pytest.raises(KeyboardInterrupt):
                settle(writer, views)
        assert (ledger.head(), claims(views)) == (head, before)
        assert views.due().articles == ("b",)
        assert settle(writer, views) is not None
    assert any(report.article == "b" for claim in claims(views) for report in claim.reports)
    assert ledger.verify().problems == []


def test_what_a_broken_run_left_is_joined_by_the_next(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    views, names = ledger.views(), [f"b{number}" for number in range(5)]
    done = 0

    def once(tracing: Tracing, joined: Joined) -> TraceKept:
        nonlocal done
        done += 1
        if done > 1:
            raise KeyboardInterrupt
        return whole(tracing, joined)

    whole = Tracing.join
    with ledger.writer("desk") as writer:
        writer.add_many([article(f"a{number}", [(BRIDGES, SAID[number % 5], "state")]) for number in range(50)])
        settle(writer, views)
        writer.add_many([article(name, [(DRIVERS, SAID[number], "state")]) for number, name in enumerate(names)])
        assert views.due().articles == tuple(names)
        with monkeypatch.context() as patched:
            patched.setattr(Tracing, "join", once)
            with pytest.raises(KeyboardInterrupt):
                settle(writer, views)
        assert views.due() == Due(("b4",), 50, 4)
        assert settle(writer, views) is not None
        assert views.due() == Due((), 50, 5)
    assert set(names) <= {report.article for claim in claims(views) for report in claim.reports}
    assert ledger.verify().problems == []
