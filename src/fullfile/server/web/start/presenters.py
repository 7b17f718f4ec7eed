"""What needs somebody today, by role: rows only where a count is above zero, each with the list it opens.

Harm comes before dates, dates before what is waited for. What a role must not see it is not told to count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fullfile.server.accounts.person import Person, can
from fullfile.server.accounts.policy import Right, Role
from fullfile.server.queries.accounts import list_accounts, waiting_wishes
from fullfile.server.queries.boards import glance
from fullfile.server.queries.court_filings import newest_filings
from fullfile.server.queries.productions import receipts_outstanding
from fullfile.server.queries.questions import questions_to
from fullfile.server.queries.readings import readings_waiting
from fullfile.server.queries.room import count_room, waiting_for_approval
from fullfile.server.queries.suggestions import count_open
from fullfile.server.queries.telling import tasks_for
from fullfile.server.store.connections import agency_id
from fullfile.server.store.keys import find_cases
from fullfile.server.store.load import size_as_of
from fullfile.server.store.overview import get_head
from fullfile.server.store.silent import count_silent
from fullfile.server.waiting.arrivals import count_open_arrivals
from fullfile.server.waiting.asking import count_failed
from fullfile.server.web.clock import today
from fullfile.server.web.items.telling import task_words
from fullfile.server.web.reach import reach_of_suggestions
from fullfile.server.web.said_below import state_name

__all__ = ["Row", "rows_for"]

HEARING_DAYS = 14
_WEEK_MS = 7 * 24 * 60 * 60 * 1000
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the page: its head ("Put right"), its words, the list that it opens, how many; None: nothing is counted."""

    head: str
    words: str
    address: str
    count: int | None = None


def rows_for(person: Person, *, now_ms: int) -> list[Row]:
    """What needs this person today."""
    return [row for row in _ROWS[person.role](person, now_ms) if row.words]


def _custodian(person: Person, now_ms: int) -> Iterator[Row]:
    agencies = [person.works_for]
    counts = count_room(agencies, now_ms=now_ms)
    yield _row(
        _("Not found"),
        counts.not_found,
        ngettext(
            "%(n)s item was not found or is short",
            "%(n)s items were not found or are short",
            counts.not_found,
        ),
        _list("not-found"),
    )
    yield _tell(person)
    yield _row(
        _("Out"),
        counts.out,
        ngettext("%(n)s item is out", "%(n)s items are out", counts.out),
        _list("out"),
        more=_("%(n)s past due") % {"n": f"{counts.past_due:,}"} if counts.past_due else "",
    )
    yield _row(
        _("To shelve"),
        counts.to_shelve,
        ngettext("%(n)s item is on no shelf", "%(n)s items are on no shelf", counts.to_shelve),
        _list("to-shelve"),
    )
    yield _row(
        _("Elsewhere"),
        counts.elsewhere,
        ngettext(
            "%(n)s item was handed over and has not come back",
            "%(n)s items were handed over and have not come back",
            counts.elsewhere,
        ),
        _list("elsewhere"),
    )
    yield _row(
        _("Not examined"),
        counts.unexamined,
        ngettext(
            "%(n)s item bears on no case and was not examined",
            "%(n)s items bear on no case and were not examined",
            counts.unexamined,
        ),
        _list("unexamined"),
        least=not counts.unexamined_exact,
    )
    yield _unbooked(counts.unbooked)
    yield _answers(person)
    yield _row(
        _("Leaving"),
        counts.waiting,
        ngettext(
            "%(n)s wish to release or destroy waits for approval",
            "%(n)s wishes to release or destroy wait for approval",
            counts.waiting,
        ),
        _to("approvals"),
    )
    yield _row(
        _("Inventory"),
        counts.inventories,
        ngettext(
            "%(n)s inventory is under way", "%(n)s inventories are under way", counts.inventories
        ),
        _to("inventories"),
    )


