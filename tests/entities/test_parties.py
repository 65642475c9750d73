"""From a speaker's name to its party. States and their bodies are real, the people invented."""

from __future__ import annotations

import pytest

from takhrij.entities.actors import actors
from takhrij.records import Article

SAUDI = Article("s", "قال المتحدث إن الحصاد بدأ", outlet="okaz", date="2015-07-24")
EGYPTIAN = Article("e", "قال المتحدث إن الحصاد بدأ", outlet="shorouknews", date="2013-02-02")
PLAIN = Article("p", "قال المتحدث إن الحصاد بدأ", date="2015-07-24")


def party(name: str, article: Article = SAUDI) -> tuple[str, str, str | None]:
    _, found = actors().party_of(name, article)
    return found.name, found.kind, found.country


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("وزير الخارجية الروسي", ("وزارة الخارجية الروسية", "state_body", "RU")),
        ("وزير خارجية فرنسا", ("وزارة الخارجية الفرنسية", "state_body", "FR")),
        ("الخارجية المصرية", ("وزارة الخارجية المصرية", "state_body", "EG")),
        ("المتحدث الرسمي باسم وزارة الزراعة المصرية السفير سامي الجندي", ("وزارة الزراعة المصرية", "state_body", "EG")),
        ("نائب وزير الزراعة الأردني سامي الجندي", ("وزارة الزراعة الأردنية", "state_body", "JO")),
        ("وكيل وزارة الصحة", ("وزارة الصحة السعودية", "state_body", "SA")),
        ("رئيس الوزراء الإيطالي", ("رئاسة الوزراء الإيطالية", "state_body", "IT")),
        ("الرئيس الفرنسي", ("الرئاسة الفرنسية", "state_body", "FR")),
        ("مصر", ("الحكومة المصرية", "state_body", "EG")),
        ('الولايات المتحدة "بأشد العبارات"', ("الحكومة الأمريكية", "state_body", "US")),
        ("موسكو", ("الحكومة الروسية", "state_body", "RU")),
        ("الجانب الكوري الجنوبي", ("الحكومة الكورية الجنوبية", "state_body", "KR")),
        ("السفير الأردني", ("سفارة الأردن", "state_body", "JO")),
        ("أمير منطقة الباحة", ("إمارة منطقة الباحة", "state_body", "SA")),
        ("محافظ وادي السنديان", ("محافظة وادي السنديان", "state_body", "SA")),
        ("رئيس بلدية وسط المدينة المهندس فهد بن سعد", ("بلدية وسط المدينة", "state_body", "SA")),
        ("عمدة مدينة لندن", ("بلدية لندن", "state_body", "GB")),
        ("مدير شرطة البصرة", ("شرطة البصرة", "state_body", "IQ")),
        ("كاتب عام نقابة السنديان", ("نقابة السنديان", "ngo", "SA")),
        ("مدير شركة مياه الوادي سامي الحداد", ("شركة مياه الوادي", "company", "SA")),
        ("رئيس جمعية أصدقاء النهر الأستاذ رائد", ("جمعية أصدقاء النهر", "ngo", "SA")),
        ("رئيس حزب السنديان", ("حزب السنديان", "party_political", "SA")),
        ("رئيس نادي السنديان سامي الحداد", ("نادي السنديان", "other", "SA")),
        ("عضو لجنة المسابقات باتحاد السباحة", ("اتحاد السباحة", "ngo", "SA")),
        ("رئيس تحرير صحيفة السنديان", ("صحيفة السنديان", "media", "SA")),
        ("الرئيس العام لرعاية الأنهار", ("الرئاسة العامة لرعاية الأنهار", "state_body", "SA")),
        ("الرئيس التنفيذي لشركة مياه الوادي", ("شركة مياه الوادي", "company", "SA")),
        ("الأمين العام للجامعة العربية", ("جامعة الدول العربية", "intergovernmental", None)),
        ("المبعوث الأممي", ("الأمم المتحدة", "intergovernmental", None)),
        ("مندوب الأردن الدائم لدى الأمم المتحدة", ("الحكومة الأردنية", "state_body", "JO")),
        ("مصدر في وزارة الزراعة", ("وزارة الزراعة السعودية", "state_body", "SA")),
        ("قيادي في حركة حماس", ("حماس", "party_political", "PS")),
    ],
)
def test_offices_and_bodies(name: str, expected: tuple[str, str, str | None]) -> None:
    found = party(name)
    assert found[1:] == expected[1:]
    assert found[0] == expected[0] or expected[0] in found[0]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("سامي الحداد", "person"),
        ("الإعلامي سامي الحداد مدير قناة السنديان", "person"),
        ("المدرب البرازيلي جوزيه كاردوزو", "person"),
        ("وزير الزراعة الأسبق سامي الحداد", "person"),
        ("المواطن سامي الحداد", "person"),
        ("الخبير الزراعي سامي الحداد", "expert"),
        ("أستاذ علوم المياه بجامعة السنديان سامي الحداد", "expert"),
        ("مصادر مطلعة", "unnamed"),
        ("مسؤول محلي", "unnamed"),
        ("مراقبون", "unnamed"),
        ("أحد شهود العيان", "unnamed"),
        ("المزارعون", "crowd"),
        ("عدد من المصلين", "crowd"),
        ("المهندسون السعوديون", "crowd"),
        ("23 مزارعا", "crowd"),
        ("دراسة حديثة", "document"),
        ("التقرير", "document"),
        ("السباق الطويل المحموم", "other"),
    ],
)
def test_people_sources_and_things(name: str, kind: str) -> None:
    assert party(name)[1] == kind


