"""Making a page: the reader's language and digits, the templates, and text of others made safe to show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from takhrij.api.routes import tagged
from takhrij.desk.placenames import country_name, place_name
from takhrij.desk.words import Digits, Language, Words
from takhrij.exchange.verdicts import in_words, shown_name, without_links
from takhrij.ledger.answers import Hit
from takhrij.people import visitor
from takhrij.records import Reading
from takhrij.render.page import marked_text, speaker_colours
from takhrij.render.safe import cut, piece, shown

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_YEAR_S = 31_536_000
_LONGEST = 400


class Pages:
    """Renders templates. Text out of the ledger goes through ``shown``, which shows controls as codes and escapes nothing;
    Jinja escapes every value."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=PackageLoader("takhrij.desk"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {
            "shown": shown,
            "cut": cut_shown,
            "short": short,
            "plain": plain,
            "person": shown_name,
            "apart": without_links,
        }
        self._templates.globals |= {
            "link": link, "marked": marked, "marked_hit": marked_hit, "colours": speaker_colours,
            "again": again, "in_words": in_words,
        }  # fmt: skip

    def words(self, request: Request) -> Words:
        """Language and digits as the address says, else as the cookies do, else Arabic with its digits."""
        language: Language = "en" if _choice(request, "lang", ("ar", "en")) == "en" else "ar"
        chosen = _choice(request, "digits", ("arab", "latn"))
        digits: Digits = "arab" if chosen == "arab" or (chosen is None and language == "ar") else "latn"
        return Words(language, digits)

    def show(self, request: Request, template: str, status: int = 200, **values: Any) -> Response:
        """The page, under an entity tag; a choice made in the address is kept in a cookie."""
        words = self.words(request)
        page = self._templates.get_template(template).render(
            words=words, t=words.say, n=words.number, day=words.day, here=_here(request), who=visitor(),
            place_name=partial(place_name, language=words.language),
            country_name=partial(country_name, language=words.language),
            **values,
        )  # fmt: skip
        response = tagged(request, page, "text/html; charset=utf-8") if status == 200 and request.method == "GET" else None
        response = response or Response(page.encode("utf-8", "replace"), status, media_type="text/html; charset=utf-8")
        for name in ("lang", "digits"):
            if name in request.query_params and (value := _choice(request, name, ("ar", "en", "arab", "latn"))):
                response.set_cookie(name, value, max_age=_YEAR_S, samesite="lax", httponly=True)
        if request.query_params.get("collection") in visitor().collections and status == 200:
            response.set_cookie(
                "collection", quote(visitor().collection, safe=""), max_age=_YEAR_S, samesite="lax", httponly=True
            )
        return response


def _choice(request: Request, name: str, allowed: tuple[str, ...]) -> str | None:
    for value in (request.query_params.get(name), request.cookies.get(name)):
        if value in allowed:
            return value
    return None


@dataclass(frozen=True, slots=True)
class Here:
    """The address asked for: its path, and its query without language and digits."""

    path: str
    query: tuple[tuple[str, str], ...]


def _here(request: Request) -> Here:
    return Here(request.url.path, tuple((k, v) for k, v in request.query_params.multi_items() if k not in ("lang", "digits")))


def again(here: Here, **choice: str) -> str:
    """The same page in another language or with other digits."""
    return "?" + urlencode([*here.query, *choice.items()], errors="replace")


def link(path: str, **values: object) -> str:
    """An address within the desk; values that are None or empty are left out."""
    given = {name: str(value) for name, value in values.items() if value not in (None, "")}
    return path + ("?" + urlencode(given, errors="replace") if given else "")


def cut_shown(text: str, most: int = _LONGEST) -> str:
    """``text`` made safe to show, of at most ``most`` characters."""
    return cut(shown(text), most)


def plain(text: str) -> str:
    """What somebody searched for, to stand in its field again: without controls, by which nothing is found anyway."""
    return _CONTROL.sub("", text)


def short(digest: str) -> str:
    """A digest in groups of eight, to be compared by eye."""
    return " ".join(digest[i : i + 8] for i in range(0, len(digest), 8))


def marked(reading: Reading) -> Markup:
    """The text of an article with its spans marked and linked to the list of who said what. Escaped by the renderer."""
    return Markup(marked_text(reading, speaker_colours(reading), linked=True))


def marked_hit(hit: Hit) -> Markup:
    """The snippet of a hit, the words looked for marked."""
    pieces, at = Markup(), hit.snippet.start
    for mark in sorted(hit.marks):
        pieces += Markup("{}<mark>{}</mark>").format(piece(hit.text[at : mark.start]), piece(hit.text[mark.start : mark.end]))
        at = mark.end
    return pieces + Markup("{}").format(piece(hit.text[at : hit.snippet.end]))
