"""Which case and which item a person may reach of those that their role may see at all.

A thing out of reach is answered as one that does not exist, so that an address tells nothing.

    one = case_in_reach(request.person, case_id)       # CaseRef(case_id, number)
    item = item_in_reach(request.person, item_id)      # ItemRef(item_id, agency, tag, own)

What this does not do: it asks no right; the door did (`doors.permission`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from fullfile.core.errors import NotFound
from fullfile.core.ids import key
from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Reach, Right
from fullfile.server.queries.counted_lately import lately
from fullfile.server.queries.hands import ask_hand
from fullfile.server.queries.suggestions import Reach as ReachOfSuggestions
from fullfile.server.store import connections as rows
from fullfile.server.store.overview import get_head
from fullfile.server.web.clock import now_ms

__all__ = [
    "CaseRef",
    "ItemRef",
    "case_in_reach",
    "cases_in_reach",
    "item_in_reach",
    "items_in_reach",
    "may_handle",
    "own_agency",
    "reach_of_suggestions",
    "reached_cases",
    "reaches_case",
]


_AN_HOUR = 3_600.0
"""So long the cases of an agency are kept in a large record; what was recorded since is added each time."""


@dataclass(frozen=True, slots=True)
class CaseRef:
    """A case that the person may reach: its number in the addresses, and the court's."""

    case_id: int
    number: str


@dataclass(frozen=True, slots=True)
class ItemRef:
    """An item that the person may reach; `own`: their agency holds it or booked it."""

    item_id: int
    agency: str
    tag: str
    own: bool


def case_in_reach(person: Person, case_id: int) -> CaseRef:
    """The case of an address.

    Raises:
        NotFound: there is none, or not for this person.
    """
    number = rows.case_number(case_id)
    if number is None or not reaches_case(person, case_id, number):
        raise NotFound(_("There is no such case, or you may not see it. Ask a supervisor."))
    return CaseRef(case_id, number)


def reaches_case(person: Person, case_id: int, number: str) -> bool:
    """Whether a person reaches a case."""
    match person.reach:
        case Reach.ALL:
            return True
        case Reach.CASES:
            return person.cases is None or key(number) in {key(one) for one in person.cases}
        case Reach.CLIENTS:
            return key(number) in {key(one) for one, _name in person.clients}
        case Reach.AGENCY:
            if person.cases is not None and key(number) not in {key(one) for one in person.cases}:
                return False
            agency = own_agency(person)
            return agency is not None and rows.case_has_agency(case_id, agency)
        case Reach.NONE:
            return False


def item_in_reach(person: Person, item_id: int) -> ItemRef:
    """The item of an address.

    Raises:
        NotFound: there is none, or not for this person.
    """
    found = rows.item_key(item_id)
    if found is None:
        raise NotFound(_("There is no such item, or you may not see it. Ask a supervisor."))
    agency_id, agency, tag = found
    own = own_agency(person) == agency_id
    if not own and not _reaches_item(person, item_id) and not _holds(person, agency, tag):
        raise NotFound(_("There is no such item, or you may not see it. Ask a supervisor."))
    return ItemRef(item_id, agency, tag, own)


def may_handle(person: Person, item: ItemRef, holder: str) -> bool:
    """Whether a person may act on an item that they reach: it is their agency's, or lies with them or their agency.

    Args:
        person: who wants to act; their right was asked.
        item: the item.
        holder: who has it, where that is not the property room.
    """
    return item.own or _is_with(person, holder)


def _is_with(person: Person, holder: str) -> bool:
    """Whether a holder is the person, or whom they work for by any of its names."""
    if not holder:
        return False
    if key(holder) in (key(person.name), key(person.works_for)):
        return True
    agency = own_agency(person)
    return agency is not None and rows.agency_id(holder) == agency


