"""The command line. A verb's module is loaded only when the verb is called, so that ``--help`` starts at once."""

from __future__ import annotations

import importlib
import os
import sys

import click

from takhrij.version import __version__

#: Verb -> its one line of help; the module ``takhrij.cli.<verb>_verb`` holds its command.
VERBS = {
    "read": "Articles with their attributions: who said what, with exact spans.",
    "trace": "Claims over all the inputs: copies, chains, distinct origins, denials.",
    "match": "Whether two statements are one: same, part, contradiction, other speaker, related.",
    "add": "Read, and keep in a ledger with the pages as evidence; again adds nothing twice.",
    "watch": "Poll feeds and add each new item once.",
    "search": "Find articles of a ledger by their words, speakers, acts, days, places.",
    "claims": "The claims of a ledger, those in most articles first.",
    "show": "One article or one claim of a ledger with all that is kept of it.",
    "check": "Who has said a sentence before: the claims of a ledger that say it, or the contrary.",
    "actors": "Who is known or named: list them, or see what a name is taken for and why.",
    "places": "Which places are known or named: list them, or see what a name is taken for and why.",
    "serve": "Open the desk: claims, articles and search in a browser, with an API, on this machine only.",
    "export": "Write a ledger's readings, trace or evidence in an open format.",
    "import": "Take readings from a file into a ledger.",
    "verify": "Look for damage in a ledger and its evidence.",
    "backup": "Write a whole ledger into one file, evidence included.",
    "restore": "Make a ledger from a backup.",
    "eval": "Score attributions against a gold file.",
}


class OutputClosed(Exception):
    """Nobody reads the output any more, as after ``| head``: no fault. (Click would make exit code 1 of a broken pipe.)"""


class _Verbs(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"takhrij.cli.{cmd_name}_verb")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="takhrij")
def group() -> None:
    """Trace a report in Arabic news to its sources: who said it, through whom it reached us, how many distinct
    origins stand behind it, and who denies it.

    \b
    takhrij read page.html                       who said what in a page
    takhrij read folder/ --format jsonl          the same, a row per article, with offsets
    takhrij trace folder/                        which claims, through whom, from how many origins
    takhrij trace folder/ --format html --out t.html
    takhrij add folder/ --ledger desk.db         keep it all, to search and to come back to

    INPUT is a .html, .txt, .jsonl, .warc(.gz), .wacz or feed .xml file, a folder, an address, or - for standard input.
    Exit codes: 0 done, 1 some inputs failed, 2 nothing usable or wrong usage. --debug shows where an error came from.
    """


def main() -> None:
    """The program's entry: errors become one plain line and an exit code."""
    from takhrij.errors import TakhrijError

    debug = "--debug" in sys.argv
    if debug:
        sys.argv.remove("--debug")
    try:
        code = group(standalone_mode=False)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("takhrij: stopped", err=True)
        code = 130
    except click.exceptions.NoArgsIsHelpError as fault:
        fault.show()
        code = 2
    except click.ClickException as fault:
        click.echo(f"takhrij: {_line(fault)}", err=True)
        code = 2
    except OutputClosed:
        _leave_output()
        code = 0
    except TakhrijError as fault:
        if debug:
            raise
        click.echo(f"takhrij: {fault}", err=True)
        code = fault.exit_code
    except OSError as fault:
        if debug:
            raise
        click.echo(f"takhrij: {fault.filename or 'output'}: {(fault.strerror or str(fault)).lower()}", err=True)
        _leave_output()
        code = 2
    except Exception as fault:
        if debug:
            raise
        click.echo(
            f"takhrij: a fault of the program ({type(fault).__name__}: {' '.join(str(fault).split())}); --debug shows where",
            err=True,
        )
        code = 2
    sys.exit(code if isinstance(code, int) else 0)


def _line(fault: click.ClickException) -> str:
    """What is wrong with a call, in one line, and where its help is."""
    words = " ".join(fault.format_message().split())
    context = getattr(fault, "ctx", None)
    return f"{words} See {context.command_path} --help" if context else words


def _leave_output() -> None:
    """Nobody takes the output any more: what Python would still flush at its end goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
