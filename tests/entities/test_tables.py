"""Tables: the form that the package's and a user's files share, and what is said of a fault in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from takhrij.entities.actors import Actors
from takhrij.entities.gazetteer import Gazetteer
from takhrij.entities.tables import DATA, read
from takhrij.errors import DataError
from takhrij.records import Article


def test_comments_and_empty_lines_are_passed_over(tmp_path: Path) -> None:
    table = tmp_path / "t.tsv"
    table.write_text("# head\n\na\tb|c\t-\n", encoding="utf-8")
    (row,) = read(table, 3)
    assert row.fields == ("a", "b|c", "-")
    assert row.names(1) == ("b", "c")
    assert row.optional(2) is None
    assert row.line == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("facility\tEG\t30\n", "line 1: 7 fields"),
        ("# c\nvillage\tEG\t30\t31\tX\tقرية\t1\n", "line 2: 'village' is no kind of place"),
        ("facility\tEgypt\t30\t31\tX\tقرية\t1\n", "'Egypt' is no ISO 3166 code"),
        ("facility\tEG\tnorth\t31\tX\tقرية\t1\n", "'north' is no number"),
        ("facility\tEG\t300\t31\tX\tقرية\t1\n", "300 is not between -90 and 90"),
        ("facility\tEG\t30\t31\tX\t-\t1\n", "the place has no name"),
    ],
)
def test_a_faulty_table_of_places_names_file_and_line(tmp_path: Path, text: str, said: str) -> None:
    table = tmp_path / "mine.tsv"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"mine\.tsv, line") as error:
        Gazetteer([table])
    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bridge-office\tbody\tEG\tBridge office\tمكتب الجسر\n", "'body' is no kind of party"),
        ("Bridge Office\tngo\tEG\tBridge office\tمكتب الجسر\n", "is no id"),
        ("bridge-office\tngo\tEG\tBridge office\t-\n", "the actor has no name"),
        ("bridge-office\tngo\tegypt\tBridge office\tمكتب الجسر\n", "is no ISO 3166 code"),
    ],
)
def test_a_faulty_table_of_actors_names_file_and_line(tmp_path: Path, text: str, said: str) -> None:
    table = tmp_path / "actors.tsv"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"actors\.tsv, line 1") as error:
        Actors([table])
    assert said in str(error.value)


def test_a_missing_file_and_one_that_is_no_text_are_data_errors(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none\.tsv"):
        Gazetteer([tmp_path / "none.tsv"])
    (tmp_path / "bytes.tsv").write_bytes(b"\xff\xfe\x00a")
    with pytest.raises(DataError, match="not UTF-8"):
        Actors([tmp_path / "bytes.tsv"])


def test_a_user_file_adds_places_and_beats_the_built_in_ones(tmp_path: Path) -> None:
    from takhrij.entities.places import find_places

    table = tmp_path / "mine.tsv"
    table.write_text("settlement\tEG\t27.1\t31.2\tSindyan\tكفر السنديان\t2\n", encoding="utf-8")
    (place,) = find_places("وصلت القافلة إلى كفر السنديان", names=Gazetteer([table]))
    assert (place.name, place.country, place.lat, place.lon) == ("Sindyan", "EG", 27.1, 31.2)


def test_a_user_file_adds_actors(tmp_path: Path) -> None:
    table = tmp_path / "mine.tsv"
    table.write_text("river-watch\tngo\tEG\tRiver Watch\tمرصد النهر|المرصد النهري\n", encoding="utf-8")
    mine = Actors([table])
    entry = mine.lookup("المرصد النهري")
    assert entry is not None
    assert (entry.id, entry.english, entry.origin) == ("river-watch", "River Watch", "mine.tsv")
    actor, party = mine.party_of("مدير مرصد النهر", Article("a", "قال مدير مرصد النهر إن المنسوب ارتفع"))
    assert (actor, party.kind, party.country) == ("river-watch", "ngo", "EG")


def test_every_table_says_where_it_comes_from() -> None:
    for table in DATA.iterdir():
        first = table.read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# "), table.name
        assert (
            any(word in first for word in ("CC0", "CC BY 4.0", "Unicode License", "masculine", "meaning")) or len(first) > 20
        ), table.name


def test_every_table_of_the_package_reads() -> None:
    for table in DATA.iterdir():
        assert sum(1 for _ in read(table.name, 1)) > 1, table.name
