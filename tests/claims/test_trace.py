"""From readings to claims, origins and denials."""

from __future__ import annotations

import random
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from takhrij.claims import trace
from takhrij.claims.chains import chain
from takhrij.claims.join import bridged, groups
from takhrij.records import Article, Attribution, Claim, CopySet, Party, Reading, Span

CLOSED = "أن الجسر الشرقي سيغلق أمام الشاحنات ثلاثة أيام لصيانة مفاصله المعدنية"
HARVEST = "أن محصول الزيتون في الوادي بلغ أربعة آلاف طن هذا الموسم"
Build = Callable[..., Reading]


def said(text: str, cue: str, speaker: str, content: str, party: Party, **more: object) -> Attribution:
    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    return Attribution(
        cue=span(cue), content=(span(content),), act=more.pop("act", "state"), speaker=speaker, party=party, **more  # type: ignore[arg-type]
    )  # fmt: skip


def stated(name: str, speaker: str, party: Party, content: str = CLOSED, verb: str = "أعلن", **more: object) -> Reading:
    facts = {key: more.pop(key) for key in ("date", "outlet", "credit") if key in more}
    text = f"خبر قصير من المدينة\n{verb} {speaker} {content}."
    return Reading(Article(id=name, text=text, **facts), (said(text, verb, speaker, content, party, **more),))  # type: ignore[arg-type]


BRIDGES = Party("هيئة الجسور", "state_body", "XA")
TRAFFIC = Party("إدارة المرور", "state_body", "XA")
DRIVERS = Party("نقابة السائقين", "ngo")
UNNAMED = Party("مصادر في النقل", "unnamed")


def of_bridge(claims: tuple[Claim, ...]) -> Claim:
    return next(claim for claim in claims if "الجسر" in claim.text)


def test_one_body_in_three_outlets_is_one_origin() -> None:
    readings = [stated(key, "هيئة الجسور", BRIDGES, outlet=f"صحيفة {key}") for key in "abc"]
    claim = of_bridge(trace(readings, ()))
    assert (claim.origins.min, claim.origins.max) == (1, 1)
    assert claim.outlets == 3
    assert {report.article for report in claim.reports} == {"a", "b", "c"}
    assert claim.text in readings[0].article.text


def test_two_organs_of_one_state_count_once_in_the_minimum() -> None:
    readings = [stated("a", "هيئة الجسور", BRIDGES), stated("b", "إدارة المرور", TRAFFIC)]
    origins = of_bridge(trace(readings, ())).origins
    assert (origins.min, origins.max) == (1, 2)
    assert all(party.why and party.why_ar for party in origins.parties)


def test_an_unnamed_source_counts_in_the_maximum_only() -> None:
    readings = [stated("a", "هيئة الجسور", BRIDGES), stated("b", "مصادر في النقل", UNNAMED)]
    origins = of_bridge(trace(readings, ())).origins
    assert (origins.min, origins.max) == (1, 2)
    assert {party.name: party.named for party in origins.parties} == {"هيئة الجسور": True, "مصادر في النقل": False}


def test_hearsay_is_marked_as_told_by_its_teller() -> None:
    text = f"خبر قصير\nقالت نقابة السائقين إن هيئة الجسور أعلنت {CLOSED}."
    outer = f"إن هيئة الجسور أعلنت {CLOSED}"
    reading = Reading(
        Article(id="a", text=text),
        (
            said(text, "قالت", "نقابة السائقين", outer, DRIVERS),
            said(text, "أعلنت", "هيئة الجسور", CLOSED, BRIDGES, parent=0),
        ),
    )
    parties = {p.name: p for claim in trace([reading], ()) for p in claim.origins.parties}
    assert parties["هيئة الجسور"].as_told_by == "نقابة السائقين"
    assert not parties["هيئة الجسور"].in_min


