"""A person's verdict on a claim, as the formats of fact-checking carry it. The program gives none of its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person found of a claim.

    ``claim`` is the claim's id, or where it came from outside its address, or ""; ``text`` the claim reviewed; ``rating``
    the verdict in words; ``author`` who gave it; ``summary`` the reasons; ``url`` the page of the fact-check; ``date`` the
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
