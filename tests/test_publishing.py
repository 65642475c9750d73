"""What leaves the desk of people's work, by the command."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from takhrij.cli.export_verb import command
from takhrij.corrections import Fix, place_of
from takhrij.ledger import Subject, open_ledger
from takhrij.publishing import CHECKED
from tests.desk.traced import fill_traced, stated

#: The keys of a row of gold and of an attribution in it.
ROW = {"id", "outlet", "date", "url", "text", "entities", "attributions", "checked"}
PART = {"cue", "act", "speaker", "content", "source", "target", "medium"}


def exported(where: Path, form: str) -> list[dict]:  # type: ignore[type-arg]
    ran = CliRunner().invoke(command, ["--ledger", str(where), "--format", form])
    assert ran.exit_code == 0, ran.exception
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_corrected_and_checked_articles_are_gold(tmp_path: Path) -> None:
    where = tmp_path / "desk.db"
    fill_traced(where)
    assert exported(where, "gold") == []
    with open_ledger(where) as ledger, ledger.writer("سلمى") as writer:
        writer.fix(Fix(place_of(stated("a"), 0), ("speaker",), speaker="نقابة السائقين"))
        writer.review(Subject("article", "b"), CHECKED)
    rows = exported(where, "gold")
    assert [(row["id"], row["checked"]) for row in rows] == [("a", False), ("b", True)]
    assert all(set(row) == ROW and set(a) == PART for row in rows for a in row["attributions"])
    first = rows[0]
    assert first["entities"] == {"E1": ["نقابة السائقين"]}, "the words of the source that was wrong are no name of hers"
    [attribution] = first["attributions"]
    assert first["text"][slice(*attribution["cue"])] == "أعلنت"
    assert attribution["speaker"] == "E1"


def test_notes_are_no_verdicts(tmp_path: Path) -> None:
    where = tmp_path / "desk.db"
    fill_traced(where)
    with open_ledger(where) as ledger, ledger.writer("salma@example.org") as writer:
        claim = ledger.views().claims().claims[0].claim.id
        writer.review(Subject("claim", claim), "partly", "نصفه صحيح")
        writer.review(Subject("claim", claim), "", "اتصلت بهم")
    [review] = exported(where, "claimreview")
    assert review["reviewRating"]["alternateName"] == "صحيح جزئيًا"
    assert review["author"]["name"] == "salma"
    assert "اتصلت" not in json.dumps(review, ensure_ascii=False)
