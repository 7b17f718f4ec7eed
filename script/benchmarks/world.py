"""A made-up office as arrays: cases, defendants, items, what was filed, disclosed and moved.

Both makers (exports as CSV, read tables as Parquet) write the same office from
these arrays, chunk by chunk, so that memory stays small at any size. The same
seed and size give the same office on every machine.

Shares, near what offices report: most items are filed and disclosed in time;
4 % are never filed, 3 % go out late, 3 % never, 1 % is withheld, 2 % bear on no
case, 0.5 % is lost, destroyed or released; two cases in five have ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.made_up import (
    AGENCIES,
    ENDINGS,
    FINDINGS,
    ITEMS_PER_CASE,
    LARGE_CASE,
    SEED,
    day_number,
)

__all__ = ["CASES_IN_A_CHUNK", "NEVER", "Chunk", "chunks"]

Days = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Part = dict[str, Any]  # arrays of days or flags by the name of their attribute of `Chunk`

CASES_IN_A_CHUNK = 25_000
NEVER = -1
"""In an array of days: it did not happen."""

OPENED_FROM, OPENED_TO = day_number("2022-01-03"), day_number("2025-03-31")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of cases and their items. Places (`*_case`, `*_item`, …) count within the chunk.

    Attributes:
        first_case, first_defendant, first_item: numbers of the first of each, from 0.
        case_agency, opened, arraigned, ended, ending, answered: of each case; `ending` is a place
            in `ENDINGS`.
        shared: the case also lists the report number of the case before it.
        defendant_case, defendant_place: of each defendant; the place is 0 for the first of a case.
        item_case: the case an item is about; -1: none that is known.
        item_report: the place of the case whose report number it was booked under; -1: another.
        item_agency, collected, booked, filed: of each item.
        disclosed_*: of each disclosure; `whole` says in what extent.
        event_*: custody events; the kind is a place in `EVENTS`.
        withheld_*: withholdings, for all defendants; the ground is a place in `GROUNDS`.
        judged_*: determinations.
    """

    number: int
    first_case: int
    first_defendant: int
    first_item: int
    case_agency: Days
    opened: Days
    arraigned: Days
    ended: Days
    ending: Days
    answered: Days
    shared: Flags
    defendant_case: Days
    defendant_place: Days
    item_case: Days
    item_report: Days
    item_agency: Days
    collected: Days
    booked: Days
    filed: Days
    disclosed_item: Days
    disclosed_defendant: Days
    disclosed: Days
    acknowledged: Days
    whole: Flags
    event_item: Days
    event_kind: Days
    event_day: Days
    withheld_item: Days
    withheld_ground: Days
    withheld: Days
    judged_item: Days
    judged_finding: Days
    judged: Days

    @property
    def cases(self) -> int:
        """How many cases."""
        return len(self.opened)

    @property
    def items(self) -> int:
        """How many items."""
        return len(self.booked)


