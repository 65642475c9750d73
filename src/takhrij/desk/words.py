"""What the desk says, in Arabic and English: messages, plurals, digits and days, from one table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

Digits = Literal["arab", "latn"]
Language = Literal["ar", "en"]
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@cache
def catalog() -> dict[str, Any]:
    """``messages`` (key -> language -> text, or plural category -> text), ``plurals`` and ``months`` by language.

    ``messages.json`` holds them; each ``messages_*.json`` beside it adds the messages of one part of the desk.
    """
    data = resources.files("takhrij.desk") / "data"
    table: dict[str, Any] = json.loads((data / "messages.json").read_text("utf-8"))
    for file in sorted(data.iterdir(), key=lambda file: file.name):
        if file.name.startswith("messages_"):
            table["messages"] |= json.loads(file.read_text("utf-8"))["messages"]
    return table


@dataclass(frozen=True, slots=True)
class Words:
    """The words for one reader: a language, and the digits that numbers are written in."""

    language: Language
    digits: Digits

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return "rtl" if self.language == "ar" else "ltr"

    def number(self, value: float) -> str:
        """A number in the reader's digits."""
        return self.numerals(f"{value:g}" if isinstance(value, float) else str(value))

    def decimal(self, value: float) -> str:
        """A number of degrees to three places, with the mark that goes with the reader's digits."""
        plain = f"{value:.3f}"
        return self.numerals(plain.replace(".", "٫") if self.digits == "arab" else plain)

    def numerals(self, text: str) -> str:
        """``text``, which the program made, with its digits as the reader wants them."""
        return text.translate(_ARABIC_DIGITS) if self.digits == "arab" else text

    def say(self, key: str, **values: object) -> str:
        """The message ``key``. Numbers among ``values`` are written in the reader's digits; ``n`` chooses the plural."""
        message = catalog()["messages"][key][self.language]
        if isinstance(message, dict):
            message = message.get(self.category(int(str(values["n"]))), message["other"])
        shown = {name: self.number(v) if isinstance(v, int | float) else str(v) for name, v in values.items()}
        return str(message).format_map(shown)

    def category(self, n: int) -> str:
        """The plural category of a whole number, by CLDR's rules for the language."""
        for rule in catalog()["plurals"][self.language]:
            if rule["from"] <= (n % rule["mod"] if "mod" in rule else n) <= rule["to"]:
                return str(rule["category"])
        return "other"

    def day(self, iso: str | None) -> str:
        """An ISO day in words; what is no such day comes back as it is."""
        parts = (iso or "").split("-")
        if len(parts) != 3 or not all(part.isdecimal() for part in parts) or not 1 <= int(parts[1]) <= 12:
            return iso or ""
        year, month, day = parts
        return f"{self.number(int(day))} {catalog()['months'][self.language][int(month) - 1]} {self.numerals(year)}"

    def month(self, iso: str) -> str:
        """A month such as ``2024-05`` in words; what is none comes back as it is."""
        year, _, month = iso.partition("-")
        if not (year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12):
            return iso
        return f"{catalog()['months'][self.language][int(month) - 1]} {self.numerals(year)}"
