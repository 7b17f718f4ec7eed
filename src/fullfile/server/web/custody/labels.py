"""Labels: of an item or a box, counted as they are printed; of a shelf, as often as one likes.

What these do not do: what stands on a label is `label_faces`' to say.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from fullfile.core.custody.labels import Kind, code_of, shelf_number
from fullfile.core.errors import NotFound
from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.labels import SIZES, labels_printed, print_label
from fullfile.server.actions.shelves import name_shelf
from fullfile.server.queries.counter import is_box, listed_row
from fullfile.server.store.connections import agency_id
from fullfile.server.store.shelves import Shelf, name_shelves
from fullfile.server.web.acting import OfficeForm, act
from fullfile.server.web.clock import now_ms
from fullfile.server.web.custody.label_faces import Face, item_face, shelf_face
from fullfile.server.web.custody.scanned import shelf_in
from fullfile.server.web.custody.thing import item_to_handle
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.reach import ItemRef, own_agency
from fullfile.server.web.templatetags.fullfile import short_day

__all__ = [
    "address_of_code",
    "face_of_item",
    "face_of_shelf",
    "item_label",
    "own_shelf",
    "shelf_label",
    "shelves",
]


class PrintForm(OfficeForm):
    """Which label."""

    size = forms.ChoiceField(choices=[(one, one) for one in SIZES], widget=forms.HiddenInput)


@page(Right.HANDLE)
def item_label(request: PageRequest, item_id: int) -> HttpResponse:
    """The label of an item: looked at, then counted and printed."""
    item, _hand = item_to_handle(request.person, item_id)
    form = PrintForm(request.POST or None, initial={"size": _size(request)})
    if request.method == "POST" and form.is_valid():
        size = form.cleaned_data["size"]
        if _print(request, form, item, size):
            where = reverse("item_label", kwargs={"item_id": item_id})
            return redirect(f"{where}?size={size}&copy={labels_printed(item.agency, item.tag)}")
    printed = labels_printed(item.agency, item.tag)
    is_print = printed > 0 and request.GET.get("copy") == str(printed)
    shown = {
        "item": item,
        "form": form,
        "face": face_of_item(request, item, _size(request), printed if is_print else printed + 1),
        "sizes": SIZES,
        "size": _size(request),
        "printed": printed,
        "is_print": is_print,
    }
    return render(request, "custody/label.html", shown)


def _print(request: PageRequest, form: OfficeForm, item: ItemRef, size: str) -> bool:
    def do() -> Any:
        return print_label(
            agency=item.agency, tag=item.tag, size=size, actor=request.person.name, now_ms=now_ms()
        )

    return act(request, form, do, repeats=True) is not None


def face_of_item(request: PageRequest, item: ItemRef, size: str, copy: int) -> Face:
    """The label of an item as it is drawn.

    Args:
        request: whose address the QR code has.
        item: the item.
        size: one of `SIZES`.
        copy: which print it is.
    """
    row = listed_row(item.item_id)
    data = {} if row is None else row.data
    code = code_of(Kind.BOX if is_box(item.item_id) else Kind.ITEM, item.item_id)
    booked = str(data.get("booked_at") or data.get("collected_at") or "")
    return item_face(
        size,
        address=address_of_code(request, code),
        code=code,
        agency=item.agency,
        tag=item.tag,
        report_number=str(data.get("report_number", "")),
        booked=short_day(booked) if booked else "",
        by=str(data.get("booked_by", "")),
        description=str(data.get("description", "")),
        copy=copy,
    )


def face_of_shelf(request: PageRequest, shelf: Shelf, size: str) -> Face:
    """The label of a shelf as it is drawn; arguments as of an item's."""
    code = code_of(Kind.SHELF, shelf.number)
    return shelf_face(
        size,
        address=address_of_code(request, code),
        code=code,
        agency=shelf.agency,
        place=shelf.place,
        room=shelf.room,
    )


class ShelfForm(OfficeForm):
    """Which shelf gets a label."""

    place = forms.CharField(
        label=lazy("What is the shelf called?"),
        help_text=lazy("C-14, safe 2, freezer … Or scan its old label."),
        max_length=100,
        widget=forms.TextInput(attrs={"data-scan-wanted": "", "autocomplete": "off"}),
    )
    room = forms.CharField(label=lazy("Which room is it in?"), max_length=100, required=False)
    fields_of_codes: ClassVar[dict[str, str]] = {"place_missing": "place"}

    def __init__(self, data: Any = None, *, agency: str, **more: Any) -> None:
        super().__init__(data, **more)
        self.agency = agency

    def clean_place(self) -> str:
        """A scanned shelf by its name."""
        return shelf_in(self.cleaned_data["place"], self.agency)


@page(Right.HANDLE)
def shelves(request: PageRequest) -> HttpResponse:
    """Give a shelf its label: one that is new is named, which is an entry."""
    agency = request.person.works_for
    form = ShelfForm(request.POST or None, agency=agency)
    if request.method == "POST" and form.is_valid():
        place, room = form.cleaned_data["place"], form.cleaned_data["room"]
        number = shelf_number(agency, place)
        if number in name_shelves([number]):
            return redirect("shelf_label", number=number)

        def do() -> Any:
            return name_shelf(
                agency=agency, place=place, room=room, actor=request.person.name, now_ms=now_ms()
            )

        done = act(request, form, do, say=_("%(shelf)s is a shelf now.") % {"shelf": place})
        if done is not None:
            return redirect("shelf_label", number=number)
    status = 422 if form.errors else 200
    return render(request, "custody/shelves.html", {"form": form}, status=status)


def own_shelf(person: Person, number: int) -> Shelf:
    """A shelf of the person's own agency.

    Raises:
        NotFound: there is none of that number.
    """
    shelf = name_shelves([number]).get(number)
    mine = own_agency(person)
    if shelf is None or mine is None or agency_id(shelf.agency) != mine:
        raise NotFound(_("There is no such shelf of your agency."))
    return shelf


@page(Right.HANDLE, methods=("GET", "HEAD"))
def shelf_label(request: PageRequest, number: int) -> HttpResponse:
    """The label of a shelf."""
    shelf = own_shelf(request.person, number)
    size = _size(request)
    face = face_of_shelf(request, shelf, size)
    shown = {"shelf": shelf, "face": face, "sizes": SIZES, "size": size, "is_print": True}
    return render(request, "custody/shelf_label.html", shown)


def _size(request: PageRequest) -> str:
    asked = request.POST.get("size") or request.GET.get("size", "")
    return asked if asked in SIZES else SIZES[0]


def address_of_code(request: PageRequest, code: str) -> str:
    """The address that the QR code of a label has."""
    return request.build_absolute_uri(reverse("scanned", kwargs={"code": code}))
