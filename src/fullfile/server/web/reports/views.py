"""The reports: what nobody has examined, what a count did not find, whose cases are not full, why cases ended so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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
from fullfile.server.queries.inventories import Discrepancy, unsettled_discrepancies
from fullfile.server.queries.responsible import exceptions_by_person
from fullfile.server.web.cell_lists import Cell, Col, cells_of, columns_of
from fullfile.server.web.clock import now_ms
from fullfile.server.web.counting.presenters import LISTS as KINDS
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.listing import posted_words
from fullfile.server.web.long_list import Part, Reader, by_pages, long_list
from fullfile.server.web.reach import items_in_reach
from fullfile.server.web.start.lists import words_in_reach

__all__ = ["REPORTS", "is_for", "report", "reports"]

_EPOCH = date(1970, 1, 1).toordinal()
L = gettext_lazy


@dataclass(frozen=True, slots=True)
class Told:
    """How a report is read, and, once it is known how long it is, the sentence that answers it and what else is said."""

    read: Reader
    says: Callable[[Part], tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Report:
    """A report: its question, its columns, and how it is read."""

    title: Any  # lazy translation
    columns: Sequence[Col]
    told: Callable[[Person], Told]
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
    told = wanted.told(request.person)
    listed, every = long_list(
        request, told.read, columns_of(wanted.columns), file=name, finds=wanted.searched
    )
    if listed.answer is not None:
        return listed.answer
    verdict, notes = told.says(every)
    words = [str(one.words) for one in wanted.columns]
    shown = {
        "title": wanted.title,
        "verdict": verdict,
        "notes": notes,
        "list": listed.tools,
        "rows": [list(zip(words, row, strict=True)) for row in listed.rows],
    }
    return render(request, "reports/report.html", shown)


def is_for(person: Person, wanted: Report) -> bool:
    """Whether a report is there for somebody who reads reports."""
    return not wanted.whole or person.reach in (Reach.CASES, Reach.ALL)


def _agencies(person: Person) -> list[str] | None:
    return [person.works_for] if person.reach is Reach.AGENCY else None


def _orphans(person: Person) -> Told:
    agencies, now = _agencies(person), now_ms()
    read = by_pages(
        lambda words, number, many: room.unexamined(
            agencies, search=words, page=number, per_page=many, now_ms=now
        )
    )

    def says(found: Part) -> tuple[str, Sequence[str]]:
        if not found.total:
            return _("Every item bears on a case, or was examined."), ()
        many = f"{found.total:,}"
        if not found.exact:
            many = _("More than %(n)s") % {"n": many}
        words = ngettext(
            "%(n)s item bears on no case, and no run of link has looked at it.",
            "%(n)s items bear on no case, and no run of link has looked at them.",
            found.total,
        ) % {"n": many}
        return words, [_("The run of every night looks at them. Unknown is never none: until then nobody can say that they bear on no case.")]  # fmt: skip

    return Told(
        cells_of(
            words_in_reach(person, read),
            lambda one: [
                Cell(
                    f"{one.agency} {one.tag}",
                    reverse("item", args=[one.item_id]) if one.item_id else "",
                ),
                Cell(one.description),
                Cell(_day(one.since)),
            ],
        ),
        says,
    )


def _discrepancies(person: Person) -> Told:
    every = {
        one.entry: one for one in room.inventories_under_way(_agencies(person), under_way=False)
    }
    shelf = person.sees(Field.SHELF, own=True) is Shown.YES
    read = by_pages(
        lambda _words, number, many: unsettled_discrepancies(
            sorted(every), page=number, per_page=many
        )
    )

    def known(words: str, offset: int, limit: int) -> Part:
        """Of an item out of reach a discrepancy says "sealed" for its words."""
        found = read(words, offset, limit)
        items = {one.item_id for _inventory, one in found.rows if one.item_id is not None}
        shut = items - items_in_reach(person, items)
        rows = [
            (inventory, replace(one, description=_("sealed")) if one.item_id in shut else one)
            for inventory, one in found.rows
        ]
        return Part(found.total, rows, found.exact)

    def cells(row: tuple[int, Discrepancy]) -> list[Cell]:
        inventory, one = row
        return [
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

    def says(found: Part) -> tuple[str, Sequence[str]]:
        if not found.total:
            return _("Nothing that an inventory found is open."), ()
        words = ngettext(
            "%(n)s discrepancy of an inventory is not settled.",
            "%(n)s discrepancies of inventories are not settled.",
            found.total,
        ) % {"n": f"{found.total:,}"}
        return words, ()

    return Told(cells_of(known, cells), says)


def _people(person: Person) -> Told:
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
    rows = [
        [
            Cell(one.name or _("nobody is named")),
            Cell(one.cases),
            Cell(one.not_full),
            Cell(one.exceptions),
            Cell(one.lasting),
            Cell(one.overdue),
        ]
        for one in found.rows
    ]
    return Told(_at_hand(rows), lambda _found: (says, notes))


def _reasons(_person: Person) -> Told:
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
    notes = (
        [_("One outcome may have several reasons, so the numbers of the rows are not added up.")]
        if rows
        else []
    )
    return Told(_at_hand(rows), lambda _found: (says, notes))


def _at_hand(rows: list[list[Cell]]) -> Reader:
    """A reader of rows that are there already."""
    return lambda _words, offset, limit: Part(len(rows), rows[offset : offset + limit])


def _day(wall: int | None) -> date | str:
    return "" if wall is None else date.fromordinal(_EPOCH + wall // 86_400_000)


REPORTS: dict[str, Report] = {
    "orphans": Report(
        L("Which items bear on no case and were not examined?"),
        (
            Col("item", L("Item")),
            Col("description", L("What it is")),
            Col("held_since", L("Held since"), "day"),
        ),
        _orphans,
        searched=True,
    ),
    "discrepancies": Report(
        L("What did inventories find that is not settled?"),
        (
            Col("inventory", L("Inventory"), "choice"),
            Col("kind", L("Kind"), "choice"),
            Col("item", L("Item or label")),
            Col("description", L("What it is")),
            Col("shelf", L("Shelf")),
            Col("why", L("What is not right")),
            Col("by", L("Found by"), "choice"),
        ),
        _discrepancies,
    ),
    "people": Report(
        L("Whose cases have exceptions?"),
        (
            Col("prosecutor", L("Prosecutor")),
            Col("cases", L("Cases"), "number"),
            Col("not_full", L("Not full"), "number"),
            Col("exceptions", L("Exceptions"), "number"),
            Col("for_good", L("Of them for good"), "number"),
            Col("overdue", L("Overdue"), "number"),
        ),
        _people,
        whole=True,
    ),
    "reasons": Report(
        L("Why did cases end as they did?"),
        (
            Col("reason", L("Reason")),
            Col("outcomes", L("Outcomes"), "number"),
            Col("stopped", L("Stopped"), "number"),
            Col("went_ahead", L("Went ahead"), "number"),
        ),
        _reasons,
        whole=True,
    ),
}
"""Every report, by the name in its address."""
