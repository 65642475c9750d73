"""Search in Arabic as people type it, in each store; and the same answers from both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import ledger_samples as samples
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from takhrij.errors import UsageError
from takhrij.ledger import Filters, Ledger, Near, open_ledger
from takhrij.records import Article, PlaceMention, Reading, Span, Trace

Opener = Callable[..., Ledger]
WORDS = Path(__file__).parents[1] / "text"


def _pairs(name: str) -> list[tuple[str, str]]:
    lines = (WORDS / name).read_text("utf-8").splitlines()
    return [(a, b) for a, b in (line.split("\t") for line in lines if not line.startswith("#"))]


def _article(identity: str, text: str, date: str | None = None, **facts: object) -> Reading:
    return Reading(Article(identity, text, text.split("\n")[0], date=date, **facts))  # type: ignore[arg-type]


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    with ledger.writer("desk") as writer:
        writer.add_many(samples.all_four())
        writer.put_trace(samples.trace())
    return ledger


def _found(ledger: Ledger, query: str = "", **filters: object) -> list[str]:
    return [hit.id for hit in ledger.views().search(query, Filters(**filters)).hits]  # type: ignore[arg-type]


def test_pairs_of_words_meet_and_lookalikes_do_not(ledger: Ledger) -> None:
    meet, part = _pairs("meet.tsv"), _pairs("part.tsv")
    with ledger.writer("desk") as writer:
        writer.add_many(_article(f"m/{i}", f"خبر\nجاء فيه {b} أمس.") for i, (_, b) in enumerate(meet))
        writer.add_many(_article(f"p/{i}", f"خبر\nجاء فيه {b} أمس.") for i, (_, b) in enumerate(part))
    missed = [pair for i, pair in enumerate(meet) if f"m/{i}" not in _all(ledger, pair[0])]
    wrong = [pair for i, pair in enumerate(part) if f"p/{i}" in _all(ledger, pair[0])]
    assert len(meet) >= 60
    assert len(part) >= 30
    assert len(missed) <= 0.15 * len(meet), missed
    assert wrong == []


def _all(ledger: Ledger, query: str) -> list[str]:
    return [hit.id for hit in ledger.views().search(query, limit=1000).hits]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("جسر", ["a/2", "a/1"]),
        ("الجسور", ["a/2", "a/1"]),
        ("الشاحنه", ["a/1", "a/2"]),
        ("قمح مزارعون", ["a/3"]),
        ("قمح جسر", []),
        ('"جسر الوادي"', ["a/1", "a/2"]),
        ("«الوادي جسر»", []),
        ('"محصول القمح"', ["a/3"]),
        ("القمح أو المياه", ["a/3", "a/4"]),
        ("جسر -نفى", ["a/1"]),
        ('جسر -"أعمال صيانة"', ["a/2"]),
        ("٣٠٠", ["a/3"]),
        ("300 طن", ["a/3"]),
        ("speaker:الهيئة", ["a/1"]),
        ('speaker:"بلدية السهل" act:confirm', ["a/2"]),
        ('المتحدث:"وزير الزراعه"', ["a/3"]),
        ('party:"وزارة زراعة"', ["a/3"]),
        ("act:deny", ["a/2"]),
        ("denied:yes الجسر", ["a/2"]),
        ("kind:state_body after:2024-03-06", ["a/3", "a/2"]),
        ("actor:own:roads", ["a/1"]),
        ('outlet:"صوت الوادى"', ["a/3", "a/1"]),
        ("after:2024-03-06 before:2024-05", ["a/2"]),
        ("before:2024-03", ["a/2", "a/1"]),
        ("before:2024", ["a/3", "a/2", "a/1"]),
        ("place:وادي", ["a/1"]),
        ("near:31.5,35.75,10", ["a/1"]),
        ("near:32,35.9,80", ["a/2", "a/1"]),
        ("near:32,35.9,30", []),
        ("has-denial:yes", ["a/1"]),
        ("has-denial:no", ["a/3", "a/2", "a/4"]),
        ("origins:1", ["a/1"]),
        ("origins:0", []),
        ("act:deny speaker:هيئة", []),
        ("", ["a/3", "a/2", "a/1", "a/4"]),
        ("؟!", ["a/3", "a/2", "a/1", "a/4"]),
    ],
)
def test_queries(filled: Ledger, query: str, ids: list[str]) -> None:
    page = filled.views().search(query)
    assert [hit.id for hit in page.hits] == ids
    assert page.total == len(ids)


ENGLISH = {
    "wadi bridge": ("جسر الوادي",),
    "roads authority": ("هيئة الطرق", "سلطة الطرق"),
    "ministry of agriculture": ("وزارة الزراعة",),
    "agriculture": ("الزراعة",),
    "trucks": ("؟", "الشاحنات"),
}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("Wadi Bridge", ["a/1", "a/2"]),
        ("wadi  bridge صيانة", ["a/1"]),
        ('"Wadi Bridge"', ["a/1", "a/2"]),
        ("Roads Authority", ["a/1"]),
        ("Roads Authority Wadi Bridge trucks", ["a/1"]),
        ("Wadi Bridge -Roads", ["a/1", "a/2"]),
        ('جسر -"Roads Authority"', ["a/2"]),
        ("trucks OR Agriculture", ["a/1", "a/3", "a/2"]),
        ("bridge", []),
        ("Bridge Wadi", []),
        ('speaker:"Roads Authority"', ["a/1"]),
        ('party:"Ministry of Agriculture"', ["a/3"]),
        ('party:"هيئة الطرق" trucks', ["a/1"]),
        ('speaker:"Wadi Bridge"', []),
        ("speaker:trucks", []),
    ],
)
def test_english_queries_through_the_names_of_actors_and_places(open_store: Opener, query: str, ids: list[str]) -> None:
    ledger = open_store(names=lambda words: ENGLISH.get(" ".join(words).lower(), ()))
    with ledger.writer("desk") as writer:
        writer.add_many(samples.all_four())
    page = ledger.views().search(query)
    assert [hit.id for hit in page.hits] == ids
    assert page.total == len(ids)
    assert sum(count.count for count in ledger.views().facets("outlet", query)) == len(ids)
    if ids == ["a/1"] and "Authority" in query and ":" not in query:
        assert "هيئة" in {mark.of(page.hits[0].text) for mark in page.hits[0].marks}


def test_english_names_are_bounded_by_what_was_typed(open_store: Opener) -> None:
    ledger = open_store(names=lambda words: tuple(f"اسم طويل جدا {i}" for i in range(9)) if len(words) == 1 else ())
    assert ledger.views().search("name " * 30).total == 0
    with pytest.raises(UsageError, match="at most"):
        ledger.views().search("name " * 33)


def test_a_place_is_found_by_its_name_and_by_the_words_of_the_text(ledger: Ledger) -> None:
    text = "خبر\nوصلت القافلة إلى سهل المرجان عصرا."
    said = samples.span(text, "سهل المرجان")
    with ledger.writer("desk") as writer:
        writer.add(Reading(Article("x", text), (), (PlaceMention(said, "Murjan Plain", "region"),)))
    for query in ("place:Murjan", 'place:"سهل المرجان"', "place:السهول", 'place:"murjan plain" القافلة'):
        assert _found(ledger, query) == ["x"]
    assert _found(ledger, "place:القافلة") == []
    assert ledger.verify().problems == []


def test_filters_and_query_join(filled: Ledger) -> None:
    assert _found(filled, "جسر", outlet="أخبار السهل") == ["a/2"]
    assert _found(filled, "جسر", near=Near(31.5, 35.75, 5)) == ["a/1"]
    assert _found(filled, "جسر outlet:غيرها", outlet="أخبار السهل") == []


@pytest.mark.parametrize(
    "query",
    [
        "act:shout",
        "-جسر",
        "near:1,2",
        "near:a,b,c",
        "near:95,0,1",
        "after:أمس",
        "origins:كثير",
        "denied:ربما",
        "speaker:؟",
        "ق " * 40,
        "ق" * 3000,
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(filled: Ledger, query: str) -> None:
    with pytest.raises(UsageError) as caught:
        filled.views().search(query)
    assert "\n" not in str(caught.value)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("جسر الوادي\"-:()*^{}+|&!<>'\\%_\x00~«»أو ORANDNOTNEAR٣👍\ud83d"), max_size=30))
def test_no_query_breaks_the_store(filled: Ledger, query: str) -> None:
    try:
        page = filled.views().search(query)
    except UsageError:
        return
    assert page.total == len(page.hits)


def test_headline_before_lead_before_the_rest_and_new_before_old(ledger: Ledger) -> None:
    rest = "\nفقرة أولى عن أمر آخر.\nثم جاء ذكر الميناء."
    with ledger.writer("desk") as writer:
        writer.add(_article("rest", "خبر" + rest, "2024-05-01"))
        writer.add(_article("lead", "خبر\nأغلق الميناء.", "2024-01-01"))
        writer.add(_article("head-old", "إغلاق الميناء\nخبر.", "2023-01-01"))
        writer.add(_article("head-new", "فتح الميناء\nخبر.", "2023-01-02"))
        writer.add(_article("undated", "عن الميناء\nخبر."))
    assert _found(ledger, "الموانئ") == ["head-new", "head-old", "undated", "lead", "rest"]


def test_snippets_mark_the_words_where_they_stand(filled: Ledger) -> None:
    hit = next(hit for hit in filled.views().search("أمطار محصول").hits)
    assert hit.snippet.of(hit.text) == "وقال مزارع إن الأمطار ساعدت المحاصيل."
    assert [mark.of(hit.text) for mark in hit.marks] == ["الأمطار", "المحاصيل"]


def test_what_is_no_news_is_not_found(ledger: Ledger) -> None:
    text = "خبر الميناء\nأغلق الميناء.\nاترك تعليقا"
    skipped = replace(_article("x", text).article, skip=(Span(text.index("اترك"), len(text)),))
    with ledger.writer("desk") as writer:
        writer.add(Reading(skipped))
    assert _found(ledger, "تعليق") == []
    assert _found(ledger, "ميناء") == ["x"]


def test_pages_fit_together_while_articles_are_added(ledger: Ledger) -> None:
    with ledger.writer("desk") as writer:
        writer.add_many([samples.generated(i) for i in range(120)])
        whole = [hit.id for hit in ledger.views().search("أعلن أو قال أو نفى", limit=1000).hits]
        assert len(whole) > 100
        paged: list[str] = []
        cursor, added = None, 120
        while True:
            page = ledger.views().search("أعلن أو قال أو نفى", cursor=cursor, limit=7)
            assert page.total == len(whole)
            paged += [hit.id for hit in page.hits]
            writer.add_many([samples.generated(added + i) for i in range(5)])
            cursor, added = page.next, added + 5
            if cursor is None:
                break
    assert paged == whole


@pytest.mark.parametrize("cursor", ["", "x", "W10", "!!!", "WzFd"])
def test_a_wrong_cursor_is_refused(filled: Ledger, cursor: str) -> None:
    with pytest.raises(UsageError):
        filled.views().search("جسر", cursor=cursor)


def test_facets_count_articles(filled: Ledger) -> None:
    views = filled.views()
    assert [(c.value, c.count) for c in views.facets("outlet")] == [("أخبار السهل", 2), ("صوت الوادي", 2)]
    assert [(c.value, c.count) for c in views.facets("act", "جسر")] == [("confirm", 1), ("deny", 1), ("state", 1)]
    assert [(c.value, c.count) for c in views.facets("month")] == [("2024-03", 2), ("2024-06", 1)]
    assert [(c.value, c.count) for c in views.facets("place", "act:deny")] == [("السهل", 1)]
    assert [c.value for c in views.facets("party", most=1)] == ["بلدية السهل"]
    with pytest.raises(UsageError):
        views.facets("mood")


def test_both_stores_answer_alike(tmp_path: Path, new_database: Callable[[], str]) -> None:
    ledgers = [open_ledger(tmp_path / "l.db"), open_ledger(new_database())]
    queries = [
        "الجسر",
        "قال -نفى",
        '"بسبب الأمطار"',
        "أعلنت صيانة",
        "speaker:القطار",
        'outlet:"جريدة 3" السد',
        "after:2024-06 عمل",
        "مطر أو وزارة",
    ]
    answers = []
    for ledger in ledgers:
        with ledger.writer("desk") as writer:
            readings = [samples.generated(i) for i in range(300)]
            writer.add_many(readings)
            writer.put_trace(Trace(tuple(readings), (), ()))
        views = ledger.views()
        found = [views.search(query, limit=50) for query in queries]
        answers.append(
            (found, [views.facets(by, "الجسر") for by in ("outlet", "month", "speaker")], views.outlets(), views.totals())
        )
        ledger.close()
    assert answers[0] == answers[1]
    assert all(page.total for page in answers[0][0])
