"""The lists that the start page's counts open: one shape for all of them, 50 rows a page.

Each list says what to do about it, and why it is empty. What can be asked of it, `web.long_list` says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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
from fullfile.server.store.silent import count_silent, list_silent
from fullfile.server.web.cell_lists import Cell, Col, cells_of, columns_of
from fullfile.server.web.clock import now_ms, today
from fullfile.server.web.doors.permission import PageRequest, page
from fullfile.server.web.items.telling import happened_words, task_words
from fullfile.server.web.listing import posted_words
from fullfile.server.web.long_list import WHOLE, Part, Reader, by_pages, long_list
from fullfile.server.web.reach import items_in_reach, reached_cases

__all__ = ["HEARING_DAYS", "words_in_reach", "work_list"]

_EPOCH = date(1970, 1, 1).toordinal()
HEARING_DAYS = 14


@dataclass(frozen=True, slots=True)
class WorkList:
    """A list of work: its right, its words, its columns, and how a part of it is read."""

    right: Right
    title: object  # lazy translation
    what_to_do: object
    empty: object
    columns: Sequence[Col]
    read: Callable[[Person], Reader]
    searched: bool = True
    """Whether words are found however long it is."""


@page(Right.SELF)
def work_list(request: PageRequest, name: str) -> HttpResponse:
    """One of the lists."""
    wanted = LISTS.get(name)
    if wanted is None:
        raise Http404
    check_may(request.person, wanted.right)
    if request.method == "POST":
        return posted_words(request)
    listed, every = long_list(
        request,
        wanted.read(request.person),
        columns_of(wanted.columns),
        file=name,
        searched=_("Search by tag") if wanted.searched else "",
        finds=wanted.searched,
    )
    if listed.answer is not None:
        return listed.answer
    words = [str(one.words) for one in wanted.columns]
    return render(
        request,
        "start/list.html",
        {
            "title": wanted.title,
            "what_to_do": wanted.what_to_do,
            "empty": wanted.empty,
            "rows": [list(zip(words, row, strict=True)) for row in listed.rows],
            "every": every,
            "list": listed.tools,
        },
    )


def _agencies(person: Person) -> list[str] | None:
    """Whose rooms somebody looks into: their own agency's, or all of the office's."""
    return [person.works_for] if person.reach is Reach.AGENCY else None


def _only(person: Person) -> list[int] | None:
    return reached_cases(person)


def _items(ask: Callable[..., room.Page[room.RoomRow]]) -> Callable[[Person], Reader]:
    def reader(person: Person) -> Reader:
        agencies, now = _agencies(person), now_ms()
        own = person.sees(Field.SHELF, own=True) is Shown.YES
        read = by_pages(
            lambda words, number, many: ask(
                agencies, search=words, page=number, per_page=many, now_ms=now
            )
        )

        def cells(one: room.RoomRow) -> list[Cell]:
            return [
                Cell(
                    f"{one.agency} {one.tag}",
                    _to("item", item_id=one.item_id) if one.item_id else "",
                ),
                Cell(one.description),
                Cell("; ".join(filter(None, [one.holder, one.purpose]))),
                Cell(one.place if own else _("in the property room") if one.place else ""),
                Cell(_day_of(one.since)),
                Cell(one.due_back),
                Cell(_("past due") if one.past_due else ""),
            ]

        return cells_of(words_in_reach(person, read), cells)

    return reader


def words_in_reach(person: Person, read: Reader) -> Reader:
    """The same rows of items; of one out of reach its number and day, and "sealed" for its words: no line is hidden."""

    def reader(words: str, offset: int, limit: int) -> Part:
        found = read(words, offset, limit)
        reached = items_in_reach(person, {one.item_id for one in found.rows})
        shut: dict[str, Any] = {
            "item_id": 0,  # it leads nowhere
            "description": _("sealed"),
            "holder": "",
            "purpose": "",
            "due_back": "",
            "place": "",
        }
        rows = [one if one.item_id in reached else replace(one, **shut) for one in found.rows]
        return Part(found.total, rows, found.exact)

    return reader


def _unbooked(person: Person) -> Reader:
    agencies = _agencies(person)
    read = by_pages(
        lambda words, number, many: room.unbooked_mentions(
            agencies, search=words, page=number, per_page=many
        )
    )
    return cells_of(
        read,
        lambda one: [
            Cell(f"{one.agency} {one.report_number}"),
            Cell(one.description),
            Cell(one.quantity),
            Cell(one.mentioned_at),
            Cell(one.by),
            Cell(one.case_number),
        ],
    )


def _dues(*, overdue: bool) -> Callable[[Person], Reader]:
    def reader(person: Person) -> Reader:
        only = _only(person)
        hidden = person.role not in (Role.PROSECUTOR, Role.SUPERVISOR, Role.CLERK)
        now = now_ms()

        def ask(number: int, many: int) -> Sequence[Any]:
            return ask_dues(overdue=overdue, only=only, page=number, per_page=many, now_ms=now).rows

        def read(_words: str, offset: int, limit: int) -> Part:
            if not offset:
                # A row is a case, a defendant and a day, and nobody counts them to their end.
                found = ask(1, WHOLE + 1)
                if len(found) <= WHOLE or limit <= len(found):
                    more = limit if len(found) > WHOLE else 0
                    return Part(len(found) + more, found[:limit], exact=not more)
            found = ask(offset // limit + 1, limit)
            more = limit if len(found) == limit else 0
            return Part(offset + len(found) + more, found, exact=False)

        return cells_of(
            read,
            lambda one: [
                Cell(
                    _("sealed") if one.sealed and hidden else one.title or one.number,
                    _to("case", case_id=one.case_id),
                ),
                Cell(one.defendant),
                Cell(one.lines),
                Cell(date.fromordinal(_EPOCH + one.day).isoformat()),
                Cell(_("by law") if one.basis == "law" else _("by the office's target")),
            ],
        )

    return reader


def _receipts(person: Person) -> Reader:
    only = _only(person)

    def read(_words: str, offset: int, limit: int) -> Part:
        return Part(*receipts_outstanding(only=only, limit=limit, offset=offset))

    return cells_of(
        read,
        lambda one: [
            Cell(
                one.production or _("without a production"),
                _to("case_papers", case_id=one.case_id),
            ),
            Cell(one.number, _to("case", case_id=one.case_id)),
            Cell(one.defendant),
            Cell(one.items),
            Cell(date.fromordinal(_EPOCH + one.since_day).isoformat()),
        ],
    )


def _silent(person: Person) -> Reader:
    which: dict[str, Any] = {"by": _soon(), "only": _only(person)}
    return cells_of(
        _silences(which),
        lambda one: [
            Cell(one.agency),
            Cell(one.number, _to("case", case_id=one.case_id)),
            Cell(date.fromordinal(_EPOCH + one.hearing_day).isoformat()),
        ],
    )


def _answers(person: Person) -> Reader:
    agency = agency_id(person.works_for) if person.works_for else None
    if agency is None:
        return lambda _words, _offset, _limit: Part(0, ())
    which: dict[str, Any] = {"by": _soon(), "only": _only(person), "agencies": [agency]}
    return cells_of(
        _silences(which),
        lambda one: [
            Cell(one.number, _to("case_agencies", case_id=one.case_id)),
            Cell(date.fromordinal(_EPOCH + one.hearing_day).isoformat()),
        ],
    )


def _silences(which: dict[str, Any]) -> Reader:
    def read(_words: str, offset: int, limit: int) -> Part:
        rows = list_silent(**which, limit=limit, offset=offset) if limit else []
        return Part(count_silent(**which), rows)

    return read


def _soon() -> int:
    """The last day of what is soon in court, days since 1970."""
    return today().toordinal() - _EPOCH + HEARING_DAYS


def _questions(person: Person) -> Reader:
    def read(_words: str, offset: int, limit: int) -> Part:
        total, found = questions_to(person.name, limit=offset + limit)
        return Part(total, found[offset:])

    return cells_of(
        read,
        lambda one: [
            Cell(f"{one.agency} {one.tag}"),
            Cell(one.case_number),
            Cell(one.question),
            Cell(one.by),
            Cell(one.at),
        ],
    )


def _tell(person: Person) -> Reader:
    found = tasks_for(person)

    def read(_words: str, offset: int, limit: int) -> Part:
        return Part(len(found.rows), found.rows[offset : offset + limit], found.exact)

    return cells_of(
        read,
        lambda one: [
            Cell(task_words(one), _to("item_tell", item_id=one.item_id)),
            Cell(f"{one.agency} {one.tag}", _to("item", item_id=one.item_id)),
            Cell(happened_words(one.what, day_text(one.first))),
            Cell(one.case_number, _to("case", case_id=one.case_id)),
        ],
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
    Col("item", L("Item")),
    Col("description", L("What it is")),
    Col("who", L("Who has it, why")),
    Col("shelf", L("Shelf"), "choice"),
    Col("since", L("Since"), "day"),
    Col("due_back", L("Due back"), "day"),
    Col("past_due", L("Past due"), "choice"),
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
        (
            Col("who", L("Who")),
            Col("item", L("Item")),
            Col("what", L("What happened")),
            Col("case", L("Case"), "choice"),
        ),
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
        (
            Col("report", L("Report")),
            Col("description", L("What it says was taken")),
            Col("quantity", L("How many")),
            Col("when", L("When"), "day"),
            Col("by", L("By")),
            Col("case", L("Case"), "choice"),
        ),
        _unbooked,
    ),
    "overdue": WorkList(
        Right.SEE_CASES,
        L("What is overdue, and to whom?"),
        L("It goes away when it is served, or withheld as the rule asks."),
        L("Nothing is overdue."),
        (
            Col("case", L("Case")),
            Col("defendant", L("Defendant")),
            Col("items", L("Items"), "number"),
            Col("due", L("Was due"), "day"),
            Col("by", L("By"), "choice"),
        ),
        _dues(overdue=True),
        searched=False,
    ),
    "due": WorkList(
        Right.SEE_CASES,
        L("What falls due within 14 days, and to whom?"),
        L("Served before that day, it never becomes an exception."),
        L("Nothing falls due within 14 days."),
        (
            Col("case", L("Case")),
            Col("defendant", L("Defendant")),
            Col("items", L("Items"), "number"),
            Col("due", L("Due"), "day"),
            Col("by", L("By"), "choice"),
        ),
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
        (
            Col("production", L("Production")),
            Col("case", L("Case")),
            Col("defendant", L("Defendant"), "choice"),
            Col("items", L("Items"), "number"),
            Col("served", L("Served"), "day"),
        ),
        _receipts,
        searched=False,
    ),
    "silent": WorkList(
        Right.SEE_CASES,
        L("Which agencies have not answered, with a day in court within 14 days?"),
        L("No answer is not “nothing held”. Ask again on the case's page of agencies."),
        L("Every agency has answered in the cases that are soon in court."),
        (
            Col("agency", L("Agency"), "choice"),
            Col("case", L("Case")),
            Col("hearing", L("Day in court"), "day"),
        ),
        _silent,
        searched=False,
    ),
    "answers": WorkList(
        Right.ANSWER,
        L("Which answers of my agency are asked for?"),
        L("Say on the case's page of agencies whether all was handed over, or nothing is held."),
        L("No answer of your agency is missing in a case that is soon in court."),
        (Col("case", L("Case")), Col("hearing", L("Day in court"), "day")),
        _answers,
        searched=False,
    ),
    "questions": WorkList(
        Right.SEE_SUGGESTIONS,
        L("What was I asked?"),
        L("Answer on the page of the suggestion."),
        L("Nobody has asked you anything."),
        (
            Col("item", L("Item")),
            Col("case", L("Case")),
            Col("question", L("Question")),
            Col("by", L("By"), "choice"),
            Col("when", L("When"), "day"),
        ),
        _questions,
        searched=False,
    ),
}
"""Every list, by the name in its address."""
