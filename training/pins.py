"""Pin the regression gold: which held-out articles of corpus/ there are, and floors a little below what is read today.

    python -m training.pins            writes tests/gold/pins.json

Every fifth article of the corpus is kept out of training (:func:`held_out`), so that the floors measure reading, not memory.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from takhrij.attribution import read_attributions
from takhrij.evaluation.figures import Rate, figures
from takhrij.evaluation.matching import Match, match
from takhrij.exchange.contract import reading_row
from takhrij.exchange.markup import load
from takhrij.pages import article_from_text
from takhrij.records import Reading

CORPUS = Path("corpus")
PINS = Path("tests/gold/pins.json")
#: How far below today's figure a floor is set.
_SLACK = 0.02
_FLOORS = ("who_said_what", "detection", "source_tokens", "content_tokens")


def held_out(row_id: str) -> bool:
    """Whether an article of the corpus is kept out of training."""
    return int(row_id.rsplit("-", 1)[1]) % 5 == 0


def held_out_rows(corpus: Path) -> list[dict[str, Any]]:
    """The rows kept out of training, by id."""
    return [dict(row) for row in load(corpus) if held_out(row["id"])]


def digest(rows: list[dict[str, Any]]) -> str:
    """The SHA-256 of the rows' texts and annotations."""
    text = "\n".join(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read(row: dict[str, Any]) -> Match:
    """A row matched with what is read in its text."""
    article = article_from_text(row["text"], row["id"])
    answers = reading_row(Reading(article, read_attributions(article)))["attributions"]
    return match(row, answers)


def main() -> None:
    rows = held_out_rows(CORPUS)
    found = figures([read(row) for row in rows])
    floors = {name: round(rate.f1 - _SLACK, 3) for name in _FLOORS if isinstance(rate := found[name], Rate)}
    pins = {"articles": len(rows), "sha256": digest(rows), "floors": floors}
    PINS.write_text(json.dumps(pins, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(pins, indent=1))


if __name__ == "__main__":
    main()
