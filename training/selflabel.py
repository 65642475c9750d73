"""Label unlabelled news with the shipped reader, for the next reader to learn from first.

    python -m training.selflabel FOLDER OUT.jsonl [--articles 6500]

FOLDER holds ``*.jsonl.xz`` with rows of ``text``. Of the articles drawn, the fifth of which the reader is least sure is left
out. The labels are no gold: they show ordinary news of many kinds, which the annotated articles then correct.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
from collections.abc import Iterator
from pathlib import Path

from takhrij.attribution.network import network
from takhrij.attribution.reader import FoundCue, found_cues
from takhrij.attribution.view import view

#: Words that an article must have at least, and at most.
SHORTEST, LONGEST = 60, 420
#: The share of articles left out, those of which the reader is least sure.
UNSURE = 0.2


def drawn(folder: Path, count: int) -> list[str]:
    """``count`` texts, as many from each file as it gives."""
    rng = random.Random(5)
    files = sorted(folder.glob("*.jsonl.xz"))
    texts: list[str] = []
    for path in files:
        of_file = [text for text in _texts(path) if SHORTEST <= len(text.split()) <= LONGEST]
        texts += rng.sample(of_file, min(len(of_file), -(-count // len(files))))
    rng.shuffle(texts)
    return texts


def _texts(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def sureness(cues: list[FoundCue]) -> float:
    """How sure the reader is of an article: the mean chance that a cue and its content are right."""
    return sum(c.chance * c.spans["content"].chance for c in cues) / len(cues)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--articles", type=int, default=6500)
    a = ask.parse_args()
    labelled = []
    for text in drawn(a.folder, round(a.articles / (1 - UNSURE))):
        cues = [c for c in found_cues(view(text), network()) if "content" in c.spans]
        if cues:
            labelled.append((sureness(cues), text, cues))
    labelled.sort(key=lambda each: each[0])
    with a.out.open("w", encoding="utf-8") as sink:
        for _, text, cues in labelled[int(len(labelled) * UNSURE) :]:
            spans = [{role: (found.first, found.last) for role, found in c.spans.items()} for c in cues]
            rows = [{"token": c.token, "act": c.act, "spans": s} for c, s in zip(cues, spans, strict=True)]
            sink.write(json.dumps({"text": text, "cues": rows}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