def test_a_copied_text_without_a_source_counts_once_in_the_maximum() -> None:
    text = "حركة السير\nأغلق الجسر الشرقي أمام الشاحنات ثلاثة أيام لصيانة مفاصله المعدنية القديمة."
    readings = [Reading(Article(id=key, text=text)) for key in "ab"]
    claim = of_bridge(trace(readings, [CopySet(("a", "b"))]))
    assert (claim.origins.min, claim.origins.max) == (0, 1)
    assert claim.unattributed == 2
    assert all(report.attribution is None for report in claim.reports)


def test_a_denial_stands_beside_the_claim_and_is_no_report_of_it() -> None:
    denial = stated("d", "نقابة السائقين", DRIVERS, verb="نفت", act="deny", polarity="denied")
    claims = trace([stated("a", "هيئة الجسور", BRIDGES), stated("b", "هيئة الجسور", BRIDGES), denial], ())
    claim = of_bridge(claims)
    assert [d.party for d in claim.denials] == ["نقابة السائقين"]
    assert "d" not in {report.article for report in claim.reports}
    assert "denial" in {event.kind for event in claim.events}


def test_strangers_are_not_joined() -> None:
    claims = trace([stated("a", "هيئة الجسور", BRIDGES), stated("b", "نقابة السائقين", DRIVERS, HARVEST)], ())
    assert all(len({report.article for report in claim.reports}) == 1 for claim in claims)


def test_the_chain_runs_from_the_outlet_to_the_speaker() -> None:
    text = f"خبر\nنقلت وكالة الضفة عن هيئة الجسور قولها {CLOSED}."
    agency = said(text, "نقلت", "وكالة الضفة", f"قولها {CLOSED}", Party("وكالة الضفة", "media"))
    inner = said(text, "قولها", "هيئة الجسور", CLOSED, BRIDGES, parent=0)
    reading = Reading(Article(id="a", text=text, outlet="صحيفة المرسى", credit="وكالات"), (agency, inner))
    links = [(link.kind, link.name) for link in chain(reading, 1)]
    assert links == [("outlet", "صحيفة المرسى"), ("agency", "وكالات"), ("agency", "وكالة الضفة"), ("speaker", "هيئة الجسور")]


def test_events_tell_the_first_report_and_another_number() -> None:
    later = HARVEST.replace("أربعة", "خمسة")
    readings = [
        stated("a", "نقابة السائقين", DRIVERS, HARVEST, date="2024-03-01"),
        stated("b", "نقابة السائقين", DRIVERS, HARVEST, date="2024-03-02"),
        stated("c", "نقابة السائقين", DRIVERS, later, date="2024-03-05"),
    ]
    events = [event for claim in trace(readings, ()) for event in claim.events if event.kind == "first_report"]
    assert min(event.date or "" for event in events) == "2024-03-01"


def test_nothing_gives_nothing() -> None:
    assert trace([], ()) == ()


THINGS = ["الجسر الشرقي", "السوق القديم", "مستشفى الرازي", "محطة القطار", "سد الوادي", "مكتبة الضفة"]
DEEDS = [
    "سيغلق أبوابه أسبوعاً كاملاً للصيانة",
    "استقبل ألف زائر خلال العيد",
    "تضرر جراء السيول الأخيرة",
    "سيفتتح قسماً جديداً في الخريف",
]
SPEAKERS = [("هيئة الجسور", BRIDGES), ("إدارة المرور", TRAFFIC), ("نقابة السائقين", DRIVERS), ("مصادر في النقل", UNNAMED)]


@given(st.integers(0, 10_000))
@settings(max_examples=5, deadline=None)
def test_the_order_of_articles_does_not_matter(seed: int) -> None:
    pick = random.Random(seed)
    readings = []
    for number in range(12):
        speaker, party = pick.choice(SPEAKERS)
        content = f"أن {pick.choice(THINGS)} {pick.choice(DEEDS)}"
        readings.append(stated(f"a{number:02d}", speaker, party, content, date=f"2024-03-{pick.randint(1, 28):02d}"))
    shuffled = pick.sample(readings, len(readings))
    assert trace(readings, ()) == trace(shuffled, ())


