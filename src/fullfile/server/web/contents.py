"""What an entry says, as far as one person may read it; for every page that shows entries.

The leaf and the proof of an entry are for everybody who is signed in. Its content is for whoever

1. has the right, or sees the field, that its kind asks for (`_RIGHTS`, `_FIELDS`),
2. reaches the case or the item that it is about,
3. sees what a court sealed, where the case, the item or the person is sealed or protected.

Then single columns go where the policy says so: a shelf, an address, a date of birth. All of it is policy; the
rights and fields are `accounts.policy`'s.

What this does not do: it reads no entry; it is given one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from fullfile.core.entries import TABLE_OF_TYPE, Entry
from fullfile.core.errors import NotFound
from fullfile.core.ids import key
from fullfile.server.accounts.person import Person, can
from fullfile.server.accounts.policy import Field, Reach, Right, Role, Shown
from fullfile.server.queries.log import is_case_sealed
from fullfile.server.store.item_entries import head_of_item
from fullfile.server.store.keeping import find_correction
from fullfile.server.store.keys import find_cases, find_items
from fullfile.server.web.reach import case_in_reach, item_in_reach

__all__ = ["Content", "Reads", "content_of", "tells_kind"]


class Reads(StrEnum):
    """How much of an entry's content somebody reads."""

    YES = "yes"
    SEALED = "sealed"
    NO = "no"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Content:
    """The content of an entry as one person reads it.

    Attributes:
        reads: whether they do.
        why: a sentence where they do not.
        columns: name and value, in the order of the entry.
        case_id, item_id: what it is about, where the person reaches it.
    """

    reads: Reads
    why: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    case_id: int | None = None
    item_id: int | None = None


_RIGHTS: Mapping[str, Right] = {
    "cases": Right.SEE_CASES,
    "items": Right.SEE_ITEMS,
    "custody": Right.SEE_ITEMS,
    "mentions": Right.SEE_ITEMS,
    "filings": Right.SEE_ITEMS,
    "disclosures": Right.SEE_ITEMS,
    "holds": Right.SEE_ITEMS,
    "answers": Right.SEE_REQUESTS,
    "requests": Right.SEE_REQUESTS,
    "docket": Right.SEE_DOCKET,
    "counts": Right.SEE_DOCKET,
    "parties": Right.SEE_PEOPLE,
    "status": Right.SEE_PEOPLE,
    "production": Right.SEE_PAPERS,
    "schedule": Right.SEE_PAPERS,
    "certificate": Right.SEE_PAPERS,
    "disclosure": Right.SEE_PAPERS,
    "dispute": Right.SEE_PAPERS,
    "receipt": Right.SEE_PAPERS,
    "outcome": Right.SEE_IMPACT,
    "inventory": Right.SEE_ITEMS,
    "leaving": Right.SEE_ITEMS,
    "label": Right.SEE_ITEMS,
    "shelf": Right.HANDLE,
}
"""By table, or by the area of a type: the right that its content asks for."""
_FIELDS: Mapping[str, Field] = {
    "determinations": Field.DETERMINATIONS,
    "determination": Field.DETERMINATIONS,
    "knowledge": Field.KNEW,
    "links": Field.SUGGESTIONS,
    "suggestion": Field.SUGGESTIONS,
    "withholdings": Field.WITHHELD,
    "withholding": Field.WITHHELD,
    "file": Field.FILES,
    "item": Field.FILES,
    "question": Field.SUGGESTIONS,
}
"""The same, for what `accounts.policy` calls a field."""
_OPEN = frozenset({"office", "setting", "pack", "calendar", "model", "agencies", "clock", "record"})
"""What decides an answer, or tells of the record itself: for everybody on the office's side and who looks after it."""
_WORK = frozenset({"import", "row", "link"})
_PERSONAL = frozenset({"address", "phone", "date_of_birth"})
_SHELVES = {"items": {"storage_location"}, "custody": {"place", "seal"}}
_LONG = 2_000


def tells_kind(person: Person) -> bool:
    """Whether a person is told of which kind an entry is; counsel for the defence is not, of the State's work."""
    return person.role is not Role.DEFENCE


