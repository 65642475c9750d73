"""Names that shorten one another, and those that must not be taken for one."""

from __future__ import annotations

from bisect import bisect_right

import pytest

from takhrij.attribution.agreement import Agreement, of_name
from takhrij.attribution.names import same_name, spoken_name
from takhrij.attribution.speakers import Draft, Resolver
from takhrij.attribution.view import view
from takhrij.text.tokens import tokenize


def words(name: str) -> list[str]:
    return [f for f in tokenize(name).forms if f.isalnum()]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("وزارة المياه", "الوزارة"),
        ("المهندس سامر الكراز مدير هيئة المياه", "الكراز"),
        ("المهندس سامر الكراز", "سامر الكراز"),
        ("وزير الزراعة الدكتور نبيل السنديان", "الوزير"),
        ("جمعية مزارعي الزعفران", "الجمعية"),
        ("الهيئة العامة للطرق السريعة", "الطرق السريعة"),
        ("حزب السنابل", "السنابل"),
        ("عبد المقصود", "صلاح عبدالمقصود وزير الري"),
        ("نبيل السنديان وزير الزراعة", "الوزير"),
        ("مدير إدارة الري بمصلحة المياه العقيد محمد الكراز", "الكراز"),
        ("رئيس شركة أنوال السعودية خالد السنديان", "السنديان"),
    ],
)
def test_a_short_form_is_the_one_it_shortens(one: str, other: str) -> None:
    assert same_name(words(one), words(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("وزير الزراعة", "وزارة المياه"),
        ("سامر الكراز", "نبيل السنديان"),
        ("مدير هيئة المياه", "الجمعية"),
        ("مصادر مطلعة", "مصادر طبية"),
        ("مدير العلاقات بالمديرية العامة للحدائق العقيد محمد الكراز", "المديرية العامة للحدائق"),
        ("الأمين العام لمجلس عشائر السهل الشيخ أحمد الكراز", "عشائر السهل"),
        ("سامر الكراز، المتحدث باسم حزب السنابل الخضراء", "السنابل الخضراء"),
        ("مصدر مسؤول في حركة السنابل", "السنابل"),
        ("أحد المقربين من نبيل السنديان، رئيس الوزراء السابق", "رئيس الوزراء"),
    ],
)
def test_others_stay_others(one: str, other: str) -> None:
    assert not same_name(words(one), words(other))


@pytest.mark.parametrize(
    ("name", "gender", "number"),
    [
        ("الوزارة", "f", "s"),
        ("مصادر مطلعة", "f", "s"),
        ("خبراء المياه", "m", "p"),
        ("موسكو", "f", "s"),
        ("رئيس البلدية", "m", "s"),
    ],
)
def test_gender_and_number_of_a_name(name: str, gender: str, number: str) -> None:
    assert of_name(words(name)) == Agreement(gender, number)


def speakers(text: str, *drafts: tuple[str, str | None, str | None]) -> list[str | None]:
    """The speakers of cues given as (cue, source, medium), each the first such words in the text."""
    v = view(text)

    def tokens(part: str | None) -> tuple[int, int] | None:
        if part is None:
            return None
        at = text.index(part)
        return bisect_right(v.tokens.starts, at) - 1, bisect_right(v.tokens.starts, at + len(part) - 1) - 1

    resolver = Resolver(v)
    found = resolver.resolve(
        [
            Draft((tokens(cue) or (0, 0))[0], None, tokens(source), None, 0.0, None, medium=tokens(medium))
            for cue, source, medium in drafts
        ]
    )
    return [resolver.name(s)[0] for s in found]


def test_a_text_is_its_issuers_whom_the_medium_named() -> None:
    text = "قالت نقابة الصيادين في بيان إن البحر هائج. ورأى سامر الكراز أن الموسم انتهى. وطالب البيان بالتعويض."
    said = speakers(text, ("قالت", "نقابة الصيادين", "في بيان"), ("ورأى", "سامر الكراز", None), ("وطالب", "البيان", None))
    assert said == ["نقابة الصيادين", "سامر الكراز", "نقابة الصيادين"]


def test_a_text_is_its_issuers_whom_a_clause_names() -> None:
    text = "وبحسب القرار الذي أصدره رئيس البلدية سامر الكراز تغلق الحديقة."
    assert speakers(text, ("وبحسب", "القرار الذي أصدره رئيس البلدية سامر الكراز", None)) == ["رئيس البلدية سامر الكراز"]


def test_a_letter_is_not_by_whom_it_goes_to() -> None:
    text = "وطالبت رسالة للمحافظ بفتح الطريق."
    assert speakers(text, ("وطالبت", "رسالة للمحافظ", None)) == ["رسالة للمحافظ"]


def test_a_communique_is_its_bodys() -> None:
    text = "وحدد بلاغ لهيئة المياه موعد الضخ. ورأى بلاغ للنائب العام أن العقد باطل."
    said = speakers(text, ("وحدد", "بلاغ لهيئة المياه", None), ("ورأى", "بلاغ للنائب العام", None))
    assert said == ["هيئة المياه", "بلاغ للنائب العام"]


def test_a_relative_clause_does_not_make_a_name_fuller() -> None:
    text = "قال مدير الميناء نبيل السنديان إن الرصيف جاهز. وأضاف السنديان الذي يزور العاصمة هذا الأسبوع أن العمل مستمر."
    source = "السنديان الذي يزور العاصمة هذا الأسبوع"
    said = speakers(text, ("قال", "مدير الميناء نبيل السنديان", None), ("وأضاف", source, None))
    assert said == ["مدير الميناء نبيل السنديان"] * 2


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("و«غرفة الساحل»", "«غرفة الساحل»"),
        ("لتقرير المرصد", "تقرير المرصد"),
        ("للأمين العام", "الأمين العام"),
    ],
)
def test_what_is_written_before_a_name_is_no_part_of_it(source: str, name: str) -> None:
    assert spoken_name(source, tokenize(source).forms[0], ())[0] == name


def test_a_plural_verb_clashes_with_one_speaker() -> None:
    assert Agreement("m", "p").clashes(Agreement("m", "s"))
    assert not Agreement("", "").clashes(Agreement("f", "s"))
