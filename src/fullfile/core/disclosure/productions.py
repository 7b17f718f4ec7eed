"""Productions as they stand: what goes to whom, drafted, closed under a number, served, acknowledged. Pure.

A production is a chain of entries: the draft, each change of it, the closing, the service on each defendant, each
receipt. Reading them again gives the production as it stood at any size (`read_productions`). It moves one way:
draft, closed, served, acknowledged. Once closed nothing in it changes; what is wrong is put right by another one.

What this does not do: it decides nothing; `producing` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from fullfile.core.entries import Entry
from fullfile.core.ids import key
from fullfile.core.said import say

__all__ = [
    "ACKNOWLEDGED",
    "CHANGED",
    "CLOSED",
    "DRAFTED",
    "NOT_OPENED",
    "PRODUCTION_TYPES",
    "SERVED",
    "WAYS",
    "Change",
    "Fault",
    "Given",
    "LeftOut",
    "Production",
    "Receipt",
    "Served",
    "Stage",
    "read_productions",
]

Item = tuple[str, str]
"""(agency, tag), both as keys."""
Data = Mapping[str, Any]
"""The data of an entry: JSON without floats."""

DRAFTED, CHANGED, CLOSED = "production.drafted", "production.changed", "production.closed"
SERVED, ACKNOWLEDGED, NOT_OPENED = (
    "production.served",
    "production.acknowledged",
    "production.not_opened",
)
PRODUCTION_TYPES = (DRAFTED, CHANGED, CLOSED, SERVED, ACKNOWLEDGED, NOT_OPENED)

WAYS = {"portal": "download", "media": "served", "inspection": "inspected"}
"""How a production is served, and the word of `disclosures` for it."""


class Stage(StrEnum):
    """How far a production has got; acknowledged once everybody it was served on has signed."""

    DRAFT = "draft"
    CLOSED = "closed"
    SERVED = "served"
    ACKNOWLEDGED = "acknowledged"


class Change(StrEnum):
    """What may be changed in a draft."""

    ADD = "added"
    REMOVE = "removed"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Given:
    """An item of a production: in which form, and to which of its defendants (keys)."""

    agency: str
    tag: str
    extent: str = "whole"
    what: str = ""
    to: tuple[str, ...] = ()

    @property
    def item(self) -> Item:
        """Its key."""
        return key(self.agency), key(self.tag)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An item that somebody took out of a production, and why."""

    agency: str
    tag: str
    reason: str
    by: str
    entry: int


