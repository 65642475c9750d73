"""Annotations of articles whose words may not be copied: offsets and acts only, joined to the texts when training.

    python -m training.standoff write GOLD.jsonl... OUT.jsonl        gold rows to offsets
    python -m training.standoff join STANDOFF.jsonl FOLDER OUT.jsonl  offsets to gold rows, texts from FOLDER/*.jsonl.xz

A row holds the article's id, the SHA-256 of its text, each entity's names as spans, and the attributions as spans.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from training.examples import read_rows

Row = dict[str, Any]


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def without_words(row: Row) -> Row:
    """A gold row as offsets only; a name that the text does not hold verbatim is left out."""
    text = row["text"]
    entities = {}
    for key, names in row["entities"].items():
        spans = [[text.find(n), text.find(n) + len(n)] for n in names if n and n in text]
        entities[key] = spans
    return {"id": row["id"], "sha256": digest(text), "entities": entities, "attributions": row["attributions"]}


def joined(standoff: Iterable[Row], folder: Path) -> Iterator[Row]:
    """The gold rows of ``standoff`` with their texts. Raises ValueError where a text is missing or another one."""
    wanted = {row["id"]: row for row in standoff}
    for path in sorted(folder.glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                row = wanted.pop(article["id"], None)
                if row is None:
                    continue
                text = article["text"]
                if digest(text) != row["sha256"]:
                    raise ValueError(f"{article['id']}: the text is not the one that was annotated")
                names = {key: [text[s:e] for s, e in spans] for key, spans in row["entities"].items()}
                yield {
                    "id": row["id"], "outlet": article["outlet"], "date": article["date"][:10], "text": text,
                    "entities": names, "attributions": row["attributions"],
                }  # fmt: skip
    if wanted:
        raise ValueError(f"{len(wanted)} annotated articles are not in {folder}, {next(iter(wanted))} among them")


def _write(rows: Iterable[Row], out: str) -> None:
    with open(out, "w", encoding="utf-8") as sink:
        for row in rows:
            sink.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


def main() -> None:
    match sys.argv[1:]:
        case ["write", *sources, out] if sources:
            _write((without_words(row) for path in sources for row in read_rows(path)), out)
        case ["join", standoff, folder, out]:
            _write(joined(read_rows(standoff), Path(folder)), out)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