def _investigator(person: Person, now_ms: int) -> Iterator[Row]:
    counts = count_room([person.works_for], now_ms=now_ms)
    yield _tell(person)
    yield _unbooked(counts.unbooked)
    yield _row(
        _("Not examined"),
        counts.unexamined,
        ngettext(
            "%(n)s item bears on no case and was not examined",
            "%(n)s items bear on no case and were not examined",
            counts.unexamined,
        ),
        _list("unexamined"),
        least=not counts.unexamined_exact,
    )
    yield from _decide(person)
    yield _answers(person)
    yield _row(
        _("Out"),
        counts.out,
        ngettext(
            "%(n)s item of your agency is out", "%(n)s items of your agency are out", counts.out
        ),
        _list("out"),
    )


def _tell(person: Person) -> Row:
    """Whom they must still tell of a loss or a late find."""
    found = tasks_for(person)
    tasks = found.rows
    return _row(
        _("Tell"),
        len(tasks),
        ngettext(
            "%(n)s telling of a loss or a late find is outstanding",
            "%(n)s tellings of losses or late finds are outstanding",
            len(tasks),
        ),
        _list("tell"),
        more=task_words(tasks[0]) if len(tasks) == 1 else "",
        least=not found.exact,
    )


def _answers(person: Person) -> Row:
    """What their agency is asked: whether it has handed over all that it has."""
    agency = agency_id(person.works_for) if person.works_for else None
    by = today().toordinal() - _EPOCH + HEARING_DAYS
    total = 0 if agency is None else count_silent(by=by, only=_only_list(person), agencies=[agency])
    return _row(
        _("Answer"),
        total,
        ngettext(
            "%(n)s answer of your agency is asked for in a case with a day in court within 14 days",
            "%(n)s answers of your agency are asked for in cases with a day in court within 14 days",
            total,
        ),
        _list("answers"),
    )


def _laboratory(person: Person, now_ms: int) -> Iterator[Row]:
    counts = count_room([person.works_for], now_ms=now_ms)
    yield _tell(person)
    yield _row(
        _("Here"),
        counts.to_shelve,
        ngettext("%(n)s item is on no shelf", "%(n)s items are on no shelf", counts.to_shelve),
        _list("to-shelve"),
    )
    yield _row(
        _("Out"),
        counts.out,
        ngettext("%(n)s item is out", "%(n)s items are out", counts.out),
        _list("out"),
        more=_("%(n)s past due") % {"n": f"{counts.past_due:,}"} if counts.past_due else "",
    )
    yield _unbooked(counts.unbooked)
    yield _answers(person)


def _prosecutor(person: Person, now_ms: int) -> Iterator[Row]:
    yield _tell(person)
    yield from _cases(person, now_ms)
    yield from _decide(person)
    yield from _second_readings(person)
    yield from _receipts(person)
    yield _silent(person)


def _supervisor(person: Person, now_ms: int) -> Iterator[Row]:
    waiting = waiting_for_approval().count
    yield _row(
        _("Approve"),
        waiting,
        ngettext("%(n)s wish to release or destroy", "%(n)s wishes to release or destroy", waiting),
        _to("approvals"),
    )
    wishes = len(waiting_wishes())
    yield _row(
        _("Approve"),
        wishes,
        ngettext("%(n)s role is asked for", "%(n)s roles are asked for", wishes),
        _to("accounts"),
    )
    yield _tell(person)
    yield from _cases(person, now_ms)
    yield from _decide(person)
    yield from _second_readings(person)
    counts = count_room(None, now_ms=now_ms)
    yield _row(
        _("Not found"),
        counts.not_found,
        ngettext(
            "%(n)s item was not found or is short",
            "%(n)s items were not found or are short",
            counts.not_found,
        ),
        _list("not-found"),
    )
    yield _silent(person)
    yield Row(
        _("Reports"),
        _("Exceptions by prosecutor, discrepancies of inventories, reasons of outcomes"),
        _to("reports"),
    )


def _clerk(person: Person, now_ms: int) -> Iterator[Row]:
    files = count_open_arrivals()
    yield _row(
        _("Imports"),
        files,
        ngettext("%(n)s file is on its way in", "%(n)s files are on their way in", files),
        _to("imports"),
    )
    yield from _cases(person, now_ms)
    yield from _receipts(person)
    yield _silent(person)