def _holds(person: Person, agency: str, tag: str) -> bool:
    """Whether an item lies with somebody whose role handles items: a laboratory's examiner sees what it was sent."""
    if Right.HANDLE not in person.rights:
        return False
    try:
        holder = ask_hand(agency, tag, now_ms=now_ms()).hand.holder
    except NotFound:
        return False
    return _is_with(person, holder)


def own_agency(person: Person) -> int | None:
    """The number of the agency that a person works for, where it is one on record."""
    return rows.agency_id(person.works_for) if person.works_for else None


def _of_agency(agency: int) -> set[int]:
    """The cases of an agency: those counted lately, and what was recorded since."""
    size = get_head().size

    def count() -> tuple[int, set[int]]:
        now = get_head().size
        return now, rows.cases_of_agency(agency)

    counted, found = lately(("cases of agency", agency), size, count, good_seconds=_AN_HOUR)
    return found | rows.cases_of_agency(agency, since=counted) if counted < size else found


def reached_cases(person: Person) -> list[int] | None:
    """The numbers of all cases that a person reaches, for a list; None: every one there is."""
    match person.reach:
        case Reach.ALL:
            return None
        case Reach.CASES if person.cases is None:
            return None
        case Reach.CASES:
            return _named(person.cases or ())
        case Reach.CLIENTS:
            return _named([number for number, _name in person.clients])
        case Reach.AGENCY:
            agency = own_agency(person)
            mine = set() if agency is None else _of_agency(agency)
            return sorted(mine if person.cases is None else mine & set(_named(person.cases)))
        case _:
            return []


def _named(numbers: Collection[str]) -> list[int]:
    return sorted(set(rows.ids_of_cases(numbers).values())) if numbers else []


def cases_in_reach(person: Person, case_ids: Collection[int]) -> set[int]:
    """Those of some cases that a person reaches, in a few queries for all of them."""
    if not case_ids or person.reach is Reach.NONE:
        return set()
    if person.reach is Reach.ALL or (person.reach is Reach.CASES and person.cases is None):
        return set(case_ids)
    found = set(case_ids)
    only = person.cases if person.reach is not Reach.CLIENTS else [one for one, _ in person.clients]
    if only is not None:
        mine = {key(number) for number in only}
        found = {
            case for case, number in rows.numbers_of_cases(found).items() if key(number) in mine
        }
    if person.reach is Reach.AGENCY:
        agency = own_agency(person)
        return set() if agency is None else rows.cases_with_agency(found, agency)
    return found


def items_in_reach(person: Person, item_ids: Collection[int]) -> set[int]:
    """Those of some items that a person reaches, in a few queries for all of them."""
    if not item_ids or person.reach in (Reach.NONE, Reach.CLIENTS):
        return set()
    if person.reach is Reach.ALL or (
        person.reach is Reach.CASES and person.cases is None and person.office_side
    ):
        return set(item_ids)
    agency = own_agency(person)
    found = set() if agency is None else rows.items_of_agency(item_ids, agency)
    rest = rows.cases_of_items(set(item_ids) - found)
    open_cases = cases_in_reach(person, set().union(*rest.values())) if rest else set()
    return found | {item for item, cases in rest.items() if cases & open_cases}


def _reaches_item(person: Person, item_id: int) -> bool:
    match person.reach:
        case Reach.ALL:
            return True
        case Reach.CASES if person.cases is None and person.office_side:
            return True
        case Reach.CASES | Reach.AGENCY:
            return any(
                reaches_case(person, case_id, number)
                for case_id, number in rows.cases_of_item(item_id)
            )
        case _:
            return False


def reach_of_suggestions(person: Person) -> ReachOfSuggestions | None:
    """Of some items, those that a person reaches; None: every one, and nobody needs to ask."""
    if person.reach is Reach.ALL or (person.reach is Reach.CASES and person.cases is None):
        return None
    # All that decides it: whoever gets another role or other cases reaches by those at once.
    whose = repr((person.account, person.role, person.works_for, sorted(person.cases or ())))
    return ReachOfSuggestions(whose, lambda ids: items_in_reach(person, ids))
