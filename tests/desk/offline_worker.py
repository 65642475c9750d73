"""The process of a job, on a made-up web: ``example.org`` answers from a folder, nothing else is there."""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path

from takhrij.api import worker
from takhrij.pages.fetch import Fetcher, FetchOptions, Seams


def main() -> int:
    web = runpy.run_path(str(Path(__file__).parents[1] / "pages" / "web.py"))["FakeWeb"]()
    for path in Path(os.environ["MADE_UP_WEB"]).iterdir():
        web.add(f"example.org/{path.name}", path.read_text("utf-8"), Content_Type="text/html; charset=utf-8")
    seams = Seams(web.resolver, web.connector, web.clock, web.sleep)
    Fetcher.__init__.__defaults__ = (FetchOptions(), seams)
    return worker.main()


if __name__ == "__main__":
    sys.exit(main())
