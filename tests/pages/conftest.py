"""What the tests of this stage share: the builders of ``builders.py``, and reading a file made of bytes."""

import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

from takhrij.pages import read_inputs


@pytest.fixture(scope="session")
def make():
    """The builders of pages, records and archives."""
    return SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("builders.py"))))


@pytest.fixture
def read(tmp_path):
    """A function that writes bytes to a file of the given name and reads it: (articles, errors)."""

    def run(name, data):
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        bad = []
        return list(read_inputs([path], on_error=bad.append)), bad

    return run
