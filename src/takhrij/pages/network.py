"""The transport under httpx: names are resolved and vetted, the vetted address is the one connected to, a deadline holds.

Resolver and connector are seams: tests put a table and a recorder in their places and open no socket.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

import httpcore
import httpx

from takhrij.errors import FetchError
from takhrij.pages.addresses import is_public, literal

Resolver = Callable[[str, int], Sequence[str]]


class Connector(Protocol):
    """Opens a connection to an address that was vetted; ``timeout`` in seconds."""

    def __call__(self, address: str, port: int, timeout: float) -> httpcore.NetworkStream: ...


def system_resolver(host: str, port: int) -> list[str]:
    """The addresses of ``host`` by the system's resolver. Raises :class:`OSError` where there are none."""
    return list(dict.fromkeys(str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def system_connector(address: str, port: int, timeout: float) -> httpcore.NetworkStream:
    """A TCP connection to ``address``."""
    return httpcore.SyncBackend().connect_tcp(address, port, timeout=timeout)


class Deadline:
    """How long one fetch may still take, whatever the single reads of it take. ``clock`` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = float("inf")

    def set(self, seconds: float) -> None:
        """The fetch that begins now has ``seconds`` seconds."""
        self._end = self._clock() + seconds

    def left(self, timeout: float | None) -> float:
        """The time for the next step: what is left, ``timeout`` if that is less. Raises httpcore's ReadTimeout past the end."""
        left = self._end - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for this page is over")
        return left if timeout is None else min(left, timeout)


class _TimedStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class VettedBackend(httpcore.NetworkBackend):
    """Connects to public hosts only. A name with one address that is not public is refused whole."""

    def __init__(self, resolver: Resolver, connector: Connector, deadline: Deadline) -> None:
        self._resolver = resolver
        self._connector = connector
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self.vetted(host, port)
        stream = self._connector(addresses[0], port, self._deadline.left(timeout))
        return _TimedStream(stream, self._deadline)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        raise FetchError(path, "not an address of the web")

    def vetted(self, host: str, port: int) -> list[str]:
        """The public addresses of ``host``. Raises :class:`~takhrij.errors.FetchError` where it has none, or others too."""
        own = literal(host)
        try:
            addresses = [own] if own else list(self._resolver(host, port))
        except (OSError, UnicodeError):
            addresses = []
        if not addresses:
            raise FetchError(host, "no such host")
        if any(not is_public(address) for address in addresses):
            raise FetchError(host, "an address of this machine or of an inner network, which is never fetched")
        return addresses


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        close = getattr(self._stream, "close", None)
        if close is not None:
            close()


class VettedTransport(httpx.BaseTransport):
    """An httpx transport over :class:`VettedBackend`. No proxy of the environment is used, none could be vetted."""

    def __init__(self, backend: VettedBackend) -> None:
        self._pool = httpcore.ConnectionPool(network_backend=backend, max_connections=1, keepalive_expiry=15.0)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        stream = request.stream
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path
            ),
            headers=request.headers.raw,
            content=stream if isinstance(stream, httpx.SyncByteStream) else None,
            extensions=request.extensions,
        )
        answer = self._pool.handle_request(asked)
        if not isinstance(answer.stream, Iterable):
            raise httpcore.ProtocolError("a response that is no stream")
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions)

    def close(self) -> None:
        self._pool.close()
