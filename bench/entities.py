#!/usr/bin/env python3
"""What the entities stage costs: ``bench/entities.py ARTICLES [--limit N] [--baseline SECONDS]``.

ARTICLES is a ``.jsonl`` file (rows with ``text`` and any of ``date``, ``outlet``) or a folder of ``.txt`` and ``.jsonl`` files.
Printed: seconds and memory to load all tables, milliseconds an article and for 300 words, tokenizing apart, names found
by the token dictionary against a pyahocorasick automaton over the same names. Seconds are of processor time, so that
other work on the machine does not count. With ``--baseline``, the seconds that another tool took, their ratio too.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from takhrij.records import Article, Attribution, Span
from takhrij.text.tokens import Tokens

_LOAD = """
import resource, time
import takhrij.records, takhrij.text.tokens
base, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
from takhrij.entities import resolve
article = takhrij.records.Article("", "قال وزير الصحة", date="2020-01-05")
span = takhrij.records.Span(0, 3)
resolve(article, [takhrij.records.Attribution(span, (span,), "state", speaker="وزير الصحة")])
print(time.process_time() - start, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base) / 1024)
"""


def articles(path: Path) -> Iterator[Article]:
    """The articles of a file or of all files of a folder."""
    if path.is_dir():
        for inner in sorted(path.iterdir()):
            if inner.suffix in {".jsonl", ".txt"}:
                yield from articles(inner)
    elif path.suffix == ".jsonl":
        with path.open(encoding="utf-8") as lines:
            for n, line in enumerate(lines):
                row = json.loads(line)
                yield Article(str(row.get("id", n)), row["text"], date=row.get("date"), outlet=row.get("outlet"))
    else:
        yield Article(path.name, path.read_text(encoding="utf-8"))


def main() -> None:
    """Measure and print."""
    from takhrij.entities import resolve
    from takhrij.text.tokens import tokenize

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--baseline", type=float)
    args = parser.parse_args()

    loaded = subprocess.run([sys.executable, "-c", _LOAD], capture_output=True, text=True, check=True).stdout.split()
    print(f"load            {float(loaded[0]):.3f} s, {float(loaded[1]):.1f} MiB")

    rows = [article for article, _ in zip(articles(args.articles), range(args.limit), strict=False)]
    start = time.process_time()
    tokens = [tokenize(article.text) for article in rows]
    tokenizing = time.process_time() - start
    words = sum(len(t) for t in tokens)
    speakers = [_speakers(article) for article in rows]
    resolve(rows[0], speakers[0])
    start = time.process_time()
    made = [resolve(article, said, tokens=t) for article, said, t in zip(rows, speakers, tokens, strict=True)]
    resolving = time.process_time() - start
    mentions = sum(len(found) for _, found in made)
    print(f"articles        {len(rows)}, {words / len(rows):.0f} tokens each, {mentions} mentions")
    per_article, per_word = 1000 * resolving / len(rows), 1000 * resolving / words
    print(f"resolve         {per_article:.2f} ms an article, {300 * per_word:.2f} ms for 300 words")
    print(f"tokenize        {1000 * tokenizing / len(rows):.2f} ms an article")
    if args.baseline:
        print(f"of the baseline {resolving / args.baseline:.2f}")
    _lookups(tokens)


def _speakers(article: Article) -> list[Attribution]:
    """Ten made-up attributions an article, so that resolving names is in the time."""
    names = ("وزير الصحة", "المتحدث باسم الشرطة", "مصدر أمني", "الدكتور سامي الحداد", "المهندس فهد بن سعد", "رئيس الجمعية")
    span = Span(0, 1)
    return [Attribution(span, (span,), "state", speaker=names[i % len(names)]) for i in range(10)]


def _lookups(tokens: list[Tokens]) -> None:
    """The token dictionary against an Aho-Corasick automaton over the folded text."""
    import ahocorasick

    from takhrij.entities.gazetteer import gazetteer
    from takhrij.entities.scan import scan

    names = gazetteer()
    automaton = ahocorasick.Automaton()
    for words in names.names:
        word = " ".join(words)
        automaton.add_word(word, word)
    automaton.make_automaton()
    start = time.process_time()
    hits = sum(len(scan(t, names).hits) for t in tokens)
    ours = time.process_time() - start
    start = time.process_time()
    folded = [" ".join(t.forms) for t in tokens]
    raw = sum(1 for text in folded for _ in automaton.iter_long(text))
    theirs = time.process_time() - start
    found = ((text, end + 1, word) for text in folded for end, word in automaton.iter_long(text))
    bounded = sum(1 for text, end, word in found if _whole(text, end - len(word), end))
    print(f"names           token dictionary {ours:.3f} s, {hits} whole names with their clitics and adjectives")
    print(
        f"                pyahocorasick    {theirs:.3f} s, {raw} raw hits, {bounded} of them whole words, none after a clitic"
    )


def _whole(text: str, start: int, end: int) -> bool:
    return (start == 0 or text[start - 1] == " ") and (end == len(text) or text[end] == " ")


if __name__ == "__main__":
    main()
