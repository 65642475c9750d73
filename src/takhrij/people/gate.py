"""The gate before every route: who asks, whether the route's rule lets him in, and whether a change comes from our own page."""

from __future__ import annotations

import getpass
import hashlib
import hmac
import re
import secrets
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, quote, unquote

from anyio.to_thread import run_sync
from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import cookie_parser
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from takhrij.people import accounts, sessions
from takhrij.people.access import Access
from takhrij.people.roles import EVERYWHERE, Role, Rule, at_least, lesser
from takhrij.people.rules import RULES
from takhrij.people.visitor import Visitor, entered

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
#: The cookie of somebody who has not logged in, by which the login form is known for ours.
_VISIT = "visit"
_PART = re.compile(rb'name="csrf"\r\n\r\n([^\r]*)\r\n')

#: Answers a refusal: scope, code of the problem -> an ASGI application.
Refuse = Callable[[Scope, str], ASGIApp]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request as the gate sees it. ``rule`` is None for a route that has none, ``path`` for no route at all."""

    method: str
    path: str | None
    rule: Rule | None
    headers: Headers
    query: QueryParams
    cookies: dict[str, str]


class Gate:
    """ASGI middleware. ``collections`` lists those of the ledger, ``default`` is the one shown where none is asked for."""

    def __init__(
        self, app: ASGIApp, access: Access, default: str, collections: Callable[[], list[str]], refuse: Refuse
    ) -> None:
        self._app = app
        self._access = access
        self._default = default
        self._collections = collections
        self._refuse = refuse
        self._local_csrf = secrets.token_urlsafe(32)
        self._local_name = _user()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = _asked(scope)
        fresh = None if asked.cookies.get(_VISIT) else secrets.token_urlsafe(18)
        who = await run_sync(self._visitor, asked, fresh)
        entered(who)
        code = self._refused(asked, who)
        if code is None and asked.method not in _READING and (asked.rule is None or asked.rule.changes) and who.way != "token":
            body, receive = await _body(receive)
            code = None if _right(who.csrf, _given(asked, body)) else "no_token"
        if code == "login" and asked.path is not None and not asked.path.startswith("/api/") and asked.method == "GET":
            await _redirect(scope)(scope, receive, send)
        elif code is not None:
            await self._refuse(scope, code)(scope, receive, send)
        else:
            await self._app(scope, receive, self._sending(send, asked, fresh if who.way == "nobody" else None))

    def _visitor(self, asked: _Asked, fresh: str | None) -> Visitor:
        people = self._access.people
        if people is None:
            known = self._collections()
            there = tuple(sorted({*known, self._default}))
            chosen = _chosen(asked, there, self._default)
            return Visitor("local", self._local_name, "owner", chosen or self._default, self._local_csrf, there)
        kind, _, secret = asked.headers.get("authorization", "").partition(" ")
        scopes: frozenset[str] | None = None
        if kind.lower() == "bearer":
            found = sessions.by_token(people, secret.strip())
            person, csrf, scopes = (found[0], "", found[1]) if found else ("", "", frozenset())
        else:
            session = sessions.session(people, asked.cookies.get(self._access.cookie, ""))
            person, csrf = (session.person, session.csrf) if session else ("", "")
        if not person:
            visit = asked.cookies.get(_VISIT) or fresh or ""
            csrf = hmac.new(people.key.encode(), visit.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
            return Visitor("nobody", "", None, self._default, csrf)
        return self._person(asked, person, csrf, scopes)

    def _person(self, asked: _Asked, person: str, csrf: str, scopes: frozenset[str] | None) -> Visitor:
        assert self._access.people is not None
        roles = accounts.roles_of(self._access.people, person)
        everywhere = roles.get(EVERYWHERE)
        known = {*self._collections(), self._default}
        there = tuple(sorted(name for name in known if everywhere or name in roles))
        chosen = _chosen(asked, there, self._default)
        role = _best(roles.get(chosen or ""), everywhere) if chosen is not None else None
        if scopes is not None:
            role = lesser(role, scopes)
        name = accounts.name_of(self._access.people, person)
        way: Any = "session" if scopes is None else "token"
        return Visitor(way, name, role, self._default if chosen is None else chosen, csrf, there, person)

    def _refused(self, asked: _Asked, who: Visitor) -> str | None:
        """The problem with a request, or None. Of what he may not read, nobody learns whether it is there."""
        rule = asked.rule
        if asked.path is None or (rule is not None and rule.role is None):
            return None
        if who.way == "local":
            return "forbidden" if rule is None and asked.method not in _READING else None
        if who.way == "nobody":
            return "login"
        if rule is None or (who.way == "token" and not rule.token):
            return "forbidden"
        if who.role is None:
            return "not_found" if who.collections or not _own(asked.path) else None
        return None if at_least(who.role, rule.role) else "forbidden"

    def _sending(self, send: Send, asked: _Asked, fresh: str | None) -> Callable[[Message], Awaitable[None]]:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if self._access.people is not None and not (asked.path or "").startswith("/static/"):
                    headers["cache-control"] = "private, no-cache"
                if fresh is not None:
                    secure = "; Secure" if self._access.secure else ""
                    headers.append("set-cookie", f"{_VISIT}={fresh}; Path=/; HttpOnly; SameSite=Strict{secure}")
            await send(message)

        return sending


def _asked(scope: Scope) -> _Asked:
    method = "GET" if scope["method"] == "HEAD" else scope["method"]
    path = route_path(scope)
    headers = Headers(scope=scope)
    cookies = cookie_parser(headers.get("cookie", ""))  # other programs on this machine share the cookies of its name
    rule = None if path is None else RULES.get(f"{method} {path}")
    return _Asked(method, path, rule, headers, QueryParams(scope.get("query_string", b"")), cookies)


def route_path(scope: Scope) -> str | None:
    """The path, as its route has it, of the route that a request leads to; None where it leads to none."""
    for route in flat(scope["app"].routes):
        if route.matches(scope)[0] is Match.FULL:
            return str(route.path)
    return None


def flat(routes: Iterable[BaseRoute]) -> Iterator[Any]:
    """The routes with those of included routers, which newer versions of FastAPI keep as they were included."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is None:
            yield route
        else:
            yield from flat(inner.routes)


