"""What waits for whom, in kinds only: for the one mail a day that says that something waits.

People are asked about together, each kind in a handful of questions to the database however many people and cases
there are. A person is told of what they may answer themselves: within their role, their cases, their agency, their
clients, and never what they asked or made.

What this does not do: no case, item, name or count leaves this room, and what counsel has opened is not asked: a
receipt that is not signed says nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fullfile.core.disclosure.productions import PRODUCTION_TYPES, Production, read_productions
from fullfile.core.ids import key
from fullfile.core.papers import CERTIFICATE
from fullfile.core.rules.calendars import DEFAULT_WEEKEND, WEEKDAYS
from fullfile.server.accounts.knocks import Waits
from fullfile.server.accounts.person import Person, can, person_of_grant
from fullfile.server.accounts.policy import Reach, Right, Role
from fullfile.server.queries.accounts import ENDS_SOON_DAYS, waiting_wishes
from fullfile.server.queries.certificates import FIRST, signatures_needed
from fullfile.server.queries.questions import open_questions
from fullfile.server.queries.telling import cases_to_tell_of, defence_to_tell_in
from fullfile.server.store.acts import acts_of_cases, acts_since
from fullfile.server.store.adoptions import adopted_law
from fullfile.server.store.connections import agency_id, cases_of_items
from fullfile.server.store.grants import Grant, list_grants
from fullfile.server.store.keys import find_cases
from fullfile.server.store.leavings import list_open
from fullfile.server.store.load import current_size, size_as_of
from fullfile.server.store.news import list_news
from fullfile.server.store.readings import authors_waiting
from fullfile.server.store.responsible import Owing, owing_by_person, owing_in_cases
from fullfile.server.store.silent import cases_waiting_for

__all__ = ["dues_of", "needs_of", "two_working_days_on"]

_EPOCH = date(1970, 1, 1).toordinal()
_HEARING_DAYS = 14
_SIGNING_DAYS = 30
"""A first signature that nobody followed for so long is not knocked for any more: the record has grown since."""
_DAY_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class _Asking:
    """Some people, the numbers of the cases that their grants list, the day, the moment."""

    people: Sequence[Person]
    cases: dict[str, int]
    today: date
    now_ms: int

    def who(self, right: Right) -> list[Person]:
        return [one for one in self.people if can(one, right)]

    def only(self, person: Person) -> set[int] | None:
        """The cases that a grant is for; None: it lists none."""
        if person.cases is None:
            return None
        return {self.cases[key(one)] for one in person.cases if key(one) in self.cases}


def needs_of(accounts: Sequence[str], *, today: date, now_ms: int) -> list[Waits]:
    """What waits for some accounts.

    Args:
        accounts: as they sign in; one whose role does not hold today is passed over.
        today: the day on the office's clock.
        now_ms: what the clock says, UTC milliseconds.
    """
    grants = _in_force(list_grants(accounts), today)
    asking = _asking(grants, today, now_ms)
    found = [one for find in _FINDERS for one in find(asking)]
    found += _dues(asking, _named(today))
    found += [
        Waits(one.account, "access_changes", by_day=one.ends_on, once=True)
        for one in grants
        if one.ends_on is not None and one.ends_on <= today + timedelta(days=ENDS_SOON_DAYS)
    ]
    return found


def dues_of(accounts: Sequence[str], *, today: date, now_ms: int) -> list[Waits]:
    """Of some accounts: that something they answer for is overdue, or due within two working days."""
    return list(
        _dues(_asking(_in_force(list_grants(accounts), today), today, now_ms), _named(today))
    )


def two_working_days_on(today: date, closed: Callable[[date], bool]) -> date:
    """The second working day after a day.

    >>> two_working_days_on(date(2026, 11, 26), lambda day: day.weekday() > 4)
    datetime.date(2026, 11, 30)
    """
    day, open_days = today, 0
    while open_days < 2:
        day += timedelta(days=1)
        open_days += not closed(day)
    return day


def _in_force(grants: Iterable[Grant], today: date) -> list[Grant]:
    return [one for one in grants if one.holds_on(today)]


def _asking(grants: Sequence[Grant], today: date, now_ms: int) -> _Asking:
    people = [person_of_grant(one) for one in grants]
    numbers = [number for one in people for number in one.cases or ()]
    numbers += [number for one in people for number, _name in one.clients]
    return _Asking(people, find_cases(numbers) if numbers else {}, today, now_ms)


def _approvals(asking: _Asking) -> Iterator[Waits]:
    """Wishes that an item may leave, and wishes for a role, that somebody else asked for."""
    approvers = asking.who(Right.APPROVE_LEAVING)
    open_ = list_open() if approvers else []
    limited = any(one.cases is not None for one in approvers)
    bears = cases_of_items({one.item_id for one in open_}) if limited and open_ else {}
    for person in approvers:
        only = asking.only(person)
        if any(
            one.by != key(person.name) and (only is None or only & bears.get(one.item_id, set()))
            for one in open_
        ):
            yield Waits(person.account, "approval")
    second = asking.who(Right.APPROVE_ACCOUNTS)
    wishes = waiting_wishes() if second else []
    for person in second:
        me = key(person.account)
        if any(
            me
            not in (key(str(one.data.get("asked_by", ""))), key(str(one.data.get("account", ""))))
            for one in wishes
        ):
            yield Waits(person.account, "approval")


def _certificates(asking: _Asking) -> Iterator[Waits]:
    """Certificates that somebody else signed first."""
    signers = asking.who(Right.SIGN_CERTIFICATE)
    if not signers or signatures_needed() == 1:
        return
    first = size_as_of(asking.now_ms - _SIGNING_DAYS * _DAY_MS)
    last = {}
    for act in acts_since((FIRST, CERTIFICATE), first, current_size()):
        last[key(str(act.data.get("case_number", ""))), act.data.get("defendant_key")] = act
    waiting = [act for act in last.values() if act.type == FIRST]
    for person in signers:
        only = None if person.cases is None else {key(one) for one in person.cases}
        if any(
            key(str(act.data.get("signed_by", ""))) != key(person.name)
            and (only is None or key(str(act.data.get("case_number", ""))) in only)
            for act in waiting
        ):
            yield Waits(person.account, "certificate")


def _readings(asking: _Asking) -> Iterator[Waits]:
    """Views of somebody else's that wait for a second reader."""
    readers = asking.who(Right.DETERMINE)
    limited = {case for one in readers for case in asking.only(one) or ()}
    everywhere = {by for _case, by in authors_waiting()} if readers else set()
    within = authors_waiting(limited) if limited and everywhere else []
    for person in readers:
        only = asking.only(person)
        authors = everywhere if only is None else {by for case, by in within if case in only}
        if authors - {key(person.name)}:
            yield Waits(person.account, "reading")


