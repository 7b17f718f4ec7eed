"""The reports: what nobody has examined, what a count did not find, whose cases are not full, why cases ended so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fullfile.core.errors import NotFound, NotPermitted
from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Field, Reach, Right, Shown
from fullfile.server.queries import room
from fullfile.server.queries.impact import count_reasons
from fullfile.server.queries.inventories import unsettled_discrepancies
from fullfile.server.queries.responsible import exceptions_by_person
from fullfile.server.web.clock import now_ms
from fullfile.server.web.counting.presenters import LISTS as KINDS
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import PAGE, Listing, export, listing_of, posted_words
from fullfile.server.web.templatetags.fullfile import short_day

__all__ = ["REPORTS", "is_for", "report", "reports"]

_EPOCH = date(1970, 1, 1).toordinal()
L = gettext_lazy


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its value, and where it leads."""

    value: Any  # a text, a number or a day
    address: str = ""

    @property
    def words(self) -> str:
        """As it stands on the page; an export has the value itself."""
        if isinstance(self.value, int):
            return f"{self.value:,}"
        return short_day(self.value) if isinstance(self.value, date) else str(self.value)


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a report: the sentence that answers it, how long it is, its rows, what else is to be said."""

    verdict: str
    total: int
    rows: list[list[Cell]]
    notes: Sequence[str] = field(default=())


@dataclass(frozen=True, slots=True)
class Report:
    """A report: its question, its columns, and how a page of it is read."""

    title: Any  # lazy translation
    columns: Sequence[Any]
    read: Callable[[Person, Listing], Found]
    whole: bool = False
    """Whether it speaks of cases, so that somebody who sees only a room's items has no use for it."""
    searched: bool = False


@page(Right.REPORTS, methods=("GET", "HEAD"))
def reports(request: PageRequest) -> HttpResponse:
    """Which reports are there for me?"""
    found = [
        {"name": name, "title": one.title}
        for name, one in REPORTS.items()
        if is_for(request.person, one)
    ]
    return render(request, "reports/reports.html", {"reports": found})


@page(Right.REPORTS)
def report(request: PageRequest, name: str) -> HttpResponse:
    """One report."""
    wanted = REPORTS.get(name)
    if wanted is None:
        raise NotFound(_("There is no such report."))
    if not is_for(request.person, wanted):
        raise NotPermitted(
            _(
                "This report is about cases of the whole office. A prosecutor, a supervisor or an auditor can open it."
            )
        )
    if request.method == "POST":
        return posted_words(request)
    listing = listing_of(request)
    columns = [str(one) for one in wanted.columns]
    if request.GET.get("format"):
        every = _every(wanted, request.person, listing)
        answer = export(request, name, columns, [[cell.value for cell in row] for row in every])
        if answer is not None:
            return answer
    found = wanted.read(request.person, listing)
    shown = {
        "title": wanted.title,
        "columns": columns,
        "found": found,
        "rows": [list(zip(columns, row, strict=True)) for row in found.rows],
        "listing": listing,
        "searched": wanted.searched,
        "pager": listing.pages(found.total),
    }
    return render(request, "reports/report.html", shown)


def is_for(person: Person, wanted: Report) -> bool:
    """Whether a report is there for somebody who reads reports."""
    return not wanted.whole or person.reach in (Reach.CASES, Reach.ALL)


def _every(wanted: Report, person: Person, listing: Listing) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    number = 1
    while True:
        here = Listing(listing.words, listing.filters, listing.order, number, listing.path)
        found = wanted.read(person, here)
        rows += found.rows
        if not found.rows or len(rows) >= found.total:
            return rows
        number += 1


def _agencies(person: Person) -> list[str] | None:
    return [person.works_for] if person.reach is Reach.AGENCY else None


def _orphans(person: Person, listing: Listing) -> Found:
    found = room.unexamined(
        _agencies(person), search=listing.words, page=listing.page, now_ms=now_ms()
    )
    many = f"{found.count:,}" if found.exact else _("More than %(n)s") % {"n": f"{found.count:,}"}
    says = (
        ngettext(
            "%(n)s item bears on no case, and no run of link has looked at it.",
            "%(n)s items bear on no case, and no run of link has looked at them.",
            found.count,
        )
        % {"n": many}
        if found.count
        else _("Every item bears on a case, or was examined.")
    )
    return Found(
        says,
        found.count,
        [
            [
                Cell(f"{one.agency} {one.tag}", reverse("item", args=[one.item_id])),
                Cell(one.description),
                Cell(_day(one.since)),
            ]
            for one in found.rows
        ],
        [_("The run of every night looks at them. Unknown is never none: until then nobody can say that they bear on no case.")]
        if found.count
        else (),
    )  # fmt: skip