def test_a_persons_name_is_left_without_titles() -> None:
    assert party("الداعية البحريني الدكتور سامي الحداد") == ("سامي الحداد", "person", "BH")
    assert party("الشاعر الغنائي المعروف سامي الحداد")[0] == "سامي الحداد"


def test_a_ministry_without_nationality_is_of_the_country_the_article_is_about() -> None:
    assert party("وزير الزراعة", SAUDI)[2] == "SA"
    assert party("وزير الزراعة", EGYPTIAN) == ("وزارة الزراعة المصرية", "state_body", "EG")
    abroad = Article(
        "x", "زار الوفد تونس. وقال وزير الزراعة التونسي في تونس إن الموسم التونسي جيد، بحسب وكالة تونسية", outlet="okaz"
    )
    assert party("وزير الزراعة", abroad)[2] == "TN"
    assert party("وزير الزراعة", PLAIN)[2] is None


def test_the_articles_spelling_of_a_nationality_is_kept() -> None:
    article = Article("a", "قالت الوزارة الأميركية إن الجسر جاهز")
    assert party("وزير الزراعة الأميركي", article)[0] == "وزارة الزراعة الأميركية"
    first = actors().party_of("وزير الزراعة الأميركي", article)[0]
    assert first == actors().party_of("وزير الزراعة الأمريكي", PLAIN)[0]


def test_a_short_form_is_read_by_the_full_one_in_the_article() -> None:
    article = Article("a", "أعلنت جمعية أصدقاء النهر الموسم. وقالت الجمعية إن المتطوعين كثر", outlet="okaz")
    assert party("الجمعية", article)[0] == "جمعية أصدقاء النهر"


def test_office_depends_on_the_day() -> None:
    before = Article("a", "قال كيري", date="2012-05-01")
    within = Article("b", "قال كيري", date="2015-05-01")
    assert party("جون كيري", before)[1] == "person"
    assert party("جون كيري", within) == ("وزارة الخارجية الأمريكية", "state_body", "US")


def test_ids_are_stable_and_apart() -> None:
    one = actors().party_of("المتحدث باسم وزارة الداخلية المصرية", SAUDI)[0]
    assert one == actors().party_of("وزير الداخلية المصري", PLAIN)[0]
    assert one != actors().party_of("وزير الداخلية السعودي", PLAIN)[0]


