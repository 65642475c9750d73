"""Which statements new ones may touch, and a trace of a part of the readings."""

from __future__ import annotations

from takhrij.claims import Part, trace
from takhrij.claims.touch import touched
from takhrij.claims.units import Unit, key_of, units
from takhrij.records import Act, Article, Attribution, Claim, Party, Reading, Span

BRIDGES, DRIVERS = Party("هيئة الجسور", "state_body", "XA"), Party("نقابة السائقين", "ngo")
CLOSED = "أن الجسر الشرقي سيغلق أمام الشاحنات ثلاثة أيام لصيانة مفاصله المعدنية"
CLOSES = "أن الجسر الشرقي يغلق أمام الشاحنات ثلاثة أيام لأعمال صيانة في مفاصله المعدنية"
NOT_CLOSED = "أن الجسر الشرقي لن يغلق أمام الشاحنات ثلاثة أيام لصيانة مفاصله المعدنية"
WATER = "أن مياه الحي الشمالي ستنقطع مساء الخميس بسبب إصلاح المضخة الكبيرة"


def reading(name: str, party: Party, *contents: str, act: Act = "state", date: str = "2024-03-05") -> Reading:
    lines, attributions = ["خبر قصير"], []
    for content in contents:
        at = sum(len(line) + 1 for line in lines)
        said = at + len(f"قال {party.name} ")
        lines.append(f"قال {party.name} {content}.")
        polarity = "denied" if act == "deny" else "asserted"
        attributions.append(
            Attribution(
                Span(at, at + 3), (Span(said, said + len(content)),), act, speaker=party.name, party=party, polarity=polarity
            )  # type: ignore[arg-type]
        )
    return Reading(Article(name, "\n".join(lines), date=date), tuple(attributions))


def units_of(*readings: Reading) -> list[Unit]:
    return [unit for unit in units(readings) if unit.attribution is not None]


def found(new: Reading, *old: Reading) -> set[str]:
    return {key[0] for key in touched(units_of(new), units_of(*old))}


def test_the_same_its_denial_and_its_opposite_are_touched_and_strangers_are_not() -> None:
    old = [
        reading("same", DRIVERS, CLOSES), reading("denial", DRIVERS, CLOSED, act="deny"),
        reading("opposite", DRIVERS, NOT_CLOSED), reading("water", DRIVERS, WATER),
    ]  # fmt: skip
    assert found(reading("n", BRIDGES, CLOSED), *old) == {"same", "denial", "opposite"}
    assert "water" not in found(reading("n", BRIDGES, CLOSED, act="deny"), *old)
    assert {"same", "denial"} <= found(reading("n", BRIDGES, CLOSED, act="deny"), *old)


def test_what_is_far_off_in_time_is_not_touched_unless_it_is_the_same_words() -> None:
    old = reading("same", DRIVERS, CLOSED, date="2021-01-01"), reading("like", DRIVERS, CLOSES, date="2021-01-01")
    assert found(reading("n", BRIDGES, CLOSED), *old) == {"same"}


def test_nothing_touches_nothing() -> None:
    assert touched([], units_of(reading("a", BRIDGES, CLOSED))) == touched(units_of(reading("a", BRIDGES, CLOSED)), []) == set()


def texts(claims: tuple[Claim, ...]) -> set[str]:
    return {claim.text for claim in claims}


def test_a_part_of_the_readings_is_traced() -> None:
    both, other = reading("a", BRIDGES, CLOSED, WATER), reading("b", DRIVERS, CLOSED)
    whole = trace([both, other], ())
    assert texts(whole) == {CLOSED, WATER}
    bridge = next(claim for claim in whole if claim.text == CLOSED)
    keys = {key_of(report) for report in bridge.reports}
    assert trace([both, other], (), part=Part(only={"a": keys})) == (bridge,)
    assert texts(trace([both, other], (), part=Part(only={"a": set(), "b": set()}))) == set()
    assert texts(trace([both, other], (), part=Part(leave=frozenset(keys)))) == {WATER}


def test_what_was_a_report_is_a_claim_however_little_is_left_of_it() -> None:
    bare = Reading(Article("a", f"خبر قصير\nو{WATER.removeprefix('أن ')}.", date="2024-03-05"))
    [unit] = units([bare])
    assert trace([bare], ()) == ()
    [claim] = trace([bare], (), part=Part(kept=frozenset({unit.key})))
    assert [key_of(report) for report in claim.reports] == [unit.key]