@dataclass(frozen=True, slots=True)
class Served:
    """That a production was served for a defendant: when, how, on whom, by whom."""

    at: str
    way: str
    on: str
    by: str
    entry: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt: signed by counsel here, or claimed by the State. `items`: None is all of them."""

    at: str
    by: str
    signed: bool
    items: tuple[Item, ...] | None
    entry: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Counsel of a defendant (key) could not open it: what was told, when. Service stands."""

    defendant: str
    at: str
    by: str
    what: str
    entry: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Production:
    """A production as it stands.

    Attributes:
        entry: the entry that drafted it: what it is known by before and after it has a number.
        case_number: the case.
        defendants: key and name of each.
        lines: its items, in their order.
        left_out: what somebody took out, with reasons.
        number: unique in the office, from the closing on.
        drafted_by, drafted_ms: who drafted it, and when (UTC milliseconds).
        closed: the entry that closed it.
        closed_ms: when.
        closed_at: the same as it stands on the papers.
        withheld: what was withheld as it was closed, with grounds: as the entry has it.
        package: digests and counts of its files, as the entry has them.
        served, receipts: by the key of the defendant.
        faults: that counsel could not open it.
    """

    entry: int
    case_number: str
    defendants: Mapping[str, str]
    lines: tuple[Given, ...]
    left_out: tuple[LeftOut, ...] = ()
    number: int | None = None
    drafted_by: str = ""
    drafted_ms: int = 0
    closed: int | None = None
    closed_ms: int | None = None
    closed_at: str = ""
    withheld: tuple[Data, ...] = ()
    package: Data = field(default_factory=dict)
    served: Mapping[str, Served] = field(default_factory=dict)
    receipts: Mapping[str, tuple[Receipt, ...]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    @property
    def name(self) -> str:
        """What it is called: "Production 5", or "Draft" with its entry."""
        return (
            say("Production {number}", number=self.number)
            if self.number is not None
            else say("Draft {entry}", entry=self.entry)
        )

    @property
    def stage(self) -> Stage:
        """How far it has got."""
        if self.closed is None:
            return Stage.DRAFT
        if not self.served:
            return Stage.CLOSED
        signed = all(self.is_acknowledged(who) for who in self.served)
        return Stage.ACKNOWLEDGED if signed else Stage.SERVED

    def lines_to(self, defendant: str) -> tuple[Given, ...]:
        """What one defendant gets of it."""
        return tuple(line for line in self.lines if not line.to or defendant in line.to)

    def is_acknowledged(self, defendant: str) -> bool:
        """Whether receipts cover all that a defendant got."""
        found = self.receipts.get(defendant, ())
        if any(one.items is None for one in found):
            return True
        covered = {item for one in found for item in one.items or ()}
        return bool(found) and all(line.item in covered for line in self.lines_to(defendant))

    def line(self, item: Item) -> Given | None:
        """One of its items."""
        return next((line for line in self.lines if line.item == item), None)


def read_productions(entries: Iterable[Entry]) -> dict[int, Production]:
    """Productions by the entry that drafted each, from entries in the order of the record."""
    found: dict[int, Production] = {}
    for entry in sorted(entries, key=lambda one: one.index):
        if entry.type == DRAFTED:
            found[entry.index] = _drafted(entry)
        elif entry.type in PRODUCTION_TYPES and entry.data["production"] in found:
            at = int(entry.data["production"])
            found[at] = _READERS[entry.type](found[at], entry)
    return found


def _drafted(entry: Entry) -> Production:
    data = entry.data
    return Production(
        entry=entry.index,
        case_number=str(data["case_number"]),
        defendants={one["key"]: one["name"] for one in data["defendants"]},
        lines=_lines(data["items"]),
        drafted_by=entry.by,
        drafted_ms=entry.recorded_ms,
    )


def _changed(old: Production, entry: Entry) -> Production:
    data = entry.data
    item = (key(data["agency"]), key(data["tag"]))
    line = Given(
        str(data["agency"]),
        str(data["tag"]),
        str(data.get("extent", "whole")),
        str(data.get("what", "")),
        tuple(data.get("to", ())),
    )
    kept_out = tuple(one for one in old.left_out if (key(one.agency), key(one.tag)) != item)
    if data["change"] == Change.REMOVE:
        out = LeftOut(line.agency, line.tag, str(data["reason"]), entry.by, entry.index)
        lines = tuple(one for one in old.lines if one.item != item)
        return replace(old, lines=lines, left_out=(*kept_out, out))
    if data["change"] == Change.ADD:
        return replace(old, lines=(*old.lines, line), left_out=kept_out)
    return replace(old, lines=tuple(line if one.item == item else one for one in old.lines))


def _closed(old: Production, entry: Entry) -> Production:
    data = entry.data
    return replace(
        old,
        lines=_lines(data["items"]),
        number=int(data["number"]),
        closed=entry.index,
        closed_ms=entry.recorded_ms,
        closed_at=str(data.get("closed_at", "")),
        withheld=tuple(data.get("withheld", ())),
        package=data.get("package", {}),
    )


def _served(old: Production, entry: Entry) -> Production:
    data = entry.data
    told = Served(data["served_at"], data["way"], data["served_on"], entry.by, entry.index)
    return replace(old, served={**old.served, data["defendant_key"]: told})


def _acknowledged(old: Production, entry: Entry) -> Production:
    data = entry.data
    items = data.get("items")
    told = Receipt(
        data["acknowledged_at"],
        data["acknowledged_by"],
        bool(data.get("signed")),
        None
        if items is None
        else tuple((key(run["agency"]), key(tag)) for run in items for tag in run["tags"]),
        entry.index,
    )
    who = data["defendant_key"]
    return replace(old, receipts={**old.receipts, who: (*old.receipts.get(who, ()), told)})


def _not_opened(old: Production, entry: Entry) -> Production:
    data = entry.data
    told = Fault(data["defendant_key"], data["told_at"], data["told_by"], data["what"], entry.index)
    return replace(old, faults=(*old.faults, told))


_READERS = {
    CHANGED: _changed,
    CLOSED: _closed,
    SERVED: _served,
    ACKNOWLEDGED: _acknowledged,
    NOT_OPENED: _not_opened,
}


def _lines(groups: Iterable[Data]) -> tuple[Given, ...]:
    return tuple(
        Given(
            str(run["agency"]),
            str(tag),
            str(run.get("extent", "whole")),
            str(run.get("what", "")),
            tuple(run.get("to", ())),
        )
        for run in groups
        for tag in run["tags"]
    )
