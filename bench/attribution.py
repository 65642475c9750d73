"""How fast attributions are read, beside a peer that merely tokenizes the same articles in the same run.

    python -m bench.attribution DAY.zip|ARTICLES.jsonl [--articles 2000]

DAY.zip holds JSON arrays of articles (title, content); a .jsonl has rows with ``text``. The peer is spaCy's blank
Arabic pipeline with a
sentencizer (``pip install spacy``). Each is warmed up on the first articles, then timed on all, in this one process.
"""

from __future__ import annotations

import argparse
import json
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from takhrij.attribution import read_attributions
from takhrij.entities import resolve
from takhrij.pages import article_from_text
from takhrij.records import Article

WARM = 100


def texts(path: Path) -> Iterator[str]:
    """The texts of a file of articles, headline first."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                for row in json.loads(archive.read(name).decode("utf-8-sig")):
                    yield f"{row['title']}\n{row['content']}"
    else:
        with path.open(encoding="utf-8") as rows:
            for row in rows:
                yield json.loads(row)["text"]


def seconds(job: Callable[[], object]) -> float:
    """Wall time of one call."""
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("articles_file", type=Path)
    ask.add_argument("--articles", type=int, default=2000)
    a = ask.parse_args()
    some = [t for t in texts(a.articles_file) if t.strip()][: a.articles]
    given = [Article(str(i), t) for i, t in enumerate(some)]
    print(f"{len(some)} articles, {sum(map(len, some)) / len(some):.0f} characters each")

    def attribution() -> None:
        for article in given:
            read_attributions(article)

    def whole() -> None:
        for i, text in enumerate(some):
            article = article_from_text(text, str(i))
            resolve(article, read_attributions(article))

    for article in given[:WARM]:
        resolve(article, read_attributions(article))
    peer = _peer(some)
    ours, full = seconds(attribution), seconds(whole)
    print(f"attribution alone   {len(some) / ours:7.1f} articles/s" + (f"   {peer / ours:.2f} of the peer" if peer else ""))
    print(f"full read           {len(some) / full:7.1f} articles/s" + (f"   {peer / full:.2f} of the peer" if peer else ""))
    _flat(some)


def _peer(some: list[str]) -> float | None:
    try:
        import spacy
    except ImportError:
        print("peer                not installed (pip install spacy)")
        return None
    pipeline = spacy.blank("ar")
    pipeline.add_pipe("sentencizer")
    pipeline.max_length = 10**8
    list(pipeline.pipe(some[:WARM]))
    taken = seconds(lambda: [len(d) for d in pipeline.pipe(some)])
    print(f"spaCy, blank        {len(some) / taken:7.1f} articles/s   (tokens and sentences only)")
    return taken


def _flat(some: list[str]) -> None:
    """Microseconds per character on single articles from 1 KB to 1 MB."""
    whole = "\n".join(some)
    base = None
    for size in (1_000, 10_000, 100_000, 1_000_000):
        text = whole[:size]
        times = max(1, 200_000 // size)
        taken = seconds(lambda text=text, times=times: [read_attributions(Article("a", text)) for _ in range(times)]) / times
        each = taken / len(text) * 1e6
        base = base or each
        print(f"{len(text):9d} characters  {each:6.2f} µs each, {each / base:.2f} of the smallest")


if __name__ == "__main__":
    main()
