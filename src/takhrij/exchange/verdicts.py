"""A person's verdict on a claim, as the formats of fact-checking carry it. The program gives none of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

_ADDRESS = re.compile(r"@[\w.-]+\.\w+")
_LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person found of a claim.

    ``claim`` is the claim's id, or where it came from outside its address, or ""; ``text`` the claim reviewed; ``rating``
    the verdict in words; ``author`` who gave it; ``summary`` the reasons; ``links`` the
    addresses that these rest on; ``url`` the page of the fact-check; ``date`` the
    day of the verdict; ``appearances`` the addresses at which the claim was met; ``language`` an ISO 639-1 code.
    """

    claim: str
    text: str
    rating: str
    author: str
    summary: str = ""
    url: str | None = None
    date: str | None = None
    claimant: str | None = None
    appearances: tuple[str, ...] = ()
    language: str = "ar"
    links: tuple[str, ...] = ()


@cache
def words() -> dict[str, dict[str, str]]:
    """The verdicts that the desk offers: key -> language -> the words that are exported and shown."""
    table = json.loads((resources.files("takhrij.exchange") / "data" / "verdicts.json").read_text("utf-8"))
    return {key: value for key, value in table.items() if key != "#"}


def in_words(verdict: str, language: str = "ar") -> str:
    """A verdict in words; one that came from elsewhere is its own words already."""
    return words().get(verdict, {}).get(language, verdict)


def shown_name(name: str) -> str:
    """A name as others see it: where it is an e-mail address, what stands before the ``@``."""
    return _ADDRESS.sub("", name)


def with_links(reason: str, links: Sequence[str]) -> str:
    """Reasons and the addresses that they rest on as one note: the addresses last, a line each."""
    return "\n".join([reason.strip(), *links]).strip()


def without_links(note: str) -> tuple[str, tuple[str, ...]]:
    """The reasons of :func:`with_links`, and the addresses."""
    lines = note.split("\n")
    links: list[str] = []
    while lines and _LINK.fullmatch(lines[-1].strip()):
        links.insert(0, lines.pop().strip())
    return "\n".join(lines).strip(), tuple(links)
