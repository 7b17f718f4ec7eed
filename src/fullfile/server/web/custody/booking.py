"""Booking: the form, what may be near while it is filled, and the page after it.

Booking never waits for suggestions: they are looked for when the next page stands, and for a moment only.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from fullfile.core.errors import FullfileError, Refused
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.booking import Booked, book_items
from fullfile.server.actions.labels import SIZES, labels_printed, print_label
from fullfile.server.actions.looking import Looked, look_for_cases
from fullfile.server.queries.counter import booked_entry, listed_row
from fullfile.server.store.connections import item_id_of
from fullfile.server.store.load import entries
from fullfile.server.web.acting import Done, act
from fullfile.server.web.clock import now_ms, today
from fullfile.server.web.custody.book_form import ROLES, BookForm
from fullfile.server.web.custody.labels import face_of_item
from fullfile.server.web.custody.nearby import (
    likely_cases,
    may_see_suggestions,
    nearby,
    on_lists_of,
    who_decides,
)
from fullfile.server.web.custody.thing import item_to_handle
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.reach import ItemRef, own_agency

__all__ = ["book", "book_nearby", "booked", "booked_look"]

_PRINT, _ANOTHER, _LOOK = "print", "another", "look"
_LATER = "later"
"""Asked once more, some seconds after a look that had not ended."""


@page(Right.BOOK)
def book(request: PageRequest) -> HttpResponse:
    """What came in, from whom, and where does it go?"""
    agency = _agency(request)
    if request.method == "POST" and request.POST.get("do") != _LOOK:
        form = BookForm(request.POST, agency=agency, today=today())
        if form.is_valid():
            done = act(request, form, lambda: _book(request, agency, form))
            if done is not None:
                return _after(request, done)
    else:
        form = BookForm(agency=agency, today=today(), initial=_initial(request))
    near = nearby(request.person, _said(form, "report_number"), _said(form, "brought_by"))
    shown = {"form": form, "agency": agency, "near": near}
    return render(request, "custody/book.html", shown, status=422 if form.errors else 200)


@page(Right.BOOK, methods=("POST",))
def book_nearby(request: PageRequest) -> HttpResponse:
    """What is near, for the side of the form."""
    near = nearby(
        request.person,
        request.POST.get("report_number", "")[:100],
        request.POST.get("brought_by", "")[:200],
    )
    return render(request, "custody/nearby.html", {"near": near})


@page(Right.BOOK, methods=("GET", "HEAD"))
def booked(request: PageRequest, item_id: int) -> HttpResponse:
    """It is booked: as what, by which entry, what it bears on, what is suggested, and its label."""
    item, hand = item_to_handle(request.person, item_id)
    printed = labels_printed(item.agency, item.tag)
    is_print = printed > 0 and request.GET.get("copy") == str(printed)
    shown = {
        "item": item,
        "hand": hand,
        "entry": booked_entry(item_id),
        "cases": on_lists_of(item),
        "printed": printed,
        "is_print": is_print,
        "face": face_of_item(request, item, SIZES[0], printed) if is_print else None,
        "size": SIZES[0],
        **_suggestions(request, item, request.GET.get("looked", "")),
    }
    return render(request, "custody/booked.html", shown)


@page(Right.BOOK, methods=("POST",))
def booked_look(request: PageRequest, item_id: int) -> HttpResponse:
    """Look for cases of what was booked, for a moment."""
    item, _hand = item_to_handle(request.person, item_id)
    looked = look_for_cases(item.agency, item.tag, by=request.person.name, now_ms=now_ms())
    if request.headers.get("HX-Request"):
        shown = {"item": item, **_suggestions(request, item, looked.value)}
        return render(request, "custody/suggested.html", shown)
    return redirect(f"{reverse('booked', kwargs={'item_id': item_id})}?looked={looked.value}")


def _agency(request: PageRequest) -> str:
    if own_agency(request.person) is None:
        raise Refused(
            _(
                "Nothing on record names an agency “%(name)s”, and what is booked is booked by an agency. "
                "Record the agency, or let an administrator change whom you work for."
            )
            % {"name": request.person.works_for},
            code="agency_unknown",
        )
    return request.person.works_for


def _initial(request: PageRequest) -> dict[str, Any]:
    """What the form begins with: what was typed, or what is the same for another thing of the report."""
    if request.method == "POST":
        kept = {name: request.POST.get(name) for name in BookForm.base_fields}
        return {name: value for name, value in kept.items() if value not in (None, "")}
    before = request.GET.get("after", "")
    if not before.isdigit() or len(before) > 15:
        return {}
    row = listed_row(item_to_handle(request.person, int(before))[0].item_id)
    if row is None:
        return {}
    data, unknown = row.data, str(row.more.get("not_known", "")).split("; ")
    persons = [str(one).rpartition("|") for one in data.get("persons", ())]
    giver = str(data.get("collected_from", ""))
    role = next((role for name, _sign, role in persons if name == giver), "")
    collected = str(data.get("collected_at", ""))
    return {
        "brought_by": giver,
        "giver_role": role if role in dict(ROLES) else "",
        "found_where": data.get("collected_where", ""),
        "giver_unknown": "giver" in unknown,
        "when": "unknown" if "collected_at" in unknown else "day" if collected else "",
        "day": collected[:10],
        "hour": collected[11:16],
        "report_number": data.get("report_number", ""),
        "no_report": "report_number" in unknown,
        "place": data.get("storage_location", ""),
        "collected_by": data.get("collected_by", ""),
    }


def _said(form: BookForm, name: str) -> str:
    return str(form[name].value() or "")


class _Entries(list[int]):
    """The entries of a booking, with what was booked."""

    def __init__(self, made: Booked) -> None:
        super().__init__(made.entries)
        self.made = made


def _book(request: PageRequest, agency: str, form: BookForm) -> _Entries:
    (made,) = book_items(
        agency=agency,
        things=[form.booking],
        booked_by=request.person.name,
        actor=request.person.name,
        now_ms=now_ms(),
    )
    return _Entries(made)


def _after(request: PageRequest, done: Done) -> HttpResponse:
    """The next page: the label and what is suggested, or the form for another thing."""
    if done.again:  # sent twice: the page of what was booked then
        (row,) = entries([done.first])
        item = item_id_of(str(row.data["agency"]), str(row.data["tag"]))
        return redirect("booked", item_id=item)
    made = done.result.made
    item_id = item_id_of(made.agency, made.tag)
    do = request.POST.get("do", _PRINT)
    if do == _ANOTHER:
        said = request.session.get("said", "")
        words = _("Booked as %(agency)s %(tag)s.") % {"agency": made.agency, "tag": made.tag}
        request.session["said"] = f"{words} {said}".strip()
        return redirect(f"{reverse('book')}?after={item_id}")
    where = reverse("booked", kwargs={"item_id": item_id})
    try:
        copy = print_label(
            agency=made.agency,
            tag=made.tag,
            size=SIZES[0],
            actor=request.person.name,
            now_ms=now_ms(),
        ).copy
    except FullfileError:
        return redirect(where)  # it is booked; its label can be printed from there
    return redirect(f"{where}?copy={copy}")


def _suggestions(request: PageRequest, item: ItemRef, looked: str) -> dict[str, Any]:
    """What is suggested, and how far was looked."""
    may = may_see_suggestions(request.person)
    found = likely_cases(item) if may else []
    return {
        "likely": found,
        "deciders": who_decides(request.person) if found else [],
        "looked": looked if looked in (*Looked, _LATER) else "",
        "may_see": may,
    }