def _questions(asking: _Asking) -> Iterator[Waits]:
    """Questions about suggestions that were put to them."""
    asked = asking.who(Right.SEE_SUGGESTIONS)
    whom = {key(one.whom) for one in open_questions()} if asked else set()
    yield from (Waits(one.account, "question") for one in asked if key(one.name) in whom)


def _answers(asking: _Asking) -> Iterator[Waits]:
    """Answers of their agency that are missing in cases with a day in court soon."""
    answering = [one for one in asking.who(Right.ANSWER) if one.reach is Reach.AGENCY]
    named = {one.works_for for one in answering if one.works_for}
    ids = {name: found for name in named if (found := agency_id(name)) is not None}
    if not ids:
        return
    by = asking.today.toordinal() - _EPOCH + _HEARING_DAYS
    waiting = cases_waiting_for(sorted(set(ids.values())), by=by)
    for person in answering:
        cases = waiting.get(ids.get(person.works_for, -1), set())
        only = asking.only(person)
        if cases if only is None else cases & only:
            yield Waits(person.account, "answer")


def _tellings(asking: _Asking) -> Iterator[Waits]:
    """A loss or a late find that somebody of theirs must be told of."""
    able = asking.who(Right.TELL)
    if not able or not list_news(limit=1):  # a day without bad news asks nothing else
        return
    holders = [one for one in able if one.reach is Reach.AGENCY and one.works_for]
    ids = {
        name: found
        for name in {one.works_for for one in holders}
        if (found := agency_id(name)) is not None
    }
    waiting = cases_to_tell_of(sorted(set(ids.values()))) if ids else {}
    for person in holders:
        cases = waiting.get(ids.get(person.works_for, -1), set())
        only = asking.only(person)
        if cases if only is None else cases & only:
            yield Waits(person.account, "tell")
    casework = [one for one in able if one.role in (Role.PROSECUTOR, Role.SUPERVISOR)]
    defence = defence_to_tell_in() if casework else {}
    for person in casework:
        only = asking.only(person)
        if any(
            case in only
            if only is not None
            else key(person.name) in names or (person.role is Role.SUPERVISOR and not names)
            for case, names in defence.items()
        ):
            yield Waits(person.account, "tell")


