"""``takhrij check``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from takhrij.cli.common import sink
from takhrij.cli.ledgers import viewed
from takhrij.cli.options import Output, Where, ledger_options, limit_option, output_options
from takhrij.errors import UsageError
from takhrij.records import CopySet

if TYPE_CHECKING:
    from takhrij.lookup import Answer


@click.command("check")
@click.argument("sentence", nargs=-1, required=True, metavar="SENTENCE")
@ledger_options
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@click.option("--date", metavar="DAY", help="When it was said, as 2024-05-31.")
@click.option("--related", is_flag=True, help="Also what is about the same thing and says neither it nor the contrary.")
@limit_option
@output_options
def command(
    sentence: tuple[str, ...], where: Where, form: str, date: str | None, related: bool, limit: int, output: Output
) -> None:
    """Look up a sentence: the claims of the ledger that say it or a part of it, and those that say the contrary.

    SENTENCE is in Arabic, with or without its speaker; - reads it from standard input. No verdict is given: what is found
    comes with its origins as bounds, its reports and its denials.

    \b
    takhrij check 'هبطت الدعامة الثالثة للجسر 11 سنتيمترا' --ledger desk.db
    takhrij check - --date 2024-05-31 --ledger desk.db --format jsonl < sentence.txt
    """
    from takhrij.lookup import look_up

    words = " ".join(sentence)
    if words == "-":
        words = sys.stdin.buffer.read().decode("utf-8", "replace")
    words = " ".join(words.split())
    if not words:
        raise UsageError("the sentence is empty")
    with sink(output.out) as stream, viewed(where) as views:
        answers = look_up(views, words, date)
        kept = [a for a in answers if related or a.result.label != "related"][:limit]
        for line in _text(kept, views.copies()) if form == "text" else _rows(kept):
            stream.write(line + "\n")


def _text(answers: list[Answer], copies: tuple[CopySet, ...]) -> Iterator[str]:
    from takhrij.render.terminal import claim_lines

    if not answers:
        yield "nothing in the ledger says this or the contrary"
    for answer in answers:
        yield click.style(_SAID[answer.result.label], fg=_COLOURS.get(answer.result.label), bold=True)
        yield f"   {answer.result.score:.2f}: {answer.result.why}"
        yield from claim_lines(answer.claim, copies)
        yield ""


_COLOURS = {"same": "green", "part": "green", "contradict": "red"}
_SAID = {
    "same": "the same is said",
    "part": "a part of it is said, or more",
    "contradict": "the contrary is said",
    "same_words_other_speaker": "others say the same",
    "related": "about the same thing",
}


def _rows(answers: list[Answer]) -> Iterator[str]:
    from takhrij.exchange.contract import claim_row
    from takhrij.exchange.jsontext import dumps

    for answer in answers:
        result = answer.result
        yield dumps({"label": result.label, "score": result.score, "why": result.why, "claim": claim_row(answer.claim)})
