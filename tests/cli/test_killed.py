"""A short sample of the soak test: ``takhrij add`` killed three times over sixty pages."""

from __future__ import annotations

import runpy
from pathlib import Path

SOAK = Path(__file__).parents[1] / "soak" / "killed_pages.py"


def test_adding_pages_survives_kills(tmp_path: Path) -> None:
    runpy.run_path(str(SOAK))["check_kills"](tmp_path, pages=60, kills=3, seed=1)
