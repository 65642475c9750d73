"""Long runs, only where they are asked for: ``make soak``."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="run the long tests of tests/soak")
    parser.addoption("--soak-sample", action="store_true", help="run a short sample of those of the ledger")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--soak", default=False):
        here = Path(__file__).parent
        sampled = here / "test_ledger_soak.py" if config.getoption("--soak-sample", default=False) else None
        for item in items:
            if here in item.path.parents and item.path != sampled:
                item.add_marker(pytest.mark.skip(reason="takes minutes: make soak"))