def _discrepancies(person: Person, listing: Listing) -> Found:
    every = {
        one.entry: one for one in room.inventories_under_way(_agencies(person), under_way=False)
    }
    found = unsettled_discrepancies(sorted(every), page=listing.page)
    shelf = person.sees(Field.SHELF, own=True) is Shown.YES
    says = (
        ngettext(
            "%(n)s discrepancy of an inventory is not settled.",
            "%(n)s discrepancies of inventories are not settled.",
            found.count,
        )
        % {"n": f"{found.count:,}"}
        if found.count
        else _("Nothing that an inventory found is open.")
    )
    return Found(
        says,
        found.count,
        [
            [
                Cell(
                    f"{every[inventory].agency} {every[inventory].number}",
                    reverse("inventory", args=[inventory]),
                ),
                Cell(str(KINDS[one.kind])),
                Cell(
                    f"{one.agency} {one.tag}".strip() or one.code,
                    reverse("item", args=[one.item_id]) if one.item_id is not None else "",
                ),
                Cell(one.description),
                Cell(one.place if shelf else _("in the property room")),
                Cell(one.why),
                Cell(one.by),
            ]
            for inventory, one in found.rows
        ],
    )


def _people(person: Person, listing: Listing) -> Found:
    found = exceptions_by_person(person.cases)
    lines = sum(one.exceptions for one in found.rows)
    says = (
        ngettext(
            "%(n)s exception, by the prosecutor whom the case names.",
            "%(n)s exceptions, by the prosecutor whom the case names.",
            lines,
        )
        % {"n": f"{lines:,}"}
        if lines
        else _("No case has an exception.")
    )
    notes = [_("A case that names two prosecutors counts for both.")]
    if found.waiting:
        notes.append(
            ngettext(
                "The board of %(n)s case is being worked out anew; it counts as it was.",
                "The boards of %(n)s cases are being worked out anew; they count as they were.",
                found.waiting,
            )
            % {"n": f"{found.waiting:,}"}
        )
    return Found(
        says,
        len(found.rows),
        [
            [
                Cell(one.name or _("nobody is named")),
                Cell(one.cases),
                Cell(one.not_full),
                Cell(one.exceptions),
                Cell(one.lasting),
                Cell(one.overdue),
            ]
            for one in found.rows[listing.offset : listing.offset + PAGE]
        ],
        notes,
    )


def _reasons(_person: Person, listing: Listing) -> Found:
    found = count_reasons(now_ms=now_ms())
    says = (
        ngettext(
            "%(n)s outcome is explained, and %(ahead)s of them went ahead all the same.",
            "%(n)s outcomes are explained, and %(ahead)s of them went ahead all the same.",
            found.outcomes,
        )
        % {"n": f"{found.outcomes:,}", "ahead": f"{found.went_ahead:,}"}
        if found.outcomes
        else _("Nobody has recorded yet why a case ended as it did, or went ahead all the same.")
    )
    rows = [
        [Cell(_(one.words)), Cell(one.outcomes), Cell(one.stopped), Cell(one.went_ahead)]
        for one in found.counts
    ]
    return Found(
        says,
        len(rows),
        rows[listing.offset : listing.offset + PAGE],
        [_("One outcome may have several reasons, so the numbers of the rows are not added up.")]
        if rows
        else (),
    )


def _day(wall: int | None) -> date | str:
    return "" if wall is None else date.fromordinal(_EPOCH + wall // 86_400_000)


REPORTS: dict[str, Report] = {
    "orphans": Report(
        L("Which items bear on no case and were not examined?"),
        (L("Item"), L("What it is"), L("Held since")),
        _orphans,
        searched=True,
    ),
    "discrepancies": Report(
        L("What did inventories find that is not settled?"),
        (
            L("Inventory"),
            L("Kind"),
            L("Item or label"),
            L("What it is"),
            L("Shelf"),
            L("What is not right"),
            L("Found by"),
        ),
        _discrepancies,
    ),
    "people": Report(
        L("Whose cases have exceptions?"),
        (
            L("Prosecutor"),
            L("Cases"),
            L("Not full"),
            L("Exceptions"),
            L("Of them for good"),
            L("Overdue"),
        ),
        _people,
        whole=True,
    ),
    "reasons": Report(
        L("Why did cases end as they did?"),
        (L("Reason"), L("Outcomes"), L("Stopped"), L("Went ahead")),
        _reasons,
        whole=True,
    ),
}
"""Every report, by the name in its address."""
