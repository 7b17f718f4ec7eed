"""The doors of the API: a token in the header, never a session; a right for each operation.

A cookie opens nothing here, so that no page of somebody else can act through a browser that is signed in.
Failures are kept as door events; from one address only so many within a quarter of an hour are looked at at all,
then the answer is 429. A token that holds is never turned away for what others at its address tried.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.parser import Parser
from ninja.security import HttpBearer

from fullfile.core.errors import NotPermitted
from fullfile.server.accounts.door import note
from fullfile.server.accounts.models import DoorEvent
from fullfile.server.accounts.person import Person, check_may
from fullfile.server.accounts.policy import Right
from fullfile.server.accounts.tokens import person_of_token
from fullfile.server.web.api.problems import TooMany
from fullfile.server.web.clock import now_ms, today

__all__ = ["FAILURES", "Bearer", "StrictParser", "refuse_size"]

FAILURES = 20
WITHIN = timedelta(minutes=15)
_DEEP = 40


class Bearer(HttpBearer):
    """`Authorization: Bearer ffk_…`, and the right that the operation names."""

    def __init__(self, right: Right) -> None:
        self.right = right
        self.known: frozenset[str] = frozenset()
        """The parameters that the operation knows: the desk says so."""
        super().__init__()

    def __call__(self, request: HttpRequest) -> Person:
        """Who acts; sets `request.person`.

        Raises:
            NotPermitted: the person, or the token, has not the right.
            HttpError: there is no token that holds, or a parameter that the operation does not know.
        """
        request.person = None  # type: ignore[attr-defined]  # whatever a cookie said
        words = request.headers.get("Authorization", "").split(" ")
        found = None
        if len(words) == 2 and words[0].lower() == "bearer":
            found = person_of_token(words[1], now_ms=now_ms(), today=today())
        if found is None:
            raise self._failure(request)
        person, _token = found
        request.person = person  # type: ignore[attr-defined]
        try:
            check_may(person, self.right)
        except NotPermitted:
            note(request, "api", "refused", account=person.account)
            raise
        unknown = sorted(set(request.GET) - self.known)
        if unknown:  # a slip of the pen must not be a filter that is silently left out
            knows = ", ".join(sorted(self.known)) or "none"
            raise HttpError(
                422, f"This operation has no parameter “{unknown[0][:60]}”; it knows: {knows}."
            )
        return person

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The library's way; ours is `__call__`."""
        raise NotImplementedError

    @staticmethod
    def _failure(request: HttpRequest) -> HttpError:
        address = str(request.META.get("REMOTE_ADDR", ""))[:64] or "unknown"
        since = datetime.fromtimestamp(now_ms() / 1000, UTC) - WITHIN
        tries = DoorEvent.objects.filter(at__gte=since, what="token", address=address).count()
        if tries >= FAILURES:
            return TooMany(int(WITHIN.total_seconds()))
        note(request, "token", "refused", account="-")
        return HttpError(
            401,
            "Send a token that holds, as “Authorization: Bearer ffk_…”. Tokens are made under My account.",
        )


class StrictParser(Parser):
    """JSON that both databases can keep: no NaN, no numbers without end, no NUL, no half of a letter."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body of a request.

        Raises:
            ValueError: it is no such JSON.
        """
        return read_json(request.body)


def read_json(body: bytes) -> Any:
    """JSON as `StrictParser` takes it.

    Raises:
        ValueError: it is none.
    """
    try:
        found = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    _check(found, 0)
    return found


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is no number")


def _check(value: Any, depth: int) -> None:
    if depth > _DEEP:
        raise ValueError("nested too deeply")
    if isinstance(value, str):
        value.encode("utf-8")  # a lone surrogate is no letter
        if "\x00" in value:
            raise ValueError("a text holds a NUL")
    elif isinstance(value, dict):
        for name, one in value.items():
            _check(name, depth + 1)
            _check(one, depth + 1)
    elif isinstance(value, list):
        for one in value:
            _check(one, depth + 1)


def refuse_size(request: HttpRequest, largest: int) -> int | None:
    """The size that a request announces, where it is over a limit; None where it is within."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    size = int(said) if said.isascii() and said.isdigit() else 0
    return size if size > largest else None
