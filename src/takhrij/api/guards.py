"""What stands before every route: known host, same origin, bounded bodies, and the headers that go with every answer."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from takhrij.api.problems import problem
from takhrij.people.access import LOOPBACK

#: Bytes of a request's body at most.
MOST_BYTES = 2_000_000
_LOG = logging.getLogger("uvicorn.error")
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = "; ".join(
    [
        "default-src 'none'",
        *(f"{kind} 'self'" for kind in ("style-src", "script-src", "img-src", "font-src", "connect-src", "form-action")),
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
#: A policy of ``no-referrer`` would have browsers send ``Origin: null`` with the desk's own forms.
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Guards:
    """ASGI middleware. Refuses with a problem; else hands on, and sets the headers on what comes back.

    A name that is not among ``hosts`` is a page elsewhere that had its name point here.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = LOOPBACK) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Guard one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        code = self._refused(scope["method"], headers)
        body: bytes | None = b""
        if code is None and scope["method"] not in _READING:
            body = await _body(receive, headers)
            code = "too_large" if body is None else None
        if code is not None:
            await problem(code, headers.get("accept-language", ""))(scope, receive, sending)
            return
        try:
            await self._app(scope, _given(body or b"", receive), sending)
        except Exception:  # a fault of the program is told in the reader's language, its traceback on the terminal only
            _LOG.exception("a fault of the program at %s", scope["path"])
            if started:
                raise
            await problem("fault", headers.get("accept-language", ""))(scope, receive, sending)

    def _refused(self, method: str, headers: Headers) -> str | None:
        host = headers.get("host", "")
        try:
            name = urlsplit(f"//{host}").hostname
        except ValueError:
            name = None
        if name not in self._hosts:
            return "unknown_host"
        if method in _READING:
            return None
        if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return "other_origin"
        origin = headers.get("origin")
        return None if origin is None or origin in {f"http://{host}", f"https://{host}"} else "other_origin"


async def _body(receive: Receive, headers: Headers) -> bytes | None:
    """The whole body, or None where it is past the bound, whether its length was said beforehand or not."""
    said = headers.get("content-length", "0")
    if said.isdecimal() and int(said[:20]) > MOST_BYTES:
        return None
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _given(body: bytes, receive: Receive) -> Receive:
    """A ``receive`` that gives a body already read, then what comes after it."""
    waiting = [body]

    async def given() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return given
