"""Every error as one form: problem details (RFC 9457), with every reason and its code.

    {"type": "urn:fullfile:problem:refused", "title": "This was not recorded", "status": 409,
     "detail": "…", "reasons": [{"code": "stale", "text": "…", "where": ""}]}

The families of errors get the statuses that the pages give them (`web.doors.errors.status_of`). What nobody foresaw
is 500, with nothing of the inside in it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from fullfile.core.errors import (
    Busy,
    FullfileError,
    NotFound,
    NotPermitted,
    RecordDamaged,
    Refused,
    Unavailable,
)
from fullfile.server.store.busy import is_busy
from fullfile.server.web.doors.busy import RETRY_SECONDS, busy_words
from fullfile.server.web.doors.errors import status_of

__all__ = ["PROBLEM", "Said", "TooMany", "add_handlers", "problem", "problem_of"]

log = logging.getLogger("fullfile.api")

PROBLEM = "application/problem+json"
_TITLES = {
    400: ("not_readable", "The request cannot be read"),
    401: ("no_token", "A token is needed"),
    403: ("not_permitted", "This token may not do this"),
    404: ("not_found", "There is nothing here that you may see"),
    405: ("method", "This address does not answer that method"),
    406: ("not_acceptable", "Only JSON is answered"),
    409: ("refused", "This was not recorded"),
    413: ("too_large", "The request is too large"),
    415: ("media_type", "This form of content is not read here"),
    422: ("not_valid", "Something is missing or has another form"),
    429: ("too_many", "Too many tries"),
    500: ("failed", "Something went wrong"),
    503: ("not_now", "Not now"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One reason: a stable code, a sentence with the way out, and where in the request, if that is known."""

    code: str
    text: str
    where: str = ""


class TooMany(HttpError):
    """Too many bad tokens from one address."""

    def __init__(self, seconds: int) -> None:
        super().__init__(429, "Too many tokens from this address were wrong. Wait, then try again.")
        self.seconds = seconds


def problem(status: int, said: Sequence[Said], **more: Any) -> HttpResponse:
    """An error as an answer."""
    kind, title = _TITLES.get(status, ("failed", "Something went wrong"))
    body = {
        "type": f"urn:fullfile:problem:{kind}",
        "title": title,
        "status": status,
        "detail": " ".join(one.text for one in said),
        "reasons": [{"code": one.code, "text": one.text, "where": one.where} for one in said],
        **more,
    }
    answer = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=PROBLEM)
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def problem_of(error: FullfileError) -> HttpResponse:
    """An error of one of the five families as an answer."""
    codes: tuple[tuple[type[FullfileError], str], ...] = (
        (NotPermitted, "not_permitted"),
        (NotFound, "not_found"),
        (RecordDamaged, "record_damaged"),
        (Busy, "busy"),
        (Unavailable, "unavailable"),
    )
    if isinstance(error, Refused):
        said = [Said(reason.code, reason.text) for reason in error.reasons]
    else:
        code = next((code for family, code in codes if isinstance(error, family)), "failed")
        said = [Said(code, busy_words() if isinstance(error, Busy) else str(error))]
    status = status_of(error)
    answer = problem(status, said)
    if status == 503:
        answer["Retry-After"] = str(RETRY_SECONDS)
    return answer


def add_handlers(api: NinjaAPI) -> None:
    """Map every error that an operation can end with."""

    def ours(_request: HttpRequest, error: Any) -> HttpResponse:
        return problem_of(error)

    def shape(_request: HttpRequest, error: Any) -> HttpResponse:
        return problem(422, [_shape(one) for one in error.errors])

    def absent(_request: HttpRequest, _error: Any) -> HttpResponse:
        return problem(404, [Said("not_found", "No operation has this address.")])

    def of_library(_request: HttpRequest, error: Any) -> HttpResponse:
        if isinstance(error, AuthenticationError):
            words = "Send a token that holds, as “Authorization: Bearer ffk_…”. Tokens are made under My account."
            return problem(401, [Said("no_token", words)])
        kind = _TITLES.get(error.status_code, ("failed", ""))[0]
        answer = problem(error.status_code, [Said(kind, str(error))])
        if isinstance(error, TooMany):
            answer["Retry-After"] = str(error.seconds)
        return answer

    def unreadable(_request: HttpRequest, _error: Any) -> HttpResponse:
        words = "The request breaks off, or a part of it cannot be read. Send it again, whole."
        return problem(400, [Said("unreadable", words)])

    def unforeseen(request: HttpRequest, error: Any) -> HttpResponse:
        if is_busy(error):
            return problem_of(Busy(str(error)))
        log.error("an operation failed: %s %s", request.method, request.path, exc_info=error)
        return problem(500, [Said("failed", "It was noted here. Nothing was recorded.")])

    api.add_exception_handler(FullfileError, ours)
    api.add_exception_handler(ValidationError, shape)
    api.add_exception_handler(Http404, absent)
    api.add_exception_handler(HttpError, of_library)
    for broken in (BadRequest, MultiPartParserError, SuspiciousOperation):
        api.add_exception_handler(broken, unreadable)
    api.add_exception_handler(Exception, unforeseen)


def _shape(error: dict[str, Any]) -> Said:
    """What pydantic says of a field, and where: `body.reason`."""
    place = [str(part) for part in error.get("loc", ()) if part not in ("body", "said")]
    source = str(next(iter(error.get("loc", ())), ""))
    where = ".".join([source, *place]) if place else source
    return Said(str(error.get("type", "not_valid")), f"{where}: {error.get('msg', '')}.", where)
