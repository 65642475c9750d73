"""WACZ export: its files, their digests, an index that leads to the records; what is written is read again."""

import gzip
import hashlib
import json
import zipfile

import pytest

from takhrij.errors import LedgerDamaged, TakhrijError
from takhrij.ledger import open_ledger
from takhrij.pages import read_inputs
from takhrij.pages.wacz import sort_key, write_wacz
from takhrij.records import Article, Page, Reading


@pytest.fixture
def exported(make, tmp_path):
    with open_ledger(tmp_path / "l.db", evidence_folder=tmp_path / "e") as ledger, ledger.writer("desk") as writer:
        for i in range(3):
            url = f"https://www.example.org/خبر/{i}"
            head = {"content-type": "text/html; charset=utf-8"}
            page = Page(
                name=url, url=url, body=make.html_page(f"جسر الوادي {i}").encode(), media_type="text/html", headers=head
            )
            writer.add(Reading(Article(url, f"جسر الوادي {i}", page_sha256=page.sha256), (), ()), page)
    out = tmp_path / "out.wacz"
    assert write_wacz((tmp_path / "e").glob("*.warc.gz"), out) == 3
    return out


def test_package_names_each_file_with_its_digest(exported):
    with zipfile.ZipFile(exported) as archive:
        package = json.loads(archive.read("datapackage.json"))
        assert package["wacz_version"] == "1.1.1"
        for resource in package["resources"]:
            data = archive.read(resource["path"])
            assert resource["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()
            assert resource["bytes"] == len(data)
        digest = json.loads(archive.read("datapackage-digest.json"))
        assert digest["hash"] == "sha256:" + hashlib.sha256(archive.read("datapackage.json")).hexdigest()
        stored = {i.filename: i.compress_type for i in archive.infolist()}
        assert [stored[name] for name in stored if name.startswith("archive/")] == [zipfile.ZIP_STORED]


def test_index_leads_to_the_records(exported):
    with zipfile.ZipFile(exported) as archive:
        lines = archive.read("indexes/index.cdx").decode().splitlines()
        assert lines == sorted(lines)
        for line in lines:
            key, stamp, facts = line.split(" ", 2)
            row = json.loads(facts)
            assert key.startswith("org,example)/")
            assert len(stamp) == 14
            data = archive.read(f"archive/{row['filename']}")[row["offset"] : row["offset"] + row["length"]]
            assert row["url"].encode() in gzip.decompress(data)


def test_export_is_read_again(exported):
    articles = list(read_inputs([exported], on_error=pytest.fail))
    assert [a.title for a in articles] == ["جسر الوادي 0", "جسر الوادي 1", "جسر الوادي 2"]


def test_damaged_evidence_is_not_exported(tmp_path, exported):
    path = next((tmp_path / "e").glob("*.warc.gz"))
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(LedgerDamaged):
        write_wacz([path], tmp_path / "x.wacz")
    assert not (tmp_path / "x.wacz").exists()
    with pytest.raises(TakhrijError):
        write_wacz([], tmp_path / "y.wacz")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.Example.org/News/1?b=2&a=1", "org,example)/news/1?a=1&b=2"),
        ("http://example.org:8080", "org,example:8080)/"),
        ("urn:takhrij:input:a b", "urn:takhrij:input:ab"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_sort_key(url, key):
    assert sort_key(url) == key
