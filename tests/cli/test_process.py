"""The program as a process: python -m, closed pipes, a full device, terminals, workers."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "takhrij"]


def _on_terminal(args: list[str]) -> tuple[int, str, bytes]:
    """Exit code, what the terminal on the error stream got, and standard output."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([*PROGRAM, *args], stdout=subprocess.PIPE, stderr=theirs, stdin=subprocess.DEVNULL) as done:
        os.close(theirs)
        seen = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # Linux says so when the other end is closed
                break
            if not piece:
                break
            seen += piece
        assert done.stdout is not None
        out = done.stdout.read()
    os.close(ours)
    return done.returncode, seen.decode(), out


def test_module_runs(english):
    done = subprocess.run([*PROGRAM, "read", english / "0.txt"], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"not Arabic (en)" in done.stdout


def test_a_closed_pipe_is_no_error():
    command = [*PROGRAM, "actors", "--limit", "1000000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as done:
        assert done.stdout is not None
        assert done.stderr is not None
        done.stdout.read(10)
        done.stdout.close()
        complaints = done.stderr.read()
    assert (done.returncode, complaints) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_device_is_one_line(english):
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*PROGRAM, "read", english, "--format", "jsonl"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == ["takhrij: output: no space left on device"]


def test_a_device_is_written_not_replaced(english):
    done = subprocess.run([*PROGRAM, "read", english, "--out", "/dev/null"], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert Path("/dev/null").is_char_device()


def test_progress_on_a_terminal_only(english):
    code, seen, out = _on_terminal(["read", str(english), "--format", "jsonl"])
    assert code == 0
    assert "reading" in seen
    assert "7/7" in seen
    assert len(out.splitlines()) == 7
    code, seen, out = _on_terminal(["read", str(english), "--format", "jsonl", "--quiet"])
    assert (code, seen, len(out.splitlines())) == (0, "", 7)
    done = subprocess.run([*PROGRAM, "read", english], capture_output=True, check=True)
    assert done.stderr == b""


def test_workers_give_the_same_rows(english):
    one = subprocess.run([*PROGRAM, "read", english, "--format", "jsonl"], capture_output=True, check=True)
    two = subprocess.run([*PROGRAM, "read", english, "--format", "jsonl", "--workers", "2"], capture_output=True, check=True)
    assert one.stdout == two.stdout
    assert len(one.stdout.splitlines()) == 7