def _chosen(asked: _Asked, there: tuple[str, ...], default: str) -> str | None:
    """The collection that is asked for: by the address, where None says that it is not to be had; else by the cookie."""
    said = asked.query.get("collection")
    if said:
        return said if said in there else None
    kept = unquote(asked.cookies.get("collection", ""))
    if kept in there:
        return kept
    return default if default in there else next(iter(there), None)


def _best(one: Role | None, other: Role | None) -> Role | None:
    return one if at_least(one, other) else other


def _own(path: str) -> bool:
    """Whether a page is of the person alone and needs no collection."""
    return path.startswith("/account") or path == "/logout"


def _given(asked: _Asked, body: bytes) -> str:
    said = asked.headers.get("x-csrf-token")
    if said is not None:
        return said
    if asked.headers.get("content-type", "").startswith("multipart/form-data"):
        found = _PART.search(body)
        return found[1].decode("ascii", "replace") if found else ""
    if asked.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return parse_qs(body.decode("utf-8", "replace")).get("csrf", [""])[0]
    return ""


def _right(due: str, given: str) -> bool:
    return bool(due) and hmac.compare_digest(due.encode(), given.encode("utf-8", "replace"))


async def _body(receive: Receive) -> tuple[bytes, Receive]:
    """The whole body, which the guards have bounded, and a ``receive`` that gives it again."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            break
        body += message.get("body", b"")
        if not message.get("more_body", False):
            break
    waiting = [bytes(body)]

    async def again() -> Message:
        return {"type": "http.request", "body": waiting.pop(), "more_body": False} if waiting else await receive()

    return bytes(body), again


def _redirect(scope: Scope) -> ASGIApp:
    from starlette.responses import RedirectResponse

    back = scope["path"] + (f"?{scope['query_string'].decode('latin-1')}" if scope.get("query_string") else "")
    return RedirectResponse("/login" + ("" if back == "/" else f"?next={quote(back, safe='')}"), 303)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such account on this system
        return "takhrij"
