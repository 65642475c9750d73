"""A collection handed on as one file, into each store."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import ledger_samples as samples
import pytest

from takhrij.errors import LedgerDamaged, UsageError
from takhrij.ledger import Actor, Added, Ledger, Subject, open_ledger
from takhrij.ledger.archive import export_collection, import_collection
from takhrij.records import Page, Reading


def _with_page(reading: Reading) -> tuple[Reading, Page]:
    page = Page(reading.article.id, reading.article.text.encode(), reading.article.url, headers={"content-type": "text/html"})
    return replace(reading, article=replace(reading.article, page_sha256=page.sha256)), page


def test_a_collection_travels_whole(ledger: Ledger, tmp_path: Path) -> None:
    given = [_with_page(reading) for reading in samples.all_four()]
    with open_ledger(tmp_path / "from.db") as source:
        with source.writer("سلمى", "جسور") as writer:
            writer.add_many(given)
            writer.put_trace(samples.trace())
            writer.review(Subject("claim", "c-bridge"), "false", "الجسر مفتوح")
            writer.review(Subject("attribution", "a/2", 1), "accept")
            writer.put_actor(Actor("own:town", "بلدية السهل"))
        with source.writer("سلمى", "غيرها") as writer:
            writer.add(samples.generated(1))
        assert export_collection(source, "جسور", tmp_path / "c.zip") == 4
        with pytest.raises(UsageError):
            export_collection(source, "جسور", tmp_path / "c.zip")
        before = source.views("جسور")
        claims, copies, actors = before.claims().claims, before.copies(), before.actors()
    done = import_collection(ledger, tmp_path / "c.zip", "مراد")
    assert done.readings == Counter({Added.NEW: 4})
    assert (done.claims, done.reviews) == (1, 2)
    views = ledger.views("جسور")
    assert list(views.readings()) == [reading for reading, _ in given]
    assert [ledger.page(page.sha256) for _, page in given] == [page for _, page in given]
    assert [kept.claim for kept in views.claims().claims] == [kept.claim for kept in claims]
    assert (views.copies(), views.actors()) == (copies, actors)
    claim = views.claim("c-bridge")
    assert claim is not None
    assert [(r.verdict, r.who, r.note.split(",")[0]) for r in claim.reviews] == [("false", "مراد", "الجسر مفتوح\n(سلمى")]
    head = ledger.head()
    again = import_collection(ledger, tmp_path / "c.zip", "مراد")
    assert (again.readings, again.reviews) == (Counter({Added.SAME: 4}), 0)
    assert ledger.head() == head
    assert ledger.verify().problems == []


def test_a_damaged_archive_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    with ledger.writer("desk") as writer:
        writer.add_many(samples.all_four())
    export_collection(ledger, "default", tmp_path / "c.zip")
    whole = (tmp_path / "c.zip").read_bytes()
    head = ledger.head()
    for content in (b"", whole[:-30], whole[:200] + b"x" + whole[201:]):
        (tmp_path / "d.zip").write_bytes(content)
        with pytest.raises(LedgerDamaged):
            import_collection(ledger, tmp_path / "d.zip", "desk", "other")
    with pytest.raises(UsageError):
        import_collection(ledger, tmp_path / "none.zip", "desk")
    assert ledger.head() == head