@given(st.dictionaries(st.tuples(st.integers(0, 8), st.integers(0, 8)), st.floats(0, 1), max_size=30))
def test_groups_part_all_positions(given_scores: dict[tuple[int, int], float]) -> None:
    scores = {(min(p), max(p)): s for p, s in given_scores.items() if p[0] != p[1]}
    found = groups(9, scores, 0.5)
    assert sorted(i for group in found for i in group) == list(range(9))


@given(
    st.dictionaries(st.tuples(st.integers(0, 8), st.integers(0, 8)), st.floats(0, 1), max_size=30),
    st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=4),
)
def test_bridged_groups_part_all_positions_and_hold_no_contradiction(
    given_scores: dict[tuple[int, int], float], given_apart: set[tuple[int, int]]
) -> None:
    scores = {(min(p), max(p)): s for p, s in given_scores.items() if p[0] != p[1]}
    apart = {(min(p), max(p)) for p in given_apart if p[0] != p[1]}
    found = bridged([[i] for i in range(9)], scores, apart, 0.5)
    assert sorted(i for group in found for i in group) == list(range(9))
    assert not any(a in group and b in group for group in found for a, b in apart)


def test_a_second_party_with_the_same_words_and_a_reason_of_its_own_is_joined() -> None:
    longer = f"{CLOSED}، استنادا إلى كشف أجراه أعضاؤها في الموقع قبل يومين بأجهزتهم"
    readings = [stated(key, "هيئة الجسور", BRIDGES) for key in "ab"]
    claim = of_bridge(trace([*readings, stated("c", "نقابة السائقين", DRIVERS, longer)], ()))
    assert {report.article for report in claim.reports} == {"a", "b", "c"}
    assert (claim.origins.min, claim.origins.max) == (2, 2)


def test_two_who_speak_as_one_count_as_the_two() -> None:
    both = Party("هيئة الجسور ونقابة", "state_body", "XA")
    readings = [
        stated("a", "هيئة الجسور", BRIDGES),
        stated("b", "هيئة الجسور ونقابة السائقين", both),
        stated("c", "نقابة السائقين", DRIVERS, HARVEST),
    ]
    origins = of_bridge(trace(readings, ())).origins
    assert (origins.min, origins.max) == (2, 2)
    assert {party.name for party in origins.parties} == {"هيئة الجسور", "نقابة السائقين"}


def test_a_paper_that_passes_it_on_is_no_origin() -> None:
    paper = Party("جريدة المرسى", "person")
    claim = of_bridge(trace([stated("a", "هيئة الجسور", BRIDGES), stated("b", "جريدة المرسى", paper)], ()))
    assert [party.name for party in claim.origins.parties] == ["هيئة الجسور"]


def test_an_outlet_named_as_speaker_is_no_origin() -> None:
    outlet = Party("المرسى", "other")
    readings = [stated("a", "هيئة الجسور", BRIDGES), stated("b", "المرسى", outlet, outlet="المرسى")]
    assert [party.name for party in of_bridge(trace(readings, ())).origins.parties] == ["هيئة الجسور"]


def test_a_short_denial_goes_with_the_claim_that_the_party_denies_elsewhere() -> None:
    told = "أن يكون الجسر الشرقي سيغلق أمام الشاحنات ثلاثة أيام"
    text = f"خبر قصير\nأعلنت هيئة الجسور {CLOSED}، بينما نفت نقابة السائقين حدوث أي إغلاق."
    mixed = Reading(
        Article(id="c", text=text),
        (
            said(text, "أعلنت", "هيئة الجسور", CLOSED, BRIDGES),
            said(text, "نفت", "نقابة السائقين", "حدوث أي إغلاق", DRIVERS, act="deny", polarity="denied"),
        ),
    )
    denial = stated("b", "نقابة السائقين", DRIVERS, told, verb="نفت", act="deny", polarity="denied")
    claim = of_bridge(trace([stated("a", "هيئة الجسور", BRIDGES), denial, mixed], ()))
    assert [(d.party, d.scope, d.article) for d in claim.denials] == [
        ("نقابة السائقين", "whole", "b"), ("نقابة السائقين", "whole", "c"),
    ]  # fmt: skip


def test_a_correction_takes_back_the_outlets_own_report() -> None:
    text = f"الجسر الشرقي يغلق ثلاثة أيام\nتقرر {CLOSED.removeprefix('أن ')}."
    notice = f"تصويب: الجسر الشرقي باق كما هو\nنشرنا أمس {CLOSED}، ثم تبين لنا أن ذلك غير مؤكد. لذلك نسحب الخبر ونعتذر للقراء."
    readings = [
        Reading(Article(id="a", text=text, outlet="المرسى", date="2024-03-01")),
        stated("b", "هيئة الجسور", BRIDGES, outlet="الضفة", date="2024-03-01"),
        Reading(Article(id="c", text=notice, outlet="المرسى", date="2024-03-03")),
    ]
    claim = of_bridge(trace(readings, ()))
    assert [(e.article, e.date) for e in claim.events if e.kind == "retraction"] == [("c", "2024-03-03")]
    assert "c" not in {report.article for report in claim.reports}


def test_a_text_without_a_source_beside_a_named_party_counts_in_the_maximum() -> None:
    text = f"الجسر الشرقي يغلق ثلاثة أيام\nتقرر {CLOSED.removeprefix('أن ')}."
    bare = Reading(Article(id="b", text=text, outlet="المرسى"))
    origins = of_bridge(trace([stated("a", "هيئة الجسور", BRIDGES), bare], ())).origins
    assert (origins.min, origins.max) == (1, 2)
    assert {(party.name, party.named) for party in origins.parties} == {("هيئة الجسور", True), ("المرسى", False)}


def denied(name: str, speaker: str, party: Party, content: str = CLOSED, **more: object) -> Reading:
    return stated(name, speaker, party, content, verb="نفت", act="deny", polarity="denied", **more)


def test_a_source_in_a_body_denies_for_the_body_that_denies_too() -> None:
    source = Party("مصدر مسؤول بنقابة السائقين", "unnamed")
    readings = [
        *(stated(key, "هيئة الجسور", BRIDGES) for key in "ab"),
        denied("c", "نقابة السائقين", DRIVERS),
        denied("d", "مصدر مسؤول بنقابة السائقين", source),
    ]
    claim = of_bridge(trace(readings, ()))
    assert [(d.party, d.article) for d in claim.denials] == [("نقابة السائقين", "c"), ("نقابة السائقين", "d")]


def test_a_state_at_large_denies_through_its_organ() -> None:
    government = Party("الحكومة", "state_body", "XA")
    readings = [
        *(stated(key, "نقابة السائقين", DRIVERS) for key in "ab"),
        denied("c", "الحكومة", government),
        denied("d", "إدارة المرور", TRAFFIC),
    ]
    assert {d.party for d in of_bridge(trace(readings, ())).denials} == {"إدارة المرور"}


def test_a_person_is_shown_with_the_party_he_denies_for() -> None:
    readings = [*(stated(key, "نقابة السائقين", DRIVERS) for key in "ab"), denied("c", "المهندس سامي القطان", TRAFFIC)]
    assert [d.party for d in of_bridge(trace(readings, ())).denials] == ["إدارة المرور (المهندس سامي القطان)"]


def test_who_says_the_same_with_a_not_denies_it() -> None:
    told, against = "أن صندوق السائقين يتحمل ثمن مياه المحطة", "صندوق السائقين لا يتحمل ثمن مياه المحطة"
    readings = [
        *(stated(key, "هيئة الجسور", BRIDGES, told) for key in "ab"),
        stated("c", "نقابة السائقين", DRIVERS, against),
    ]
    claims = trace(readings, ())
    claim = next(claim for claim in claims if {report.article for report in claim.reports} == {"a", "b"})
    assert [(d.party, d.article) for d in claim.denials] == [("نقابة السائقين", "c")]
    assert {s.polarity for s in claim.statements if s.party == "نقابة السائقين"} == {"denied"}
    assert all("c" not in {report.article for report in other.reports} for other in claims)


def test_a_denial_that_only_points_at_words_is_of_nothing_known() -> None:
    readings = [stated(key, "هيئة الجسور", BRIDGES) for key in "ab"]
    claims = trace([*readings, denied("c", "نقابة السائقين", DRIVERS, "تصريحات هيئة الجسور")], ())
    assert not any(claim.denials for claim in claims if not claim.reports)


def test_one_person_with_an_office_here_and_without_it_there_is_one_origin() -> None:
    alone = Party("سامي محمد البرقوقاوي", "person", "XA")
    readings = [
        stated("a", "مدير المرور سامي البرقوقاوي", TRAFFIC),
        stated("b", "سامي محمد البرقوقاوي", alone),
    ]
    origins = of_bridge(trace(readings, ())).origins
    assert (origins.min, origins.max) == (1, 1)


def test_a_reporter_who_tells_what_he_saw_is_an_origin() -> None:
    text = "الجسر الشرقي يغلق\nأغلق الجسر الشرقي أمام الشاحنات ثلاثة أيام لصيانة مفاصله المعدنية القديمة.\nورأى مراسلنا رافعة."
    seen = said(text, "ورأى", "مراسلنا", "رافعة", Party("مراسلنا", "media"))
    other = Reading(Article(id="b", text=text.rsplit("\n", 1)[0]))
    origins = of_bridge(trace([Reading(Article(id="a", text=text), (seen,)), other], ())).origins
    assert [(party.name, party.in_min) for party in origins.parties] == [("مراسلنا", True)]


def test_a_text_of_the_party_that_says_the_same_is_no_second_origin() -> None:
    text = f"خبر\nأعلنت هيئة الجسور وفق قياسات أجرتها {CLOSED}."
    measured = said(text, "وفق", "قياسات أجرتها", CLOSED, Party("قياسات أجرتها", "document"))
    reading = Reading(Article(id="a", text=text), (said(text, "أعلنت", "هيئة الجسور", CLOSED, BRIDGES), measured))
    origins = of_bridge(trace([reading, stated("b", "هيئة الجسور", BRIDGES)], ())).origins
    assert [party.name for party in origins.parties] == ["هيئة الجسور"]


def test_the_same_is_said_of_two_events_months_apart() -> None:
    again = CLOSED.replace("ثلاثة أيام", "أسبوعا كاملا")
    readings = [
        stated("a", "هيئة الجسور", BRIDGES, date="2024-03-01"),
        stated("b", "هيئة الجسور", BRIDGES, again, date="2024-09-01"),
        stated("c", "هيئة الجسور", BRIDGES, date="2024-09-02"),
    ]
    claims = trace(readings, ())
    assert {report.article for report in of_bridge(claims).reports} == {"a", "c"}, "in the same words it goes round again"


def test_who_is_quoted_within_words_that_the_party_says_itself_counts_no_more() -> None:
    text = f"خبر\nقالت نقابة السائقين إن هيئة الجسور أعلنت {CLOSED}."
    nested = Reading(
        Article(id="n", text=text),
        (
            said(text, "قالت", "نقابة السائقين", f"إن هيئة الجسور أعلنت {CLOSED}", DRIVERS),
            said(text, "أعلنت", "هيئة الجسور", CLOSED, BRIDGES, parent=0),
        ),
    )
    readings = [nested, *(stated(key, "نقابة السائقين", DRIVERS) for key in "abc")]
    origins = of_bridge(trace(readings, ())).origins
    assert (origins.min, origins.max) == (1, 1)
    assert {party.name: party.in_max for party in origins.parties} == {"نقابة السائقين": True, "هيئة الجسور": False}


def test_a_line_that_points_to_the_first_print_is_no_report() -> None:
    text = f"خبر\nرابط الخبر بصحيفة المرسى: {CLOSED.removeprefix('أن ')}"
    assert trace([Reading(Article(id=key, text=text)) for key in "ab"], ()) == ()


def test_a_body_is_shown_by_its_name_whatever_was_taken_along() -> None:
    readings = [*(stated(key, "نقابة السائقين", DRIVERS) for key in "ab"), denied("c", "إدارة المرور الشيخ سامي", TRAFFIC)]
    assert [d.party for d in of_bridge(trace(readings, ())).denials] == ["إدارة المرور"]
