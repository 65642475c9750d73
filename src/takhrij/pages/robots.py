"""robots.txt by RFC 9309: which paths of a host may be fetched, and how slowly."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

_LONGEST = 500 * 1024
_MOST_RULES = 5_000
_LONGEST_PATH = 500


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host asks of this program: (allowed?, path pattern) pairs, and seconds between two requests, if it says so."""

    paths: tuple[tuple[bool, str], ...] = ()
    delay: float | None = None

    def allows(self, url: str) -> bool:
        """Whether ``url`` may be fetched: the longest pattern that fits decides, and of two as long the one that allows."""
        parts = urlsplit(url)
        path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        best, allowed = -1, True
        for allow, pattern in self.paths:
            if len(pattern) >= best and _fits(pattern, path):
                allowed = allow or (allowed and len(pattern) == best)
                best = len(pattern)
        return allowed


ALL = Rules()
NONE = Rules(paths=((False, "/"),))


def parse(text: str, agent: str) -> Rules:
    """The rules of ``text`` for ``agent`` (a product name, in any case): its own groups, else those of ``*``."""
    own: list[tuple[str, str]] = []
    everyone: list[tuple[str, str]] = []
    named: set[str] = set()
    in_rules = False
    mine_named = False
    for field, value in _fields(text[:_LONGEST].splitlines()):
        if field == "user-agent":
            if in_rules:
                named, in_rules = set(), False
            named.add(value.lower())
            mine_named = mine_named or value.lower() == agent.lower()
            continue
        in_rules = True
        if agent.lower() in named:
            own.append((field, value))
        if "*" in named:
            everyone.append((field, value))
    return _rules(own if mine_named else everyone)


def _fields(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    for line in lines:
        field, colon, value = line.partition("#")[0].partition(":")
        field = field.strip().lower()
        if colon and field in {"user-agent", "allow", "disallow", "crawl-delay"}:
            yield field, value.strip()


def _rules(fields: list[tuple[str, str]]) -> Rules:
    paths: list[tuple[bool, str]] = []
    delay: float | None = None
    for field, value in fields:
        if field == "crawl-delay" and re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?", value):
            delay = float(value)
        elif field in {"allow", "disallow"} and value and len(value) <= _LONGEST_PATH and len(paths) < _MOST_RULES:
            paths.append((field == "allow", _normal(value)))
    return Rules(tuple(paths), delay)


def _normal(path: str) -> str:
    return quote(unquote(path), safe="/*$?=&;:@!',()~+-._%#")


@lru_cache(maxsize=4096)
def _parts(pattern: str) -> tuple[tuple[str, ...], bool]:
    return tuple(pattern.removesuffix("$").split("*")), pattern.endswith("$")


def _fits(pattern: str, path: str) -> bool:
    """``*`` stands for anything and a final ``$`` for the end. Taken part by part: no pattern makes this slow."""
    (first, *rest), ends = _parts(pattern)
    if not path.startswith(first):
        return False
    at = len(first)
    for n, part in enumerate(rest):
        if ends and n == len(rest) - 1:
            return len(path) - len(part) >= at and path.endswith(part)
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return not ends or at == len(path)