@pytest.mark.parametrize("name", ["", " ", "«»", "،", "ـ", "و", "12", "الـ", "a@b.c"])
def test_odd_names_still_give_a_party(name: str) -> None:
    actor, found = actors().party_of(name, PLAIN)
    assert actor
    assert found.kind


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("لاعب وسط نادي السنديان سامي الحداد", ("نادي السنديان", "other", "SA")),
        ("المدرب البرتغالي روكي مدرب نادي السنديان", ("نادي السنديان", "other", "SA")),
        ("مكتب رئيس الوزراء التركي", ("رئاسة الوزراء التركية", "state_body", "TR")),
        ("رئيس هيئة الطرق في اليمن", ("هيئة الطرق اليمنية", "state_body", "YE")),
        ("نقيب الصيادين سامي الحداد", ("نقابة الصيادين", "ngo", "SA")),
        ("مساعد رئيس الجمهورية المصرية للعلاقات الخارجية", ("الرئاسة المصرية", "state_body", "EG")),
        ("مدير العلاقات العامة ببلدية السنديان سامي الحداد", ("بلدية السنديان", "state_body", "SA")),
        ("المتحدث باسم مجلس السنديان بشكل رسمي", ("مجلس السنديان", "state_body", "SA")),
        ("سامي الحداد وهو محلل سياسي", ("سامي الحداد", "expert", "SA")),
        ("كافة الصيادين", ("كافة الصيادين", "crowd", None)),
        ("دول الشمال", ("دول الشمال", "state_body", None)),
        ("شبكة رويترز الإخبارية", ("رويترز", "media", "GB")),
        ("الوزراء", ("مجلس الوزراء السعودي", "state_body", "SA")),
    ],
)
def test_the_body_behind_an_office_a_club_a_part(name: str, expected: tuple[str, str, str | None]) -> None:
    assert party(name) == expected


def test_an_outlet_of_another_country_is_not_the_known_one() -> None:
    assert party("صحيفة الوطن السورية") == ("صحيفة الوطن السورية", "media", "SY")


def test_a_known_body_at_the_head_of_a_name_is_who_speaks() -> None:
    assert party("الأزهر الشريف الدكتور سامي الحداد", EGYPTIAN) == ("الأزهر", "state_body", "EG")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("وزير الزراعة ـ يحفظه الله ـ", ("وزارة الزراعة السعودية", "state_body", "SA")),
        ('الولايات المتحدة "بأشد العبارات', ("الحكومة الأمريكية", "state_body", "US")),
        ("رئيس هيئة الأركان اليمني", ("هيئة الأركان العامة اليمنية", "state_body", "YE")),
        ("المدير العام للتعليم في المنطقة", ("الإدارة العامة للتعليم", "state_body", "SA")),
    ],
)
def test_prayers_loose_quotes_and_general_directors(name: str, expected: tuple[str, str, str | None]) -> None:
    assert party(name) == expected


def test_the_administration_is_the_government() -> None:
    assert actors().party_of("الإدارة الأميركية", PLAIN)[0] == actors().party_of("الولايات المتحدة", PLAIN)[0]


def test_both_sides_are_the_two_states_that_the_article_speaks_of() -> None:
    signed = "وقع الوزير الأردني والوزير المصري الاتفاق، وقال الجانبان إن العمل يبدأ في عمان والقاهرة."
    text = "الأردن ومصر تتفقان على سكة حديد\n" + signed
    assert party("الجانبان", Article("b", text, date="2015-07-24"))[1:] == ("state_body", None)
    assert set(party("الطرفان", Article("b", text, date="2015-07-24"))[0].replace(" و", " ").split()) == {"الأردن", "مصر"}


def test_both_sides_of_no_states_are_nobody_known() -> None:
    assert party("الجانبان", PLAIN) == ("الجانبان", "other", None)
