"""INPUT to articles: kinds, ids, order, and errors that stop nothing."""

import io
import json

import pytest

from takhrij import errors
from takhrij.pages import count_inputs, read_inputs

STORY = "وصول قافلة القمح إلى المرفأ\nوصلت القافلة صباح اليوم، وقال مدير المرفأ إن التفريغ يستمر يومين."
SENTENCE = "وقال مدير المرفأ في الجولة رقم {} إن التفريغ يستمر يومين وإن الصوامع تتسع للحمولة كلها."
PAGE = f"""<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>وصول قافلة القمح - النهر</title></head>
<body><nav><a href="/">الرئيسية</a></nav><article><h1>وصول قافلة القمح</h1>
{"".join(f"<p>{SENTENCE.format(i)}</p>" for i in range(6))}
</article><footer>جميع الحقوق محفوظة</footer></body></html>"""


def read(*inputs):
    bad = []
    return list(read_inputs(inputs, on_error=bad.append)), bad


def test_folder_is_read_sorted_with_relative_ids(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    articles, bad = read(tmp_path)
    assert [a.id for a in articles] == ["a.html", "b/2.txt"]
    assert bad == []
    assert articles[0].title == "وصول قافلة القمح"
    assert articles[0].outlet == "النهر"
    assert "الرئيسية" not in articles[0].text
    assert articles[0].text.startswith("وصول قافلة القمح\nوقال مدير المرفأ")
    assert count_inputs([tmp_path]) == 2


def test_folder_with_nothing_usable_is_one_error(tmp_path):
    (tmp_path / "x.png").write_bytes(b"\x89PNG")
    articles, bad = read(tmp_path)
    assert articles == []
    assert len(bad) == 1
    assert "nothing to read" in str(bad[0])


def test_rows_keep_their_text_and_bad_ones_are_named(tmp_path):
    text = "عنوان\r\n\u200fنص\u00a0فيه علامات \ufe8d"
    rows = [
        json.dumps({"id": "n-1", "text": text, "outlet": "النهر", "date": "2015-07-21", "else": [1]}),
        "{broken",
        json.dumps({"title": "بلا نص"}),
        json.dumps({"url": "https://example.org/2", "text": STORY, "date": "٥ رمضان ١٤٣٦ هـ"}),
        "",
        json.dumps({"text": "English only, but readable."}),
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(rows), encoding="utf-8")
    articles, bad = read(tmp_path / "in.jsonl")
    assert [a.id for a in articles] == ["n-1", "https://example.org/2", "in.jsonl:6"]
    assert articles[0].text == text
    assert (articles[0].date, articles[1].date) == ("2015-07-21", "2015-06-22")
    assert articles[2].lang == "en"
    assert [type(e) for e in bad] == [errors.DamagedInput, errors.DamagedInput]
    assert "in.jsonl:2" in str(bad[0])
    assert "in.jsonl:3" in str(bad[1])
    assert count_inputs([tmp_path / "in.jsonl"]) == 5


def test_errors_do_not_stop_the_batch(tmp_path):
    (tmp_path / "1.txt").write_bytes(b"")
    (tmp_path / "2.pdf").write_bytes(b"%PDF-1.7 ...")
    (tmp_path / "3.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "4.txt").write_text(STORY, encoding="utf-8")
    articles, bad = read(tmp_path / "missing.txt", tmp_path)
    assert [a.id for a in articles] == ["4.txt"]
    assert [type(e) for e in bad] == [errors.EmptyInput, errors.EmptyInput, errors.UnsupportedInput, errors.NotText]
    assert all("\n" not in str(e) for e in bad)


def test_two_inputs_of_one_name_get_two_ids(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text(STORY, encoding="utf-8")
    articles, _ = read(tmp_path / "a", tmp_path / "b")
    assert [a.id for a in articles] == ["x.txt", "x.txt#2"]


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (STORY.encode(), ["-"]),
        (PAGE.encode(), ["-"]),
        (json.dumps({"id": "r", "text": STORY}).encode() + b"\n", ["r"]),
    ],
)
def test_standard_input_is_told_by_its_bytes(monkeypatch, data, ids):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    articles, bad = read("-")
    assert [a.id for a in articles] == ids
    assert bad == []


def test_addresses_on_standard_input_are_fetched(monkeypatch):
    from takhrij.records import Page

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"https://example.org/a\nhttps://example.org/b\n")))
    got = list(read_inputs(["-"], on_error=pytest.fail, fetch=lambda url: Page(name=url, url=url, body=PAGE.encode())))
    assert [a.id for a in got] == ["https://example.org/a", "https://example.org/b"]


def test_comment_form_in_plain_text_is_marked_not_removed(tmp_path):
    text = STORY + "\n\nأضف تعليقاً\n\nلن يتم نشر عنوان بريدك الإلكتروني."
    (tmp_path / "s.txt").write_text(text, encoding="utf-8")
    (article,) = read(tmp_path)[0]
    assert article.text == text
    assert [s.of(text)[:4] for s in article.skip] == ["أضف "]


def test_a_row_without_a_date_takes_the_one_in_its_address(tmp_path):
    row = {"text": STORY, "url": "https://example.org/news/2019/02/08/jisr"}
    (tmp_path / "in.jsonl").write_text(json.dumps(row))
    (article,) = read(tmp_path)[0]
    assert (article.date, article.date_certainty) == ("2019-02-08", 0.7)
    assert article.date_evidence.startswith("address")
