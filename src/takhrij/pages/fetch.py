"""Fetching pages: politely (robots.txt, one request at a time, a pause for each host), and inside bounds.

Every address, the first and each that a redirect leads to, is vetted (:mod:`addresses`, :mod:`network`). Nothing is fetched
that a page names in a script, a frame or a picture.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import email.utils
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from takhrij.errors import FetchError, TooLarge
from takhrij.pages import robots
from takhrij.pages.addresses import vetted_url
from takhrij.pages.evidence_records import now
from takhrij.pages.inflate import decoded, headers_of_decoded
from takhrij.pages.limits import DEFAULT_LIMITS
from takhrij.pages.network import (
    Connector,
    Deadline,
    Resolver,
    VettedBackend,
    VettedTransport,
    system_connector,
    system_resolver,
)
from takhrij.records import Page
from takhrij.version import __version__

AGENT = "takhrij"
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.1"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TRY_AGAIN = frozenset({408, 429, 500, 502, 503, 504})
_KEPT_OUT = frozenset({"set-cookie", "set-cookie2"})
_ROBOTS_BYTES = 512 * 1024
_STEP = 64 * 1024


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How to fetch. Sizes in bytes, times in seconds.

    ``delay`` lies between two requests to one host, and robots.txt may ask for more; ``seconds`` bounds one page with all its
    reads, ``quiet`` one of them; ``page`` bounds a body packed and unpacked. ``contact`` goes into the user agent.
    """

    delay: float = 2.0
    seconds: float = 60.0
    quiet: float = 15.0
    page: int = DEFAULT_LIMITS.page
    redirects: int = 5
    tries: int = 3
    longest_pause: float = 60.0
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class Seams:
    """What ties fetching to the world: name service, connections, clock and sleep. Tests put others in their places."""

    resolver: Resolver = system_resolver
    connector: Connector = system_connector
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of an earlier answer, for asking only after a change."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class _Host:
    rules: robots.Rules | None = None
    next_at: float = field(default=0.0)


