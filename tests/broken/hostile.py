"""The hostile and damaged files, each with what it must give: articles (by number) and errors (by class).

Texts are invented. Sizes are chosen so that a reader without bounds would not survive the memory and time of the batch.
"""

import base64
import gzip
import io
import json
import os
import runpy
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import brotli

make = runpy.run_path(str(Path(__file__).parent.parent / "pages" / "builders.py"))
record, response, page, page_record = (make[k] for k in ("warc_record", "http_response", "html_page", "page_record"))
warc, wacz = make["warc"], make["wacz"]

SENTENCE = "قال مدير المرفأ إن تفريغ القمح يستمر يومين وإن الصوامع تتسع للحمولة كلها.\n"
STORY = "وصول قافلة القمح إلى المرفأ\n" + SENTENCE * 4
URL = "https://example.org/{}"


@dataclass(frozen=True)
class Case:
    """``articles`` to come out, ``errors`` by class, and what must hold of the texts that do."""

    name: str
    data: bytes | Callable[[Path], None]
    articles: int
    errors: tuple[str, ...] = ()
    holds: Callable[[str], bool] = bool

    def write(self, folder: Path) -> None:
        path = folder / self.name
        if callable(self.data):
            self.data(path)
        else:
            path.write_bytes(self.data)


CASES: dict[str, Case] = {}


def case(name, data, articles, *errors, holds=bool):
    body = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    CASES[name] = Case(name, body, articles, errors, holds)


def sparse(size, tail=b""):
    def write(path):
        with path.open("wb") as stream:
            stream.truncate(size)
            stream.seek(size)
            stream.write(tail)

    return write


def bomb(size=150 << 20, byte=b"A"):
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    parts = [packer.compress(byte * (1 << 20)) for _ in range(size >> 20)]
    return b"".join(parts) + packer.flush()


def stored(body, **headers):
    return record("response", URL.format("hostile"), response(body, **headers))


def beside(*records):
    """A hostile record with a sound one before and after it."""
    return warc(page_record(URL.format("before")), *records, page_record(URL.format("after")))


