"""The process of a job: reads what it is given into a ledger and says on standard output how far it is, a JSON line a step.

The desk starts it and asks by one JSON object on standard input, so that no address of a database shows in a list of
processes. It runs beside the desk, as ``takhrij add`` would, and never holds up a reader.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from takhrij.errors import InputError, TakhrijError
from takhrij.records import Article, Page


def say(step: str, **facts: Any) -> None:
    """Tell the desk of a step."""
    print(json.dumps({"step": step, **facts}, ensure_ascii=True), flush=True)


def main() -> int:
    """Do one job; 0 where anything was read."""
    asked = json.loads(sys.stdin.read())
    with suppress(OSError):
        os.nice(5)
    try:
        return _run(asked)
    except TakhrijError as error:
        say("failed", name=asked["input"], reason=str(error))
        return 1


def _run(asked: dict[str, Any]) -> int:
    from takhrij.joining import in_place, settle
    from takhrij.ledger import open_ledger
    from takhrij.pipeline import find_pages, read_pages

    read = 0

    def failed(error: InputError) -> None:
        say("failed", name=error.name, reason=error.reason)

    def found() -> Iterator[tuple[Page, Article]]:
        for page, article in find_pages([asked["input"]], on_error=failed):
            say("found", article=article.id, title=article.title, page=page.sha256)
            yield page, article

    with open_ledger(asked["ledger"], create=False, evidence_folder=asked["evidence"]) as ledger:
        views = ledger.views(asked["collection"])
        with ledger.writer(asked["who"], asked["collection"]) as writer:
            say("fetching")
            for reading, page in read_pages(found(), on_error=failed):
                writer.add(reading, page)
                read += 1
                say("read", article=reading.article.id, attributions=len(reading.attributions))
            if read and (due := views.due()).articles:
                say("tracing", articles=len(due.articles) if in_place(due) else views.totals().articles)
                if (kept := settle(writer, views)) is not None:
                    say("traced", new=kept.new, changed=kept.changed)
    say("done", read=read)
    return 0 if read else 1


if __name__ == "__main__":
    sys.exit(main())
