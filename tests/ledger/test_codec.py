"""Records to bytes and back, and their digests."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij.errors import DataError, LedgerDamaged
from takhrij.ledger.changes import Changes, compare
from takhrij.ledger.codec import (
    article_of,
    article_value,
    canonical,
    claim_of,
    claim_value,
    clean,
    digest,
    pack,
    reading_of,
    reading_value,
    row_digest,
    unpack,
)
from takhrij.records import (
    Article,
    Attribution,
    ChainLink,
    Claim,
    DateMention,
    Denial,
    Event,
    NumberMention,
    OriginParty,
    Origins,
    Party,
    PlaceMention,
    Reading,
    Report,
    Span,
    Statement,
)

texts = st.text(st.characters(exclude_categories=()), max_size=20)
spans = st.builds(Span, st.integers(0, 10**6), st.integers(0, 10**6))
parts = st.lists(spans, max_size=3).map(tuple)
parties = st.builds(Party, texts, st.just("person"), st.none() | texts)
numbers = st.floats(allow_nan=False, allow_infinity=False)
readings = st.builds(
    Reading,
    st.builds(Article, texts, texts, skip=parts, date_certainty=numbers, forwarded_from=st.none() | texts),
    st.lists(
        st.builds(
            Attribution, spans, parts, st.just("deny"), source=st.none() | spans, party=st.none() | parties,
            speaker_span=st.none() | spans, parent=st.none() | st.integers(0, 9), confidence=numbers,
            why=st.lists(texts, max_size=2).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    st.lists(
        st.builds(PlaceMention, spans, texts, st.just("water"), lat=st.none() | numbers, why=texts)
        | st.builds(DateMention, spans, texts, texts)
        | st.builds(NumberMention, spans, numbers, counted=st.none() | texts),
        max_size=3,
    ).map(tuple),
)  # fmt: skip
claims = st.builds(
    Claim,
    texts,
    texts,
    st.lists(
        st.builds(Statement, st.none() | texts, st.none() | texts, st.just("state"), st.just("denied")), max_size=2).map(tuple),
    st.lists(
        st.builds(
            Report, texts, st.none() | st.integers(0, 9), spans, st.none() | st.integers(0, 9),
            st.lists(st.builds(ChainLink, st.just("outlet"), texts, span=st.none() | spans), max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    st.integers(0, 9),
    st.integers(0, 9),
    st.builds(
        Origins, st.integers(0, 9), st.integers(0, 9),
        st.lists(st.builds(OriginParty, texts, st.none() | texts, st.booleans(), st.booleans()), max_size=2).map(tuple),
    ),
    st.lists(st.builds(Denial, st.none() | texts, st.just("part"), texts, st.integers(0, 9)), max_size=2).map(tuple),
    st.lists(st.builds(Event, texts, st.none() | texts, texts), max_size=2).map(tuple),
)  # fmt: skip


@given(readings)
def test_readings_come_back_whole(reading: Reading) -> None:
    article = article_of(unpack(pack(article_value(reading.article)), ""))
    assert reading_of(article, unpack(pack(reading_value(reading)), "")) == reading


@given(claims)
def test_claims_come_back_whole(claim: Claim) -> None:
    assert claim_of(unpack(pack(claim_value(claim)), "")) == claim


@given(texts)
def test_clean_text_fits_both_stores(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert len(cleaned) == len(text)


def test_digests_do_not_depend_on_order_and_tell_values_apart() -> None:
    assert digest({"a": 1, "b": "ق"}) == digest({"b": "ق", "a": 1})
    assert canonical({"b": "ق", "a": None}) == '{"a":null,"b":"\\u0642"}'
    assert len({row_digest({"a": v}) for v in (1, "1", None, b"1", [1], "")}) == 6
    with pytest.raises(DataError):
        digest(float("inf"))


@pytest.mark.parametrize("body", [b"", b"x", pack({})[:-1], b"x\x9c" + b"\x00" * 9])
def test_what_was_not_packed_is_damage(body: bytes) -> None:
    with pytest.raises(LedgerDamaged, match="article 3"):
        unpack(body, "article 3")


def _said(cue: int, **facts: object) -> Attribution:
    return Attribution(Span(cue, cue + 3), (Span(20, 30),), "state", **facts)  # type: ignore[arg-type]


def test_changes_are_found_by_cue() -> None:
    old = (_said(0), _said(5, speaker="أ"), _said(5), _said(9, parent=0))
    assert compare(old, old) == Changes()
    assert not compare(old, old)
    new = (_said(2), _said(0), _said(5, speaker="ب"), _said(9, parent=1))
    assert compare(old, new) == Changes(added=(0,), gone=(2,), changed=((1, 2),))
    assert json.loads(json.dumps(compare(old, new).changed)) == [[1, 2]]