# --- plain text and charsets
case("empty.txt", b"", 0, "EmptyInput")
case("white-space.txt", " \n\t\r\n\u00a0", 0, "EmptyInput")
case("byte-order-mark-only.txt", b"\xef\xbb\xbf", 0, "EmptyInput")
case("some-nulls.txt", STORY.replace("القمح", "القمح\x00", 1), 1, holds=lambda t: "\x00" not in t)
case("only-nulls.txt", b"\x00" * 5000, 0, "NotText")
case("random-bytes.txt", bytes(range(256)) * 20, 0, "NotText")
case("picture-called.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), 0, "NotText")
case("pdf-called.txt", b"%PDF-1.7\n" + b"x" * 100, 0, "UnsupportedInput")
case("report.pdf", b"%PDF-1.7\n", 0, "UnsupportedInput")
case("windows-1256.txt", STORY.encode("windows-1256"), 1, holds=lambda t: "مدير المرفأ" in t)
case("iso-8859-6.txt", STORY.encode("iso-8859-6"), 1, holds=lambda t: "مدير المرفأ" in t)
case("utf-16-without-mark.txt", STORY.encode("utf-16-le"), 1, holds=lambda t: "مدير المرفأ" in t)
case("utf-16-big.txt", STORY.encode("utf-16-be"), 1, holds=lambda t: "مدير المرفأ" in t)
case("utf-32.txt", STORY.encode("utf-32"), 1, holds=lambda t: "مدير المرفأ" in t)
case("utf-16-cut.txt", STORY.encode("utf-16")[:-1], 1, holds=lambda t: "مدير المرفأ" in t)
case("cut-inside-a-letter.txt", STORY.encode()[:-2], 1, holds=lambda t: "مدير المرفأ" in t)
case("surrogates-in-utf-8.txt", STORY + "\ud800\udc00\udfff", 1, holds=lambda t: not any("\ud800" <= c <= "\udfff" for c in t))
case("bidi-controls.txt", "\u202e" + STORY.replace(" ", " \u200f\u202d\u2066", 20), 1, holds=lambda t: "\u202e" in t)
case(
    "presentation-forms.txt", "\ufefb\ufe8d\ufee3\ufeae \ufe8d\ufedf\ufe9f\ufeb4\ufeae\n" * 20, 1, holds=lambda t: "\ufefb" in t
)
case("stacked-marks.txt", "عنوان" + "\u064b" * 200_000 + "\n" + STORY, 1)
case("200-megabytes-in-one-line.txt", sparse(200 << 20), 0, "TooLarge")
case("three-megabytes-in-one-line.txt", SENTENCE.strip() * 25_000, 0, "TooLarge")
case("nothing-but-dashes.txt", "عنوان\n" + " - " * 60_000 + "\n" + STORY, 1)
case("agencies-without-end.txt", "عنوان\n" + "نقلت وكالة «" * 20_000, 1)
case("comment-form-first.txt", "أضف تعليقاً\nأضف تعليقاً\n" + STORY, 1)

# --- web pages
case("said-to-be-utf-8.html", page("جسر الوادي").encode("windows-1256"), 1, holds=lambda t: t.startswith("جسر الوادي"))
case("unknown-charset.html", page("جسر الوادي").replace("utf-8", "x-martian"), 1, holds=lambda t: t.startswith("جسر الوادي"))
TWO = page("جسر الوادي").replace("</article>", "#</article>").encode().replace(b"#", f"<p>{SENTENCE}".encode("windows-1256"))
case("two-charsets.html", TWO, 1, holds=lambda t: t.count("تفريغ القمح يستمر") == 7)
case("utf-16.html", page("جسر الوادي").encode("utf-16"), 1, holds=lambda t: t.startswith("جسر الوادي"))
case("a-million-elements-deep.html", "<div>" * 1_000_000 + "x", 0, "TooLarge")
case("inline-deep.html", "<b><i>" * 100_000 + SENTENCE, 0, "TooLarge")
case("lists-deep.html", "<ul><li>" * 50_000 + SENTENCE, 0, "TooLarge")
case("paragraphs-without-end.html", "<p>" * 300_000 + SENTENCE, 0, "TooLarge")
case("metas-without-end.html", "<meta name=a content=b>" * 80_000 + f"<p>{SENTENCE}</p>", 1)
case("headlines-without-end.html", "<h1>جسر</h1>" * 30_000 + f"<p>{SENTENCE}</p>", 1)
case("attributes-without-end.html", "<p " + "a=1 " * 200_000 + f">{SENTENCE}</p>", 1)
case("a-class-of-a-megabyte.html", f'<p class="{"share " * 200_000}">{SENTENCE * 9}</p><p>{SENTENCE * 9}</p>', 1)
case("angle-brackets-only.html", "<" * 500_000, 0, "EmptyInput")
case("comment-without-end.html", "<!--" * 200_000 + SENTENCE, 0, "NotText")
case("entities-without-end.html", "<p>" + "&amp;" * 100_000 + SENTENCE, 1)
case("character-references.html", f"<p>&#0;&#x110000;&#xD800;&#1;{SENTENCE * 9}</p>", 1, holds=lambda t: "\x00" not in t)
case("script-only.html", "<html><script>var x = 'نص';</script></html>", 0, "EmptyInput")
case("frames-only.html", "<html><frameset><frame src='http://127.0.0.1/'></frameset></html>", 0, "EmptyInput")
case("no-words.html", "<html><body><img src=x><br></body></html>", 0, "EmptyInput")
case(
    "drawing-with-script.html",
    page("جسر").replace("</article>", "<svg onload=alert(1)><script>alert('خطر')</script><text>رسم</text></svg></article>"),
    1,
    holds=lambda t: "alert" not in t and "خطر" not in t,
)
case(
    "script-links.html",
    page("جسر").replace(
        "</article>", "<p><a href='javascript:alert(1)'>رابط</a> <a href='data:text/html,x'>آخر</a></p></article>"
    ),
    1,
    holds=lambda t: "javascript:" not in t and "data:" not in t,
)
case("address-that-is-a-script.html", page("جسر", head='<link rel=canonical href="javascript:alert(1)">'), 1)
case("picture-in-an-address.html", page("جسر").replace("<p>", f"<img src='data:image/png;base64,{'A' * 900_000}'><p>", 1), 1)
case("json-ld-deep.html", page("جسر", head=f'<script type="application/ld+json">{"[" * 90_000}</script>'), 1)
case("json-ld-broken.html", page("جسر", head='<script type="application/ld+json">{"@type": "NewsArticle", </script>'), 1)
ODD_NODE = '{"@type":"NewsArticle","headline":[{}],"datePublished":9,"author":[[]]}'
case("json-ld-odd.html", page("جسر", head=f'<script type="application/ld+json">{ODD_NODE}</script>'), 1)
case("after-the-end.html", page("جسر") + "<p>بقية النص بعد نهاية الصفحة.</p></html></html>", 1)
case("date-of-no-day.html", page("جسر", head='<meta property="article:published_time" content="9999-99-99T99:99">'), 1)
case("binary-called.html", bytes(range(256)) * 20, 0, "NotText")

# --- archives
case("truncated.warc.gz", beside()[:-60], 1, "DamagedInput")
case("cut-in-the-header.warc", page_record(URL.format("a")) + b"WARC/1.1\r\nWARC-Ty", 1, "DamagedInput")
case(
    "length-too-long.warc",
    warc(record("response", URL.format("a"), response(page()), length=10**7), packed=False),
    0,
    "DamagedInput",
)
SHORT = record("response", URL.format("a"), response(page()), length=200)
case("length-too-short.warc", warc(SHORT, page_record(URL.format("b")), packed=False), 1, "DamagedInput")
case("length-below-nothing.warc", warc(record("response", URL.format("a"), b"x", length=-5), packed=False), 0, "DamagedInput")
case(
    "length-of-an-exabyte.warc", warc(record("response", URL.format("a"), b"x", length=10**18), packed=False), 0, "DamagedInput"
)
case("no-length.warc", b"WARC/1.1\r\nWARC-Type: response\r\n\r\nx\r\n\r\n", 0, "DamagedInput")
case("headers-without-end.warc", b"WARC/1.1\r\n" + b"a: b\r\n" * 100_000, 0, "DamagedInput")
case("one-header-line-unpacking-to-150-megabytes.warc.gz", bomb(), 0, "DamagedInput")
case("not-a-warc.warc", STORY, 0, "DamagedInput")
case("not-gzip.warc.gz", b"\x1f\x8b" + b"\x00" * 100, 0, "DamagedInput")
case("rubbish-behind.warc.gz", beside() + b"rubbish", 2, "DamagedInput")
case("record-of-100-megabytes.warc.gz", beside(record("response", URL.format("big"), b"x" * (100 << 20))), 2, "TooLarge")
case("gzip-bomb-inside.warc.gz", beside(stored(bomb(), Content_Encoding="gzip")), 2, "TooLarge")
case(
    "brotli-bomb-inside.warc.gz",
    beside(stored(brotli.compress(b"A" * (100 << 20), quality=5), Content_Encoding="br")),
    2,
    "TooLarge",
)
case("gzip-cut-inside.warc.gz", beside(stored(gzip.compress(page().encode())[:-9], Content_Encoding="gzip")), 2, "DamagedInput")
case(
    "brotli-cut-inside.warc.gz", beside(stored(brotli.compress(page().encode())[:-9], Content_Encoding="br")), 2, "DamagedInput"
)
case("coding-unknown.warc.gz", beside(stored(b"x", Content_Encoding="x-martian")), 2, "UnsupportedInput")
case("coded-nine-times.warc.gz", beside(stored(b"x", Content_Encoding=", ".join(["gzip"] * 9))), 2, "DamagedInput")
case("chunks-broken.warc.gz", beside(stored(b"5\r\nabcde\r\nZZ\r\n", Transfer_Encoding="chunked")), 2, "DamagedInput")
case("chunk-too-long.warc.gz", beside(stored(b"ffffff\r\nabc", Transfer_Encoding="chunked")), 2, "DamagedInput")
case("no-http-in-it.warc.gz", beside(record("response", URL.format("x"), b"no headers here")), 2, "DamagedInput")
case("warc-in-a-warc.warc.gz", warc(record("resource", URL.format("x"), beside(), "application/warc")), 0, "EmptyInput")
case("page-deep-inside.warc.gz", beside(stored("<div>" * 300_000)), 2, "TooLarge")
case(
    "more-records-than-allowed.warc.gz",
    warc(*[record("metadata", URL.format(i), b"x", "text/x") for i in range(600)]),
    0,
    "TooLarge",
)
case("revisit-of-nothing.warc.gz", beside(record("revisit", URL.format("gone"), response(""))), 2, "UnsupportedInput")
case("zip-slip.wacz", wacz({"archive/../../../evil.warc.gz": beside(), "archive/data.warc.gz": beside()}), 2, "DamagedInput")
case("wacz-in-a-wacz.wacz", wacz({"archive/inner.wacz": wacz({"archive/data.warc.gz": beside()})}), 0, "DamagedInput")
case("truncated.wacz", wacz({"archive/data.warc.gz": beside()})[:-50], 0, "DamagedInput")
case("not-a-zip.wacz", STORY, 0, "DamagedInput")
case("bomb-inside.wacz", wacz({"archive/data.warc.gz": bomb()}), 0, "DamagedInput")
case("no-warc-inside.wacz", wacz({"readme.txt": b"x"}), 0, "DamagedInput")
case("list-broken.wacz", wacz({"archive/data.warc.gz": beside(), "pages/pages.jsonl": b"{broken\n" + b"[" * 90_000}), 2)
case("too-many-files.wacz", wacz({f"x/{i}": b"" for i in range(10_001)}), 0, "TooLarge")


def _marked(data, offset_in_local, offset_in_central, value):
    """A zip with a field of its first file's two headers overwritten."""
    data = bytearray(data)
    struct.pack_into("<H", data, offset_in_local, value)
    struct.pack_into("<H", data, data.index(b"PK\x01\x02") + offset_in_central, value)
    return bytes(data)


case("encrypted.wacz", _marked(wacz({"archive/data.warc.gz": beside()}), 6, 8, 1), 0, "DamagedInput")
case("method-unknown.wacz", _marked(wacz({"archive/data.warc.gz": beside()}), 8, 10, 77), 0, "DamagedInput")


def _wrong_sum():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("archive/data.warc", warc(page_record(URL.format("a")), packed=False))
    data = bytearray(buffer.getvalue())
    data[data.index(b"software") if b"software" in data else 300] ^= 1
    return bytes(data)


case("wrong-checksum.wacz", _wrong_sum(), 0, "DamagedInput")

# --- XML
LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))


