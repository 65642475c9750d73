"""Batches and single rows give what the whole lists give, on both stores."""

from __future__ import annotations

from dataclasses import replace

import ledger_samples as samples

from takhrij.ledger import Actor, Due, Joined, Ledger, Nearness, TraceKept
from takhrij.records import Article, CopySet, PlaceMention, Reading, Span


def filled(ledger: Ledger) -> None:
    with ledger.writer("desk") as writer:
        writer.add_many(samples.all_four())
        writer.put_trace(samples.trace())
    with ledger.writer("desk", "other") as writer:
        writer.add(samples.bridge("b/9"))


def test_articles_and_readings_come_by_their_ids(ledger: Ledger) -> None:
    filled(ledger)
    views = ledger.views()
    wanted = ["a/1", "a/3", "a/1", "b/9", "none"]
    assert views.readings_by_id(wanted) == {"a/1": samples.bridge(), "a/3": samples.harvest()}
    assert views.articles_by_id(iter(wanted)) == {"a/1": samples.bridge().article, "a/3": samples.harvest().article}
    assert views.articles_by_id([]) == {}
    assert list(views.readings_by_id(["a/3", "a/1"])) == list(views.articles_by_id(["a/3", "a/1"])) == ["a/3", "a/1"]
    many = [f"none/{number}" for number in range(1200)]
    assert list(views.articles_by_id([*many, "a/2"])) == ["a/2"]


def test_one_row_is_the_same_as_in_the_list(ledger: Ledger) -> None:
    filled(ledger)
    views = ledger.views()
    assert [views.outlet(row.name) for row in views.outlets()] == list(views.outlets())
    assert [views.actor(row.id) for row in views.actors()] == list(views.actors())
    for row in views.places():
        assert row in views.place(row.name)
    assert (views.outlet("none"), views.actor("none"), views.place("none")) == (None, None, ())


def test_an_actor_that_a_person_set_down_has_that_name(ledger: Ledger) -> None:
    filled(ledger)
    with ledger.writer("noura") as writer:
        writer.put_actor(Actor("x/1", "هيئة السدود", "state_body", "XA"))
    row = ledger.views().actor("x/1")
    assert row is not None
    assert (row.name, row.attributions) == ("هيئة السدود", 0)
    assert row in ledger.views().actors()


def test_what_was_added_since_is_found_apart(ledger: Ledger) -> None:
    with ledger.writer("desk") as writer:
        writer.add(samples.bridge())
        views = ledger.views()
        then = views.newest()
        assert views.search(added_after=then).total == 0
        writer.add(samples.harvest())
    assert [hit.id for hit in views.search(added_after=then).hits] == ["a/3"]
    assert views.search("الجسر", added_after=then).total == 0
    assert views.newest() > then


def test_by_day_the_newest_comes_first_wherever_the_words_stand(ledger: Ledger) -> None:
    early = samples.bridge("early", date="2024-01-01")
    late = samples.bridge("late", date="2024-06-01", text=samples.BRIDGE)
    with ledger.writer("desk") as writer:
        writer.add_many([late, early, samples.harvest()])
    assert [hit.id for hit in ledger.views().search("الجسر", by_day=True).hits] == ["late", "early"]


def test_the_last_trace_is_found_from_where_one_looked(ledger: Ledger) -> None:
    views = ledger.views()
    top, traced = views.traced()
    assert traced is None
    filled(ledger)
    later, traced = views.traced(top)
    assert traced is not None
    assert top < traced <= later
    assert views.traced(later) == (later, None)
    assert ledger.views("other").traced(0)[1] is None


def test_the_places_within_spans_are_found(ledger: Ledger) -> None:
    filled(ledger)
    readings = {reading.article.id: reading for reading in samples.all_four()}
    whole = {name: [Span(0, len(reading.article.text))] for name, reading in readings.items()}
    expected = {
        name: named
        for name, reading in readings.items()
        if (named := [m for m in reading.mentions if isinstance(m, PlaceMention)])
    }
    assert expected
    assert ledger.views().places_in(whole) == expected
    one, mentions = next(iter(expected.items()))
    before = [Span(0, mentions[0].span.start)] if mentions[0].span.start else [Span(mentions[-1].span.end, 10**6)]
    assert mentions[0] not in ledger.views().places_in({one: before}).get(one, [])


def test_each_article_has_its_outlet(ledger: Ledger) -> None:
    filled(ledger)
    given = {reading.article.id: reading.article.outlet for reading in samples.all_four()}
    assert ledger.views().outlet_of_each() == {name: outlet for name, outlet in given.items() if outlet}