def _court(person: Person, now_ms: int) -> Iterator[Row]:
    yield _hearings(glance(_only(person), hearing_days=HEARING_DAYS, now_ms=now_ms).hearings)
    since = size_as_of(now_ms - 2 * _WEEK_MS)
    _rows, filed = newest_filings(_only_list(person), since_entry=since, limit=0)
    yield _row(
        _("Papers filed"),
        filed,
        ngettext(
            "%(n)s paper was filed with the court in the last 14 days",
            "%(n)s papers were filed with the court in the last 14 days",
            filed,
        ),
        f"{_to('court')}#filed",
    )


def _auditor(person: Person, now_ms: int) -> Iterator[Row]:  # noqa: ARG001
    head = get_head()
    yield Row(
        _("Record"),
        _("%(n)s entries") % {"n": f"{head.size:,}"}
        + (": " + _("the record failed its check") if head.damaged else ""),
        _to("record"),
    )
    yield Row(
        _("Audit"), _("Discrepancies, overrides, releases without a second name"), _to("audit")
    )


def _administrator(person: Person, now_ms: int) -> Iterator[Row]:  # noqa: ARG001
    failed = count_failed(now_ms - _WEEK_MS)
    yield _row(
        _("Jobs"),
        failed,
        ngettext("%(n)s job failed this week", "%(n)s jobs failed this week", failed),
        f"{_to('jobs')}?state=failed",
    )
    accounts = list_accounts(today=today(), now=datetime.fromtimestamp(now_ms / 1000, UTC))
    marks = Counter(mark for one in accounts for mark in one.marks)
    for mark, head, words in (
        (
            "locked",
            _("Locked"),
            ngettext("%(n)s account is locked", "%(n)s accounts are locked", marks["locked"]),
        ),
        (
            "expired",
            _("Over"),
            ngettext(
                "%(n)s account's time is over", "%(n)s accounts' time is over", marks["expired"]
            ),
        ),
        (
            "unused",
            _("Unused"),
            ngettext(
                "%(n)s account was not used for 90 days",
                "%(n)s accounts were not used for 90 days",
                marks["unused"],
            ),
        ),
        (
            "review",
            _("Review"),
            ngettext(
                "%(n)s account is due for its yearly review",
                "%(n)s accounts are due for their yearly review",
                marks["review"],
            ),
        ),
        (
            "ends_soon",
            _("Ending"),
            ngettext("%(n)s account ends soon", "%(n)s accounts end soon", marks["ends_soon"]),
        ),
    ):
        yield _row(head, marks[mark], words, _to("accounts"))


def _cases(person: Person, now_ms: int) -> Iterator[Row]:
    found = glance(_only(person), hearing_days=HEARING_DAYS, now_ms=now_ms)
    more = ""
    if found.worst is not None:
        first = found.worst
        name = (
            _("sealed")
            if first.sealed and person.role not in _SEES_SEALED
            else first.title or first.number
        )
        state = f" ({state_name(first.worst)})" if first.worst else ""
        more = ngettext(
            "Worst: %(case)s, %(n)s exception%(state)s",
            "Worst: %(case)s, %(n)s exceptions%(state)s",
            first.exceptions,
        ) % {"case": name, "n": f"{first.exceptions:,}", "state": state}
    yield _row(
        _("Put right"),
        found.not_full,
        ngettext("%(n)s case is not full", "%(n)s cases are not full", found.not_full),
        _to("cases") + "?verdict=not_full",
        more=more,
    )
    yield _hearings(found.hearings)
    lines, cases = found.overdue
    yield _row(
        _("Overdue"),
        lines,
        ngettext(
            "%(n)s item is overdue to a defendant", "%(n)s items are overdue to defendants", lines
        ),
        _list("overdue"),
        more=ngettext("in %(n)s case", "in %(n)s cases", cases) % {"n": f"{cases:,}"},
    )
    lines, cases = found.due
    yield _row(
        _("Due"),
        lines,
        ngettext(
            "%(n)s item falls due within 14 days", "%(n)s items fall due within 14 days", lines
        ),
        _list("due"),
        more=ngettext("in %(n)s case", "in %(n)s cases", cases) % {"n": f"{cases:,}"},
    )


