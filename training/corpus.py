"""Unlabelled news as arrays of form ids: the input of pre-training. Vocabulary stays here, it never ships."""

from __future__ import annotations

import json
import lzma
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from takhrij.attribution.features import pieces
from takhrij.attribution.view import NEWLINE, view


def texts(folder: Path) -> Iterator[str]:
    """The texts of every ``*.jsonl.xz`` file of ``folder``, exact repetitions left out."""
    seen: set[int] = set()
    for path in sorted(folder.glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as rows:
            for row in rows:
                text = json.loads(row)["text"]
                key = hash(text[-400:])
                if key not in seen:
                    seen.add(key)
                    yield text


def stream(folder: Path, limit: int | None = None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(form ids in order of text, feature rows per form, count per form); ids are by falling count."""
    ids: dict[str, int] = {}
    out: list[np.ndarray] = []
    size = 0
    for text in texts(folder):
        shown = [*view(text).shown, NEWLINE, NEWLINE]
        out.append(np.fromiter((ids.setdefault(f, len(ids)) for f in shown), dtype=np.int32, count=len(shown)))
        size += len(shown)
        if limit and size >= limit:
            break
    flat = np.concatenate(out)
    counts = np.bincount(flat, minlength=len(ids))
    order = np.argsort(-counts, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    forms = list(ids)
    features = np.array([pieces(forms[i]) for i in order], dtype=np.int32)
    return rank[flat].astype(np.int32), features, counts[order]


def main() -> None:
    """Write the stream of a folder: ``python -m training.corpus FOLDER OUT.npz``."""
    folder, out = sys.argv[1:3]
    ids, features, counts = stream(Path(folder))
    np.savez(out, ids=ids, features=features, counts=counts)


if __name__ == "__main__":
    main()
