"""Every command of the tutorial does what it is shown for, one after the other."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_commands_of_the_tutorial(run, tmp_path, monkeypatch):
    blocks = re.findall(r"^```\n(.*?)^```", (ROOT / "docs/tutorial.md").read_text(encoding="utf-8"), re.M | re.S)
    commands = [shlex.split(line)[1:] for block in blocks for line in block.splitlines()]
    assert len(commands) > 15
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    outputs = []
    for command in commands:
        ran = run(*command)
        assert (ran.code, ran.err) == (0, ""), command
        written = Path(command[command.index("--out") + 1]).read_bytes() if "--out" in command else ran.out
        assert written, command
        outputs.append((command[0], ran.out))
    added = [out for verb, out in outputs if verb == "add"]
    assert added[0].startswith("24 articles added")
    assert added[1] == "0 articles added, 0 newer versions, 0 read anew, 24 there already\n"
    assert next(out for verb, out in outputs if verb == "verify").count("no damage found") == 1
    assert {verb for verb, _ in outputs} >= {"read", "trace", "add", "search", "claims", "check", "actors", "export", "verify"}
