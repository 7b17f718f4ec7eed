"""Errors as pages: one sentence, what it takes, and a way back. One place maps families to answers.

`Refused` that a view did not turn into a form's errors is 409; what nobody foresaw is 500, with nothing
of the inside on the page (SI-11, ASVS V16.5).
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

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
from fullfile.server.web.doors.busy import busy_words, plain_busy
from fullfile.server.web.in_words import in_words

__all__ = ["Answered", "LastResort", "answer", "failed", "form_too_old", "not_found", "status_of"]

log = logging.getLogger("fullfile.pages")

_STATUS: tuple[tuple[type[FullfileError], int], ...] = (
    (NotPermitted, 403),
    (NotFound, 404),
    (Refused, 409),
    (RecordDamaged, 503),
    (Unavailable, 503),
)


def status_of(error: FullfileError) -> int:
    """The status with which an error is answered."""
    return next((status for family, status in _STATUS if isinstance(error, family)), 500)


class Answered(FullfileError):
    """A view goes no further, and this is the page to show instead."""

    def __init__(self, page: HttpResponse) -> None:
        super().__init__()
        self.page = page


class LastResort:
    """The outermost door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle a request."""
        try:
            return self.get_response(request)
        except Exception as error:  # noqa: BLE001 - the outermost door
            return _before_any_page(error)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A view raised."""
        if isinstance(error, Answered):
            return error.page
        if isinstance(error, FullfileError):
            return answer(request, error, status_of(error))
        if isinstance(error, PermissionDenied):
            words = NotPermitted(
                _(
                    "Not with this account: it has no password and no second step that could prove it."
                )
            )
            return answer(request, words, 403)
        if isinstance(error, Http404):
            return None
        if is_busy(error):
            return answer(request, Busy(busy_words()), 503)
        log.error("a page failed", exc_info=error)
        return render(
            request,
            "errors/error.html",
            {
                "title": _("Something went wrong"),
                "reasons": [_("It was noted. Nothing was recorded.")],
            },
            status=500,
        )


def failed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """A door failed: the page that Django asks for (`handler500`)."""
    error = sys.exc_info()[1]
    return _before_any_page(error if isinstance(error, Exception) else None)


def _before_any_page(error: Exception | None) -> HttpResponse:
    """Plain words, for where no layout can be relied on."""
    if is_busy(error):
        return plain_busy()
    log.error("a request failed before any page", exc_info=error)
    return HttpResponse(
        _("Something went wrong here, and it was noted. Nothing was recorded."),
        status=500,
        content_type="text/plain; charset=utf-8",
    )


def answer(request: HttpRequest, error: FullfileError, status: int) -> HttpResponse:
    """An error as a page: every reason, and what it takes."""
    titles = {
        403: _("You may not do this"),
        404: _("There is nothing here that you may see"),
        409: _("This was not recorded"),
        503: _("Not now"),
    }
    if isinstance(error, Busy):  # the record's own sentence knows no import, and no Spanish
        error = Busy(busy_words())
    reasons = (
        [in_words(reason.text) for reason in error.reasons]
        if isinstance(error, Refused)
        else [in_words(error.words)]
    )
    return render(
        request,
        "errors/error.html",
        {"title": titles.get(status, _("Something went wrong")), "reasons": reasons},
        status=status,
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """No page has this address."""
    return render(
        request,
        "errors/error.html",
        {
            "title": _("There is no such page"),
            "reasons": [_("The address may be mistyped, or old.")],
        },
        status=404,
    )


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form without its token, or one of another session: nothing was done."""
    return render(
        request,
        "errors/error.html",
        {
            "title": _("This form is too old"),
            "reasons": [
                _("Nothing was recorded. Go back, load the page again, and send it once more.")
            ],
        },
        status=403,
    )