def chunks(items: int, seed: int = SEED) -> Iterator[Chunk]:
    """The office with that many items, in runs of cases."""
    cases = max(1, items // ITEMS_PER_CASE)
    first_defendant = 0
    for number, first in enumerate(range(0, cases, CASES_IN_A_CHUNK)):
        many = min(CASES_IN_A_CHUNK, cases - first)
        last = first + many == cases
        here = items - first * ITEMS_PER_CASE if last else many * ITEMS_PER_CASE
        chunk = _chunk(number, first, first_defendant, many, here, seed)
        first_defendant += len(chunk.defendant_case)
        yield chunk


def _chunk(
    number: int, first: int, first_defendant: int, cases: int, items: int, seed: int
) -> Chunk:
    rng = np.random.default_rng((seed, number))
    opened = np.sort(rng.integers(OPENED_FROM, OPENED_TO + 1, cases))
    arraigned = opened + rng.integers(5, 31, cases)
    arraigned[rng.random(cases) < 0.03] = NEVER
    case_agency = rng.integers(0, len(AGENCIES), cases)
    ended = np.where(
        (rng.random(cases) < 0.4) & (arraigned != NEVER),
        opened + rng.integers(90, 450, cases),
        NEVER,
    )
    if number == 0:  # the large case is before its trial
        arraigned[0], ended[0] = opened[0] + 10, NEVER
    many = rng.choice([1, 2, 3], cases, p=[0.82, 0.16, 0.02])
    defendant_case = np.repeat(np.arange(cases), many)
    starts = np.cumsum(many) - many
    defendant_place = np.arange(len(defendant_case)) - starts[defendant_case]
    things = _items(rng, items, opened, ended, case_agency, with_large=number == 0)
    views = _views(rng, things, opened)
    disclosures = _disclosures(rng, things, views["withheld_item"], arraigned, opened, many, starts)
    return Chunk(
        number=number,
        first_case=first,
        first_defendant=first_defendant,
        first_item=first * ITEMS_PER_CASE,
        case_agency=case_agency,
        opened=opened,
        arraigned=arraigned,
        ended=ended,
        ending=rng.choice(len(ENDINGS), cases, p=[0.6, 0.1, 0.1, 0.2]),
        answered=np.where(rng.random(cases) < 0.9, opened + rng.integers(60, 120, cases), NEVER),
        shared=(rng.random(cases) < 0.01) & (np.arange(cases) > 0),
        defendant_case=defendant_case,
        defendant_place=defendant_place,
        **things,
        **disclosures,
        **_custody(rng, things, ended),
        **views,
    )


def _items(
    rng: np.random.Generator,
    items: int,
    opened: Days,
    ended: Days,
    case_agency: Days,
    *,
    with_large: bool,
) -> Part:
    case = np.minimum(np.arange(items) // ITEMS_PER_CASE, len(opened) - 1)
    if with_large:
        case[:LARGE_CASE] = 0
    offset = np.where(
        rng.random(items) < 0.8, -rng.integers(0, 31, items), rng.integers(1, 121, items)
    )
    booked = opened[case] + offset
    found_later = (rng.random(items) < 0.005) & (ended[case] != NEVER)
    booked = np.where(found_later, ended[case] + rng.integers(5, 120, items), booked)
    order = np.argsort(booked, kind="stable")  # a property room's list is in the order of booking
    case, booked = case[order], booked[order]
    agency = case_agency[case]
    filed = np.maximum(booked, opened[case]) + rng.integers(0, 11, items)
    filed[rng.random(items) < 0.04] = NEVER
    orphan = rng.random(items) < 0.02
    filed[orphan] = NEVER
    other_report = orphan | (rng.random(items) < 0.03)
    return {
        "item_case": np.where(orphan, NEVER, case),
        "item_report": np.where(other_report, NEVER, case),
        "item_agency": agency,
        "collected": booked - rng.integers(0, 2, items),
        "booked": booked,
        "filed": filed,
    }


def _disclosures(
    rng: np.random.Generator,
    things: Part,
    withheld: Days,
    arraigned: Days,
    opened: Days,
    many: Days,
    starts: Days,
) -> Part:
    given = things["item_case"] != NEVER
    given[withheld] = False
    known = np.flatnonzero(given)
    case = things["item_case"][known]
    item = np.repeat(known, many[case])
    case = np.repeat(case, many[case])
    runs = many[things["item_case"][known]]
    place = np.arange(len(item)) - np.repeat(np.cumsum(runs) - runs, runs)
    begin = np.where(arraigned[case] == NEVER, opened[case] + 20, arraigned[case])
    begin = np.maximum(begin, things["booked"][item])
    luck = rng.random(len(item))
    wait = np.where(luck < 0.94, rng.integers(0, 9, len(item)), rng.integers(25, 90, len(item)))
    day = begin + wait
    goes = luck < 0.97
    item, day, defendant = item[goes], day[goes], (starts[case] + place)[goes]
    whole = rng.random(len(day)) < 0.98
    again = np.flatnonzero(rng.random(len(day)) < 0.06)  # a second production has it again
    item, defendant = np.append(item, item[again]), np.append(defendant, defendant[again])
    day = np.append(day, day[again] + rng.integers(20, 90, len(again)))
    whole = np.append(whole, np.full(len(again), fill_value=True))
    order = np.argsort(day, kind="stable")
    item, day, defendant, whole = item[order], day[order], defendant[order], whole[order]
    late_receipt = day + rng.integers(0, 6, len(day))
    return {
        "disclosed_item": item,
        "disclosed_defendant": defendant,
        "disclosed": day,
        "acknowledged": np.where(rng.random(len(day)) < 0.95, late_receipt, NEVER),
        "whole": whole,
    }


def _custody(rng: np.random.Generator, things: Part, ended: Days) -> Part:
    booked, case = things["booked"], things["item_case"]
    luck = rng.random(len(booked))
    parts: list[tuple[Days, int, Days]] = []
    away = np.flatnonzero(luck < 0.15)
    out = booked[away] + rng.integers(5, 60, len(away))
    parts.append((away, 0, out))
    parts.append((away, 1, out + rng.integers(1, 40, len(away))))
    seen = np.flatnonzero((luck >= 0.15) & (luck < 0.25))
    parts.append((seen, 2, booked[seen] + rng.integers(1, 90, len(seen))))
    for kind, low, high in ((3, 0.25, 0.252), (4, 0.252, 0.253), (5, 0.253, 0.255)):
        which = np.flatnonzero((luck >= low) & (luck < high))
        parts.append((which, kind, booked[which] + rng.integers(30, 400, len(which))))
    closed = np.flatnonzero((luck >= 0.3) & (luck < 0.32) & (case != NEVER))
    closed = closed[ended[case[closed]] != NEVER]
    parts.append((closed, 5, ended[case[closed]] + rng.integers(30, 200, len(closed))))
    item = np.concatenate([part[0] for part in parts])
    kinds = np.concatenate([np.full(len(part[0]), part[1]) for part in parts])
    day = np.concatenate([part[2] for part in parts])
    order = np.argsort(day, kind="stable")
    return {"event_item": item[order], "event_kind": kinds[order], "event_day": day[order]}


def _views(rng: np.random.Generator, things: Part, opened: Days) -> Part:
    known = np.flatnonzero(things["item_case"] != NEVER)
    held = known[rng.random(len(known)) < 0.01]
    judged = known[rng.random(len(known)) < 0.01]
    after = np.maximum(things["booked"], opened[things["item_case"]])
    return {
        "withheld_item": held,
        "withheld_ground": (rng.random(len(held)) < 0.2).astype(np.int64),
        "withheld": after[held] + rng.integers(0, 20, len(held)),
        "judged_item": judged,
        "judged_finding": rng.integers(0, len(FINDINGS), len(judged)),
        "judged": after[judged] + rng.integers(0, 60, len(judged)),
    }
