"""Builders of pages, WARC records and archives; all news in them is invented."""

import gzip
import io
import json
import zipfile

SENTENCE = "وقال مدير المرفأ في الجولة رقم {} إن تفريغ القمح يستمر يومين وإن الصوامع تتسع للحمولة كلها."


def html_page(title="وصول قافلة القمح", paragraphs=6, head="", extra=""):
    body = "".join(f"<p>{SENTENCE.format(i)}</p>" for i in range(paragraphs))
    return (
        f'<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><article><h1>{title}</h1>{body}</article>{extra}</body></html>"
    )


def warc_record(kind, url, block, content_type="application/http; msgtype=response", length=None, **headers):
    lines = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2021-05-02T10:00:00Z",
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>",
        *(f"{k.replace('_', '-')}: {v}" for k, v in headers.items()),
        f"Content-Type: {content_type}",
        f"Content-Length: {len(block) if length is None else length}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def http_response(body, content_type="text/html; charset=utf-8", status="200 OK", **headers):
    data = body.encode() if isinstance(body, str) else body
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {content_type}",
        *(f"{k.replace('_', '-')}: {v}" for k, v in headers.items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


def page_record(url, title="وصول قافلة القمح", **headers):
    return warc_record("response", url, http_response(html_page(title)), **headers)


def warc(*records, packed=True):
    return b"".join(gzip.compress(r) for r in records) if packed else b"".join(records)


def wacz(warcs, pages=()):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in warcs.items():
            archive.writestr(name, data)
        if pages:
            rows = [json.dumps({"format": "json-pages-1.0"}), *(json.dumps({"url": url}) for url in pages)]
            archive.writestr("pages/pages.jsonl", "\n".join(rows))
    return buffer.getvalue()