_SEES_SEALED = (Role.PROSECUTOR, Role.SUPERVISOR, Role.CLERK, Role.COURT)


def _hearings(number: int) -> Row:
    return _row(
        _("Hearings"),
        number,
        ngettext(
            "%(n)s case has a day in court within 14 days",
            "%(n)s cases have a day in court within 14 days",
            number,
        ),
        _to("cases") + "?hearing=14&order=hearing",
    )


def _decide(person: Person) -> Iterator[Row]:
    if not can(person, Right.SEE_SUGGESTIONS):
        return
    total = count_open(reach_of_suggestions(person))
    yield _row(
        _("Decide"),
        total,
        ngettext(
            "%(n)s suggestion of a case for an item",
            "%(n)s suggestions of a case for an item",
            total,
        ),
        _to("review"),
    )
    asked, _first = questions_to(person.name, limit=1)
    yield _row(
        _("Answer"),
        asked,
        ngettext("%(n)s question to you", "%(n)s questions to you", asked),
        _list("questions"),
    )


def _second_readings(person: Person) -> Iterator[Row]:
    if not can(person, Right.DETERMINE):
        return
    total = readings_waiting(person.name, only=_only(person), limit=0)[0]
    yield _row(
        _("Read second"),
        total,
        ngettext(
            "%(n)s determination waits for a second reader",
            "%(n)s determinations wait for a second reader",
            total,
        ),
        _to("readings"),
    )


def _receipts(person: Person) -> Iterator[Row]:
    total = receipts_outstanding(only=_only_list(person), limit=0)[0]
    yield _row(
        _("Waiting for"),
        total,
        ngettext("%(n)s receipt of counsel", "%(n)s receipts of counsel", total),
        _list("receipts"),
    )


def _silent(person: Person) -> Row:
    by = today().toordinal() - _EPOCH + HEARING_DAYS
    total = count_silent(by=by, only=_only_list(person))
    return _row(
        _("Waiting for"),
        total,
        ngettext(
            "%(n)s agency has not answered in a case with a day in court within 14 days",
            "%(n)s answers of agencies are missing in cases with a day in court within 14 days",
            total,
        ),
        _list("silent"),
    )


def _unbooked(number: int) -> Row:
    return _row(
        _("Said, not booked"),
        number,
        ngettext(
            "%(n)s thing that a report says was taken is not booked",
            "%(n)s things that reports say were taken are not booked",
            number,
        ),
        _list("unbooked"),
    )


def _only(person: Person) -> set[int] | None:
    """The cases that a person's role is for; None: all."""
    return None if person.cases is None else set(find_cases(list(person.cases)).values())


def _only_list(person: Person) -> list[int] | None:
    found = _only(person)
    return None if found is None else sorted(found)


def _row(
    head: str, number: int, words: str, address: str, *, more: str = "", least: bool = False
) -> Row:
    """A line, or an empty one where the count is zero."""
    if not number:
        return Row(head, "", address)
    said = words % {"n": f"{number:,}"}
    if least:
        said = _("at least %(what)s") % {"what": said}
    return Row(head, f"{said}. {more}".strip() if more else said, address, number)


def _to(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _list(name: str) -> str:
    return reverse("work_list", kwargs={"name": name})


_ROWS: dict[Role, Callable[[Person, int], Iterator[Row]]] = {
    Role.CUSTODIAN: _custodian,
    Role.INVESTIGATOR: _investigator,
    Role.LABORATORY: _laboratory,
    Role.PROSECUTOR: _prosecutor,
    Role.SUPERVISOR: _supervisor,
    Role.CLERK: _clerk,
    Role.COURT: _court,
    Role.AUDITOR: _auditor,
    Role.ADMINISTRATOR: _administrator,
}
