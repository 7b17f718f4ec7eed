"""Calling an address outside: only one that is public, by TLS, without being led elsewhere.

Whoever registers a webhook names an address, and the office's server calls it: so the address must not lead into the
office's own network (server-side request forgery). Steps, for every call anew:

1. the address is `https`, without a name or password in it;
2. its host is looked up once, and every address that comes back must be a public one;
3. the connection goes to an address that was looked at, not to the name again (no rebinding);
4. redirects are not followed, little is read, and time is short.

`FULLFILE_WEBHOOK_PRIVATE=on` allows private addresses and plain `http`, for an office whose receivers are in its own
network, and for tests.

What this does not do: it signs nothing and tries nothing again (`webhooks`).
"""

from __future__ import annotations

import http.client
import ipaddress
import os
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from fullfile.core.errors import Refused
from fullfile.core.said import say

__all__ = ["Called", "check_address", "post_outside"]

SECONDS = 10
_MOST_READ = 16 * 1024


@dataclass(frozen=True, slots=True)
class Called:
    """What came back: the status (0: nothing did), and why, in words."""

    status: int
    words: str

    @property
    def taken(self) -> bool:
        """Whether the receiver said that it took it."""
        return 200 <= self.status < 300


def private_allowed() -> bool:
    """Whether the office allows addresses of its own network."""
    return os.environ.get("FULLFILE_WEBHOOK_PRIVATE", "off") == "on"


def check_address(address: str) -> SplitResult:
    """Refuse an address that no webhook may have; its host is looked at when it is called.

    Raises:
        Refused: with what is wrong.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise Refused(say("This is no address: write https://host/path."), code="address") from None
    if parts.scheme != "https" and not (parts.scheme == "http" and private_allowed()):
        raise Refused(say("A webhook's address begins with https://."), code="address")
    if not parts.hostname or parts.username or parts.password or parts.fragment:
        raise Refused(
            say("A webhook's address has a host and a path, and no name, password or #part."),
            code="address",
        )
    if port == 0 or not address.isascii() or not address.isprintable() or " " in address:
        raise Refused(say("This is no address: write https://host/path."), code="address")
    if _is_literal(parts.hostname) and not _may_be_called(parts.hostname):
        raise Refused(
            say(
                "This address lies in a private network. A webhook is told to public addresses only."
            ),
            code="address_private",
        )
    return parts


def post_outside(address: str, body: bytes, headers: Mapping[str, str]) -> Called:
    """Post a body to an address outside. Whatever fails is told, never raised.

    Args:
        address: where.
        body: what.
        headers: beside the ones that every request has.
    """
    try:
        parts = check_address(address)
        place = _look_up(parts)
    except Refused as error:
        return Called(0, str(error))
    except OSError as error:
        return Called(0, f"The host is not found: {error}.")
    path = parts.path or "/"
    if parts.query:
        path += f"?{parts.query}"
    connection = _Pinned(parts, place)
    try:
        connection.request("POST", path, body=body, headers=dict(headers))
        answer = connection.getresponse()
        answer.read(_MOST_READ)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Called(0, f"Nothing came back: {error or type(error).__name__}.")
    finally:
        connection.close()
    return Called(answer.status, f"The receiver answered {answer.status}.")


def _look_up(parts: SplitResult) -> str:
    """A public address of the host.

    Raises:
        Refused: one of its addresses is not public.
        OSError: it has none.
    """
    assert parts.hostname is not None
    found = socket.getaddrinfo(parts.hostname, _port(parts), type=socket.SOCK_STREAM)
    places = [str(one[4][0]) for one in found]
    for place in places:
        if not _may_be_called(place):
            raise Refused(
                say(
                    "This address leads into a private network. A webhook is told to public addresses only."
                ),
                code="address_private",
            )
    return places[0]


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _may_be_called(place: str) -> bool:
    if private_allowed():
        return True
    address = ipaddress.ip_address(place.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if mapped is not None and not _is_public(mapped):
        return False
    return _is_public(address)


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return address.is_global and not address.is_multicast and not address.is_reserved


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was looked at; the name stands in TLS and in the header."""

    def __init__(self, parts: SplitResult, place: str) -> None:
        assert parts.hostname is not None
        super().__init__(parts.hostname, _port(parts), timeout=SECONDS)
        self._place = place
        self._tls = parts.scheme == "https"

    def connect(self) -> None:
        """Connect to the place, not to the name."""
        plain = socket.create_connection((self._place, self.port), self.timeout)
        if not self._tls:
            self.sock = plain
            return
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        try:
            self.sock = context.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise
