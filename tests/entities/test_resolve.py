"""The stage's one call, on an invented article."""

from __future__ import annotations

from takhrij.entities import resolve
from takhrij.records import Article, Attribution, DateMention, NumberMention, PlaceMention, Span
from takhrij.text.tokens import tokenize

TEXT = (
    "بدء الحصاد في وادي السنديان\n"
    "قال رئيس جمعية أصدقاء النهر المهندس سامي الحداد أمس إن 400 متطوع وصلوا إلى مدينة تعز.\n"
    "وأضاف الحداد أن المتطوعين سيغادرون إلى عدن الأحد المقبل. وأكد مصدر محلي الخبر.\n"
    "شارك الخبر في القاهرة"
)
ARTICLE = Article("a", TEXT, date="2015-07-24", outlet="okaz", skip=(Span(TEXT.index("شارك"), len(TEXT)),))


def said(word: str, speaker: str | None, source: str | None = None) -> Attribution:
    at = TEXT.index(word)
    span = Span(TEXT.index(source), TEXT.index(source) + len(source)) if source else None
    return Attribution(Span(at, at + len(word)), (), "state", speaker=speaker, source=span, why=("cue",))


def test_parties_and_mentions_of_an_article() -> None:
    full = "رئيس جمعية أصدقاء النهر المهندس سامي الحداد"
    attributions = [said("قال", full), said("وأضاف", full), said("وأكد", "مصدر محلي"), said("وأكد", None)]
    filled, mentions = resolve(ARTICLE, attributions)
    assert [a.party.name if a.party else None for a in filled] == [
        "جمعية أصدقاء النهر",
        "جمعية أصدقاء النهر",
        "مصدر محلي",
        None,
    ]
    assert filled[0].actor == filled[1].actor
    assert filled[0].why[0] == "cue"
    assert len(filled[0].why) > 1
    assert filled[3] == attributions[3]
    places = [m.name for m in mentions if isinstance(m, PlaceMention)]
    assert places[-2:] == ["Taiz", "Aden"]
    assert [m.start for m in mentions if isinstance(m, DateMention)] == ["2015-07-23", "2015-07-26"]
    assert [(m.value, m.counted) for m in mentions if isinstance(m, NumberMention)] == [(400, "متطوع")]
    assert list(mentions) == sorted(mentions, key=lambda m: m.span)


def test_a_surname_gets_the_office_beside_the_full_name() -> None:
    filled, _ = resolve(ARTICLE, [said("وأضاف", "سامي الحداد")])
    assert filled[0].party
    assert filled[0].party.name == "جمعية أصدقاء النهر"


def test_names_of_one_person_share_an_actor() -> None:
    article = Article("b", "قالت الكاتبة منى علي الشامي. وأضافت الشامي. وقال سامي نور")
    attributions = [
        Attribution(Span(0, 4), (), "state", speaker=name) for name in ("الكاتبة منى علي الشامي", "منى الشامي", "سامي نور")
    ]
    filled, _ = resolve(article, attributions)
    assert filled[0].actor == filled[1].actor != filled[2].actor


def test_a_source_stands_in_for_a_missing_speaker() -> None:
    filled, _ = resolve(ARTICLE, [said("وأكد", None, "مصدر محلي")])
    assert filled[0].party
    assert filled[0].party.kind == "unnamed"


def test_tokens_made_before_give_the_same() -> None:
    attributions = [said("قال", "سامي الحداد")]
    assert resolve(ARTICLE, attributions) == resolve(ARTICLE, attributions, tokens=tokenize(TEXT))


def test_an_empty_text() -> None:
    assert resolve(Article("e", ""), []) == ((), ())


def test_a_class_word_elsewhere_in_the_article_tells_what_a_name_is() -> None:
    text = "طرحت شركة نجوم كولا شرابا جديدا.\nوقالت نجوم كولا إن الطلب زاد"
    at = text.index("وقالت")
    said_by = Attribution(Span(at, at + 5), (), "state", speaker="نجوم كولا")
    [found], _ = resolve(Article("a", text, outlet="okaz"), [said_by])
    assert found.party is not None
    assert (found.party.name, found.party.kind) == ("شركة نجوم كولا", "company")
