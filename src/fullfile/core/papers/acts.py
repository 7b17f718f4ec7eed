"""Papers that were issued or signed before: their numbers stay for ever.

An item keeps the number under which it was first listed for a defendant, in each series
(the schedule; in England and Wales MG6C and MG6D each have their own). A number once issued
is never given to another item. Reading these entries is all that happens here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fullfile.core.entries import Entry
from fullfile.core.facts.rows import ItemKey
from fullfile.core.ids import key

__all__ = [
    "CERTIFICATE",
    "SCHEDULE",
    "Act",
    "Checkpoint",
    "acts_of",
    "as_runs",
    "numbers_of",
]

SCHEDULE = "schedule.issued"
CERTIFICATE = "certificate.signed"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of the record that a paper was computed from.

    Attributes:
        size: how many entries it was computed from.
        root: base64.
        origin: the name of the log.
        note: the signed note; empty where the paper is a draft.
    """

    size: int
    root: str
    origin: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """A paper that was issued or signed.

    Attributes:
        entry: the index of the entry that says so; it, too, stands on later papers.
        recorded_ms: when, UTC milliseconds.
        type: `schedule.issued` or `certificate.signed`.
        paper, layout, series: which paper; the series its numbers belong to.
        number: the first, second … of this paper for the defendant.
        on: the moment it speaks of, ISO 8601.
        data: all that the entry says.
    """

    entry: int
    recorded_ms: int
    type: str
    paper: str
    layout: str
    series: str
    number: int
    on: str
    data: Mapping[str, Any]  # JSON as it was written

    def text(self, name: str) -> str:
        """One of its words; empty where nothing was said."""
        return str(self.data.get(name, ""))

    @property
    def checkpoint(self) -> Checkpoint:
        """The head it was computed from."""
        said = self.data.get("checkpoint", {})
        return Checkpoint(
            int(said.get("size", 0)),
            str(said.get("root", "")),
            str(said.get("origin", "")),
            str(said.get("note", "")),
        )

    @property
    def numbers(self) -> dict[ItemKey, int]:
        """The numbers that it gave out."""
        return {
            (key(run["agency"]), key(tag)): int(run["first"]) + place
            for run in self.data.get("numbers", ())
            for place, tag in enumerate(run["tags"])
        }


def acts_of(entries: Iterable[Entry], case: str, defendant: str) -> tuple[Act, ...]:
    """The papers of one defendant of a case, oldest first.

    Args:
        entries: those of the two types, of any case.
        case: the key of the case.
        defendant: the key of the defendant in it.
    """
    return tuple(
        Act(
            entry=entry.index,
            recorded_ms=entry.recorded_ms,
            type=entry.type,
            paper=str(entry.data.get("paper", "")),
            layout=str(entry.data.get("layout", "")),
            series=str(entry.data.get("series", "schedule")),
            number=int(entry.data.get("number", 0)),
            on=str(entry.data.get("on", "")),
            data=entry.data,
        )
        for entry in sorted(entries, key=lambda one: one.index)
        if entry.type in (SCHEDULE, CERTIFICATE)
        and key(str(entry.data.get("case_number", ""))) == case
        and entry.data.get("defendant_key") == defendant
    )


def numbers_of(acts: Sequence[Act], series: str) -> dict[ItemKey, int]:
    """Every number given out in a series; the first that an item was given counts."""
    found: dict[ItemKey, int] = {}
    for act in acts:
        if act.series == series:
            for item, number in act.numbers.items():
                found.setdefault(item, number)
    return found


def as_runs(numbered: Iterable[tuple[int, str, str]]) -> list[dict[str, object]]:
    """Numbers for an entry: runs of one agency's tags, from a first number on.

    >>> as_runs([(1, "Sheriff", "A"), (2, "Sheriff", "B"), (3, "Lab", "7")])
    [{'agency': 'Sheriff', 'first': 1, 'tags': ['A', 'B']}, {'agency': 'Lab', 'first': 3, 'tags': ['7']}]
    """
    runs: list[dict[str, object]] = []
    tags: list[str] = []
    last: tuple[int, str] | None = None
    for number, agency, tag in sorted(numbered):
        if last != (number - 1, agency):
            tags = []
            runs.append({"agency": agency, "first": number, "tags": tags})
        tags.append(tag)
        last = (number, agency)
    return runs
