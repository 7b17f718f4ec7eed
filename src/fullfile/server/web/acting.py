"""How a form becomes one act: a one-time number, one action, a receipt; or every reason beside its field.

    form = TransferForm(request.POST or None, page=request)
    if request.method == "POST" and form.is_valid():
        done = act(request, form, lambda: transfer_item(..., actor=request.person.name, now_ms=now_ms()))
        if done:
            return redirect(...)
    return render(request, "items/transfer.html", {"form": form})

What this does not do: it judges nothing, and knows no form by name.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

from django import forms
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from fullfile.core.errors import Busy, Refused, Unavailable
from fullfile.server.store.busy import is_busy
from fullfile.server.store.once import AlreadyRecorded, RecordedAlike, only_once
from fullfile.server.store.overview import get_head
from fullfile.server.store.reading import recorded_ms_of
from fullfile.server.web.clock import zone
from fullfile.server.web.doors.busy import busy_words
from fullfile.server.web.doors.errors import Answered
from fullfile.server.web.doors.permission import PageRequest
from fullfile.server.web.in_words import in_words
from fullfile.server.web.sent import alike, ask_whether_another

__all__ = ["Done", "OfficeForm", "act", "receipt_words"]


class OfficeForm(forms.Form):
    """A form of the office: its one-time number, and the size of the record when the page was made.

    Reasons of a refusal go to the field that `fields_of_codes` names for their code, else on top.
    """

    once = forms.CharField(widget=forms.HiddenInput, max_length=64)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    fields_of_codes: ClassVar[dict[str, str]] = {}

    asked: ClassVar[tuple[str, ...]] = ()
    """Fields that may be empty in shape and are asked for all the same: not called optional on the page."""

    use_required_attribute = False  # the page says what is missing, in its own words

    def __init__(self, data: Any = None, *, files: Any = None, **more: Any) -> None:
        # Asked when the page is made: a form that was sent brings both.
        initial = {"once": lambda: secrets.token_urlsafe(18), "seen": lambda: get_head().size}
        super().__init__(data, files, initial=initial | more.pop("initial", {}), **more)
        for name in self.asked:
            self.fields[name].asked = True  # type: ignore[attr-defined]  # the template asks for it

    def refuse(self, error: Refused) -> None:
        """Show every reason."""
        for reason in error.reasons:
            name = self.fields_of_codes.get(reason.code)
            if name not in self.fields:
                name = None
                column, found, _rest = reason.text.partition(":")
                name = column if found and column in self.fields else None
            self.add_error(name, forms.ValidationError(in_words(reason.text), code=reason.code))


@dataclass(frozen=True, slots=True)
class Done:
    """What an act recorded.

    Attributes:
        result: what the action gave back.
        first, last: the indexes of its entries.
        again: whether it had been recorded before, and nothing was now.
    """

    result: Any
    first: int
    last: int
    again: bool = False


def act(
    request: PageRequest,
    form: OfficeForm,
    do: Callable[[], Any],
    *,
    say: str = "",
    repeats: bool = False,
    last_about: int = 0,
) -> Done | None:
    """Do one thing, once. None where it was refused: the form then holds every reason.

    Args:
        request: whose.
        form: valid.
        do: calls one action.
        say: a sentence of the page's own, before the receipt.
        repeats: to send the same again is usual here, or what is acted on stands not in the form.
        last_about: the last entry about what is acted on: what was recorded before it is not repeated by this.

    Raises:
        Answered: the same content was recorded from this address within the last hours.
    """
    key = f"{request.person.account}:{form.cleaned_data['once']}"
    before = get_head().size
    try:
        with only_once(key, alike=None if repeats else alike(request, last_about)):
            result = do()
    except RecordedAlike as error:
        words = receipt_words(Done(None, error.first, error.last, again=True))
        raise Answered(ask_whether_another(request, words, error.first)) from error
    except AlreadyRecorded as error:
        done = Done(None, error.first, error.last, again=True)
        tell(request, receipt_words(done))
        return done
    except Refused as error:
        form.refuse(error)
        return None
    except (Unavailable, DatabaseError) as error:
        if not (isinstance(error, Busy) or is_busy(error)):
            if isinstance(error, DatabaseError):
                raise
            form.add_error(None, in_words(error.words))
            return None
        request.was_busy = True  # the doors answer 503
        form.add_error(None, busy_words(typed=True, files=bool(request.FILES)))
        return None
    first, last = _indexes(result, before)
    done = Done(result, first, last)
    request.has_recorded = True
    tell(request, " ".join(words for words in (say, receipt_words(done)) if words))
    return done


def tell(request: HttpRequest, words: str) -> None:
    """Say something on the next page."""
    request.session["said"] = words


def receipt_words(done: Done) -> str:
    """The receipt of an act, as “Recorded as entry 41,208 at 10:02:14.37 a.m. MDT.”."""
    here = datetime.fromtimestamp(recorded_ms_of(done.first) / 1000, UTC).astimezone(zone())
    half = _("a.m.") if here.hour < 12 else _("p.m.")
    hundredths = here.microsecond // 10_000
    at = f"{here.hour % 12 or 12}:{here:%M:%S}.{hundredths:02d} {half} {here:%Z}"
    what = {"entry": f"{done.first:,}", "last": f"{done.last:,}", "at": at}
    if done.again:
        return (
            _("This was already recorded at %(at)s (entry %(entry)s). Nothing was recorded twice.")
            % what
        )
    if done.last > done.first:
        return _("Recorded as entries %(entry)s to %(last)s at %(at)s.") % what
    return _("Recorded as entry %(entry)s at %(at)s.") % what


def _indexes(result: Any, before: int) -> tuple[int, int]:
    """The entries that an action says it recorded: a number, several, or a value with `entry`."""
    found: list[int] = []
    if isinstance(result, int) and not isinstance(result, bool):
        found = [result]
    elif hasattr(result, "entry"):
        found = [int(result.entry)]
    elif isinstance(result, Iterable):
        found = [one for one in result if isinstance(one, int)]
    if not found:  # the action tells something else: what the record grew by
        found = [before, max(before, get_head().size - 1)]
    return min(found), max(found)
