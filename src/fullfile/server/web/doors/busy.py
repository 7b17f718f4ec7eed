"""While something large is being recorded: reading goes on, and whoever would record is told within seconds.

A large import is one transaction, and holds the one writer's place for as long as it lasts. Meanwhile

1. nobody waits longer than `WAIT_MS` for that place (`Patient`);
2. what a page keeps beside the record and can do without (when somebody was last seen, the receipt that was shown)
   is not waited for: a page that only reads is shown as ever;
3. an act is refused with a sentence, and its form keeps what was typed (`web.acting`): 503 with `Retry-After`.

What this does not do: it knows no form; `errors` words what no form could take.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fullfile.server.store.busy import is_busy, patience, somebody_waits
from fullfile.server.waiting.asking import running_job

__all__ = ["RETRY_SECONDS", "WAIT_MS", "Patient", "Sessions", "busy_words", "plain_busy"]

WAIT_MS = 4_000
"""So long a person waits for another's writing."""
RETRY_SECONDS = 60
_SOON_MS = 250
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


class Patient:
    """Every request waits for some seconds only; an act that found the place taken says so in its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle a request."""
        with somebody_waits(WAIT_MS):
            response = self.get_response(request)
        if getattr(request, "was_busy", False):
            response.status_code = 503
        if response.status_code == 503 and "Retry-After" not in response:
            response["Retry-After"] = str(RETRY_SECONDS)
        return response


class Sessions(SessionMiddleware):
    """Django's sessions; what a page keeps in one keeps no page from being shown, and no receipt from being told."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Keep the session, if it can be."""
        told = getattr(request, "was_busy", False) or getattr(request, "has_recorded", False)
        can_do_without = told or request.method in _READS
        try:
            with patience(_SOON_MS if can_do_without else WAIT_MS):
                return super().process_response(request, response)
        except (DatabaseError, SessionInterrupted) as error:
            if not any(is_busy(one) for one in _chain(error)):
                raise
            return response if can_do_without else plain_busy()


def plain_busy() -> HttpResponse:
    """What is going on, for where no layout can be relied on."""
    return HttpResponse(busy_words(), status=503, content_type="text/plain; charset=utf-8")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those it was raised in the face of: the library calls a session that cannot be kept deleted."""
    while error is not None:
        yield error
        error = error.__context__


def busy_words(*, typed: bool = False, files: bool = False) -> str:
    """What is going on, and what to do.

    Args:
        typed: the form stands below, with what was typed.
        files: it had files, which a browser does not keep.
    """
    job = running_job("import_commit")
    words = (
        _("An import is being recorded (job %(job)d), and until it is through nothing else can be.")
        % {"job": job}
        if job is not None
        else _("Something large is being recorded, and until it is through nothing else can be.")
    )
    said = [words, _("Nothing of yours was saved: try again in a minute.")]
    if typed and files:
        said.append(_("What you typed is still here; choose the files again."))
    elif typed:
        said.append(_("What you typed is still here."))
    return " ".join(said)
