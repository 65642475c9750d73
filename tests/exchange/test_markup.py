"""The inline markup of the open corpus: what it reads, what it refuses, and that writing is its inverse."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takhrij.errors import DataError
from takhrij.exchange.markup import ACTS, GoldAttribution, GoldRow, load, parse, render

HEAD = "id: x-1\noutlet: المرفأ\ndate: 2021-03-04\nE1: هيئة مياه الوادي | الهيئة\n---\n"


def written(row: GoldRow, attribution: GoldAttribution, part: str) -> str | None:
    span = attribution[part]
    return row["text"][slice(*span)] if span else None


def test_an_article_becomes_a_gold_row():
    row = parse(
        HEAD + "السد ممتلئ\n"
        "<c1 confirm E1>وأكدت</c1> <s1>هيئة مياه الوادي</s1> <m1>لـ«المرفأ»</m1> <q1>أن السد ممتلئ</q1>، "
        "<c2 deny E1>نافية</c2> <t2>للسكان</t2> <q2>وجود نقص</q2>.\n"
    )
    assert row["id"] == "x-1"
    assert row["entities"] == {"E1": ["هيئة مياه الوادي", "الهيئة"]}
    assert row["text"].startswith("السد ممتلئ\nوأكدت هيئة")
    assert row["text"].endswith("وجود نقص.")
    first, second = row["attributions"]
    assert [written(row, first, p) for p in ("cue", "source", "medium", "target")] == [
        "وأكدت",
        "هيئة مياه الوادي",
        "لـ«المرفأ»",
        None,
    ]
    assert [row["text"][s:e] for s, e in first["content"]] == ["أن السد ممتلئ"]
    assert (second["act"], second["speaker"], written(row, second, "target")) == ("deny", "E1", "للسكان")


def test_tags_may_nest_and_cross():
    row = parse(HEAD + "<q2><c1 state ->قيل</c1> <q1>إن الماء يعود</q2>، <c2 state E1>تقول</c2> <s2>الهيئة</s2>، غدا</q1>\n")
    first, second = row["attributions"]
    assert [row["text"][s:e] for s, e in first["content"]] == ["إن الماء يعود، تقول الهيئة، غدا"]
    assert [row["text"][s:e] for s, e in second["content"]] == ["قيل إن الماء يعود"]
    assert first["speaker"] is None
    assert parse(render(row)) == row


def test_a_content_may_have_several_spans():
    row = parse(HEAD + "«<q1>الماء</q1>»، <c1 state E1>قالت</c1>، «<q1>يعود غدا</q1>»\n")
    assert [row["text"][s:e] for s, e in row["attributions"][0]["content"]] == ["الماء", "يعود غدا"]


@pytest.mark.parametrize(
    ("body", "line", "reason"),
    [
        ("ل\n<c1 state E1>قال</c1> <q1>إن", 7, "<q1> is never closed"),
        ("<c1 state E1>قال</c1> إن</q1>", 6, "closes nothing"),
        ("<c1 state E1>قال</c1> <q1></q1>", 6, "an empty span"),
        ("ل\n\n<x1>قال</x1>", 8, "unknown tag <x1>"),
        ("<c1>قال</c1> <q1>نعم</q1>", 6, "unknown tag <c1>"),
        ("5 < 6", 6, "unknown tag <"),
        ("<c1 state E2>قال</c1> <q1>نعم</q1>", 6, "unknown entity E2"),
        ("<c1 say E1>قال</c1> <q1>نعم</q1>", 6, "unknown act say"),
        ("ل\n<c1 state E1>قال</c1> نعم", 7, "attribution 1 has no content"),
        ("<s1>الهيئة</s1> <q1>نعم</q1>", 6, "attribution 1 has no cue"),
        ("<c1 state E1>قال</c1> <q1>نعم</q1> <c1 state E1>قال</c1>", 6, "a second cue"),
        ("<c1 state E1>قال</c1> <q1>نعم <q1>لا</q1></q1>", 6, "already open"),
        ("<c1 state E1>قال لها</c1> <q1>نعم</q1>", 6, "more than one token"),
    ],
)
def test_faults_name_file_and_line(body, line, reason):
    with pytest.raises(DataError) as caught:
        parse(HEAD + body + "\n", "a-001.txt")
    assert str(caught.value).startswith(f"a-001.txt:{line}: ")
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id: 1\noutlet: ا\ndate: 2021-01-01\nقال\n", "no line ---"),
        ("id: 1\noutlet: ا\n---\nقال\n", "the header has no date"),
        ("id: 1\nby: س\n---\n", "f.txt:2: not a header line"),
        ("id: 1\nid: 2\n---\n", "f.txt:2: id is given twice"),
        ("id: 1\nE1: س | \n---\n", "f.txt:2: E1 has an empty name"),
    ],
)
def test_faults_of_the_header(text, reason):
    with pytest.raises(DataError) as caught:
        parse(text, "f.txt")
    assert reason in str(caught.value)


def test_what_cannot_be_written_is_refused():
    row = parse(HEAD + "<c1 state E1>قالت</c1> <q1>نعم</q1>\n")
    for change in ({"text": row["text"] + " <"}, {"id": ""}, {"outlet": " ا"}, {"entities": {"E1": ["ا|ب"]}}):
        with pytest.raises(DataError):
            render(GoldRow(**{**row, **change}))
    row["attributions"][0]["content"] = [[4, 40]]
    with pytest.raises(DataError, match="does not fit"):
        render(row)


def test_a_folder_is_read_by_file_name_and_ids_are_unique(tmp_path: Path):
    for name, key in (("b.txt", "x-2"), ("a.txt", "x-1")):
        (tmp_path / name).write_text(HEAD.replace("x-1", key) + "خبر\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("no article", encoding="utf-8")
    assert [row["id"] for row in load(tmp_path)] == ["x-1", "x-2"]
    (tmp_path / "c.txt").write_text(HEAD + "خبر\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"c\.txt: the id x-1 is already that of a\.txt"):
        load(tmp_path)


WORDS = st.text(alphabet="ابتقلمنوي\u064b\u200f«»:.،A1\n-", min_size=1, max_size=8)
NAMES = st.text(alphabet="ابتقلم :-", min_size=1, max_size=12).map(str.strip).filter(bool)


@st.composite
def gold_rows(draw: st.DrawFn) -> GoldRow:
    words = draw(st.lists(WORDS, min_size=1, max_size=12))
    text = " ".join(words)
    entities = {
        f"E{i}": names for i, names in enumerate(draw(st.lists(st.lists(NAMES, min_size=1, max_size=3), max_size=3)), 1)
    }
    ends = st.integers(0, len(text))
    span = st.tuples(ends, ends).filter(lambda s: s[0] != s[1]).map(lambda s: sorted(s))
    cues = [
        [i, j] for i in range(len(text)) for j in range(i + 1, min(len(text), i + 5) + 1) if not set(text[i:j]) & {" ", "\n"}
    ]
    attributions = [
        GoldAttribution(
            cue=draw(st.sampled_from(cues)),
            act=draw(st.sampled_from(sorted(ACTS))),
            speaker=draw(st.sampled_from([None, *entities])),
            content=disjoint(draw(st.lists(span, min_size=1, max_size=3))),
            source=draw(st.none() | span),
            target=draw(st.none() | span),
            medium=draw(st.none() | span),
        )
        for _ in range(draw(st.integers(0, 4)) if cues else 0)
    ]
    row = GoldRow(id="x", outlet="ا", date="2021-01-01", text=text, entities=entities, attributions=attributions)
    if draw(st.booleans()):
        row["register"] = draw(NAMES)
    return row


def disjoint(spans: list[list[int]]) -> list[list[int]]:
    kept: list[list[int]] = []
    for start, end in sorted(spans):
        if not kept or kept[-1][1] <= start:
            kept.append([start, end])
    return kept


@given(gold_rows())
def test_writing_is_the_inverse_of_reading(row):
    article = render(row)
    assert parse(article) == row
    assert render(parse(article)) == article


@given(st.text(alphabet="<>/cqstm12 Eا-\n", max_size=60))
def test_any_body_is_read_or_refused(body):
    try:
        row = parse(HEAD + body)
    except DataError:
        return
    assert not set(row["text"]) & set("<>")
    assert parse(render(row)) == row


CORPUS = Path(__file__).parents[2] / "corpus"


def test_the_open_corpus_is_sound():
    rows = load(CORPUS)
    assert len(rows) >= 60
    for row in rows:
        text = row["text"]
        for names in row["entities"].values():
            assert all(name in text for name in names), (row["id"], names)
        assert {a["speaker"] for a in row["attributions"]} - {None} == set(row["entities"]), row["id"]
        for attribution in row["attributions"]:
            spans = [attribution["cue"], attribution["source"], attribution["target"], attribution["medium"]]
            for start, end in [s for s in spans if s] + attribution["content"]:
                words = text[start:end]
                assert words == words.strip(), (row["id"], words)
                assert not (text[end - 1].isalpha() and text[end : end + 1].isalpha()), (row["id"], words)
