"""Invented articles for the contract tests: a bridge, a harvest, a water authority."""

from __future__ import annotations

import random

from takhrij.records import (
    Article,
    Attribution,
    ChainLink,
    Claim,
    CopySet,
    DateMention,
    Denial,
    NumberMention,
    OriginParty,
    Origins,
    Party,
    PlaceMention,
    Reading,
    Report,
    Span,
    Statement,
    Trace,
)

BRIDGE = """إغلاق جسر الوادي أمام الشاحنات
قالت هيئة الطرق إن الجسر مغلق حتى الأحد بسبب أعمال صيانة.
وينتظر السائقون فتح الطرق البديلة."""
DENIAL = "البلدية: لا إغلاق للجسر\nنفت بلدية السهل إغلاق جسر الوادي، وأكدت أن الشاحنات تعبره."
HARVEST = (
    "محصول القمح يتضاعف في السهل\nأعلن وزير الزراعة أن المزارعين جنوا ٣٠٠ طن من القمح.\nوقال مزارع إن الأمطار ساعدت المحاصيل."
)
WATER = "انقطاع المياه عن أحياء المدينة\nأفادت مصلحة المياه بأن الأنابيب تعطلت صباح الاثنين."


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def bridge(identity: str = "a/1", outlet: str = "صوت الوادي", date: str | None = "2024-03-05", text: str = BRIDGE) -> Reading:
    article = Article(
        identity, text, text.split("\n")[0], f"https://example.org/{identity}", date, outlet=outlet, credit="وكالة السهل"
    )
    return Reading(
        article,
        (
            Attribution(
                span(text, "قالت"), (span(text, "الجسر مغلق حتى الأحد"),), "state", span(text, "هيئة الطرق"), "هيئة الطرق",
                span(text, "هيئة الطرق"), "own:roads", Party("هيئة الطرق", "state_body", "JO"), confidence=0.9,
                why=("cue: قال",),
            ),
        ),
        (
            PlaceMention(span(text, "جسر الوادي"), "جسر الوادي", "facility", "JO", 31.5, 35.75),
            DateMention(span(text, "الأحد"), "2024-03-10", "2024-03-10"),
        ),
    )  # fmt: skip


def denial(identity: str = "a/2") -> Reading:
    article = Article(identity, DENIAL, DENIAL.split("\n")[0], None, "2024-03-06", outlet="أخبار السهل")
    return Reading(
        article,
        (
            Attribution(
                span(DENIAL, "نفت"), (span(DENIAL, "إغلاق جسر الوادي"),), "deny", span(DENIAL, "بلدية السهل"), "بلدية السهل",
                actor="own:town", party=Party("بلدية السهل", "state_body", "JO"), polarity="denied",
            ),
            Attribution(
                span(DENIAL, "أكدت"), (span(DENIAL, "الشاحنات تعبره"),), "confirm", speaker="بلدية السهل", actor="own:town",
            ),
        ),
        (PlaceMention(span(DENIAL, "السهل"), "السهل", "region", "JO", 32.5, 36.0),),
    )  # fmt: skip


def harvest(identity: str = "a/3") -> Reading:
    article = Article(identity, HARVEST, HARVEST.split("\n")[0], None, "2024-06-01", outlet="صوت الوادي")
    return Reading(
        article,
        (
            Attribution(
                span(HARVEST, "أعلن"), (span(HARVEST, "المزارعين جنوا ٣٠٠ طن من القمح"),), "state",
                span(HARVEST, "وزير الزراعة"), "وزير الزراعة", party=Party("وزارة الزراعة", "state_body", "JO"),
            ),
            Attribution(span(HARVEST, "وقال"), (span(HARVEST, "الأمطار ساعدت المحاصيل"),), "state", span(HARVEST, "مزارع إن")),
        ),
        (NumberMention(span(HARVEST, "٣٠٠"), 300.0, "ton", "exact", "القمح"),),
    )  # fmt: skip


def water(identity: str = "a/4") -> Reading:
    return Reading(Article(identity, WATER, WATER.split("\n")[0], None, None, outlet="أخبار السهل"))


def all_four() -> list[Reading]:
    return [bridge(), denial(), harvest(), water()]


def trace() -> Trace:
    readings = (bridge(), denial())
    claim = Claim(
        "c-bridge",
        "الجسر مغلق حتى الأحد",
        (Statement("هيئة الطرق", "own:roads", "state", "asserted"),),
        (Report("a/1", 0, span(BRIDGE, "الجسر مغلق حتى الأحد"), 0, (ChainLink("outlet", "صوت الوادي"),)),),
        1,
        0,
        Origins(1, 1, (OriginParty("هيئة الطرق", "own:roads", True, True, why="speaks at first hand", why_ar="تتكلم بنفسها"),)),
        (Denial("بلدية السهل", "whole", "a/2", 0),),
    )
    return Trace(readings, (CopySet(("a/1", "a/2"), "a/1", "credited"),), (claim,))


_SUBJECTS = ("الجسر", "المزارعون", "الشركة", "المدرسة", "القطار", "الميناء", "السد", "اللاعبون", "الأطباء", "المحطة")
_VERBS = ("أعلنت", "نفت", "أكد", "قال", "أفادت", "أضاف", "ذكرت")
_ENDS = ("بدأ العمل صباح اليوم", "توقف بسبب الأمطار", "عاد بعد صيانة طويلة", "ينتظر قرار الوزارة", "لن يغلق هذا الشهر")


def generated(number: int, seed: int = 0) -> Reading:
    """One of any number of invented articles, the same for the same number."""
    chance = random.Random(f"{seed}:{number}")
    subject, verb, end = chance.choice(_SUBJECTS), chance.choice(_VERBS), chance.choice(_ENDS)
    speaker = f"هيئة {chance.choice(_SUBJECTS)} {number % 17}"
    text = f"{subject} {end}\n{verb} {speaker} أن {subject} {end}.\n" + " ".join(
        f"{chance.choice(_VERBS)} {chance.choice(_SUBJECTS)} {chance.choice(_ENDS)}." for _ in range(4)
    )
    at = text.index(speaker)
    attribution = Attribution(
        span(text, verb), (span(text, end),), "state", Span(at, at + len(speaker)), speaker, party=Party(speaker, "state_body")
    )
    day = f"2024-{1 + number % 12:02}-{1 + number % 28:02}"
    return Reading(Article(f"g/{number}", text, text.split("\n")[0], None, day, outlet=f"جريدة {number % 5}"), (attribution,))