def test_what_may_change_a_page_is_told_from_mere_adding(ledger: Ledger) -> None:
    views = ledger.views()
    filled(ledger)
    top, changed = views.changed()
    assert changed is not None
    with ledger.writer("desk") as writer:
        writer.add(samples.bridge("a/9"))
        writer.record("watch", "watch:noura", "{}")
    later, changed = views.changed(top)
    assert (later > top, changed) == (True, None)
    with ledger.writer("desk") as writer:
        writer.add(samples.bridge("a/9", text=samples.BRIDGE + "\nتحديث."))
    assert views.changed(later)[1] is not None
    assert ledger.views("other").changed(later)[1] is None


def test_articles_near_by_are_those_that_share_rare_words(ledger: Ledger) -> None:
    filled(ledger)
    with ledger.writer("desk") as writer:
        writer.add_many([samples.bridge("near", date="2024-03-20"), samples.bridge("far", date="2025-03-20")])
        writer.add(samples.bridge("undated", date=None))
    views, headline = ledger.views(), samples.bridge().article.title

    def near(day: str | None, days: int = 45, most: int = 40) -> list[str]:
        return sorted(views.nearby([headline], Nearness(day, days, most)))

    assert near("2024-03-05") == ["a/1", "a/2", "near", "undated"]
    assert near("2024-03-05T10:00:00Z", days=5) == ["a/1", "a/2", "undated"]
    assert near(None) == near("no day") == ["a/1", "a/2", "far", "near", "undated"]
    assert near("2024-03-05", most=1) == ["undated"], "as many words as the others share, and added last"
    assert views.nearby(["قرية نائية في جزيرة بعيدة"], Nearness(None, 45)) == ()
    assert views.nearby(["", "؟ ..."], Nearness(None, 45)) == ()
    assert ledger.views("other").nearby([samples.BRIDGE], Nearness(None, 45)) == ("b/9",)


def test_what_shares_most_words_is_near_at_any_time(ledger: Ledger) -> None:
    words = "مهندسون يفحصون قناطر قديمة قرب طاحونة مهجورة ويرممون حجارتها بأدوات نحاسية وأخشاب مستوردة قبل فيضان الربيع"
    with ledger.writer("desk") as writer:
        writer.add_many(
            [
                Reading(Article("first", words, date="2023-01-10")),
                Reading(Article("again", words, date="2024-05-10")),
                Reading(Article("other", "قناطر قديمة وطاحونة", date="2024-05-10")),
            ]
        )
    found = ledger.views().nearby([words], Nearness("2023-01-10", 45))
    assert sorted(found) == ["again", "first"]


def test_claims_are_found_by_who_reports_or_denies_them(ledger: Ledger) -> None:
    filled(ledger)
    views = ledger.views()
    [claim] = samples.trace().claims
    assert views.claims_of(["a/1"]) == views.claims_of(["a/2"]) == views.claims_of(["a/2", "a/1", "none"]) == (claim,)
    assert views.claims_of(["a/3"]) == views.claims_of([]) == ledger.views("other").claims_of(["a/1"]) == ()


def test_what_is_due_is_told_since_the_last_trace_or_joining(ledger: Ledger) -> None:
    views = ledger.views()
    assert views.due() == Due()
    with ledger.writer("desk") as writer:
        writer.add_many(samples.all_four())
        assert views.due() == Due(("a/1", "a/2", "a/3", "a/4"))
        writer.put_trace(samples.trace())
        assert views.due() == Due((), 2)
        writer.put_trace(samples.trace())
        writer.add_many([samples.bridge("a/5"), samples.bridge("a/6"), samples.bridge("a/5", date="2024-03-07")])
        assert views.due() == Due(("a/5", "a/6"), 2)
        writer.join(Joined((), (), traced=2, joined=1, left=("a/6",)))
        assert views.due() == Due(("a/6",), 2, 1)
        writer.add(samples.bridge("a/7"))
        assert views.due() == Due(("a/6", "a/7"), 2, 1)
        writer.put_trace(samples.trace())
        assert views.due() == Due((), 2), "a trace that changes nothing is a trace"
    assert ledger.views("other").due() == Due()
    assert ledger.verify().problems == []


def test_joining_replaces_what_it_names_and_nothing_else(ledger: Ledger) -> None:
    filled(ledger)
    views = ledger.views()
    [claim], [copies] = samples.trace().claims, samples.trace().copies
    new = replace(claim, id="c-new", denials=())
    with ledger.writer("desk") as writer:
        assert writer.join(Joined([], [claim])) == TraceKept(same=1)
        assert writer.join(Joined([claim.id], [new], [copies], [])) == TraceKept(new=1, gone=1)
        assert (views.copies(), views.claims_of(["a/1"]), views.claims_of(["a/2"])) == ((), (new,), ())
        other = CopySet(("a/1", "a/3"), None, "")
        writer.join(Joined(["c-new"], [new, claim], [], [other]))
    assert views.copies() == (other,)
    assert {kept.claim.id for kept in views.claims().claims} == {"c-bridge", "c-new"}
    assert views.traced(0)[1] == ledger.head().seq
    assert ledger.verify().problems == []
