"""Words in the place of others: opposites, names, exchanged phrases, and what hints at a conflict."""

from __future__ import annotations

from takhrij.claims.alignment import exchanged, in_place
from takhrij.claims.features import contents
from takhrij.claims.stems import root, stem
from takhrij.claims.words import content_words


def test_two_phrases_each_in_the_others_place() -> None:
    one = content_words("اشترت شركة تمور الوادي منافستها واحات السهل بثمانين مليونا")
    other = content_words("اشترت شركة واحات السهل منافستها تمور الوادي بثمانين مليونا")
    assert exchanged(one, other) == exchanged(other, one) == 1
    assert exchanged(one, one) == 0
    assert exchanged(one, content_words("بثمانين مليونا اشترت شركة تمور الوادي منافستها واحات السهل")) == 0


def test_opposites_and_names_in_one_place() -> None:
    assert in_place(content_words("يهبط سعر القمح"), content_words("يصعد سعر القمح"))[0] == 1
    assert in_place(content_words("افتتح مهرجان زنبقستان"), content_words("افتتح مهرجان قرطلفان"))[1] == 1
    assert in_place(content_words("يهبط سعر القمح"), content_words("يهبط سعر القمح")) == (0, 0)


def test_years_are_never_rounded_and_units_exclude_each_other() -> None:
    assert contents("يفتتح الجسر عام 2018", "يفتتح الجسر عام 2020")["numbers_over_less"] == 1
    assert contents("زار المعرض 10050 شخصا", "زار المعرض 10000 شخص")["numbers_over_less"] == 0
    assert contents("أغلق الجسر عشرة أسابيع", "أغلق الجسر عشرة أيام")["other_units"] == 1
    assert contents("قبل افتتاح الجسر", "بعد افتتاح الجسر")["before_after"] == 1


def test_a_verb_in_the_present_meets_its_past_and_a_derived_word_its_root() -> None:
    assert content_words("يهبط")[0].stems & content_words("هبط")[0].stems
    assert content_words("تعتقل")[0].stems & content_words("اعتقل")[0].stems
    assert stem("مكاسبها") == stem("مكسب")
    assert stem("الفلبينية") == stem("الفلبين")
    assert root(stem("متنازع")) == root(stem("نزاع"))
