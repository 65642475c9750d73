"""The rows of ``read`` and ``trace``: their exact keys, and back."""

from __future__ import annotations

import json
from dataclasses import replace

import ledger_samples as samples
import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij.errors import DamagedInput, DataError, SpanError
from takhrij.exchange.contract import claim_from_row, claim_row, reading_from_row, reading_row, trace_from_row, trace_row
from takhrij.exchange.jsontext import dumps, loads
from takhrij.records import (
    Article,
    Attribution,
    DateMention,
    NumberMention,
    Party,
    PlaceMention,
    Reading,
    Report,
    Span,
)

READING = samples.bridge()

texts = st.text(st.characters(exclude_categories=()), min_size=1, max_size=40)
names = st.none() | texts
units = st.floats(0, 1)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text = draw(texts)

    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span(start, draw(st.integers(start + 1, len(text))))

    def maybe() -> Span | None:
        return span() if draw(st.booleans()) else None

    count = draw(st.integers(0, 3))
    attributions = tuple(
        Attribution(
            cue=span(),
            content=tuple(span() for _ in range(draw(st.integers(0, 2)))),
            act=draw(st.sampled_from(["state", "deny", "retract"])),
            source=maybe(),
            speaker=draw(names),
            actor=draw(names),
            party=Party(draw(texts), draw(st.sampled_from(["person", "unnamed"])), draw(names))
            if draw(st.booleans())
            else None,
            polarity=draw(st.sampled_from(["asserted", "denied"])),
            target=maybe(),
            medium=maybe(),
            parent=draw(st.none() | st.integers(0, count - 1).filter(lambda parent, i=i: parent != i)) if count > 1 else None,
            confidence=draw(units),
        )
        for i in range(count)
    )
    article = Article(
        draw(texts), text, draw(texts), draw(names), draw(names), outlet=draw(names), lang="ar", credit=draw(names)
    )
    mentions = (
        PlaceMention(span(), draw(texts), "water", draw(names), draw(st.none() | units), draw(st.none() | units)),
        DateMention(span(), "2024-01-01", "2024-01-31"),
        NumberMention(span(), draw(st.floats(allow_nan=False, allow_infinity=False)), draw(names), "about"),
    )
    return Reading(article, attributions, mentions)


@given(readings())
def test_reading_round_trips_through_utf8_json(reading: Reading) -> None:
    line = dumps(reading_row(reading)).encode("utf-8")
    assert len(line.decode("utf-8").splitlines()) == 1
    assert reading_from_row(loads(line)) == reading


def test_row_has_exactly_the_keys_of_the_contract() -> None:
    row = reading_row(READING)
    assert list(row) == ["id", "url", "title", "date", "outlet", "lang", "credit", "text", "attributions", "mentions"]
    assert row["attributions"] == [
        {
            "cue": [31, 35], "source": [36, 46], "speaker": "هيئة الطرق", "actor": "own:roads",
            "party": {"name": "هيئة الطرق", "kind": "state_body", "country": "JO"}, "content": [[50, 70]],
            "act": "state", "polarity": "asserted", "target": None, "medium": None, "parent": None, "confidence": 0.9,
        }
    ]  # fmt: skip
    assert row["mentions"] == [
        {"kind": "place", "span": [6, 16], "name": "جسر الوادي", "place_kind": "facility", "country": "JO",
         "lat": 31.5, "lon": 35.75},
        {"kind": "date", "span": [65, 70], "start": "2024-03-10", "end": "2024-03-10"},
    ]  # fmt: skip
    assert reading_row(samples.harvest())["mentions"] == [
        {"kind": "number", "span": [64, 67], "value": 300.0, "unit": "ton", "bound": "exact"}
    ]


def test_trace_has_exactly_the_keys_of_the_contract_and_round_trips() -> None:
    kept = samples.trace()
    bare = Report("a/2", None, Span(0, 5), None)
    (claim,) = kept.claims
    claim = replace(claim, reports=(*claim.reports, bare), unattributed=1)
    trace = replace(kept, claims=(claim,))
    row = trace_row(trace)
    assert row["articles"][0] == {"id": "a/1", "outlet": "صوت الوادي", "date": "2024-03-05", "credit": "وكالة السهل"}
    assert row["copies"] == [{"ids": ["a/1", "a/2"], "first": "a/1"}]
    (found,) = row["claims"]
    assert list(found) == ["id", "text", "statements", "reports", "outlets", "unattributed", "origins", "denials"]
    assert found["reports"][1] == {"article": "a/2", "attribution": None, "span": [0, 5], "statement": None, "chain": []}
    assert found["origins"]["parties"] == [
        {
            "name": "هيئة الطرق",
            "actor": "own:roads",
            "named": True,
            "as_told_by": None,
            "in_min": True,
            "why": "speaks at first hand",
        }
    ]
    # What the contract has no key for is lost: why articles are copies, and the reasons in Arabic.
    party = replace(claim.origins.parties[0], why_ar="")
    claim = replace(claim, origins=replace(claim.origins, parties=(party,)))
    copies = tuple(replace(copy, why="") for copy in trace.copies)
    assert trace_from_row(loads(dumps(row)), trace.readings) == replace(trace, claims=(claim,), copies=copies)
    assert claim_from_row(claim_row(claim)) == claim


def test_lone_surrogates_and_line_separators_are_escaped_and_kept() -> None:
    value = {"text": "ق\ud83dق\u2028\u0085"}
    line = dumps(value)
    assert line == '{"text": "ق\\ud83dق\\u2028\\u0085"}'
    assert loads(line.encode("utf-8")) == value


def test_letters_are_not_escaped() -> None:
    assert dumps({"a": "قال 👍"}) == '{"a": "قال 👍"}'


def test_what_json_lacks_is_refused() -> None:
    with pytest.raises(DataError):
        dumps(float("nan"))


@pytest.mark.parametrize("text", ["", "{", '{"a": 1} x', "[" * 100_000])
def test_broken_json_is_one_line(text: str) -> None:
    with pytest.raises(DamagedInput) as caught:
        loads(text, "rows.jsonl")
    assert str(caught.value).startswith("rows.jsonl: not JSON")
    assert "\n" not in str(caught.value)


def _broken(**changes: object) -> dict[str, object]:
    row = json.loads(dumps(reading_row(READING)))
    row.update(changes)
    return row


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"id": "x"},
        _broken(text=7),
        _broken(id=None),
        _broken(attributions=[{"cue": [0, 1]}]),
        _broken(attributions=[{"cue": [0, 1], "content": [], "act": "shout"}]),
        _broken(attributions=[{"cue": [0, True], "content": [], "act": "state"}]),
        _broken(attributions=[{"cue": [0, 1], "content": [], "act": "state", "parent": 0}]),
        _broken(mentions=[{"kind": "smell", "span": [0, 1]}]),
        _broken(mentions="x"),
    ],
)
def test_malformed_rows_are_named(row: dict[str, object]) -> None:
    with pytest.raises(DamagedInput, match=r"^line 3: "):
        reading_from_row(row, "line 3")


@pytest.mark.parametrize("cue", [[0, 10_000], [5, 5], [-1, 3], [6, 2]])
def test_spans_that_do_not_fit_are_refused(cue: list[int]) -> None:
    with pytest.raises(SpanError, match=r"^line 3: "):
        reading_from_row(_broken(attributions=[{"cue": cue, "content": [], "act": "state"}]), "line 3")