def _receipts(asking: _Asking) -> Iterator[Waits]:
    """Productions that were served on their client here, whose receipt nobody signed here."""
    counsel = asking.who(Right.PORTAL)
    cases = sorted(
        {asking.cases[key(n)] for one in counsel for n, _ in one.clients if key(n) in asking.cases}
    )
    if not cases:
        return
    unsigned = {
        (key(one.case_number), called)
        for one in read_productions(acts_of_cases(cases, PRODUCTION_TYPES, current_size())).values()
        for who in one.served
        if not _is_signed(one, who)
        for called in (key(who), key(one.defendants.get(who, "")))
    }
    for person in counsel:
        if any((key(number), key(name)) in unsigned for number, name in person.clients):
            yield Waits(person.account, "receipt")


def _is_signed(production: Production, defendant: str) -> bool:
    return any(one.signed and one.items is None for one in production.receipts.get(defendant, ()))


def _dues(asking: _Asking, named: frozenset[str]) -> Iterator[Waits]:
    """What is overdue or due within two working days, for whoever answers for the case.

    That is the prosecutor whom the case names, or whose role lists it; where it names nobody who has a role
    here, a supervisor: nothing is due to nobody.
    """
    able = [one for one in asking.people if one.role in (Role.PROSECUTOR, Role.SUPERVISOR)]
    if not able:
        return
    by = _last_day(asking.today)
    limited = {case for one in able for case in asking.only(one) or ()}
    people = owing_by_person(by=by)
    cases = owing_in_cases(limited, by=by) if limited else {}
    nobodys = [owing for name, owing in people.items() if name not in named]
    for person in able:
        only = asking.only(person)
        if only is not None:
            owing = [cases[case] for case in only if case in cases]
        elif person.role is Role.SUPERVISOR:
            owing = nobodys
        else:
            owing = [people[key(person.name)]] if key(person.name) in people else []
        if owing:
            yield Waits(person.account, "due", by_day=_nearest(owing))


def _named(today: date) -> frozenset[str]:
    """The keys of the names of prosecutors whose role holds for all that they may see."""
    return frozenset(
        key(one.name)
        for one in _in_force(list_grants(), today)
        if one.role == Role.PROSECUTOR and one.cases is None
    )


def _nearest(owing: Iterable[Owing]) -> date | None:
    days = [one.next_day for one in owing if one.next_day is not None]
    return date.fromordinal(_EPOCH + min(days)) if days else None


def _last_day(today: date) -> int:
    """The second working day from today (days since 1970); a day that any court here keeps is none, so rather early."""
    calendars = adopted_law(current_size())[1].values()

    def closed(day: date) -> bool:
        return WEEKDAYS[day.weekday()] in DEFAULT_WEEKEND or any(
            one.holiday_on(day) is not None for one in calendars
        )

    return two_working_days_on(today, closed).toordinal() - _EPOCH


_FINDERS: tuple[Callable[[_Asking], Iterator[Waits]], ...] = (
    _approvals,
    _certificates,
    _readings,
    _questions,
    _answers,
    _tellings,
    _receipts,
)
