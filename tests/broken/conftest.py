"""Every hostile file is written into one folder and read in one batch, by a process with little memory and time."""

import json
import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

HERE = Path(__file__).parent
MEMORY = 900 * 1024 * 1024
SECONDS = 50

READER = """
import json, os, resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[3]),) * 2)
from takhrij.pages import Limits, read_inputs

got = {}

def inputs():
    for name in sorted(os.listdir(sys.argv[1])):
        got[name] = {"texts": [], "errors": []}
        yield os.path.join(sys.argv[1], name)

def keep(error):
    list(got.values())[-1]["errors"].append([type(error).__name__, str(error)])

limits = Limits(page=2 << 20, file=8 << 20, records=500)
for article in read_inputs(inputs(), on_error=keep, limits=limits):
    article.text.encode("utf-8")
    assert all(0 <= s.start < s.end <= len(article.text) for s in article.skip)
    list(got.values())[-1]["texts"].append(article.text)
print(json.dumps(got))
"""


@pytest.fixture(scope="session")
def cases():
    """The hostile files: name -> what is in it and what it must give."""
    return runpy.run_path(str(HERE / "hostile.py"))["CASES"]


@pytest.fixture(scope="session")
def batch(cases, tmp_path_factory):
    """What one batch over all of them gave by file, ``got``; and ``beside``, what lies beside their folder afterwards."""
    home = tmp_path_factory.mktemp("home")
    folder = home / "in"
    folder.mkdir()
    for case in cases.values():
        case.write(folder)
    command = [sys.executable, "-c", READER, str(folder), str(MEMORY), str(SECONDS)]
    done = subprocess.run(command, capture_output=True, check=False, cwd=home)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return SimpleNamespace(
        got=json.loads(done.stdout), beside=sorted(p.name for p in home.iterdir()), noise=done.stderr.decode()
    )
