"""The numbers of a card and the rows of a claim's page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from takhrij.desk.cards import Copies, card, later_copies, report_rows
from takhrij.ledger import Ledger, open_ledger
from takhrij.records import CopySet
from tests.desk.made import CLAIM, fill


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    fill(tmp_path / "desk.db")
    with open_ledger(tmp_path / "desk.db", create=False) as opened:
        yield opened


def test_a_denial_carried_twice_is_one(ledger: Ledger) -> None:
    kept = ledger.views().claim(CLAIM)
    assert kept is not None
    shown = card(kept, Copies(ledger.views()))
    assert (shown.copied, shown.named, shown.denials) == (1, 1, {"whole": 1})


def test_the_headline_of_an_article_that_attributes_is_no_row(ledger: Ledger) -> None:
    kept = ledger.views().claim(CLAIM)
    assert kept is not None
    first = kept.claim.reports[0]
    bare = replace(first, attribution=None, statement=None, chain=first.chain[:1])
    claim = replace(kept.claim, reports=(first, first, bare, *kept.claim.reports[1:]))
    rows = report_rows(claim, Copies(ledger.views()), {})
    assert sorted((row.report.article, row.report.attribution, row.copy_of) for row in rows) == [
        ("wadi/1.html", 0, None), ("wadi/1.html-2", None, "wadi/1.html"), ("wadi/1.html-3", None, None),
    ]  # fmt: skip


def test_without_a_first_one_the_first_carrier_is_no_copy(ledger: Ledger) -> None:
    kept = ledger.views().claim(CLAIM)
    assert kept is not None
    ids = ("wadi/1.html", "wadi/1.html-2", "elsewhere")
    assert later_copies(kept.claim, [CopySet(ids, None)]) == {"wadi/1.html-2": ""}
    assert later_copies(kept.claim, [CopySet(ids, "wadi/1.html-2")]) == {"wadi/1.html": "wadi/1.html-2"}
    assert later_copies(kept.claim, [CopySet(ids[1:], "elsewhere")]) == {}


def test_copies_are_read_anew_when_the_ledger_changes(ledger: Ledger) -> None:
    copies = Copies(ledger.views())
    assert len(copies.of(["wadi/1.html"])) == 1
    with ledger.writer("noura") as writer:
        from takhrij.records import Trace

        writer.put_trace(Trace(tuple(ledger.views().readings()), (), ()))
    assert copies.of(["wadi/1.html"]) == []