def content_of(person: Person, entry: Entry) -> Content:
    """What an entry says, as far as a person reads it."""
    table = TABLE_OF_TYPE.get(entry.type, "")
    area = entry.type.partition(".")[0]
    name = table or area
    data = entry.data
    if entry.type == "body.erased":
        name = TABLE_OF_TYPE.get(str(data.get("type", "")), name)
        data = {**dict(data.get("kept", {})), "order": data.get("order", "")}
    if area == "account":
        return _of_account(person, entry)
    if name in _OPEN or name in _WORK:
        if not tells_kind(person) or (name in _WORK and person.role is Role.COURT):
            return Content(Reads.NO, _("What it says is the office's own work."))
        if name != "link" or person.sees(Field.SUGGESTIONS) is not Shown.NO:
            return Content(Reads.YES, "", _columns(data))
    field, right = _FIELDS.get(name), _RIGHTS.get(name)
    if field is None and right is None:
        right = Right.AUDIT  # a kind that nobody gave a rule yet is for the auditor alone
    if right is not None and not can(person, right):
        return Content(Reads.NO, _("What it says is not for your role."))
    try:
        case_id, item_id, own, sealed = _about(person, data)
    except NotFound:
        return Content(Reads.NO, _("It is about a case or an item that you may not see."))
    if field is not None and person.sees(field, own=own and field is Field.FILES) is not Shown.YES:
        return Content(Reads.NO, _("What it says is not for your role."))
    if table == "determinations" and _waits(person, entry):
        why = _("A first reading opens when a second person has answered.")
        return Content(Reads.NO, why, (), case_id, item_id)
    if entry.more.get("erased"):
        why = _("The content was erased by order of %(order)s. The entry and its proof remain.")
        return Content(
            Reads.ERASED, why % {"order": entry.more["erased"]}, _columns(data), case_id, item_id
        )
    sealed = sealed or bool(data.get("sealed")) or bool(data.get("protected"))
    if sealed and person.sees(Field.SEALED, own=own) is not Shown.YES:
        return Content(Reads.SEALED, _("sealed"), (), case_id, item_id)
    kept = dict(data)
    if person.sees(Field.SHELF, own=own) is not Shown.YES:
        for column in _SHELVES.get(name, set()) & kept.keys():
            kept[column] = _("in the property room") if column != "seal" else _("not shown")
    if person.sees(Field.PERSONAL, own=own) is not Shown.YES:
        for column in _PERSONAL & kept.keys():
            kept[column] = _("not shown")
    return Content(Reads.YES, "", _columns(kept), case_id, item_id)


def _waits(person: Person, entry: Entry) -> bool:
    """Whether a view is one that no second person has read yet, and that somebody else made."""
    data = entry.data
    read = data.get("verified_by") or data.get("second_reading")
    if read or key(str(data.get("by", ""))) == key(person.name):
        return False
    return find_correction("determinations", entry.index) is None


def _about(person: Person, data: Mapping[str, Any]) -> tuple[int | None, int | None, bool, bool]:
    """The case and the item that data names, in reach; whether it is the person's agency's, whether it is sealed.

    Raises:
        NotFound: out of reach, or it names neither and the person does not reach everything.
    """
    case_id: int | None = None
    item_id: int | None = None
    own = sealed = False
    number, agency, tag = data.get("case_number"), data.get("agency"), data.get("tag")
    if number:
        case_id = next(iter(find_cases([str(number)]).values()), None)
        if case_id is None:
            raise NotFound("no such case")
        case_in_reach(person, case_id)
        sealed = is_case_sealed(case_id)
    if agency and tag:
        item_id = next(iter(find_items([(str(agency), str(tag))]).values()), None)
        if item_id is not None:
            found = item_in_reach(person, item_id)
            own = found.own
            sealed = sealed or head_of_item(item_id).sealed
    elif (
        not number and person.reach not in (Reach.ALL, Reach.CASES) and not _is_own(person, agency)
    ):
        raise NotFound("of another agency")
    return case_id, item_id, own, sealed


def _is_own(person: Person, agency: object) -> bool:
    return isinstance(agency, str) and agency.casefold() == person.works_for.casefold()


def _of_account(person: Person, entry: Entry) -> Content:
    own = entry.data.get("account") == person.account
    sees = person.sees(Field.ACCOUNTS, own=own)
    if sees is Shown.YES or (sees is Shown.ROUGHLY and own):
        return Content(Reads.YES, "", _columns(entry.data))
    return Content(Reads.NO, _("It is about somebody else's account."))


def _columns(data: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((name.replace("_", " "), _text(value)) for name, value in data.items())


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | dict):
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            text = "; ".join(value)
        else:
            text = json.dumps(value, ensure_ascii=False)
    else:
        text = str(value)
    return text if len(text) <= _LONG else text[:_LONG] + " …"
