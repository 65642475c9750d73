"""A small ledger whose claims were traced: three outlets carry what a bridge authority announced, one what it said of water."""

from __future__ import annotations

from pathlib import Path

from takhrij.ledger import open_ledger
from takhrij.pipeline import retrace
from takhrij.records import Article, Attribution, Party, Reading, Span

CLOSED = "أن الجسر الشرقي سيغلق أمام الشاحنات ثلاثة أيام لصيانة مفاصله المعدنية"
WATER = "أن مياه الحي الشمالي ستنقطع مساء الخميس بسبب إصلاح المضخة الكبيرة"
BRIDGES = Party("هيئة الجسور", "state_body", "XA")
OUTLETS = {"a": "صوت المرسى", "b": "جريدة الضفة", "c": "أخبار النهر", "w": "صوت المرسى"}


def stated(name: str, content: str = CLOSED, party: Party = BRIDGES) -> Reading:
    """An article in which ``party`` announces ``content``."""
    title = "إغلاق الجسر الشرقي" if content == CLOSED else "انقطاع المياه مساء الخميس"
    text = f"{title}\nأعلنت {party.name} {content}.\nوانتظر السكان بيانًا."
    at, said = text.index("أعلنت"), text.index(content)
    attribution = Attribution(
        Span(at, at + 5), (Span(said, said + len(content)),), "state", Span(at + 6, at + 6 + len(party.name)), party.name,
        party=party, confidence=0.8,
    )  # fmt: skip
    article = Article(
        name, text, title, f"https://example.org/{name}", f"2024-05-0{1 + 'abcw'.index(name)}", outlet=OUTLETS[name]
    )
    return Reading(article, (attribution,))


def fill_traced(where: Path) -> None:
    """Make the ledger."""
    with open_ledger(where) as ledger, ledger.writer("desk") as writer:
        writer.add_many([*(stated(name) for name in "abc"), stated("w", WATER)])
        retrace(writer, ledger.views())
