"""The evidence: what is put comes back, each changed byte is found, a killed writer loses nothing whole."""

import random
import subprocess
import sys
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from takhrij.errors import LedgerBusy, LedgerDamaged
from takhrij.pages.evidence import INDEX, Evidence
from takhrij.records import Page


def given_page(i=1):
    return Page(
        name=f"مجلد/{i}.html",
        body=f"<p>نص الصفحة {i}</p>".encode() * 20,
        media_type="text/html",
        captured="2021-05-02T10:00:00Z",
    )


def fetched_page(i=1):
    return Page(
        name=f"https://example.org/{i}",
        url=f"https://example.org/{i}",
        body=f"<p>نص الصفحة المجلوبة {i}</p>".encode() * 20,
        media_type="text/html; charset=utf-8",
        captured="2021-05-02T10:00:00Z",
        headers={"content-type": "text/html; charset=utf-8", "content-encoding": "br", "etag": '"a\r\nb"'},
    )


@pytest.fixture
def store(tmp_path):
    with Evidence(tmp_path / "e") as evidence:
        for i in range(12):
            evidence.put(given_page(i))
            evidence.put(fetched_page(i))
    return tmp_path / "e"


def test_pages_come_back_as_they_were(store):
    evidence = Evidence(store)
    for page in (given_page(3), fetched_page(3)):
        assert evidence.get(page.sha256) == page.body
        kept = evidence.page(page.sha256)
        assert (kept.name, kept.url, kept.media_type, kept.captured) == (page.name, page.url, page.media_type, page.captured)
    assert evidence.verify() == []


def test_putting_again_adds_nothing(store):
    before = sorted((p.name, p.stat().st_size) for p in store.iterdir())
    with Evidence(store) as evidence:
        where = evidence.put(given_page(5))
    assert where.digest == given_page(5).sha256
    assert sorted((p.name, p.stat().st_size) for p in store.iterdir()) == before


def test_other_tools_read_the_files(store):
    with next(store.glob("*.warc.gz")).open("rb") as stream:
        kinds = [record.rec_type for record in ArchiveIterator(stream, check_digests="raise")]
    assert kinds == ["warcinfo", *["resource", "response"] * 12]


def test_a_hundred_changed_bytes_are_found(store):
    chance = random.Random(7)
    for path in [next(store.glob("*.warc.gz")), store / INDEX]:
        data = path.read_bytes()
        for _ in range(100):
            at = chance.randrange(len(data))
            path.write_bytes(data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :])
            assert Evidence(store).verify(), f"a change at byte {at} of {path.name} went unseen"
        path.write_bytes(data)
    assert Evidence(store).verify() == []


@pytest.mark.parametrize("harm", ["cut", "lose", "append", "lose index line"])
def test_loss_is_found(store, harm):
    path = next(store.glob("*.warc.gz"))
    data = path.read_bytes()
    if harm == "cut":
        path.write_bytes(data[:-10])
    elif harm == "lose":
        path.unlink()
    elif harm == "append":
        path.write_bytes(data + b"x")
    else:
        lines = (store / INDEX).read_bytes().splitlines(keepends=True)
        (store / INDEX).write_bytes(b"".join(lines[:4] + lines[5:]))
    assert Evidence(store).verify()


def test_altered_evidence_is_not_handed_out(store):
    path = next(store.glob("*.warc.gz"))
    data = bytearray(path.read_bytes())
    data[-30] ^= 1
    path.write_bytes(data)
    with pytest.raises(LedgerDamaged, match="altered"):
        Evidence(store).get(fetched_page(11).sha256)
    with pytest.raises(LedgerDamaged, match="no evidence"):
        Evidence(store).get("0" * 64)


@settings(max_examples=40, deadline=None)
@given(cut=st.integers(0, 5000), index_cut=st.integers(0, 700))
def test_a_torn_end_is_mended_and_whole_records_kept(tmp_path_factory, cut, index_cut):
    folder = tmp_path_factory.mktemp("e")
    with Evidence(folder) as evidence:
        evidence.put(given_page(0))
    synced = (folder / "evidence-00001.warc.gz").stat().st_size
    index = (folder / INDEX).read_bytes()
    with Evidence(folder) as evidence:
        for i in range(1, 6):
            evidence.put(given_page(i))
    path = folder / "evidence-00001.warc.gz"
    size = max(synced, path.stat().st_size - cut)
    path.write_bytes(path.read_bytes()[:size])
    # the index is written after the records: a killed writer's index is at most as far as its records
    (folder / INDEX).write_bytes(index + (b"" if cut else (folder / INDEX).read_bytes()[len(index) :][: -index_cut or None]))
    with Evidence(folder) as evidence:
        for i in range(7):
            evidence.put(given_page(i))
    again = Evidence(folder)
    assert again.verify() == []
    assert [again.get(given_page(i).sha256) for i in range(7)] == [given_page(i).body for i in range(7)]
    assert len(list(again.rows())) == 7


def test_a_killed_writer_leaves_a_store_that_opens(tmp_path):
    code = textwrap.dedent("""
        import os, sys
        from takhrij.pages.evidence import Evidence
        from takhrij.records import Page
        evidence = Evidence(sys.argv[1])
        for i in range(40):
            evidence.put(Page(name=str(i), body=b"x" * 2000 + str(i).encode()))
        evidence._out.flush()
        os.kill(os.getpid(), 9)
    """)
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path / "e")], check=False).returncode != 0
    with Evidence(tmp_path / "e") as evidence:
        evidence.put(given_page())
    again = Evidence(tmp_path / "e")
    assert again.verify() == []
    assert len(list(again.rows())) == 41


def test_two_writers_exclude_each_other(tmp_path):
    with Evidence(tmp_path) as first:
        first.put(given_page(1))
        with pytest.raises(LedgerBusy):
            Evidence(tmp_path).put(given_page(2))
        assert Evidence(tmp_path).verify() is not None
    with Evidence(tmp_path) as second:
        second.put(given_page(2))


def test_a_reader_sees_what_a_writer_added_since(tmp_path):
    reader = Evidence(tmp_path)
    with Evidence(tmp_path) as writer:
        writer.put(given_page(1))
    assert reader.get(given_page(1).sha256) == given_page(1).body


def test_files_roll_over(tmp_path):
    with Evidence(tmp_path, roll=2000) as evidence:
        for i in range(20):
            evidence.put(fetched_page(i))
    assert len(list(tmp_path.glob("*.warc.gz"))) > 2
    assert Evidence(tmp_path).verify() == []
    assert Evidence(tmp_path).get(fetched_page(19).sha256) == fetched_page(19).body


@settings(max_examples=40, deadline=None)
@given(body=st.binary(min_size=1, max_size=300), name=st.text(min_size=1, max_size=20), fetched=st.booleans())
def test_any_body_and_name_come_back(tmp_path_factory, body, name, fetched):
    folder = tmp_path_factory.mktemp("e")
    name = name.encode("utf-8", "replace").decode()
    page = Page(name=name, body=body, url="https://example.org/", headers={"x": "y"}) if fetched else Page(name=name, body=body)
    with Evidence(folder) as evidence:
        evidence.put(page)
        kept = evidence.page(page.sha256)
    assert (kept.body, kept.name.strip()) == (body, name.strip())
    assert Evidence(folder).verify() == []
