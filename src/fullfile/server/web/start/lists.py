"""The lists that the start page's counts open: one shape for all of them, 50 rows a page, with export.

Each list says what to do about it, and why it is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fullfile.core.ids import day_text
from fullfile.server.accounts.person import Person, check_may
from fullfile.server.accounts.policy import Field, Reach, Right, Role, Shown
from fullfile.server.queries import room
from fullfile.server.queries.boards import ask_dues
from fullfile.server.queries.productions import receipts_outstanding
from fullfile.server.queries.questions import questions_to
from fullfile.server.queries.telling import tasks_for
from fullfile.server.store.connections import agency_id
from fullfile.server.store.keys import find_cases
from fullfile.server.store.silent import count_silent, list_silent
from fullfile.server.web.clock import now_ms, today
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.items.telling import happened_words, task_words
from fullfile.server.web.listing import PAGE, Listing, export, listing_of, posted_words

__all__ = ["HEARING_DAYS", "work_list"]

_EPOCH = date(1970, 1, 1).toordinal()
HEARING_DAYS = 14


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words and, where it leads somewhere, the address."""

    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a list: how long it is, whether that is exact, its rows."""

    total: int
    rows: list[list[Cell]]
    exact: bool = True


@dataclass(frozen=True, slots=True)
class WorkList:
    """A list of work: its right, its words, its columns, and how a page of it is read."""

    right: Right
    title: object  # lazy translation
    what_to_do: object
    empty: object
    columns: Sequence[object]
    read: Callable[[Person, Listing], Found]
    searched: bool = True


@page(Right.SELF)
def work_list(request: PageRequest, name: str) -> HttpResponse:
    """One of the lists."""
    wanted = LISTS.get(name)
    if wanted is None:
        raise Http404
    check_may(request.person, wanted.right)
    if request.method == "POST":
        return posted_words(request)
    listing = listing_of(request)
    columns = [str(one) for one in wanted.columns]
    if request.GET.get("format"):
        every = _every(wanted, request.person, listing)
        answer = export(request, name, columns, ([cell.words for cell in row] for row in every))
        if answer is not None:
            return answer
    found = wanted.read(request.person, listing)
    rows = [list(zip(columns, row, strict=True)) for row in found.rows]
    return render(
        request,
        "start/list.html",
        {
            "title": wanted.title,
            "what_to_do": wanted.what_to_do,
            "empty": wanted.empty,
            "columns": columns,
            "rows": rows,
            "found": found,
            "listing": listing,
            "searched": wanted.searched,
            "pager": listing.pages(found.total),
        },
    )


def _every(wanted: WorkList, person: Person, listing: Listing) -> list[list[Cell]]:
    """All pages of a list, for an export."""
    rows: list[list[Cell]] = []
    number = 1
    while True:
        found = wanted.read(person, _at(listing, number))
        rows += found.rows
        if not found.rows or len(rows) >= found.total:
            return rows
        number += 1


def _at(listing: Listing, number: int) -> Listing:
    return Listing(
        listing.words, listing.filters, listing.order, number, listing.path, listing.token
    )


def _agencies(person: Person) -> list[str] | None:
    """Whose rooms somebody looks into: their own agency's, or all of the office's."""
    return [person.works_for] if person.reach is Reach.AGENCY else None


def _only(person: Person) -> list[int] | None:
    return None if person.cases is None else sorted(find_cases(list(person.cases)).values())


def _items(read: Callable[..., room.Page[room.RoomRow]]) -> Callable[[Person, Listing], Found]:
    def rows(person: Person, listing: Listing) -> Found:
        found = read(_agencies(person), search=listing.words, page=listing.page, now_ms=now_ms())
        own = person.sees(Field.SHELF, own=True) is Shown.YES
        return Found(
            found.count,
            [
                [
                    Cell(f"{one.agency} {one.tag}", _to("item", item_id=one.item_id)),
                    Cell(one.description),
                    Cell("; ".join(filter(None, [one.holder, one.purpose]))),
                    Cell(one.place if own else _("in the property room") if one.place else ""),
                    Cell(_day_of(one.since)),
                    Cell((f"{one.due_back} " + (_("past due") if one.past_due else "")).strip()),
                ]
                for one in found.rows
            ],
            found.exact,
        )

    return rows


def _unbooked(person: Person, listing: Listing) -> Found:
    found = room.unbooked_mentions(_agencies(person), search=listing.words, page=listing.page)
    return Found(
        found.count,
        [
            [
                Cell(f"{one.agency} {one.report_number}"),
                Cell(one.description),
                Cell(one.quantity),
                Cell(one.mentioned_at),
                Cell(one.by),
                Cell(one.case_number),
            ]
            for one in found.rows
        ],
        found.exact,
    )


def _dues(*, overdue: bool) -> Callable[[Person, Listing], Found]:
    def rows(person: Person, listing: Listing) -> Found:
        only = _only(person)
        found = ask_dues(
            overdue=overdue, only=only, page=listing.page, per_page=PAGE, now_ms=now_ms()
        )
        hidden = person.role not in (Role.PROSECUTOR, Role.SUPERVISOR, Role.CLERK)
        return Found(
            # A row is a case, a defendant and a day; the list ends where a page is not full.
            (listing.page - 1) * PAGE + len(found.rows) + (PAGE if len(found.rows) == PAGE else 0),
            [
                [
                    Cell(
                        _("sealed") if one.sealed and hidden else one.title or one.number,
                        _to("case", case_id=one.case_id),
                    ),
                    Cell(one.defendant),
                    Cell(f"{one.lines:,}"),
                    Cell(date.fromordinal(_EPOCH + one.day).isoformat()),
                    Cell(_("by law") if one.basis == "law" else _("by the office's target")),
                ]
                for one in found.rows
            ],
        )

    return rows


def _receipts(person: Person, listing: Listing) -> Found:
    total, found = receipts_outstanding(only=_only(person), limit=PAGE, offset=listing.offset)
    return Found(
        total,
        [
            [
                Cell(
                    one.production or _("without a production"),
                    _to("case_papers", case_id=one.case_id),
                ),
                Cell(one.number, _to("case", case_id=one.case_id)),
                Cell(one.defendant),
                Cell(f"{one.items:,}"),
                Cell(date.fromordinal(_EPOCH + one.since_day).isoformat()),
            ]
            for one in found
        ],
    )


def _silent(person: Person, listing: Listing) -> Found:
    by = today().toordinal() - _EPOCH + HEARING_DAYS
    only = _only(person)
    return Found(
        count_silent(by=by, only=only),
        [
            [
                Cell(one.agency),
                Cell(one.number, _to("case", case_id=one.case_id)),
                Cell(date.fromordinal(_EPOCH + one.hearing_day).isoformat()),
            ]
            for one in list_silent(by=by, only=only, limit=PAGE, offset=listing.offset)
        ],
    )


def _answers(person: Person, listing: Listing) -> Found:
    agency = agency_id(person.works_for) if person.works_for else None
    if agency is None:
        return Found(0, [])
    by = today().toordinal() - _EPOCH + HEARING_DAYS
    which: dict[str, Any] = {"by": by, "only": _only(person), "agencies": [agency]}
    return Found(
        count_silent(**which),
        [
            [
                Cell(one.number, _to("case_agencies", case_id=one.case_id)),
                Cell(date.fromordinal(_EPOCH + one.hearing_day).isoformat()),
            ]
            for one in list_silent(**which, limit=PAGE, offset=listing.offset)
        ],
    )


def _questions(person: Person, listing: Listing) -> Found:
    total, found = questions_to(person.name, limit=listing.offset + PAGE)
    return Found(
        total,
        [
            [
                Cell(f"{one.agency} {one.tag}"),
                Cell(one.case_number),
                Cell(one.question),
                Cell(one.by),
                Cell(one.at),
            ]
            for one in found[listing.offset :]
        ],
    )


def _tell(person: Person, listing: Listing) -> Found:
    found = tasks_for(person)
    return Found(
        len(found.rows),
        [
            [
                Cell(task_words(one), _to("item_tell", item_id=one.item_id)),
                Cell(f"{one.agency} {one.tag}", _to("item", item_id=one.item_id)),
                Cell(happened_words(one.what, day_text(one.first))),
                Cell(one.case_number, _to("case", case_id=one.case_id)),
            ]
            for one in found.rows[listing.offset : listing.offset + PAGE]
        ],
        found.exact,
    )


def _to(name: str, **ids: int) -> str:
    try:
        return reverse(name, kwargs=ids)
    except NoReverseMatch:
        return ""


def _day_of(wall: int | None) -> str:
    """A moment on the office's clock as a day."""
    return "" if wall is None else date.fromordinal(_EPOCH + wall // 86_400_000).isoformat()


L = gettext_lazy
_ITEM_COLUMNS = (
    L("Item"),
    L("What it is"),
    L("Who has it, why"),
    L("Shelf"),
    L("Since"),
    L("Due back"),
)

LISTS: dict[str, WorkList] = {
    "tell": WorkList(
        Right.TELL,
        L("Who must still be told of a loss or a late find?"),
        L(
            "Tell them, then record it: only that takes a line away. What an import brings of more than 30 days before "
            "is history, and nobody is sent to tell it: that is Fullfile's policy. It stands on the boards."
        ),
        L("Everybody who must be told was told."),
        (L("Who"), L("Item"), L("What happened"), L("Case")),
        _tell,
        searched=False,
    ),
    "to-shelve": WorkList(
        Right.HANDLE,
        L("Which items are on no shelf?"),
        L("Scan the shelf, then the items: Scan, then act."),
        L("Every item that is here is on a shelf."),
        _ITEM_COLUMNS,
        _items(room.to_shelve),
    ),
    "out": WorkList(
        Right.HANDLE,
        L("What is out and not back?"),
        L("Check it in when it is back, or ask whoever has it."),
        L("Nothing is out."),
        _ITEM_COLUMNS,
        _items(room.out_and_not_back),
    ),
    "elsewhere": WorkList(
        Right.HANDLE,
        L("What was handed over and has not come back?"),
        L("No day was agreed for these."),
        L("Nothing was handed over that is not back."),
        _ITEM_COLUMNS,
        _items(room.elsewhere),
    ),
    "not-found": WorkList(
        Right.SEE_ITEMS,
        L("What was not found, or is short?"),
        L("It stays Missing on the board of every case until somebody records that it was found."),
        L("Nothing that was looked for is missing."),
        _ITEM_COLUMNS,
        _items(room.not_found),
    ),
    "unexamined": WorkList(
        Right.SEE_ITEMS,
        L("Which items bear on no case and were not examined?"),
        L("A run of link looks at them; it runs at night, or at once when an item is booked."),
        L("Every item bears on a case or was examined."),
        _ITEM_COLUMNS,
        _items(room.unexamined),
    ),
    "unbooked": WorkList(
        Right.MENTION,
        L("What do reports say was taken that nobody booked?"),
        L("Book it, or say what became of it; a second person confirms."),
        L("Everything that reports say was taken is booked or accounted for."),
        (L("Report"), L("What it says was taken"), L("How many"), L("When"), L("By"), L("Case")),
        _unbooked,
    ),
    "overdue": WorkList(
        Right.SEE_CASES,
        L("What is overdue, and to whom?"),
        L("It goes away when it is served, or withheld as the rule asks."),
        L("Nothing is overdue."),
        (L("Case"), L("Defendant"), L("Items"), L("Was due"), L("By")),
        _dues(overdue=True),
        searched=False,
    ),
    "due": WorkList(
        Right.SEE_CASES,
        L("What falls due within 14 days, and to whom?"),
        L("Served before that day, it never becomes an exception."),
        L("Nothing falls due within 14 days."),
        (L("Case"), L("Defendant"), L("Items"), L("Due"), L("By")),
        _dues(overdue=False),
        searched=False,
    ),
    "receipts": WorkList(
        Right.SEE_PAPERS,
        L("Which receipts of counsel are missing?"),
        L(
            "Not signing hides nothing: service stands. Counsel signs in the portal, or on the production."
        ),
        L("Every production that was served has its receipt."),
        (L("Production"), L("Case"), L("Defendant"), L("Items"), L("Served")),
        _receipts,
        searched=False,
    ),
    "silent": WorkList(
        Right.SEE_CASES,
        L("Which agencies have not answered, with a day in court within 14 days?"),
        L("No answer is not “nothing held”. Ask again on the case's page of agencies."),
        L("Every agency has answered in the cases that are soon in court."),
        (L("Agency"), L("Case"), L("Day in court")),
        _silent,
        searched=False,
    ),
    "answers": WorkList(
        Right.ANSWER,
        L("Which answers of my agency are asked for?"),
        L("Say on the case's page of agencies whether all was handed over, or nothing is held."),
        L("No answer of your agency is missing in a case that is soon in court."),
        (L("Case"), L("Day in court")),
        _answers,
        searched=False,
    ),
    "questions": WorkList(
        Right.SEE_SUGGESTIONS,
        L("What was I asked?"),
        L("Answer on the page of the suggestion."),
        L("Nobody has asked you anything."),
        (L("Item"), L("Case"), L("Question"), L("By"), L("When")),
        _questions,
        searched=False,
    ),
}
"""Every list, by the name in its address."""
