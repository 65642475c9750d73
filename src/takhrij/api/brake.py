"""A bound on how often one asker may ask the API: a bucket for each, filled at a steady rate."""

from __future__ import annotations

import time
from collections import OrderedDict

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from takhrij.api.problems import problem
from takhrij.people import visitor

#: Requests that an asker may send at once, and requests a second that come back to him.
AT_ONCE, A_SECOND = 300, 20.0
#: Askers that are remembered.
_MOST = 10_000


class Brake:
    """ASGI middleware within the gate, which knows who asks: a person by his id, others by their address on the network."""

    def __init__(self, app: ASGIApp, at_once: int = AT_ONCE, a_second: float = A_SECOND) -> None:
        self._app = app
        self._at_once = at_once
        self._a_second = a_second
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or answer it with 429."""
        if scope["type"] != "http" or not scope["path"].startswith("/api/"):
            await self._app(scope, receive, send)
            return
        wait = self._taken(visitor().person or (scope["client"] or ("",))[0])
        if wait == 0:
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["retry-after"] = str(int(wait) + 1)
            await send(message)

        await problem("too_fast", Headers(scope=scope).get("accept-language", ""))(scope, receive, sending)

    def _taken(self, asker: str) -> float:
        """Take one from an asker's bucket; the seconds that he has to wait where it is empty."""
        now = time.monotonic()
        left, at = self._left.pop(asker, (float(self._at_once), now))
        left = min(float(self._at_once), left + (now - at) * self._a_second)
        wait = 0.0 if left >= 1 else (1 - left) / self._a_second
        self._left[asker] = (left - 1 if left >= 1 else left, now)
        while len(self._left) > _MOST:
            self._left.popitem(last=False)
        return wait