def feed(title="خبر", doctype="", description=""):
    return f"{doctype}<rss><channel><item><title>{title}</title><description>{description}</description></item></channel></rss>"


FAT = "ا" * 90_000
SCRIPT = "&lt;script&gt;alert(1)&lt;/script&gt;نص الخبر"
case("a-billion-laughs.xml", feed("&l11;", f'<!DOCTYPE r [<!ENTITY l0 "ها">{LAUGHS}]>'), 0, "EmptyInput")
case("one-fat-entity.xml", feed("&a;" * 9_000, f'<!DOCTYPE r [<!ENTITY a "{FAT}">]>'), 0, "EmptyInput")
case(
    "entity-of-a-file.xml",
    feed("خبر &f;", '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
    1,
    holds=lambda t: "root:" not in t,
)
case("entity-of-the-web.xml", feed(doctype='<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd">'), 1)
case("cut.xml", "<rss><channel><title>النهر</title><item><title>خبر أول</title></item><item><title>خبر", 2)
case("not-xml.xml", "{}", 0, "DamagedInput")
case("xml-deep.xml", "<rss>" + "<a>" * 200_000, 0, "EmptyInput")
case("sitemap.xml", "<urlset><url><loc>http://127.0.0.1/</loc></url></urlset>", 0, "UnsupportedInput")
case("drawing.xml", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", 0, "UnsupportedInput")
case("feed-with-script.xml", feed(description=SCRIPT), 1, holds=lambda t: "alert" not in t)

# --- rows
GOOD = json.dumps({"id": "good", "text": STORY})
case("rows-broken.jsonl", f"{{broken\n{GOOD}\n[1, 2]\n\x00\n", 1, "DamagedInput", "DamagedInput", "DamagedInput")
case("rows-deep.jsonl", "[" * 100_000 + f"\n{GOOD}", 1, "DamagedInput")
case("row-too-long.jsonl", sparse(40 << 20, b"\n" + GOOD.encode()), 1, "TooLarge")
case(
    "row-without-words.jsonl",
    '{"text": "  "}\n{"text": 5}\n{"text": null}\n{"title": "x"}',
    0,
    "EmptyInput",
    *["DamagedInput"] * 3,
)
case("row-with-surrogates.jsonl", '{"text": "\\ud800 \\udfff نص"}', 1, holds=lambda t: t == "\ufffd \ufffd نص")
case("row-with-a-giant-number.jsonl", f'{{"text": "نص", "id": {"9" * 10_000}}}\n{GOOD}', 1, "DamagedInput")
case(
    "rows-with-odd-facts.jsonl",
    '{"text": "نص", "date": "99/99/9999", "url": ["x"], "outlet": {"a": 1}, "id": true, "title": 3.5}',
    1,
)
case("rows-of-one-id.jsonl", f"{GOOD}\n{GOOD}", 2)
case("row-in-utf-16.jsonl", GOOD.encode("utf-16"), 1)

# --- exports of Telegram
case("broken-result.json", '{"messages": [', 0, "DamagedInput")
case("other-result.json", '{"a": 1}', 0, "UnsupportedInput")
ODD_POSTS = '1, null, {"type": "message", "text": {"a": 1}}, {"type": "message", "text": [1, {"text": 2}, "نص"]}'
case("odd-result.json", f'{{"messages": [{ODD_POSTS}]}}', 1, "DamagedInput")

# --- things that are no files, and names
case("pipe.txt", lambda path: os.mkfifo(path), 0, "UnsupportedInput")
case("dangling-link.txt", lambda path: path.symlink_to("nowhere"), 0, "UnsupportedInput")
case("link-to-itself.txt", lambda path: path.symlink_to(path), 0, "UnsupportedInput")
case("name-in\ntwo lines.txt", STORY, 1)
case("called-zip.txt", base64.b64decode("UEsDBBQ="), 0, "NotText")
case(
    "names-in-two-lines.wacz",
    wacz({"archive/da\nta.warc.gz": b"\x1f\x8brubbish", "archive/a.warc.gz": beside()}),
    2,
    "DamagedInput",
)
case("address-in-two-lines.xml", "<rss><item><title>خبر</title><guid>a&#10;b&#x2028;c</guid></item></rss>", 1)
