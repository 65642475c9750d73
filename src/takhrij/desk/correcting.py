"""Corrections of a reading: who speaks, what was said, what is none, what was not seen; and articles checked whole."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Form, HTTPException, Query, Request, Response

from takhrij.api.routes import Id
from takhrij.corrections import Fix, Place, place_of
from takhrij.desk.desk import Desk
from takhrij.desk.review import back, keep
from takhrij.desk.spans import Unclear, find, names_in
from takhrij.errors import UsageError
from takhrij.ledger import Subject
from takhrij.publishing import CHECKED
from takhrij.records import Act, Reading, Span
from takhrij.render.safe import shown
from takhrij.revising import correct

_Text = Annotated[str, Form(max_length=20_000)]
_Short = Annotated[str, Form(max_length=2000)]


def router(desk: Desk) -> APIRouter:
    """The routes of corrections."""
    routes = APIRouter()
    _form(routes, desk)
    _fix(routes, desk)
    _add(routes, desk)
    return routes


def _form(routes: APIRouter, desk: Desk) -> None:
    @routes.get("/correct")
    def form(request: Request, id: Id, n: Annotated[int | None, Query(ge=0, le=10**6)] = None) -> Response:
        kept = desk.article(id)
        if n is not None and n >= len(kept.reading.attributions):
            raise HTTPException(404)
        edits = [e for e in desk.views.edits("fix", (id,)) if e.undone is None]
        checked = any(r.verdict == CHECKED and r.subject.kind == "article" and not r.stale for r in kept.reviews)
        alike = 0 if n is None else len(same_speaker(kept.reading, n))
        values: dict[str, Any] = {
            "alike": alike,
            "edits": edits,
            "acts": get_args(Act),
            "names": names_in(kept.reading),
            "checked": checked,
        }
        return desk.pages.show(request, "correct.html", reading=kept.reading, at=n, **values)


def _fix(routes: APIRouter, desk: Desk) -> None:
    @routes.post("/correct")
    def fix(
        id: Annotated[str, Form()], n: Annotated[int, Form()], speaker: _Short = "", act: _Short = "", source: _Text = "",
        content: Annotated[list[str], Form()] = [], none: _Short = "", everywhere: _Short = "", note: _Text = "",  # noqa: B006
    ) -> Response:  # fmt: skip
        reading = desk.article(id).reading
        if not 0 <= n < len(reading.attributions):
            raise HTTPException(404)
        old, text, place = reading.attributions[n], reading.article.text, place_of(reading, n)
        if none:
            return _fixed(desk, id, [Fix(place, ("removed",))], note)
        try:
            spans = tuple(find(text, words, list(old.content)) for words in content if words.strip())
            named = find(text, source, [old.source] if old.source else [], near=old.cue) if source.strip() else None
        except Unclear as unclear:
            return back("/correct", id, n=n, fault=unclear.why)
        speaker = " ".join(speaker.split())
        speaker = (old.speaker or "") if speaker == shown(old.speaker or "") else speaker
        new = {"speaker": speaker or None, "source": named, "content": spans, "act": act or old.act}
        parts = tuple(name for name, value in new.items() if value != getattr(old, name))
        if not spans or act not in ("", *get_args(Act)):
            return back("/correct", id, n=n, fault="words_missing")
        if not parts:
            return back("/correct", id, n=n, fault="same")
        fix = Fix(place, parts, speaker or None, _span_of(text, speaker), None, None, named, spans, new["act"])  # type: ignore[arg-type]
        others = same_speaker(reading, n) if everywhere and "speaker" in parts else ()
        more = [replace(fix, place=place_of(reading, other), parts=("speaker",)) for other in others]
        return _fixed(desk, id, [fix, *more], note)


def _add(routes: APIRouter, desk: Desk) -> None:
    @routes.post("/correct/add")
    def add(
        id: Annotated[str, Form()], cue: _Short, content: _Text, speaker: _Short = "", act: _Short = "state", note: _Text = "",
    ) -> Response:  # fmt: skip
        article = desk.article(id).reading.article
        try:
            said = find(article.text, content, [])
            mark = find(article.text, cue, [], near=said)
        except Unclear as unclear:
            return back("/correct", id, fault=unclear.why)
        if act not in get_args(Act):
            raise HTTPException(400)
        speaker = " ".join(speaker.split())
        place = Place(article.id, article.text_sha256, mark)
        named = _span_of(article.text, speaker)
        fix = Fix(place, ("added",), speaker or None, named, None, None, None, (said,), act)  # type: ignore[arg-type]
        return _fixed(desk, id, [fix], note)

    @routes.post("/correct/checked")
    def checked(id: Annotated[str, Form()], now: _Short = "") -> Response:
        desk.article(id)
        keep(desk, Subject("article", id), CHECKED if now else "open", "")
        return back("/correct", id, done="checked" if now else "unchecked")


def same_speaker(reading: Reading, number: int) -> list[int]:
    """The other attributions of an article that have the speaker of this one."""
    who = reading.attributions[number].speaker
    return [i for i, a in enumerate(reading.attributions) if who is not None and a.speaker == who and i != number]


def _fixed(desk: Desk, article: str, fixes: list[Fix], note: str) -> Response:
    try:
        with desk.writer() as writer:
            correct(writer, desk.views, fixes, note.strip())
    except UsageError:
        return back("/correct", article, fault="same")
    return back("/correct", article, done="correct")


def _span_of(text: str, name: str) -> Span | None:
    at = text.find(name) if name else -1
    return None if at < 0 else Span(at, at + len(name))
