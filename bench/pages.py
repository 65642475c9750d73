"""Reading web pages: speed, extraction F1, days; beside trafilatura, resiliparse and (where installed) newspaper4k.

    python bench/pages.py [--repeat N] [--show] [--fresh]

The pages are the forty of ``tests/pages/templates``, invented stories in ten kinds of template that were before our eyes while
the reader was written; ``--fresh`` takes twelve of three templates that were not. F1 is over words, of the body
without the headline, averaged over pages. All systems run in one process over the same bytes; speed is that of the whole way
from bytes to text and facts for takhrij, from decoded HTML to text for the others.
"""

from __future__ import annotations

import argparse
import re
import runpy
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from takhrij.pages import article_from_bytes
from takhrij.pages.charset import decode
from takhrij.records import Page
from takhrij.text.fold import fold

RENDER = runpy.run_path(str(Path(__file__).parent.parent / "tests" / "pages" / "templates" / "render.py"))
WORD = re.compile(r"\w+")
Read = Callable[[Any], tuple[str, str | None]]


def word_f1(said: str, expected: str) -> float:
    """F1 of two bags of folded words."""
    a, b = Counter(WORD.findall(fold(said))), Counter(WORD.findall(fold(expected)))
    common = sum((a & b).values())
    return 2 * common / (a.total() + b.total()) if common else 0.0


def ours(page: Any) -> tuple[str, str | None]:
    """takhrij: the body without its headline, and the day."""
    article = article_from_bytes(Page(name=page.name, body=page.data, url=page.url, media_type="text/html"))
    title, _, body = article.text.partition("\n")
    return body if title == article.title else article.text, article.date


def trafilatura_reader(fast: bool) -> Read:
    """trafilatura as a user would call it, without comments and tables, with its own date."""
    from trafilatura import bare_extraction

    def read(page: Any) -> tuple[str, str | None]:
        html = decode(page.data, page.name)
        found = bare_extraction(html, url=page.url, fast=fast, include_comments=False, include_tables=False, with_metadata=True)
        return (found.text or "", found.date) if found else ("", None)

    return read


def resiliparse_reader() -> Read:
    """resiliparse's main content."""
    from resiliparse.extract.html2text import extract_plain_text

    return lambda page: (extract_plain_text(decode(page.data, page.name), main_content=True), None)


def newspaper_reader() -> Read:
    """newspaper4k, told the language."""
    import newspaper

    def read(page: Any) -> tuple[str, str | None]:
        article = newspaper.Article(page.url, language="ar")
        article.download(input_html=decode(page.data, page.name))
        article.parse()
        return article.text, article.publish_date.date().isoformat() if article.publish_date else None

    return read


def measure(name: str, read: Read, pages: list[Any], options: argparse.Namespace) -> None:
    """Print one line for a system."""
    read(pages[0])  # imports and tables are not part of a page's time
    scores, days = [], 0
    for page in pages:
        body, day = read(page)
        scores.append(word_f1(body, "\n".join(page.paragraphs)))
        days += day == page.date
        if options.show and (scores[-1] < 0.97 or day != page.date):
            print(f"    {page.name}: F1 {scores[-1]:.3f}, day {day} for {page.date}")
    start = time.perf_counter()
    for _ in range(options.repeat):
        for page in pages:
            read(page)
    speed = options.repeat * len(pages) / (time.perf_counter() - start)
    mean = sum(scores) / len(scores)
    print(
        f"{name:24s} F1 {mean:.4f}  worst {min(scores):.3f}  days {days:2d} of {len(pages)}  {speed:7.1f} pages/s", flush=True
    )


def main() -> None:
    """Measure every system that is installed."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--repeat", type=int, default=3)
    ask.add_argument("--fresh", action="store_true", help="the three templates written after the reader was settled")
    ask.add_argument("--show", action="store_true", help="name the pages that went wrong")
    options = ask.parse_args()
    pages = RENDER["pages"](RENDER["FRESH"]) if options.fresh else RENDER["pages"]()
    systems: list[tuple[str, Callable[[], Read]]] = [
        ("takhrij", lambda: ours),
        ("trafilatura", lambda: trafilatura_reader(fast=False)),
        ("trafilatura, fast", lambda: trafilatura_reader(fast=True)),
        ("resiliparse", resiliparse_reader),
        ("newspaper4k", newspaper_reader),
    ]
    for name, make in systems:
        try:
            measure(name, make(), pages, options)
        except ImportError as error:
            print(f"{name:24s} not installed ({error.name or error})")


if __name__ == "__main__":
    main()
