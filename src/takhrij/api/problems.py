"""Errors as ``application/problem+json`` (RFC 9457), in Arabic or English by what the asker accepts."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any, Literal

from fastapi import Response

from takhrij.errors import LedgerBusy, LedgerDamaged, LedgerError, TakhrijError
from takhrij.exchange.jsontext import dumps

Language = Literal["ar", "en"]


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads((resources.files("takhrij.api") / "data" / "problems.json").read_text("utf-8"))
    return table


def language(accepted: str) -> Language:
    """The one of Arabic and English that an ``Accept-Language`` header puts first; English where it names neither."""
    best: tuple[float, Language] = (0.0, "en")
    for part in accepted.lower().split(","):
        tag, _, parameters = part.strip().partition(";")
        name = tag.partition("-")[0]
        weight = _weight(parameters)
        if weight > best[0] and (name == "ar" or name == "en"):
            best = (weight, "ar" if name == "ar" else "en")
    return best[1]


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


def status_of(code: str) -> int:
    """The HTTP status of a problem."""
    return int(_table()[code]["status"])


def words_of(code: str, wanted: Language) -> tuple[str, str]:
    """The title of a problem, and what to do about it."""
    words = _table()[code][wanted]
    return words["title"], words["detail"]


def problem(code: str, accepted: str, reason: str | None = None) -> Response:
    """The answer for a problem. ``reason`` is the program's own line about it, in English, where there is one."""
    wanted = language(accepted)
    title, detail = words_of(code, wanted)
    value = {"type": f"urn:takhrij:problem:{code}", "title": title, "status": status_of(code), "detail": detail}
    if reason:
        value["reason"] = reason
    headers = {"content-language": wanted, "vary": "accept-language", "cache-control": "no-store"}
    return Response(dumps(value), status_of(code), headers, media_type="application/problem+json")


def code_of(error: TakhrijError) -> str:
    """The problem that an error of the program is."""
    kinds = {LedgerBusy: "busy", LedgerDamaged: "damaged", LedgerError: "unavailable"}
    return next((code for kind, code in kinds.items() if isinstance(error, kind)), "bad_request")


def code_of_status(status: int) -> str:
    """The problem that a status of the web framework's own stands for."""
    known = {401: "login", 403: "forbidden", 404: "not_found", 405: "method", 413: "too_large", 415: "media_type"}
    return known.get(status, "bad_request")
