"""Places and countries by the name that the reader of a page calls them: the ledger keeps English names and country codes."""

from __future__ import annotations

from functools import lru_cache

from takhrij.desk.words import Language
from takhrij.entities.english import arabic_names
from takhrij.entities.nations import nations


@lru_cache(maxsize=4096)
def place_name(name: str, language: Language) -> str:
    """A place of the tables by its usual Arabic name where the reader reads Arabic; any other name as it is kept."""
    if language == "en" or not name.isascii():
        return name
    return next(iter(arabic_names(name.split())), name)


def country_name(code: str | None, language: Language) -> str:
    """A country by its usual name, an unknown code as it is; empty for None."""
    nation = nations().by_code.get(code or "")
    if nation is None:
        return code or ""
    return nation.names[0] if language == "ar" else nation.english
