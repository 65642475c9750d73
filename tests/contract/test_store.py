"""What every store must do: keep, add nothing twice, keep history, answer views. Runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import ledger_samples as samples
import pytest

from takhrij.errors import LedgerBusy, UsageError
from takhrij.ledger import Actor, Added, Ledger, Subject, TraceKept
from takhrij.ledger.answers import ClaimFilters
from takhrij.ledger.changes import Changes
from takhrij.records import Article, Attribution, Page, Party, Reading, Span, Trace


def test_a_reading_comes_back_whole(ledger: Ledger) -> None:
    with ledger.writer("desk") as writer:
        for reading in samples.all_four():
            assert writer.add(reading) is Added.NEW
    kept = ledger.views().article("a/1")
    assert kept is not None
    assert kept.reading == samples.bridge()
    assert list(ledger.views().readings()) == samples.all_four()
    assert ledger.views().article("a/0") is None


def test_adding_again_adds_nothing(ledger: Ledger) -> None:
    with ledger.writer("desk") as writer:
        assert writer.add_many(samples.all_four()) == Counter({Added.NEW: 4})
        head = ledger.head()
        assert writer.add_many(samples.all_four() * 2, size=3) == Counter({Added.SAME: 8})
    assert ledger.head() == head


def test_the_same_article_twice_in_one_batch(ledger: Ledger) -> None:
    other = samples.bridge(text=samples.BRIDGE.replace("الأحد", "الثلاثاء").replace("حتى الثلاثاء", "حتى الأحد"))
    changed = replace(other, article=replace(other.article, text=other.article.text + "\nتحديث."))
    with ledger.writer("desk") as writer:
        done = writer.add_many([samples.bridge(), samples.bridge(), changed, changed])
    assert done == Counter({Added.NEW: 1, Added.SAME: 2, Added.VERSION: 1})
    assert ledger.verify().problems == []


def test_another_text_is_another_version(ledger: Ledger) -> None:
    later = samples.bridge()
    later = replace(later, article=replace(later.article, text=later.article.text + "\nوفتح الجسر مساء السبت."))
    with ledger.writer("desk") as writer:
        writer.add(samples.bridge())
        assert writer.add(later) is Added.VERSION
        assert writer.add(later) is Added.SAME
    views = ledger.views()
    kept = views.article("a/1")
    assert kept is not None
    assert [(v.number, v.current) for v in kept.versions] == [(1, False), (2, True)]
    assert kept.reading == later
    assert views.version("a/1", 1) == samples.bridge().article
    assert views.search("السبت").total == 1
    assert views.search("الشاحنات").total == 1
    assert views.totals().articles == 1
    assert ledger.verify().problems == []


def test_reading_anew_keeps_the_old_one_and_the_reviews(ledger: Ledger) -> None:
    first = samples.harvest()
    said = first.attributions[0]
    added = Attribution(samples.span(samples.HARVEST, "يتضاعف"), (samples.span(samples.HARVEST, "القمح"),), "believe")
    second = replace(first, attributions=(replace(said, speaker="وزير الزراعة الجديد"), added))
    with ledger.writer("desk", extractor="x 1") as writer:
        writer.add(first)
    with ledger.writer("سلمى") as writer:
        writer.review(Subject("attribution", "a/3", 0), "accept", "يطابق النص")
        writer.review(Subject("attribution", "a/3", 1), "reject")
    with ledger.writer("desk", extractor="x 2") as writer:
        assert writer.add(second) is Added.REREAD
        assert writer.add(second) is Added.SAME
    kept = ledger.views().article("a/3")
    assert kept is not None
    assert kept.reading == second
    assert [(v.extractor, v.current) for v in kept.readings] == [("x 1", False), ("x 2", True)]
    assert kept.readings[1].changes == Changes(added=(1,), gone=(1,), changed=((0, 0),))
    assert ledger.views().earlier_reading("a/3", kept.readings[0].number) == first
    changed, gone = kept.reviews
    assert (changed.verdict, changed.note, changed.who, changed.subject.attribution, changed.stale) == (
        "accept", "يطابق النص", "سلمى", 0, True,
    )  # fmt: skip
    assert (gone.subject.attribution, gone.stale) == (None, True)
    assert ledger.views().search("speaker:الجديد").total == 1
    assert ledger.views().totals().attributions == 2
    assert ledger.verify().problems == []


def test_evidence_comes_back_byte_for_byte(ledger: Ledger) -> None:
    pages = [
        Page(
            "a/1",
            b"<p>\x00\xff\xfe raw</p>",
            "https://example.org/1",
            media_type="text/html",
            headers={"content-type": "text/html"},
        ),
        Page("مجلد/خبر.txt", "نص".encode("windows-1256"), captured="2024-03-05T10:00:00Z"),
        Page("gz", b"\x1f\x8b not gzip", "https://example.org/2", headers={"content-encoding": "gzip", "x-odd": "a\r\nb: ق"}),
        Page("empty", b""),
    ]
    with ledger.writer("desk") as writer:
        for number, page in enumerate(pages):
            reading = samples.generated(number)
            article = replace(reading.article, page_sha256=page.sha256)
            assert not writer.has_page(page.sha256)
            writer.add(replace(reading, article=article), page)
            assert writer.has_page(page.sha256)
            writer.add(replace(reading, article=replace(article, id=f"again/{number}")), page)
        with pytest.raises(UsageError, match="was not read from"):
            writer.add(replace(reading, article=article), pages[0])
    assert [ledger.page(page.sha256) for page in pages] == pages
    assert ledger.page("0" * 64) is None
    report = ledger.verify()
    assert (report.problems, report.evidence) == ([], 4)


def test_a_trace_is_kept_and_replaced(ledger: Ledger) -> None:
    trace = samples.trace()
    with ledger.writer("desk") as writer:
        writer.add_many(samples.all_four())
        assert writer.put_trace(trace) == TraceKept(new=1)
        assert writer.put_trace(trace) == TraceKept(same=1)
        writer.review(Subject("claim", "c-bridge"), "false", "الجسر مفتوح")
    views = ledger.views()
    page = views.claims()
    assert [kept.claim for kept in page.claims] == list(trace.claims)
    assert page.total == 1
    assert views.copies() == trace.copies
    kept = views.article("a/1")
    assert kept is not None
    assert (kept.claims, kept.copies) == (("c-bridge",), trace.copies)
    renamed = replace(trace.claims[0], id="c-2", outlets=2)
    with ledger.writer("desk") as writer:
        assert writer.put_trace(Trace(trace.readings, (), (renamed,))) == TraceKept(new=1, gone=1)
    gone, now = views.claim("c-bridge"), views.claim("c-2")
    assert gone is not None
    assert now is not None
    assert (gone.current, gone.gone_to) == (False, "c-2")
    assert [(r.verdict, r.stale, r.carried_from) for r in now.reviews] == [("false", True, "c-bridge")]
    assert views.copies() == ()
    assert [kept.claim.id for kept in views.claims("جسر").claims] == ["c-2"]
    with ledger.writer("desk") as writer:
        assert writer.put_trace(trace) == TraceKept(new=0, changed=1, gone=1)
    assert [kept.claim for kept in views.claims().claims] == list(trace.claims)
    assert ledger.verify().problems == []


def test_claims_are_filtered_and_paged(ledger: Ledger) -> None:
    readings = [samples.bridge(f"p/{i}") for i in range(6)]
    base = samples.trace().claims[0]
    claims = tuple(
        replace(
            base,
            id=f"c{i}",
            reports=tuple(replace(base.reports[0], article=f"p/{n}") for n in range(i + 1)),
            outlets=i,
            denials=base.denials if i % 2 else (),
            unattributed=i % 3,
            origins=replace(base.origins, max=i + 1),
        )
        for i in range(6)
    )
    with ledger.writer("desk") as writer:
        writer.add_many(readings)
        writer.put_trace(Trace(tuple(readings), (), claims))
        writer.review(Subject("claim", "c4"), "true")
    views = ledger.views()
    first = views.claims(limit=4)
    second = views.claims(cursor=first.next, limit=4)
    assert [k.claim.id for k in (*first.claims, *second.claims)] == ["c5", "c4", "c3", "c2", "c1", "c0"]
    assert (first.total, second.total, second.next) == (6, 6, None)

    def ids(**filters: object) -> list[str]:
        return [k.claim.id for k in views.claims(filters=ClaimFilters(**filters)).claims]  # type: ignore[arg-type]

    assert ids(has_denial=True) == ["c5", "c3", "c1"]
    assert ids(has_denial=False, outlets_at_least=3) == ["c4"]
    assert ids(origins_at_most=2) == ["c1", "c0"]
    assert ids(article="p/4") == ["c5", "c4"]
    assert ids(unattributed=False) == ["c3", "c0"]
    assert ids(reviewed=True) == ["c4"]
    assert views.claims("قمح").total == 0


def test_a_trace_of_unknown_articles_is_refused(ledger: Ledger) -> None:
    with ledger.writer("desk") as writer, pytest.raises(UsageError, match="a/1: add the article"):
        writer.put_trace(samples.trace())
    assert ledger.head().seq == 1


@pytest.mark.parametrize(
    "subject",
    [Subject("claim", "c"), Subject("article", "x"), Subject("attribution", "a/1"), Subject("attribution", "a/1", 7)],
)
def test_reviews_of_nothing_are_refused(ledger: Ledger, subject: Subject) -> None:
    with ledger.writer("desk") as writer:
        writer.add(samples.bridge())
        with pytest.raises(UsageError):
            writer.review(subject, "true")


def test_actors_are_counted_and_set_down(ledger: Ledger) -> None:
    with ledger.writer("desk") as writer:
        writer.add_many(samples.all_four())
        writer.put_actor(Actor("own:town", "بلدية السهل الكبير", "state_body"))
        writer.put_actor(Actor("own:council", "مجلس البلدية", merged_into="own:town"))
        head = ledger.head()
        writer.put_actor(Actor("own:town", "بلدية السهل الكبير", "state_body"))
        assert ledger.head() == head
        with pytest.raises(UsageError):
            writer.put_actor(Actor("x", "x", merged_into="x"))
    rows = ledger.views().actors()
    assert [(r.id, r.name, r.country, r.attributions, r.articles, r.denials, r.merged_into) for r in rows] == [
        ("own:town", "بلدية السهل الكبير", "JO", 2, 1, 1, None),
        ("own:roads", "هيئة الطرق", "JO", 1, 1, 0, None),
        ("own:council", "مجلس البلدية", None, 0, 0, 0, "own:town"),
    ]


def test_outlets_places_and_totals(ledger: Ledger) -> None:
    with ledger.writer("desk") as writer:
        writer.add_many(samples.all_four())
    views = ledger.views()
    assert [(o.name, o.articles, o.attributions, o.unattributed, o.first, o.last) for o in views.outlets()] == [
        ("أخبار السهل", 2, 2, 0, "2024-03-06", "2024-03-06"),
        ("صوت الوادي", 2, 3, 1, "2024-03-05", "2024-06-01"),
    ]
    assert [(p.name, p.kind, p.lat, p.articles) for p in views.places()] == [
        ("السهل", "region", 32.5, 1),
        ("جسر الوادي", "facility", 31.5, 1),
    ]
    totals = views.totals()
    assert (totals.articles, totals.attributions, totals.claims, totals.outlets) == (4, 5, 0, 2)


def test_collections_are_apart(ledger: Ledger) -> None:
    with ledger.writer("desk", collection="شمال") as writer:
        writer.add(samples.bridge())
    with ledger.writer("desk", collection="جنوب") as writer:
        assert writer.add(samples.bridge()) is Added.NEW
        writer.put_trace(Trace((samples.bridge(),), (), ()))
    assert ledger.collections() == ["جنوب", "شمال"]
    assert ledger.views("شمال").search("جسر").total == 1
    assert ledger.views("شمال").totals().articles == 1
    assert ledger.views().search("جسر").total == 0


HOSTILE = "ق\x00ال \ud83d «هيئة» 👍🏽\u202eمقلوب\u202c\r\nسطر\u2028آخر\t' OR 1=1 -- \" \\ ; % _ {} :x"


def test_hostile_text_is_kept_as_it_is(ledger: Ledger) -> None:
    page = Page("p\x00\ud83d", HOSTILE.encode("utf-8", "surrogatepass"), "https://example.org/\x00 ق")
    article = Article(HOSTILE, HOSTILE, HOSTILE, HOSTILE, outlet=HOSTILE, credit=HOSTILE, page_sha256=page.sha256)
    party = Party(HOSTILE, "other", HOSTILE)
    reading = Reading(article, (Attribution(Span(0, 4), (Span(0, 9),), "state", None, HOSTILE, None, HOSTILE, party),))
    with ledger.writer(HOSTILE) as writer:
        assert writer.add(reading, page) is Added.NEW
        assert writer.add(reading, page) is Added.SAME
        writer.review(Subject("article", HOSTILE), HOSTILE, HOSTILE)
    kept = ledger.views().article(HOSTILE)
    assert kept is not None
    assert kept.reading == reading
    assert ledger.page(page.sha256) == page
    assert ledger.views().search("مقلوب").total == 1
    assert ledger.views().search(HOSTILE.replace(":x", "")).total == 1
    assert ledger.verify().problems == []


def test_a_failing_batch_leaves_nothing(ledger: Ledger) -> None:
    head = ledger.head()
    with ledger.writer("desk") as writer:
        with pytest.raises(UsageError), writer.batch():  # noqa: PT012 - what went well before the failure is the point
            writer.add(samples.bridge())
            writer.add(samples.denial(), Page("a/2", b"x"))
            writer.review(Subject("claim", "none"), "true")
        assert ledger.head() == head
        assert ledger.views().totals().articles == 0
        assert writer.add(samples.bridge(), Page("a/1", b"y")) is Added.NEW
    assert ledger.verify().problems == []


def test_a_second_writer_is_told_that_the_ledger_is_busy(open_store: Callable[..., Ledger]) -> None:
    first, second = open_store(), open_store(wait_s=0.1)
    with first.writer("one") as one, second.writer("two") as two, one.batch():
        one.add(samples.bridge())
        assert second.views().totals().articles == 0  # readers never wait
        with pytest.raises(LedgerBusy) as caught:
            two.add(samples.denial())
        assert "\n" not in str(caught.value)
    with second.writer("two") as two:
        assert two.add(samples.denial()) is Added.NEW
    assert first.views().totals().articles == 2


def test_a_view_sees_one_state(open_store: Callable[..., Ledger]) -> None:
    reader, adder = open_store(), open_store()
    with adder.writer("desk") as writer:
        writer.add_many([samples.generated(i) for i in range(250)])
        readings = reader.views().readings()
        first = [next(readings) for _ in range(3)]
        writer.add_many([samples.generated(i) for i in range(250, 300)])
    rest = list(readings)
    assert [*first, *rest] == [samples.generated(i) for i in range(300)]


def test_a_change_needs_a_name(ledger: Ledger) -> None:
    with pytest.raises(UsageError):
        ledger.writer("  ")
