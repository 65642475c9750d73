"""Every format out, read back by ourselves and by the field's own readers, hostile text and all."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij.errors import DamagedInput, SpanError, UsageError
from takhrij.exchange import check, feed, geo, jsonl, linked, money, parquet, tables
from takhrij.exchange.annotations import Utf16, attributions_from, by_source, collection, sources_of, web_annotations
from takhrij.exchange.contract import reading_from_row, reading_row
from takhrij.exchange.verdicts import Verdict
from takhrij.records import Article, Reading, Trace

Needed = Callable[[str], Any]

texts = st.text(st.characters(exclude_categories=()), max_size=30)
VERDICT = Verdict(
    "c 1/ق", "الجسر مغلق", "غير صحيح", "سلمى", "زرنا الجسر\nوهو مفتوح", "https://example.org/check", "2024-03-09",
    "هيئة الطرق", ("https://example.org/1",),
)  # fmt: skip


# CSV


def test_csv_comes_back(reading: Reading) -> None:
    rows = list(tables.attribution_table([reading]))
    text = "".join(tables.write_csv(rows, tables.ATTRIBUTIONS))
    assert text.encode("utf-8").startswith(b"\xef\xbb\xbf")
    assert list(tables.read_csv(text, tables.ATTRIBUTIONS)) == rows


def test_no_cell_is_a_formula(reading: Reading, trace: Trace) -> None:
    for rows, columns in (
        (tables.attribution_table([reading]), tables.ATTRIBUTIONS),
        (tables.report_table(trace), tables.REPORTS),
        (tables.place_table([reading]), tables.PLACES),
    ):
        text = "".join(tables.write_csv(rows, columns))
        parsed = list(csv.reader(io.StringIO(text[1:])))
        assert len(parsed) == 3
        assert parsed[0] == list(columns)
        assert not [cell for row in parsed for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert "'=صوت" in "".join(tables.write_csv(tables.attribution_table([reading]), tables.ATTRIBUTIONS))


@given(st.lists(texts, max_size=4))
def test_any_cells_come_back_but_for_what_utf8_lacks(cells: list[str]) -> None:
    columns: tables.Columns = {f"c{i}": "text" for i in range(len(cells))}
    row: dict[str, tables.Cell] = {f"c{i}": cell for i, cell in enumerate(cells)}
    text = "".join(tables.write_csv([row], columns))
    text.encode("utf-8")
    if cells:
        assert list(tables.read_csv(text, columns)) == [{k: tables.fit(str(v)) or None for k, v in row.items()}]


@given(st.sampled_from(["=", "+", "-", "@", "\t=", " =", "\u200f=", "\ufeff+", "＝", "\r=", "'=", "|", "%"]), texts)
def test_formulas_are_guarded(start: str, rest: str) -> None:
    assert tables.guarded(start + rest).startswith("'")


# Parquet


def test_parquet_comes_back(tmp_path: Path, reading: Reading, needed: Needed) -> None:
    needed("pyarrow")
    rows = list(tables.attribution_table([reading]))
    assert parquet.write_parquet(tmp_path / "a.parquet", rows, tables.ATTRIBUTIONS) == 2
    assert list(parquet.read_parquet(tmp_path / "a.parquet")) == rows
    hostile: list[dict[str, tables.Cell]] = [{"article": "\x00\ud83d\u202e👍\n\"',", "number": None}]
    parquet.write_parquet(tmp_path / "h.parquet", hostile, {"article": "text", "number": "whole"})
    assert list(parquet.read_parquet(tmp_path / "h.parquet")) == [{"article": "\ufffd\ufffd\u202e👍\n\"',", "number": None}]
    (tmp_path / "x.parquet").write_bytes(b"no")
    with pytest.raises(DamagedInput):
        list(parquet.read_parquet(tmp_path / "x.parquet"))


# JSON lines


def test_jsonl_comes_back(reading: Reading, trace: Trace) -> None:
    lines = list(jsonl.write_jsonl(trace.readings))
    assert list(jsonl.read_jsonl([*lines, "\n"])) == [reading_from_row(reading_row(r)) for r in trace.readings]
    with pytest.raises(DamagedInput, match="f, line 2"):
        list(jsonl.read_jsonl([lines[0], "[]"], "f"))


# JSON-LD


def test_json_ld_says_what_the_trace_says(trace: Trace) -> None:
    document = json.loads(json.dumps(linked.trace_document(trace, [VERDICT])))
    assert document["@context"] == linked.context()
    first, second, claim, review = document["@graph"]
    assert first["copyOf"] == [second["id"]]
    assert (first["firstCopy"], "firstCopy" in second) == (second["id"], False)
    assert claim["firstAppearance"] == {"id": second["id"]}
    assert (claim["originsMin"], claim["originsMax"], claim["text"]) == (1, 2, "إن الجسر مغلق")
    assert [link["agent"]["name"] for link in claim["reports"][0]["chain"]] == ["صوت", "هيئة"]
    assert [d["scope"] for d in claim["deniedBy"]] == ["whole", "part"]
    assert review["itemReviewed"]["id"] == claim["id"]
    assert list(linked.verdicts_from(document)) == [VERDICT]


def test_json_ld_is_rdf_with_prov_and_schema_terms(trace: Trace, needed: Needed) -> None:
    rdflib = needed("rdflib")
    graph = rdflib.Graph().parse(data=json.dumps(linked.trace_document(trace, [VERDICT])), format="json-ld")
    predicates = {str(p) for p in graph.predicates()}
    assert {
        "http://www.w3.org/ns/prov#wasDerivedFrom",
        "http://www.w3.org/ns/prov#qualifiedAttribution",
        "http://www.w3.org/ns/prov#wasQuotedFrom",
        "http://www.w3.org/ns/prov#wasInvalidatedBy",
        "https://schema.org/appearance",
        "https://schema.org/claimReviewed",
    } <= predicates
    claims = list(graph.subjects(rdflib.RDF.type, rdflib.URIRef("https://schema.org/Claim")))
    assert rdflib.URIRef(linked.claim_uri("c 1/ق")) in claims


def test_json_ld_fits_its_schema(trace: Trace, needed: Needed) -> None:
    jsonschema = needed("jsonschema")
    schema = json.loads(files("takhrij.exchange").joinpath("data", "trace.schema.json").read_text("utf-8"))
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    checker.check_schema(schema)
    good = json.loads(json.dumps(linked.trace_document(trace, [VERDICT])))
    assert list(checker.iter_errors(good)) == []
    for wrong in (
        lambda article, claim, review: article.pop("textSha256"),
        lambda article, claim, review: article.update(datePublished="أمس"),
        lambda article, claim, review: claim.update(truth=0.5),
        lambda article, claim, review: claim.update(originsMin="1"),
        lambda article, claim, review: claim["reports"][0]["chain"][0].update(link="rumour"),
        lambda article, claim, review: review["reviewRating"].clear(),
    ):
        bad = json.loads(json.dumps(good))
        article, _, claim, review = bad["@graph"]
        wrong(article, claim, review)
        assert not checker.is_valid(bad)


def test_each_key_of_json_ld_has_a_meaning(trace: Trace) -> None:
    """A key that the context does not map is dropped by every JSON-LD reader without a word."""

    def keys(value: Any) -> set[str]:
        if isinstance(value, list):
            return {key for each in value for key in keys(each)}
        return set(value) | keys(list(value.values())) if isinstance(value, dict) else set()

    used = keys(linked.trace_document(trace, [VERDICT])["@graph"])
    assert used - set(linked.context()) == set()


def test_a_trace_alone_has_no_review(trace: Trace) -> None:
    assert "ClaimReview" not in json.dumps(linked.trace_document(trace)["@graph"])


def test_claim_review_comes_back() -> None:
    value = linked.review(VERDICT)
    assert value["@context"] == "https://schema.org"
    assert list(linked.verdicts_from([{"@graph": [value]}])) == [VERDICT]


@pytest.mark.parametrize(
    ("address", "iri"),
    [
        ("https://example.org/خبر?a=1&b=%D8%A7#x[1]", "https://example.org/خبر?a=1&b=%D8%A7#x[1]"),
        ('https://example.org/a b\n"<>', "https://example.org/a%20b%0A%22%3C%3E"),
        ("https://example.org/\u202eق\x00|\\", "https://example.org/%E2%80%AEق%00%7C%5C"),
        ("https://example.org/\ud83d👍", "https://example.org/%ED%A0%BD👍"),
    ],
)
def test_addresses_are_made_fit_for_rdf(address: str, iri: str) -> None:
    assert linked.iri(address) == iri
    assert linked.iri(iri) == iri


def test_a_day_that_is_none_is_left_out(trace: Trace) -> None:
    undated = replace(trace.readings[0], article=replace(trace.readings[0].article, date="2024-03"))
    document = linked.trace_document(replace(trace, readings=(undated, trace.readings[1])), [replace(VERDICT, date="أمس")])
    assert ["datePublished" in node for node in document["@graph"]] == [False, True, False, False]


def test_claim_reviews_of_others_are_read() -> None:
    value = {
        "@context": "http://schema.org",
        "@type": ["ClaimReview"],
        "claimReviewed": "السد انهار",
        "author": {"@type": "Organization", "name": "مرصد"},
        "datePublished": "2024-02-01T10:00:00Z",
        "reviewRating": {"@type": "Rating", "ratingValue": 1, "bestRating": 5},
        "itemReviewed": {"@type": "Claim", "appearance": ["https://example.org/a", {"@id": "https://example.org/b"}]},
    }
    (found,) = linked.verdicts_from({"page": {"@type": "WebPage", "mainEntity": [value]}})
    assert (found.rating, found.author, found.date) == ("1", "مرصد", "2024-02-01")
    assert found.appearances == ("https://example.org/a", "https://example.org/b")
    with pytest.raises(DamagedInput):
        list(linked.verdicts_from({"@type": "ClaimReview", "claimReviewed": "x"}))
    assert list(linked.verdicts_from({"@type": "Article"})) == []


# Web Annotation


def test_annotations_come_back(reading: Reading) -> None:
    page = json.loads(json.dumps(collection(reading)))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert attributions_from(page, reading.article) == reading.attributions
    assert attributions_from(list(web_annotations(reading)), reading.article) == reading.attributions


def test_selectors_hold_in_code_points_and_in_utf16(reading: Reading) -> None:
    text = reading.article.text
    wide = text.encode("utf-16-le")
    for annotation in web_annotations(reading):
        for target in annotation["target"]:
            position, quote = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            units = wide[2 * position["takhrij:utf16Start"] : 2 * position["takhrij:utf16End"]]
            assert units.decode("utf-16-le") == quote["exact"]
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
            assert target["source"] == f"urn:sha256:{reading.article.text_sha256}"


@given(st.text(st.sampled_from("اب👍𝒳\ud83d "), max_size=20))
def test_utf16_offsets_go_both_ways(text: str) -> None:
    units = Utf16(text)
    for offset in range(len(text) + 1):
        assert units.at(offset) == len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
        assert units.point(units.at(offset)) == offset
    if "👍" in text:
        with pytest.raises(SpanError):
            units.point(units.at(text.index("👍")) + 1)


def test_annotations_of_another_text_are_refused(reading: Reading) -> None:
    page = collection(reading)
    with pytest.raises(DamagedInput):
        attributions_from(page, replace(reading.article, text=reading.article.text + "."))
    page["items"][0]["target"][0]["selector"][1]["exact"] = "غيره"
    with pytest.raises(SpanError):
        attributions_from(page, reading.article)
    for broken in (
        {},
        {"items": [{}]},
        {"items": 3},
        5,
        {"target": {"source": reading.article.id, "selector": {"type": "SvgSelector"}}},
    ):
        with pytest.raises(DamagedInput):
            attributions_from(broken, reading.article)


def test_annotations_are_told_apart_by_their_texts(reading: Reading) -> None:
    other = replace(reading, article=replace(reading.article, text=reading.article.text + "."))
    pages = [collection(reading), collection(other)]
    one, two = f"urn:sha256:{reading.article.text_sha256}", f"urn:sha256:{other.article.text_sha256}"
    for value in (pages, {"type": "AnnotationCollection", "first": pages}, [pages[0]["items"], pages[1]]):
        found = by_source(json.loads(json.dumps(value)))
        assert list(found) == [one, two]
        assert attributions_from(found[one], reading.article) == reading.attributions
        assert attributions_from(found[two], other.article) == reading.attributions
    assert sources_of(reading.article) == (one, reading.article.url, reading.article.id)
    both = {"target": [pages[0]["items"][0]["target"][0], pages[1]["items"][0]["target"][0]]}
    for broken in (both, {}, 5, [None], {"target": []}, {"first": "https://example.org/page1"}):
        with pytest.raises(DamagedInput, match=r"^f: "):
            by_source(broken, "f")


def test_a_plain_annotation_is_anchored_by_its_quote_or_not_at_all(reading: Reading) -> None:
    def by_quote(exact: str, prefix: str = "") -> object:
        selector = {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix}
        return {"type": "Annotation", "target": {"source": reading.article.url, "selector": selector}}

    (found,) = attributions_from(by_quote("مغلق", "إن الجسر "), reading.article)
    assert found.content[0].of(reading.article.text) == "مغلق"
    for wrong in (by_quote("مغلق"), by_quote("ليس هنا")):
        with pytest.raises(SpanError):
            attributions_from(wrong, reading.article)


# FollowTheMoney


def test_entities_are_valid_followthemoney(reading: Reading, needed: Needed) -> None:
    followthemoney = needed("followthemoney")
    found = list(money.entities([reading, reading]))
    proxies = [followthemoney.model.get_proxy(json.loads(json.dumps(entity))) for entity in found]
    assert [proxy.schema.name for proxy in proxies] == ["Article", "PublicBody", "Documentation", "Article", "Documentation"]
    for proxy in proxies:
        proxy.schema.validate(proxy.to_dict())
    article, body, link = proxies[:3]
    assert (link.first("document"), link.first("entity"), link.first("role")) == (article.id, body.id, "state")
    assert body.caption == "هيئة الطرق"
    assert article.first("date") == "2024-03-05"


# GeoJSON


def test_geojson_puts_longitude_first(reading: Reading) -> None:
    (feature,) = geo.feature_collection([reading])["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [35.75, 31.5]}
    assert feature["properties"]["words"] == "جسر الوادي"


def test_geojson_is_valid(reading: Reading, needed: Needed) -> None:
    geojson = needed("geojson_pydantic")
    document = json.dumps(geo.feature_collection([reading, Reading(Article("x", "x"))]))
    found = geojson.FeatureCollection.model_validate_json(document)
    assert [feature.geometry.coordinates for feature in found.features] == [(35.75, 31.5)]
    assert geojson.FeatureCollection.model_validate_json(json.dumps(geo.feature_collection([]))).features == []


# RSS

CHANNEL = feed.Channel("بحث: جسر & <سد>", "http://127.0.0.1/search?q=a&b", 'كل "شيء"')


def test_feeds_are_read_by_a_feed_reader(needed: Needed) -> None:
    feedparser = needed("feedparser")
    items = [
        feed.Item(
            "أ/1",
            "جسر <مغلق> & سد",
            "قالت «هيئة» <script>alert(1)</script> 👍",
            "https://example.org/1?a=1&b=2",
            "2024-03-05",
            "صوت",
        ),
        feed.Item("2", "بلا", link="javascript:alert(1)", day="أمس"),
    ]
    parsed = feedparser.parse(feed.rss(CHANNEL, items).encode("utf-8"))
    assert not parsed.bozo
    assert parsed.feed.title == CHANNEL.title
    first, second = parsed.entries
    assert (first.id, first.link, first.published_parsed[:3]) == ("أ/1", "https://example.org/1?a=1&b=2", (2024, 3, 5))
    assert "<script" not in first.description
    assert "«هيئة»" in first.description
    assert second.get("link") is None
    assert second.get("published") is None


@given(texts, texts)
def test_any_text_makes_well_formed_xml(title: str, summary: str) -> None:
    root = ElementTree.fromstring(
        feed.rss(feed.Channel(title, title, summary), [feed.Item(title, title, summary)]).encode("utf-8")
    )
    assert root.find("channel/item/title") is not None


# Check


def test_check_csv_comes_back() -> None:
    text = "".join(check.write_check([VERDICT], ("جسور", "طرق")))
    assert text.splitlines()[0].startswith('\ufeff"claim_description"')
    assert list(check.read_check(text)) == [replace(VERDICT, claim="", claimant=None)]


# Extras that are not there


def test_missing_extras_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, reading: Reading) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "followthemoney", None)
    with pytest.raises(UsageError, match=r"takhrij\[parquet\]"):
        parquet.write_parquet(tmp_path / "x", [], {})
    with pytest.raises(UsageError, match=r"takhrij\[ftm\]"):
        list(money.entities([reading]))
