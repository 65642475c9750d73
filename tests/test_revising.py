"""Corrections at once: the claims that they touch are built anew, and tracing everything later says the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from takhrij.corrections import Fix, Place, place_of
from takhrij.errors import UsageError
from takhrij.ledger import Ledger, Subject, open_ledger
from takhrij.pipeline import retrace
from takhrij.records import Article, Attribution, Claim, Party, Reading, Span
from takhrij.revising import correct, rule, take_back

CLOSED = "أن الجسر الشرقي سيغلق أمام الشاحنات ثلاثة أيام لصيانة مفاصله المعدنية"
WATER = "أن مياه الحي الشمالي ستنقطع مساء الخميس بسبب إصلاح المضخة الكبيرة"
BRIDGES, DRIVERS = Party("هيئة الجسور", "state_body", "XA"), Party("نقابة السائقين", "ngo")


def stated(name: str, party: Party, content: str = CLOSED, outlet: str | None = None) -> Reading:
    text = f"خبر قصير من المدينة\nأعلن {party.name} {content}."
    at, said = text.index("أعلن"), text.index(content)
    attribution = Attribution(
        Span(at, at + 4), (Span(said, said + len(content)),), "state", speaker=party.name, party=party, confidence=0.8
    )
    return Reading(Article(name, text, outlet=outlet or f"صحيفة {name}"), (attribution,))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "desk.db") as opened:
        with opened.writer("desk") as writer:
            writer.add_many([stated(name, BRIDGES) for name in "abc"])
            writer.add(stated("w", BRIDGES, WATER))
            retrace(writer, opened.views())
        yield opened


def claims(ledger: Ledger) -> list[Claim]:
    return [kept.claim for kept in ledger.views().claims(limit=50).claims]


def bridge(ledger: Ledger) -> Claim:
    return max((claim for claim in claims(ledger) if "الجسر" in claim.text), key=lambda claim: len(claim.reports))


def shape(ledger: Ledger) -> set[tuple[frozenset[str], int, int]]:
    return {(frozenset(r.article for r in c.reports), c.origins.min, c.origins.max) for c in claims(ledger)}


def test_another_speaker_is_another_origin_at_once_and_for_good(ledger: Ledger) -> None:
    views = ledger.views()
    assert (bridge(ledger).origins.min, bridge(ledger).origins.max) == (1, 1)
    with ledger.writer("سلمى") as writer:
        reading = stated("b", BRIDGES)
        [number] = correct(writer, views, [Fix(place_of(reading, 0), ("speaker",), speaker="نقابة السائقين")], "هي من أعلن")
        assert (bridge(ledger).origins.min, bridge(ledger).origins.max) == (2, 2)
        assert "نقابة السائقين" in {statement.party for statement in bridge(ledger).statements}
        at_once = shape(ledger)
        writer.add(reading)
        retrace(writer, views)
        assert shape(ledger) >= {one for one in at_once if "b" not in one[0]}
        kept = views.article("b")
        assert kept is not None
        assert kept.reading.attributions[0].speaker == "نقابة السائقين"
        take_back(writer, views, number)
    kept = views.article("b")
    assert kept is not None
    assert kept.reading == stated("b", BRIDGES)
    assert ledger.verify().problems == []


def test_a_claim_is_parted_traced_anew_and_put_together_again(ledger: Ledger) -> None:
    views = ledger.views()
    before = bridge(ledger)
    with ledger.writer("سلمى") as writer:
        writer.review(Subject("claim", before.id), "false")
        number = rule(writer, views, "apart", [before.id], [1], "خبران")
        parted = shape(ledger)
        assert {articles for articles, *_ in parted} == {frozenset("ac"), frozenset("b"), frozenset("w")}
        assert retrace(writer, views).same == 3
        writer.add(stated("d", BRIDGES))
        retrace(writer, views)
        assert {articles for articles, *_ in shape(ledger)} >= {frozenset("b"), frozenset("w")}
        take_back(writer, views, number, "خبر واحد")
        assert {articles for articles, *_ in shape(ledger)} == {frozenset("abcd"), frozenset("w")}
        assert retrace(writer, views).gone == 0
    assert [review.verdict for review in views.claim(bridge(ledger).id).reviews] == ["false"]  # type: ignore[union-attr]
    assert ledger.verify().problems == []


def test_undoing_a_parting_brings_back_the_claim_itself(ledger: Ledger) -> None:
    before = claims(ledger)
    with ledger.writer("سلمى") as writer:
        number = rule(writer, ledger.views(), "apart", [bridge(ledger).id], [0, 2])
        take_back(writer, ledger.views(), number)
    assert claims(ledger) == before


def test_two_claims_are_put_together_and_parted_again(ledger: Ledger) -> None:
    views = ledger.views()
    water = next(claim for claim in claims(ledger) if "مياه" in claim.text)
    with ledger.writer("سلمى") as writer:
        number = rule(writer, views, "together", [bridge(ledger).id, water.id])
        assert {articles for articles, *_ in shape(ledger)} == {frozenset("abcw")}
        assert retrace(writer, views).same == 1
        take_back(writer, views, number)
        assert {articles for articles, *_ in shape(ledger)} == {frozenset("abc"), frozenset("w")}
        assert retrace(writer, views).same == 2


def test_nothing_is_done_by_halves(ledger: Ledger) -> None:
    head = ledger.head()
    name = bridge(ledger).id
    with ledger.writer("سلمى") as writer:
        for bond, names, chosen in (
            ("apart", [name], []), ("apart", [name], [0, 1, 2]), ("together", [name, name], []), ("together", [name, "x"], []),
        ):  # fmt: skip
            with pytest.raises(UsageError):
                rule(writer, ledger.views(), bond, names, chosen)  # type: ignore[arg-type]
        with pytest.raises(UsageError):
            correct(writer, ledger.views(), [Fix(place_of(stated("none", BRIDGES), 0), ("removed",))])
        with pytest.raises(UsageError):
            take_back(writer, ledger.views(), 7)
    assert ledger.head() == head


def test_what_is_none_leaves_its_claim(ledger: Ledger) -> None:
    with ledger.writer("سلمى") as writer:
        correct(writer, ledger.views(), [Fix(place_of(stated("w", BRIDGES, WATER), 0), ("removed",))])
    assert {articles for articles, *_ in shape(ledger)} == {frozenset("abc")}


def test_what_was_not_seen_joins_its_claim_at_once(ledger: Ledger) -> None:
    views, bare = ledger.views(), stated("d", DRIVERS)
    with ledger.writer("سلمى") as writer:
        writer.add(Reading(bare.article))
        retrace(writer, views)
        assert "d" not in {report.article for report in bridge(ledger).reports if report.attribution is not None}
        [said] = bare.attributions
        place = Place("d", bare.article.text_sha256, said.cue)
        [number] = correct(writer, views, [Fix(place, ("added",), speaker=DRIVERS.name, content=said.content)], "لم يُقرأ")
        assert {report.article for report in bridge(ledger).reports} == set("abcd")
        assert (bridge(ledger).origins.min, bridge(ledger).origins.max) == (2, 2)
        at_once = shape(ledger)
        assert retrace(writer, views).gone == 0
        assert shape(ledger) == at_once
        take_back(writer, views, number)
        assert "d" not in {report.article for report in bridge(ledger).reports if report.attribution is not None}
    assert ledger.verify().problems == []
