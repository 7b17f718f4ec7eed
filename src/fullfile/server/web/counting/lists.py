"""The lists of an inventory: what is to be found, and each kind of discrepancy, closed with a reason; the sample.

Not found is settled by what is recorded of the item: a reason alone finds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from fullfile.core.errors import NotFound
from fullfile.server.accounts.person import can
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.scanning import scan_item, settle_discrepancy
from fullfile.server.actions.unscanning import undo_scan
from fullfile.server.queries.drawing import draw_again
from fullfile.server.queries.inventories import (
    Discrepancy,
    Expected,
    InventoryState,
    ask_find,
    list_discrepancies,
    list_expected,
)
from fullfile.server.web.acting import act
from fullfile.server.web.clock import now_ms
from fullfile.server.web.counting.forms import DiffersForm, SettleForm, UndoForm
from fullfile.server.web.counting.presenters import LISTS, about, tallies
from fullfile.server.web.counting.views import hides_expected, the_inventory_of
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import PAGE, posted_words
from fullfile.server.web.long_list import Part, long_list
from fullfile.server.web.whole_list import Column

__all__ = [
    "inventory_differs",
    "inventory_list",
    "inventory_sample",
    "inventory_settle",
    "inventory_undo",
]

_PRINTED = 2_000


@page(Right.SEE_COUNT)
def inventory_list(request: PageRequest, entry: int, kind: str) -> HttpResponse:
    """One list of an inventory."""
    if request.method == "POST":
        return posted_words(request)
    state = the_inventory_of(request, entry)
    if kind not in LISTS:
        raise NotFound(_("There is no such list."))
    hidden = hides_expected(request, state)
    if hidden and kind == "to-find":
        raise NotFound(_("What to expect is not shown while this inventory is under way."))
    unsettled = request.GET.get("open") == "yes"
    expects = kind in ("to-find", "found")

    def read(_words: str, offset: int, limit: int) -> Part:
        number = offset // max(1, limit) + 1
        found: Any = (
            _expected(entry, kind, number, limit)
            if expects
            else list_discrepancies(entry, kind, unsettled=unsettled, page=number, per_page=limit)
        )
        return Part(found.count, found.rows)

    columns = expected_columns() if expects else discrepancy_columns()
    listed, every = long_list(request, read, columns, file=f"inventory-{kind}", finds=False)
    if listed.answer is not None:
        return listed.answer
    shown = {
        "state": state,
        "kind": kind,
        "word": LISTS[kind],
        "tallies": tallies(state, hidden=hidden),
        "list": listed.tools,
        "rows": listed.rows,
        "every": every.total,
        "expects": expects,
        "unsettled": unsettled,
        "settles": can(request.person, Right.COUNT),
    }
    return render(request, "counting/list.html", shown)


@page(Right.COUNT)
def inventory_settle(request: PageRequest, entry: int, find: int) -> HttpResponse:
    """What became of a discrepancy?"""
    state, one = _the_find(request, entry, find)
    if one.kind == "found":
        raise NotFound(_("There is no such discrepancy."))
    initial = {"how": "moved_record"} if request.GET.get("how") == "moved_record" else {}
    form = SettleForm(request.POST or None, kind=one.kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def do() -> Any:
            return settle_discrepancy(
                discrepancy=find,
                how=said["how"],
                reason=said["reason"],
                agency=state.agency,
                tag=said.get("tag", ""),
                actor=request.person.name,
                now_ms=now_ms(),
            )

        if act(request, form, do, say=_("Settled.")) is not None:
            return redirect("inventory_list", entry=entry, kind=one.kind)
    shown = {"state": state, "one": one, "word": LISTS[one.kind], "form": form}
    return render(request, "counting/settle.html", shown, status=422 if form.errors else 200)


@page(Right.COUNT)
def inventory_differs(request: PageRequest, entry: int, find: int) -> HttpResponse:
    """Seal, number or package is not as the record says."""
    state, one = _the_find(request, entry, find)
    form = DiffersForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def do() -> Any:
            return scan_item(
                inventory=entry,
                code=one.tag or one.code,
                agency=one.agency,
                place=one.place,
                seal=said["seal"],
                seal_intact=said["seal_intact"],
                quantity=said["quantity"],
                package=said["package"],
                actor=request.person.name,
                now_ms=now_ms(),
            )

        if act(request, form, do) is not None:
            return redirect("inventory", entry=entry)
    shown = {"state": state, "one": one, "form": form}
    return render(request, "counting/differs.html", shown, status=422 if form.errors else 200)


@page(Right.COUNT)
def inventory_undo(request: PageRequest, entry: int, find: int) -> HttpResponse:
    """A scan was a mistake: a correction, which stays on record."""
    state, one = _the_find(request, entry, find)
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def do() -> Any:
            return undo_scan(
                scan=find,
                reason=form.cleaned_data["reason"],
                actor=request.person.name,
                now_ms=now_ms(),
            )

        if act(request, form, do, say=_("Undone.")) is not None:
            return redirect("inventory", entry=entry)
    shown = {"state": state, "one": one, "form": form}
    return render(request, "counting/undo.html", shown, status=422 if form.errors else 200)


@page(Right.SET_UP_COUNT, methods=("GET", "HEAD"))
def inventory_sample(request: PageRequest, entry: int) -> HttpResponse:
    """What it is to find, with the seed, to be printed; drawn again, so that it can be believed."""
    state = the_inventory_of(request, entry)
    if hides_expected(request, state):
        raise NotFound(_("What to expect is not shown while this inventory is under way."))
    rows = [one for one, _number in zip(_all_expected(entry, "all"), range(_PRINTED), strict=False)]
    drawn = draw_again(entry)
    shown = {
        "state": state,
        "about": about(state),
        "rows": rows,
        "drawn": drawn,
        "left_out": max(0, state.expected - len(rows)),
    }
    return render(request, "counting/sample.html", shown)


def _the_find(request: PageRequest, entry: int, find: int) -> tuple[InventoryState, Discrepancy]:
    state = the_inventory_of(request, entry)
    return state, ask_find(entry, find)


def _expected(entry: int, kind: str, number: int, per_page: int = PAGE) -> Any:
    return list_expected(
        entry,
        to_find=kind == "to-find",
        found=kind == "found",
        page=number,
        per_page=per_page,
    )


def _all_expected(entry: int, kind: str) -> Iterator[Expected]:
    number, pages = 1, 1
    while number <= pages:
        found = _expected(entry, kind, number)
        pages = found.pages
        yield from found.rows
        number += 1


def expected_columns() -> list[Column]:
    """What is to be found."""
    return [
        Column("tag", _("Item"), lambda one: one.tag),
        Column("description", "", lambda one: one.description),
        Column(
            "shelf",
            _("Shelf"),
            lambda one: one.place,
            choice=lambda one: one.place or _("on no shelf"),
        ),
        Column("found", "", lambda one: one.found),
    ]


def discrepancy_columns() -> list[Column]:
    """What is not as the record says."""

    def settled(one: Discrepancy) -> bool:
        return one.settled is not None

    return [
        Column(
            "item", _("Item"), lambda one: one.tag or one.code, said=lambda one: one.description
        ),
        Column("shelf", _("Shelf"), lambda one: one.place, choice=lambda one: one.place),
        Column("why", _("Why"), lambda one: one.why),
        Column("found_ms", _("Found by"), lambda one: one.found_ms, said=lambda one: one.by),
        Column(
            "settled",
            _("What became of it"),
            settled,
            choice=lambda one: _("settled") if settled(one) else _("not settled"),
        ),
        Column("tag", "", lambda one: one.tag),
        Column("code", "", lambda one: one.code),
        Column("description", "", lambda one: one.description),
        Column("by", "", lambda one: one.by),
        Column("settled_by", "", lambda one: one.settled_by),
        Column("how", "", lambda one: one.how),
        Column("reason", "", lambda one: one.reason),
    ]
