"""Twenty orders of adding three hundred articles give the same copies, claims and origins."""

from __future__ import annotations

import random

from takhrij.claims import trace
from takhrij.records import Article, Attribution, Party, Reading, Span
from takhrij.stories import find_copies

ARTICLES, ORDERS = 300, 20
THINGS = [
    "الجسر الشرقي",
    "السوق القديم",
    "مستشفى الرازي",
    "محطة القطار",
    "سد الوادي",
    "مكتبة الضفة",
    "ملعب البلدة",
    "متحف الميناء",
]
DEEDS = [
    "سيغلق أبوابه أسبوعا كاملا لصيانة السقف والجدران",
    "استقبل ألفي زائر خلال عطلة العيد الماضية",
    "تضرر جراء السيول التي ضربت المنطقة",
    "سيفتتح قسما جديدا للأطفال في الخريف",
    "لم يحصل على المبلغ الذي وعدت به البلدية",
    "حصل على المبلغ الذي وعدت به البلدية",
]
SPEAKERS = [
    ("هيئة الجسور", Party("هيئة الجسور", "state_body", "XA")),
    ("إدارة المرور", Party("إدارة المرور", "state_body", "XA")),
    ("نقابة السائقين", Party("نقابة السائقين", "ngo")),
    ("مصادر في النقل", Party("مصادر في النقل", "unnamed")),
    ("وكالة الضفة", Party("وكالة الضفة", "media")),
    ("المهندس سامي البرقوقاوي", Party("سامي البرقوقاوي", "person", "XA")),
]
ENDS = [
    "وحضر اللقاء عدد من سكان الحي الذين طرحوا أسئلة عن المواعيد والتكاليف وعن أماكن الانتظار.",
    "وتقع المنشأة على ضفة النهر قرب الميدان، ويعود بناؤها إلى ستين عاما مضت كما تذكر لوحة عند مدخلها.",
    "وكانت الأشغال قد بدأت في الربيع ثم توقفت مرتين بسبب نقص المواد وتأخر المقاول في التسليم.",
]


def made(number: int, pick: random.Random) -> Reading:
    """An article with one to three statements; some repeat the body of another word for word."""
    text, found = f"خبر من البلدة رقم {number % 7}\n", []
    for _ in range(pick.randint(1, 3)):
        speaker, party = pick.choice(SPEAKERS)
        verb, act = pick.choice([("أعلن", "state"), ("نفى", "deny"), ("أكد", "confirm")])
        content = f"أن {pick.choice(THINGS)} {pick.choice(DEEDS)}"
        at = len(text)
        cue, said = Span(at, at + len(verb)), at + len(verb) + 1 + len(speaker) + 1
        text += f"{verb} {speaker} {content}.\n"
        found.append(
            Attribution(
                cue,
                (Span(said, said + len(content)),),
                act,
                speaker=speaker,
                party=party,  # type: ignore[arg-type]
                polarity="denied" if act == "deny" else "asserted",
            )
        )
    text += "\n".join(pick.sample(ENDS, pick.randint(1, 3)))
    date = f"2024-03-{pick.randint(1, 28):02d}" if pick.random() < 0.9 else None
    outlet = f"صحيفة {pick.choice('أبجد')}"
    return Reading(Article(id=f"a{number:03d}", text=text, date=date, outlet=outlet), tuple(found))


def test_the_order_of_adding_does_not_matter() -> None:
    pick = random.Random(20240301)
    readings = [made(number, pick) for number in range(ARTICLES)]
    first = None
    for _ in range(ORDERS):
        copies = find_copies([reading.article for reading in readings])
        claims = trace(readings, copies)
        assert first in (None, (copies, claims))
        first = (copies, claims)
        pick.shuffle(readings)
    assert first is not None
    assert any(claim.denials for claim in first[1])
    assert len(first[0]) > 1