class Fetcher:
    """Fetches one page after another. Not for use from several threads at once; call it like a function."""

    def __init__(self, options: FetchOptions = FetchOptions(), seams: Seams = Seams()) -> None:
        self._options = options
        self._seams = seams
        self._deadline = Deadline(seams.clock)
        backend = VettedBackend(seams.resolver, seams.connector, self._deadline)
        contact = f"; {options.contact}" if options.contact else ""
        self._headers = {
            "user-agent": f"{AGENT}/{__version__} (news attribution research; obeys robots.txt{contact})",
            "accept": _ACCEPT,
            "accept-encoding": "gzip, deflate, br",
            "accept-language": "ar,en;q=0.5",
        }
        # httpx's client would follow redirects, proxies and .netrc files in ways of its own: only its transport is used
        self._transport = VettedTransport(backend)
        self._extensions = {"timeout": httpx.Timeout(options.quiet).as_dict()}
        self._hosts: dict[str, _Host] = {}

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def __call__(self, url: str) -> Page:
        """The page at ``url``. Raises :class:`~takhrij.errors.FetchError` or another :class:`~takhrij.errors.InputError`."""
        page = self.fetch(url)
        if page is None:
            raise FetchError(url, "the server says that nothing changed, though nothing was known")
        return page

    def fetch(self, url: str, known: Validators | None = None) -> Page | None:
        """The page at ``url``, redirects followed; None where it has not changed since ``known``."""
        at = url
        for _ in range(self._options.redirects + 1):
            vetted_url(at)
            self._allowed(at, url)
            answer = self._patiently(at, url, known)
            if answer.status == 304 and known is not None:
                return None
            if answer.status in _REDIRECTS and answer.headers.get("location"):
                at = self._redirected(at, answer.headers["location"], url)
                continue
            if answer.status != 200:
                raise FetchError(url, f"the server answers with status {answer.status}")
            return _page(url, at, answer)
        raise FetchError(url, f"more than {self._options.redirects} redirects")

    def _redirected(self, at: str, location: str, url: str) -> str:
        try:
            target = urljoin(at, location.strip()).partition("#")[0]
        except ValueError:
            raise FetchError(url, "a redirect to no address") from None
        try:
            vetted_url(target)
        except FetchError as error:
            raise FetchError(url, f"a redirect to {error.name}: {error.reason}") from None
        if urlsplit(at).scheme == "https" and urlsplit(target).scheme == "http":
            raise FetchError(url, f"a redirect from https to http ({target[:200]})")
        return target

    def _allowed(self, at: str, url: str) -> None:
        host = self._hosts.setdefault(_origin(at), _Host())
        if host.rules is None:
            host.rules = self._robots(at, url)
        if not host.rules.allows(at):
            raise FetchError(url, "its robots.txt does not allow this address to be fetched")

    def _robots(self, at: str, url: str) -> robots.Rules:
        """RFC 9309: a host without a robots.txt allows all, one that cannot be asked allows nothing."""
        target = _origin(at) + "/robots.txt"
        for _ in range(self._options.redirects + 1):
            answer = self._patiently(target, url, None, _ROBOTS_BYTES)
            if answer.status in _REDIRECTS and answer.headers.get("location"):
                target = self._redirected(target, answer.headers["location"], url)
                continue
            if answer.status == 200:
                return robots.parse(answer.body.decode("utf-8", "replace"), AGENT)
            return robots.ALL if 400 <= answer.status < 500 and answer.status != 429 else robots.NONE
        return robots.ALL

    def _patiently(self, at: str, url: str, known: Validators | None, bound: int | None = None) -> _Answer:
        """One request, asked again after a pause where the server or the line fails for the moment."""
        pause = self._options.delay
        for left in range(self._options.tries - 1, -1, -1):
            try:
                answer = self._once(at, url, known, bound or self._options.page)
            except FetchError as error:
                if not left or not isinstance(error, _Passing):
                    raise FetchError(url, error.reason) from None
            else:
                if answer.status not in _TRY_AGAIN or not left:
                    return answer
                pause = max(pause, _retry_after(answer.headers))
            if pause > self._options.longest_pause:
                raise FetchError(url, f"the server asks to come again in {pause:.0f} seconds")
            self._seams.sleep(pause)
            pause *= 2
        raise FetchError(url, "not reached")  # the loop returns or raises on its last turn

    def _once(self, at: str, url: str, known: Validators | None, bound: int) -> _Answer:
        self._wait_turn(at)
        headers = dict(self._headers)
        if known and known.etag:
            headers["if-none-match"] = known.etag
        if known and known.modified:
            headers["if-modified-since"] = known.modified
        self._deadline.set(self._options.seconds)
        try:
            request = httpx.Request("GET", at, headers=headers, extensions=self._extensions)
            with contextlib.closing(self._transport.handle_request(request)) as response:
                raw = self._bounded(response, url, bound)
                said = {k.lower(): v for k, v in response.headers.items() if k.lower() not in _KEPT_OUT}
                body = decoded(raw, said.get("content-encoding"), url, bound) if response.status_code == 200 else b""
                return _Answer(response.status_code, said, body)
        except FetchError as error:
            raise FetchError(url, error.reason) from None
        except (httpcore.TimeoutException, httpx.TimeoutException):
            raise _Passing(url, "the server is too slow") from None
        except (httpcore.ProtocolError, httpx.ProtocolError, httpx.DecodingError):
            raise _Passing(url, "the server's answer is broken or ends early") from None
        except (httpcore.NetworkError, httpx.NetworkError, OSError) as error:
            raise _Passing(url, f"no connection ({_line(error)})") from None
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpcore.UnsupportedProtocol, UnicodeError):
            raise FetchError(url, "not an address that can be fetched") from None

    def _bounded(self, response: httpx.Response, url: str, bound: int) -> bytes:
        said = response.headers.get("content-length", "")
        if said.isascii() and said.isdigit() and int(said) > bound:
            raise TooLarge(url, f"larger than {bound} bytes")
        parts, total = [], 0
        for part in response.iter_raw(_STEP):
            total += len(part)
            if total > bound:
                raise TooLarge(url, f"larger than {bound} bytes")
            parts.append(part)
        return b"".join(parts)

    def _wait_turn(self, at: str) -> None:
        host = self._hosts.setdefault(_origin(at), _Host())
        pause = host.next_at - self._seams.clock()
        if pause > 0:
            self._seams.sleep(pause)
        asked = host.rules.delay if host.rules and host.rules.delay else 0.0
        host.next_at = self._seams.clock() + max(self._options.delay, min(asked, self._options.longest_pause))


class _Passing(FetchError):
    """A failure that may be over at the next try."""


def _page(url: str, at: str, answer: _Answer) -> Page:
    if not answer.body:
        raise FetchError(url, "an empty answer")
    return Page(
        name=url,
        body=answer.body,
        url=url,
        final_url=at,
        media_type=answer.headers.get("content-type"),
        captured=now(),
        headers=headers_of_decoded(answer.headers),
    )


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"


def _retry_after(headers: Mapping[str, str]) -> float:
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    with contextlib.suppress(ValueError, TypeError, OverflowError):
        when = email.utils.parsedate_to_datetime(said)
        return max(0.0, (when - dt.datetime.now(dt.UTC)).total_seconds())
    return 0.0


def _line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:100]


def validators_of(page: Page) -> Validators:
    """What to send along when ``page`` is asked for again."""
    return Validators(page.headers.get("etag"), page.headers.get("last-modified"))
