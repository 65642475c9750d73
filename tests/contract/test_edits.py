"""What people set right stays right: through re-reading, tracing anew, verifying and restoring, in each store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import ledger_samples as samples
import pytest

from takhrij.corrections import Fix, Place, Ruling, place_of, place_of_report
from takhrij.errors import UsageError
from takhrij.ledger import Ledger, Subject, TraceKept, open_ledger, restore
from takhrij.ledger.adding import Added
from takhrij.ledger.answers import ClaimFilters
from takhrij.records import Claim, Party, Reading, Trace

TOWN = Party("بلدية السهل", "state_body", "JO")


def speaker_fix(reading: Reading, number: int = 0, name: str = "بلدية السهل") -> Fix:
    return Fix(place_of(reading, number), ("speaker",), speaker=name, actor="own:town", party=replace(TOWN, name=name))


def reading_of(ledger: Ledger, article: str = "a/1") -> Reading:
    kept = ledger.views().article(article)
    assert kept is not None
    return kept.reading


def test_a_speaker_is_set_right_at_once(ledger: Ledger) -> None:
    with ledger.writer("desk", extractor="x 1") as writer:
        writer.add_many(samples.all_four())
    with ledger.writer("سلمى") as writer:
        number = writer.fix(speaker_fix(samples.bridge()), "البلدية هي من أعلن")
    said = reading_of(ledger).attributions[0]
    assert (said.speaker, said.actor, said.party, said.confidence) == ("بلدية السهل", "own:town", TOWN, 1.0)
    assert said.content == samples.bridge().attributions[0].content
    views = ledger.views()
    assert views.search("speaker:السهل").total == 2
    assert views.search("speaker:الطرق").total == 0
    [edit] = views.edits("fix", ("a/1",))
    assert (edit.seq, edit.who, edit.note, edit.undone) == (number, "سلمى", "البلدية هي من أعلن", None)
    assert [(e.who, e.action) for e in views.audit("article:a/1").entries] == [
        ("سلمى", "reread"), ("سلمى", "correct"), ("desk", "add"),
    ]  # fmt: skip
    kept = views.article("a/1")
    assert kept is not None
    assert kept.extractor == "x 1"
    assert ledger.verify().problems == []


def test_it_stays_right_when_the_article_is_read_again(ledger: Ledger) -> None:
    better = samples.bridge()
    better = replace(better, attributions=(replace(better.attributions[0], confidence=0.95, medium=None, act="confirm"),))
    with ledger.writer("desk", extractor="x 1") as writer:
        writer.add(samples.bridge())
        writer.fix(speaker_fix(samples.bridge()))
        assert writer.add(samples.bridge()) is Added.SAME
    with ledger.writer("desk", extractor="x 2") as writer:
        assert writer.add(better) is Added.REREAD
        assert writer.add(better) is Added.SAME
        assert (reading_of(ledger).attributions[0].speaker, reading_of(ledger).attributions[0].act) == (
            "بلدية السهل",
            "confirm",
        )
        longer = replace(better, article=replace(better.article, text=better.article.text + "\nوانتهت الأعمال."))
        assert writer.add(longer) is Added.VERSION
    assert reading_of(ledger).attributions[0].speaker == "هيئة الطرق", "another text is another matter"
    assert ledger.verify().problems == []


def test_it_is_kept_when_another_process_reads_again(open_store: Callable[..., Ledger]) -> None:
    one, other = open_store(), open_store()
    with one.writer("desk", extractor="x 1") as writer:
        writer.add(samples.bridge())
        writer.fix(speaker_fix(samples.bridge()))
    with other.writer("desk", extractor="x 2") as writer:
        assert writer.add_many(samples.all_four()) == {Added.REREAD: 1, Added.NEW: 3}
    assert reading_of(other).attributions[0].speaker == "بلدية السهل"


def test_a_correction_is_taken_back(ledger: Ledger) -> None:
    with ledger.writer("desk", extractor="x 1") as writer:
        writer.add(samples.bridge())
        first = writer.fix(speaker_fix(samples.bridge()))
        second = writer.fix(speaker_fix(samples.bridge(), name="نقابة السائقين"))
        assert reading_of(ledger).attributions[0].speaker == "نقابة السائقين"
        writer.undo(second)
        assert reading_of(ledger).attributions[0].speaker == "بلدية السهل"
        writer.undo(first, "كان صحيحًا")
        assert reading_of(ledger) == samples.bridge()
        with pytest.raises(UsageError, match="taken back already"):
            writer.undo(first)
        with pytest.raises(UsageError, match="no correction"):
            writer.undo(99)
        assert writer.add(samples.bridge()) is Added.SAME
    assert [edit.undone for edit in ledger.views().edits("fix")] == [4, 3]
    assert ledger.verify().problems == []


def test_an_attribution_is_added_and_another_removed(ledger: Ledger) -> None:
    reading = samples.denial()
    text = reading.article.text
    cue, content = samples.span(text, "تعبره"), samples.span(text, "لا إغلاق للجسر")
    extra = Fix(Place("a/2", reading.article.text_sha256, cue), ("added",), "سائق", content=(content,), act="deny")
    with ledger.writer("desk") as writer:
        writer.add(reading)
        writer.fix(extra)
        writer.fix(Fix(place_of(reading, 0), ("removed",)))
    found = reading_of(ledger, "a/2").attributions
    assert [a.cue for a in found] == [samples.span(text, "أكدت"), cue]
    assert (found[1].speaker, found[1].polarity, found[1].content) == ("سائق", "denied", (content,))
    assert found[1].parent == 0, "its cue lies in the other's words"
    assert ledger.verify().problems == []


@pytest.mark.parametrize(
    "fix",
    [
        Fix(Place("none", "0" * 64, samples.span(samples.BRIDGE, "قالت")), ("speaker",), "س"),
        Fix(Place("a/1", "0" * 64, samples.span(samples.BRIDGE, "قالت")), ("speaker",), "س"),
        Fix(Place("a/1", samples.bridge().article.text_sha256, samples.span(samples.BRIDGE, "مغلق")), ("removed",)),
        Fix(place_of(samples.bridge(), 0), ()),
    ],
    ids=["no article", "another text", "no such cue", "nothing said"],
)
def test_a_correction_of_nothing_is_refused(ledger: Ledger, fix: Fix) -> None:
    with ledger.writer("desk") as writer:
        writer.add(samples.bridge())
        head = ledger.head()
        with pytest.raises(UsageError):
            writer.fix(fix)
    assert ledger.head() == head


def two_claims() -> tuple[Trace, Claim, Claim]:
    trace = samples.trace()
    base = trace.claims[0]
    extra = replace(base.reports[0], article="a/2", attribution=1, span=samples.span(samples.DENIAL, "الشاحنات تعبره"))
    both = replace(base, id="c-both", reports=(*base.reports, extra))
    return replace(trace, claims=(both,)), base, replace(base, id="c-other", reports=(extra,), denials=())


def test_claims_are_parted_and_put_together_again(ledger: Ledger) -> None:
    trace, base, other = two_claims()
    these, those = (place_of_report(c.reports[0], r) for c, r in zip((base, other), trace.readings, strict=True))
    views = ledger.views()
    with ledger.writer("desk") as writer:
        writer.add_many(samples.all_four())
        writer.put_trace(trace)
        writer.review(Subject("claim", "c-both"), "false", "الجسر مفتوح")
        with writer.batch():
            number = writer.rule(Ruling("apart", (these,), (those,)), "c-both", "خبران")
            assert writer.replace_claims(["c-both"], [base, other]) == TraceKept(new=2, gone=1)
            assert writer.rulings() == (Ruling("apart", (these,), (those,)),)
        assert {kept.claim.id for kept in views.claims().claims} == {"c-bridge", "c-other"}
        gone = views.claim("c-both")
        assert gone is not None
        assert (gone.current, gone.gone_to) == (False, "c-bridge")
        with writer.batch():
            writer.undo(number)
            writer.replace_claims(["c-bridge", "c-other"], trace.claims)
        assert writer.rulings() == ()
    back = views.claim("c-both")
    assert back is not None
    assert back.current
    assert [review.verdict for review in back.reviews] == ["false"]
    assert [kept.claim.id for kept in views.claims().claims] == ["c-both"]
    actions = [entry.action for entry in views.audit(limit=5).entries]
    assert actions == ["regroup", "undo", "regroup", "rule", "review"]
    assert ledger.verify().problems == []


def test_a_verdict_follows_its_claim_however_often_that_changes(ledger: Ledger) -> None:
    trace = samples.trace()
    with ledger.writer("desk") as writer:
        writer.add_many(samples.all_four())
        writer.put_trace(trace)
        writer.review(Subject("claim", "c-bridge"), "false")
        for name in ("c-2", "c-3", "c-4"):
            writer.put_trace(replace(trace, claims=(replace(trace.claims[0], id=name),)))
    now = ledger.views().claim("c-4")
    assert now is not None
    assert [(r.verdict, r.stale, r.carried_from) for r in now.reviews] == [("false", True, "c-bridge")]


def test_a_claim_is_given_to_somebody(ledger: Ledger) -> None:
    with ledger.writer("هدى") as writer:
        writer.add_many(samples.all_four())
        writer.put_trace(samples.trace())
        writer.assign("c-bridge", "سلمى", "قبل المساء")
        writer.assign("c-bridge", "")
        with pytest.raises(UsageError):
            writer.assign("none", "سلمى")
    assert [(e.subject, e.value, e.who) for e in ledger.views().edits("assign")] == [
        ("c-bridge", "سلمى", "هدى"), ("c-bridge", "", "هدى"),
    ]  # fmt: skip


def test_what_was_set_right_is_in_the_backup(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.writer("desk", extractor="x 1") as writer:
        writer.add_many(samples.all_four())
        writer.fix(speaker_fix(samples.bridge()))
    ledger.backup(tmp_path / "backup.zip")
    restore(tmp_path / "backup.zip", tmp_path / "again.db")
    with open_ledger(tmp_path / "again.db") as again:
        assert again.views().edits() == ledger.views().edits()
        with again.writer("desk", extractor="x 2") as writer:
            assert writer.add(samples.bridge()) is Added.REREAD
        assert reading_of(again).attributions[0].speaker == "بلدية السهل"
        assert again.verify().problems == []


def test_claims_wait_in_the_order_that_is_asked_for(ledger: Ledger) -> None:
    base = samples.trace().claims[0]

    def claim(name: str, article: int, outlets: int, origins: int, denied: bool) -> Claim:
        report = replace(base.reports[0], article=f"q/{article}")
        bounds = replace(base.origins, max=origins)
        return replace(
            base, id=name, reports=(report,), outlets=outlets, origins=bounds, denials=base.denials if denied else ()
        )

    claims = (claim("c-old", 0, 9, 1, False), claim("c-mid", 1, 6, 6, True), claim("c-new", 2, 1, 1, False))
    readings = tuple(samples.bridge(f"q/{i}") for i in range(3))
    with ledger.writer("desk") as writer:
        writer.add_many(readings)
        writer.put_trace(Trace(readings, (), claims))
        writer.review(Subject("claim", "c-new"), "", "ملاحظة ليست حكمًا")

    def ids(order: str, **filters: object) -> list[str]:
        kept = ledger.views().queue(order, ClaimFilters(reviewed=False, **filters), 10)  # type: ignore[arg-type]
        return [one.claim.id for one in kept]

    assert ids("new") == ["c-new", "c-mid", "c-old"]
    assert ids("thin", outlets_at_least=2) == ["c-old", "c-mid"]
    assert ids("spread", has_denial=True) == ["c-mid"]
    with ledger.writer("desk") as writer:
        writer.review(Subject("claim", "c-old"), "true")
    assert ids("new") == ["c-new", "c-mid"]
