"""The trace over ``samples/`` gives what ``samples/README.md`` and ``samples/expected.json`` state of each story."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from takhrij.pipeline import read_inputs, trace_readings
from takhrij.records import Claim, Trace

SAMPLES = Path(__file__).parents[1] / "samples"
STORIES: dict[str, dict[str, Any]] = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))["stories"]

every_story = pytest.mark.parametrize("story", STORIES)


@pytest.fixture(scope="module")
def told() -> Trace:
    def failed(error: Exception) -> None:
        raise error

    return trace_readings(list(read_inputs([SAMPLES], on_error=failed)))


def _main_claim(told: Trace, story: str) -> Claim:
    """The claim carried by most of the articles that report the story's main claim."""
    wanted = {report["article"] for report in STORIES[story]["reports"]}
    return max(told.claims, key=lambda claim: len(_articles(claim) & wanted))


def _articles(claim: Claim) -> set[str]:
    return {report.article for report in claim.reports}


def _body(party: str | None) -> str | None:
    """The party without who speaks for it."""
    return party.split(" (")[0] if party else None


@every_story
def test_all_articles_and_no_others_carry_the_main_claim(told: Trace, story: str) -> None:
    claim = _main_claim(told, story)
    assert _articles(claim) == {report["article"] for report in STORIES[story]["reports"]}
    assert claim.outlets == STORIES[story]["outlets"]


@every_story
def test_copies_and_who_was_first(told: Trace, story: str) -> None:
    ids = {article["id"] for article in STORIES[story]["articles"]}
    found = {(frozenset(copy.ids), copy.first) for copy in told.copies if ids & set(copy.ids)}
    assert found == {(frozenset(copy["ids"]), copy["first"]) for copy in STORIES[story]["copies"]}


@every_story
def test_bounds_on_the_origins(told: Trace, story: str) -> None:
    wanted, found = STORIES[story]["origins"], _main_claim(told, story).origins
    assert (found.min, found.max) == (wanted["min"], wanted["max"])


@every_story
def test_the_parties_behind_the_claim_and_how_they_count(told: Trace, story: str) -> None:
    wanted = {(p["name"], p["named"], p["in_min"], p["as_told_by"]) for p in STORIES[story]["origins"]["parties"]}
    found = {(p.name, p.named, p.in_min, p.as_told_by) for p in _main_claim(told, story).origins.parties}
    assert found == wanted


@every_story
def test_who_denies_the_claim_and_where(told: Trace, story: str) -> None:
    wanted = {(d["party"], d["scope"], r["article"]) for d in STORIES[story]["denials"] for r in d["reports"]}
    assert {(_body(d.party), d.scope, d.article) for d in _main_claim(told, story).denials} == wanted


@every_story
def test_articles_that_give_no_source(told: Trace, story: str) -> None:
    claim = _main_claim(told, story)
    attributed = {report.article for report in claim.reports if report.attribution is not None}
    assert _articles(claim) - attributed == set(STORIES[story]["unattributed"])
    assert claim.unattributed == len(STORIES[story]["unattributed"])


@every_story
def test_an_outlet_that_takes_its_report_back(told: Trace, story: str) -> None:
    events = [event for event in _main_claim(told, story).events if event.kind == "retraction"]
    wanted = STORIES[story]["retractions"]
    assert [event.article for event in events] == [notice["article"] for notice in wanted]
    for event, notice in zip(events, wanted, strict=True):
        assert notice["party"] in event.text_ar
        assert notice["text"] in event.text_ar
