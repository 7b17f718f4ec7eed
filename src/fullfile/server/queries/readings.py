"""Views of items and their second readings: what waits for a reader, and what stands of an item in a case.

A second reader answers before the first answer opens: until a view was read twice, nobody but its author is told
what it says.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from fullfile.core.entries import Entry
from fullfile.core.errors import NotFound
from fullfile.core.ids import key
from fullfile.core.said import say
from fullfile.server.queries.items import ask_item
from fullfile.server.store.acts import acts_of_case
from fullfile.server.store.load import current_size, entries, find_cases
from fullfile.server.store.readings import (
    Waiting,
    count_waiting,
    determinations_of,
    list_waiting,
)

__all__ = [
    "SecondReading",
    "View",
    "Waiting",
    "readings_of",
    "readings_waiting",
    "views_of_entries",
]

READ = "determination.read"


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What the second reader answered; `reason` and `looked_at` are empty where an export only names them."""

    by: str
    at: str
    agrees: bool
    finding: str
    reason: str
    looked_at: tuple[str, ...]
    entry: int


@dataclass(frozen=True, slots=True)
class View:
    """A view of an item in a case.

    Attributes:
        entry: the row that counts.
        opened: whether `by`, `finding` and `reason` may be told to whoever asks; else they are empty.
        by, finding, reason, made_at: the first answer.
        second: the second reading; None: it waits for one.
    """

    entry: int
    opened: bool
    by: str
    finding: str
    reason: str
    made_at: str
    second: SecondReading | None

    @property
    def stage(self) -> str:
        """`first_reading`, `agreed` or `disagreed`."""
        if self.second is None:
            return "first_reading"
        return "agreed" if self.second.agrees else "disagreed"


def readings_waiting(
    reader: str, *, only: Collection[int] | None = None, limit: int = 50, offset: int = 0
) -> tuple[int, list[Waiting]]:
    """Views that wait for a second reader, and that this reader did not make: how many, and a page, the oldest first.

    Args:
        reader: the name of whoever would read.
        only: in these cases (numbers of `case_key`); None: in any.
        limit: at most so many.
        offset: after leaving out so many.
    """
    return count_waiting(reader, only), list_waiting(reader, only, limit=limit, offset=offset)


def readings_of(agency: str, tag: str, case_number: str, *, reader: str) -> list[View]:
    """The views of an item in a case with their second readings, as somebody may see them.

    Args:
        agency: the item's agency, or a name it is also called by.
        tag: the item's tag.
        case_number: the case.
        reader: who asks.

    Raises:
        NotFound: no such item or case.
    """
    item = ask_item(agency, tag)
    case_id = find_cases([case_number]).get(key(case_number))
    if case_id is None:
        raise NotFound(say("There is no case {case_number} on record.", case_number=case_number))
    told = {
        int(entry.data["determination"]): entry
        for entry in acts_of_case(case_id, (READ,), current_size())
    }
    return [
        _view(entry, told, reader) for entry in entries(determinations_of(item.item_id, case_id))
    ]


def views_of_entries(
    agency: str, tag: str, case_number: str, rows: Sequence[int], size: int
) -> list[View]:
    """Some views of an item in a case by their entries, with the second readings that were on record at a size.

    Only those that were read twice by then are told.

    Raises:
        NotFound: no such case.
    """
    case_id = find_cases([case_number]).get(key(case_number))
    if case_id is None:
        raise NotFound(say("There is no case {case_number} on record.", case_number=case_number))
    told = {
        int(entry.data["determination"]): entry for entry in acts_of_case(case_id, (READ,), size)
    }
    wanted = (key(agency), key(tag))
    return [
        view
        for entry in entries(sorted(rows))
        if (key(str(entry.data.get("agency", ""))), key(str(entry.data.get("tag", "")))) == wanted
        and (view := _view(entry, told, "")).opened
    ]


def _view(entry: Entry, told: dict[int, Entry], reader: str) -> View:
    data = entry.data
    by = str(data.get("by", ""))
    second = _second(entry, told)
    opened = second is not None or key(reader) == key(by)
    return View(
        entry.index,
        opened,
        by if opened else "",
        str(data.get("finding", "")) if opened else "",
        str(data.get("reason", "")) if opened else "",
        str(data.get("made_at", "")),
        second,
    )


def _second(entry: Entry, told: dict[int, Entry]) -> SecondReading | None:
    data = entry.data
    named = data.get("second_reading", {}).get("entry")
    reading = told.get(entry.index if entry.corrects is None else entry.corrects) or next(
        (one for one in told.values() if one.index == named), None
    )
    if reading is not None:
        said = reading.data
        return SecondReading(
            str(said["by"]),
            str(said["at"]),
            bool(said["agrees"]),
            str(said["finding"]),
            str(said["reason"]),
            tuple(said["looked_at"]),
            reading.index,
        )
    verified = str(data.get("verified_by", ""))
    if not verified or key(verified) == key(str(data.get("by", ""))):
        return None
    finding = str(data.get("finding", ""))
    return SecondReading(
        by=verified,
        at=str(data.get("verified_at", "")),
        agrees=True,
        finding=finding,
        reason="",
        looked_at=(),
        entry=entry.index,
    )
