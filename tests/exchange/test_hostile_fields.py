"""Every text field filled with what breaks careless writers: each format is still valid in the tools of its field."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from takhrij.exchange import check, feed, geo, jsonl, linked, money, parquet, tables
from takhrij.exchange.annotations import attributions_from, collection
from takhrij.exchange.contract import reading_from_row, reading_row
from takhrij.exchange.jsontext import dumps, loads
from takhrij.exchange.verdicts import Verdict
from takhrij.ledger import Subject, open_ledger
from takhrij.ledger.archive import export_collection, import_collection
from takhrij.records import Page, Reading, Trace

Needed = Callable[[str], Any]

#: Arabic, bidi controls, quotes of all kinds, a line's end, NUL, an emoji of several code points, markup, a formula.
HOSTILE = "=قال\u202e«مقلوب»\u202c \"'’ \n\x00 👩🏽‍🌾 <b>&amp;</b>, ;\t"
#: Fields whose values are of a closed list, or dates and digests.
_CLOSED = frozenset(
    {"act", "polarity", "kind", "place_kind", "lang", "language", "scope", "country", "date", "start", "end", "bound"}
    | {"page_sha256"}
)


def hostile(record: Any) -> Any:
    """``record`` with the hostile words added to each of its text fields, and to those of the records in it."""
    if type(record) is tuple:
        return tuple(hostile(each) for each in record)
    if not is_dataclass(record) or isinstance(record, type):
        return record
    changed = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, str) and field.name not in _CLOSED:
            changed[field.name] = value + HOSTILE
        elif type(value) is tuple or is_dataclass(value):
            changed[field.name] = hostile(value)
    return replace(record, **changed)


@pytest.fixture
def bad(reading: Reading) -> Reading:
    return hostile(reading)


@pytest.fixture
def bad_trace(trace: Trace) -> Trace:
    return hostile(trace)


def test_every_field_is_hostile(bad: Reading) -> None:
    assert bad.attributions[0].party is not None
    assert all(HOSTILE in text for text in (bad.article.text, bad.article.id, bad.attributions[0].party.name))


def test_jsonl(bad: Reading) -> None:
    lines = list(jsonl.write_jsonl([bad]))
    assert len(lines) == 1
    assert lines[0].count("\n") == 1
    assert list(jsonl.read_jsonl(lines)) == [reading_from_row(reading_row(bad))]


def test_csv(bad: Reading, bad_trace: Trace) -> None:
    for rows, columns in (
        (list(tables.attribution_table([bad])), tables.ATTRIBUTIONS),
        (list(tables.report_table(bad_trace)), tables.REPORTS),
        (list(tables.place_table([bad])), tables.PLACES),
    ):
        text = "".join(tables.write_csv(rows, columns))
        parsed = list(csv.reader(io.StringIO(text[1:])))
        assert len(parsed) == len(rows) + 1
        assert {len(row) for row in parsed} == {len(columns)}
        assert not [cell for row in parsed[1:] for cell in row if cell.lstrip().startswith(("=", "+", "@"))]


def test_parquet(bad: Reading, tmp_path: Path, needed: Needed) -> None:
    needed("pyarrow")
    rows = list(tables.attribution_table([bad]))
    parquet.write_parquet(tmp_path / "a.parquet", rows, tables.ATTRIBUTIONS)
    found = list(parquet.read_parquet(tmp_path / "a.parquet"))
    assert len(found) == len(rows)
    assert "👩🏽‍🌾" in str(found[0]["article"])


def test_json_ld_is_rdf(bad_trace: Trace, needed: Needed) -> None:
    rdflib = needed("rdflib")
    verdict = hostile(Verdict("c", "الجسر", "صحيح", "سلمى", "زرناه", "https://example.org/1", "2024-03-09", "هيئة", ()))
    graph = rdflib.Graph().parse(data=json.dumps(linked.trace_document(bad_trace, [verdict])), format="json-ld")
    texts = [str(o) for o in graph.objects(None, rdflib.URIRef("https://schema.org/text"))]
    assert any("«مقلوب»" in text for text in texts)
    assert len(rdflib.Graph().parse(data=graph.serialize(format="nt"), format="nt")) == len(graph)
    addresses = {str(node) for triple in graph for node in triple if isinstance(node, rdflib.URIRef)}
    assert sum(address.startswith("https://example.org/") for address in addresses) >= 2
    assert not [address for address in addresses if re.search(r'[\x00-\x20<>"{}|\\^`\u202e]', address)]


def test_json_ld_fits_its_schema(bad_trace: Trace, needed: Needed) -> None:
    jsonschema = needed("jsonschema")
    schema = json.loads(files("takhrij.exchange").joinpath("data", "trace.schema.json").read_text("utf-8"))
    verdict = hostile(Verdict("c", "الجسر", "صحيح", "سلمى", "زرناه", "https://example.org/1", "2024-03-09", "هيئة", ("u",)))
    document = loads(dumps(linked.trace_document(bad_trace, [verdict])))
    jsonschema.validate(document, schema, cls=jsonschema.Draft202012Validator)
    appearances = tuple(str(linked.iri(address)) for address in verdict.appearances)
    assert list(linked.verdicts_from(document)) == [replace(verdict, url=linked.iri(verdict.url), appearances=appearances)]


def test_archive(bad: Reading, bad_trace: Trace, tmp_path: Path) -> None:
    page = Page("p" + HOSTILE, HOSTILE.encode(), "https://example.org/" + HOSTILE, headers={"x-note": HOSTILE})
    bad = replace(bad, article=replace(bad.article, page_sha256=page.sha256))
    (claim,) = bad_trace.claims
    with open_ledger(tmp_path / "a.db") as source, source.writer("سلمى" + HOSTILE, "جسور" + HOSTILE) as writer:
        writer.add_many([(bad, page), (bad_trace.readings[1], None)])
        writer.put_trace(bad_trace)
        writer.review(Subject("claim", claim.id), "false" + HOSTILE, HOSTILE)
        assert export_collection(source, "جسور" + HOSTILE, tmp_path / "c.zip") == 2
    with open_ledger(tmp_path / "b.db") as ledger:
        import_collection(ledger, tmp_path / "c.zip", "مراد" + HOSTILE)
        views = ledger.views("جسور" + HOSTILE)
        assert list(views.readings()) == [bad, bad_trace.readings[1]]
        assert [kept.claim for kept in views.claims().claims] == [claim]
        assert ledger.page(page.sha256) == page
        assert ledger.verify().problems == []


def test_web_annotation(bad: Reading) -> None:
    page = json.loads(json.dumps(collection(bad)))
    found = attributions_from(page, bad.article)
    assert [a.content for a in found] == [a.content for a in bad.attributions]


def test_followthemoney(bad: Reading, needed: Needed) -> None:
    followthemoney = needed("followthemoney")
    for entity in money.entities([bad]):
        proxy = followthemoney.model.get_proxy(json.loads(json.dumps(entity)))
        proxy.schema.validate(proxy.to_dict())


def test_geojson(bad: Reading, needed: Needed) -> None:
    geojson = needed("geojson_pydantic")
    document = dumps(geo.feature_collection([bad])).encode("utf-8")
    (feature,) = geojson.FeatureCollection.model_validate_json(document).features
    assert feature.geometry.type == "Point"
    assert HOSTILE in feature.properties["name"]


def test_rss(needed: Needed) -> None:
    feedparser = needed("feedparser")
    channel = feed.Channel("بحث" + HOSTILE, "http://127.0.0.1/?q=" + HOSTILE, HOSTILE)
    item = feed.Item("1" + HOSTILE, "عنوان" + HOSTILE, HOSTILE, "https://example.org/" + HOSTILE, "2024-03-05", HOSTILE)
    parsed = feedparser.parse(feed.rss(channel, [item]).encode("utf-8"))
    assert not parsed.bozo
    assert len(parsed.entries) == 1
    assert "<b>" not in parsed.entries[0].get("summary", "")


def test_check_csv() -> None:
    verdict = hostile(Verdict("c", "الجسر", "صحيح", "سلمى", "زرناه", "https://example.org/1", "2024-03-09", "هيئة", ()))
    (found,) = check.read_check("".join(check.write_check([verdict], ("جسور" + HOSTILE,))))
    assert "👩🏽‍🌾" in found.text
    assert "«مقلوب»" in found.summary
