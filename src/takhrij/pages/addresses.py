"""Which addresses may be fetched: public hosts over HTTP, nothing of this machine or its neighbours.

A page is under other people's control, and so are its redirects and its name servers. Names are therefore vetted after they
are resolved, each address that they resolve to, and the vetted address is the one connected to (see :mod:`network`).
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from takhrij.errors import FetchError
from takhrij.pages.names import shown

_NUMERIC_LABEL = re.compile(r"(?:0[xX][0-9a-fA-F]*|\d+)$")
_DOTTED = re.compile(r"(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$")
_HOST = re.compile(r"[\w.:%-]{1,253}$")
_OPEN_PORTS = frozenset({80, 443})
_FIRST_HIGH_PORT = 1024
_LONGEST = 2_000
#: IPv6 blocks that carry an IPv4 address: translation (RFC 6052, 8215), compatible addresses, Teredo, 6to4.
#: Site-local addresses were withdrawn by RFC 3879.
_CARRIERS = tuple(
    ipaddress.ip_network(block) for block in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "2001::/32", "2002::/16", "fec0::/10")
)


def vetted_url(url: str) -> SplitResult:
    """The parts of ``url`` where it may be asked for at all; else :class:`~takhrij.errors.FetchError` with the reason."""
    name = shown(url[:200])
    if len(url) > _LONGEST or any(c <= " " or c in "\\\x7f" for c in url):
        raise FetchError(name, "not an address: too long, or with white space or control characters in it")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise FetchError(name, "not an address that can be read") from None
    if parts.scheme.lower() not in {"http", "https"}:
        raise FetchError(name, f"only http and https are fetched, not {parts.scheme[:20] or 'nothing'}:")
    host = parts.hostname or ""
    if not host or not _HOST.match(host):
        raise FetchError(name, "an address without a host")
    if parts.username is not None or parts.password is not None:
        raise FetchError(name, "an address with a user name in it")
    if port is not None and port not in _OPEN_PORTS and port < _FIRST_HIGH_PORT:
        raise FetchError(name, f"port {port} is none of the web's")
    if ":" not in host and _NUMERIC_LABEL.search(host.rstrip(".").rsplit(".", 1)[-1]) and not _DOTTED.match(host):
        raise FetchError(name, "a host written as a number")
    return parts


def is_public(address: str) -> bool:
    """Whether an IP address, as a resolver gives it, belongs to a public host.

    >>> is_public("9.9.9.9"), is_public("169.254.169.254"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if any(ip in block for block in _CARRIERS):
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_link_local)


def literal(host: str) -> str | None:
    """``host`` where it is itself an IP address, else None."""
    try:
        return str(ipaddress.ip_address(host.strip("[]").partition("%")[0]))
    except ValueError:
        return None
