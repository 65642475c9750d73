"""Every verb is listed, has help that teaches, and stands in the reference with all its options."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from takhrij import __version__
from takhrij.cli import VERBS

REFERENCE = (Path(__file__).parents[2] / "docs/reference/commands.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## `takhrij ([a-z]+)`.*?\n(.*?)(?=^## |\Z)", REFERENCE, re.M | re.S))
HEAVY = ("numpy", "trafilatura", "sqlalchemy", "lxml", "httpx", "rapidfuzz", "ahocorasick", "resiliparse", "alembic")

every_verb = pytest.mark.parametrize("verb", VERBS)


def _options(verb: str) -> set[str]:
    command = importlib.import_module(f"takhrij.cli.{verb}_verb").command
    assert command.name == verb
    return {opt for p in command.params if isinstance(p, click.Option) for opt in (*p.opts, *p.secondary_opts)}


@every_verb
def test_help_shows_an_example(verb, run):
    ran = run(verb, "--help")
    assert ran.code == 0
    assert re.search(rf"^  .*takhrij {verb} ", ran.out, re.M)


@pytest.mark.parametrize("verb", sorted(set(VERBS) - {"serve"}))  # which writes nothing
def test_every_verb_can_write_to_a_file_in_silence(verb):
    assert {"--out", "--quiet"} <= _options(verb)


@pytest.mark.parametrize("verb", ["read", "trace", "add"])
def test_verbs_that_read_take_workers_and_tables(verb):
    assert {"--workers", "--engine", "--actors", "--places"} <= _options(verb)


@every_verb
def test_the_reference_has_the_verb_and_its_options(verb):
    common = REFERENCE.split("\n## `takhrij ")[0]
    missing = [option for option in _options(verb) if not re.search(rf"{option}(?![a-z-])", SECTIONS[verb] + common)]
    assert missing == []


def test_the_reference_has_no_other_verb():
    assert set(SECTIONS) == set(VERBS)


@every_verb
def test_the_reference_names_no_option_that_is_not_there(verb):
    named = set(re.findall(r"[`\[ |](--[a-z][a-z-]*)", SECTIONS[verb]))
    assert named - _options(verb) - {"--debug"} == set()


def test_every_format_of_export_says_what_it_drops():
    options = {p.name: p for p in importlib.import_module("takhrij.cli.export_verb").command.params}
    rows = [line.split("|")[1:4] for line in SECTIONS["export"].splitlines() if line.startswith("| `")]
    said = {form: lost.strip() for forms, _, lost in rows for form in re.findall(r"`([a-z]+)`", forms)}
    assert set(said) == set(options["form"].type.choices)
    assert all(said.values())


def test_the_list_of_verbs(run):
    ran = run("--help")
    assert ran.code == 0
    assert all(re.search(rf"^  {verb} ", ran.out, re.M) for verb in VERBS)
    assert run("--version").out.strip() == f"takhrij, version {__version__}"


def test_an_unknown_verb_or_option_is_one_line(run):
    for args, word in (
        (["nonsense"], "nonsense"),
        (["read", "--nonsense"], "--nonsense"),
        (["read"], "INPUT"),
        (["read", "x", "--workers", "0"], "--workers"),
        (["search", "x"], "--ledger"),
    ):
        ran = run(*args)
        assert (ran.code, ran.out, len(ran.complaints)) == (2, "", 1)
        assert ran.err.startswith("takhrij: ")
        assert word in ran.err


def test_starting_loads_nothing_heavy():
    program = (
        "import sys\nsys.argv = ['takhrij', '--help']\nfrom takhrij.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print(sorted(set(sys.modules) & set({HEAVY!r})), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stderr.decode().strip() == "[]"
    assert b"Verbs" in done.stdout
