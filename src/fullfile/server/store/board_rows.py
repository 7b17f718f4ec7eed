"""The boards of cases, written when they were computed: with the title of the case and its next day in court.

A board that somebody else has computed of a newer record stays. What this does not do: it computes nothing.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fullfile.core.ids import DAY_MS, key
from fullfile.core.matching.line import State
from fullfile.core.matching.tally import Tally, Verdict, verdict_of, worst_of
from fullfile.server.store.board_marks import lock_boards
from fullfile.server.store.busy import in_passing
from fullfile.server.store.reading import read_entries
from fullfile.server.store.tables import execute, insert, listed, one_of, select

__all__ = ["HEARINGS", "Computed", "defendant_numbers", "save_boards"]

HEARINGS = ("first_appearance", "arraignment", "hearing", "trial_set", "trial_started")
"""Events that may stand in the docket for a day to come: by their own day, or by the day the court set."""

_VERDICTS = {verdict: place for place, verdict in enumerate(Verdict)}
_STATES = {state: place for place, state in enumerate(State)}
_NONE = 99


@dataclass(frozen=True, slots=True)
class Computed:
    """A case counted. `owed`: (number of the defendant, day, overdue, basis) and how many lines."""

    case_id: int
    tally: Tally
    owed: Mapping[tuple[int, int, bool, str], int]


def save_boards(found: Sequence[Computed], *, size: int, day: int, everything: bool) -> None:
    """Write boards that were computed; a newer one that somebody else wrote stays.

    Args:
        found: the cases.
        size: the size of the record they were computed from.
        day: the day they speak of, on the office's clock.
        everything: these are all cases on record, so that the others are taken away.
    """
    ids = [one.case_id for one in found]
    hearings = _hearings(ids, day, everything=everything)
    titles = _titles(ids, everything=everything)
    with in_passing():
        lock_boards()
        where = "" if everything else f" AND {one_of('case_id')}"
        given = [] if everything else [listed(ids)]
        newer = {
            row[0]
            for row in select(
                f"SELECT case_id FROM case_board WHERE (size > %s OR day > %s){where}",
                [size, day, *given],
            )
        }
        stale: dict[int, int] = dict(
            select(
                f"SELECT case_id, stale_size FROM case_board WHERE stale_size > %s{where}",
                [size, *given],
            )
        )
        kept = [one for one in found if one.case_id not in newer]
        for table in ("case_board", "case_due"):
            if everything and not newer:
                execute(f"DELETE FROM {table}")
            else:
                execute(
                    f"DELETE FROM {table} WHERE {one_of('case_id')}",
                    [listed([one.case_id for one in kept])],
                )
        insert(
            "case_board",
            [
                _row(
                    one,
                    size,
                    day,
                    stale.get(one.case_id, size),
                    hearings.get(one.case_id, (None, "")),
                    titles.get(one.case_id, (-1, "", False)),
                )
                for one in kept
            ],
        )
        insert(
            "case_due",
            [
                (one.case_id, defendant, due, overdue, basis, many)
                for one in kept
                for (defendant, due, overdue, basis), many in one.owed.items()
            ],
        )


def _row(
    one: Computed,
    size: int,
    day: int,
    stale_size: int,
    hearing: tuple[int | None, str],
    title: tuple[int, str, bool],
) -> tuple[object, ...]:
    tally = one.tally
    verdict, worst = verdict_of(tally), worst_of(tally)
    days = sorted({place[1] for place in one.owed})
    return (
        one.case_id,
        size,
        day,
        stale_size,
        verdict.value,
        _VERDICTS[verdict],
        worst.value if worst else "",
        _STATES[worst] if worst else _NONE,
        tally.lines,
        tally.exceptions,
        tally.lasting,
        tally.items,
        tally.exception_items,
        tally.states[State.PENDING],
        tally.states[State.OVERDUE] + tally.also[State.OVERDUE],
        tally.states[State.UNACKNOWLEDGED],
        tally.ended,
        tally.defendants,
        days[0] if days else None,
        next((each for each in days if each >= day), None),
        hearing[0],
        hearing[1],
        title[2],
        title[0],
        title[1],
        key(title[1]),
        _json(tally.states),
        _json(tally.also),
    )


def _json(counts: Mapping[State, int]) -> str:
    return json.dumps({state.value: counts[state] for state in State if counts.get(state)})


def _hearings(ids: Sequence[int], day: int, *, everything: bool) -> dict[int, tuple[int, str]]:
    """The next day in court of cases: only whole days, never one that would have to be invented."""
    where = "" if everything else f" AND {one_of('case_id')}"
    rows = select(
        "SELECT case_id, event, first, last, due_day FROM docket WHERE to_index IS NULL "
        f"AND {one_of('event')} AND (first >= %s OR due_day >= %s){where}",
        [listed(HEARINGS), day * DAY_MS, day, *([] if everything else [listed(ids)])],
    )
    found: dict[int, tuple[int, str]] = {}
    for case_id, event, first, last, due_day in rows:
        days = [due_day] if due_day is not None and due_day >= day else []
        own = first // DAY_MS
        if event != "trial_set" and own >= day and own == last // DAY_MS:
            days.append(own)
        if days and (case_id not in found or min(days) < found[case_id][0]):
            found[case_id] = (min(days), event)
    return found


def _titles(ids: Sequence[int], *, everything: bool) -> dict[int, tuple[int, str, bool]]:
    """The entry that gives a case its title, the title, and whether the case is sealed."""
    where = "" if everything else f" AND {one_of('case_id')}"
    given = [] if everything else [listed(ids)]
    entries: dict[int, int] = dict(
        select(
            f"SELECT min(entry), case_id FROM cases WHERE to_index IS NULL{where} GROUP BY case_id",
            given,
        )
    )
    known = {
        case_id: (entry, title, bool(sealed))
        for case_id, entry, title, sealed in select(
            "SELECT case_id, title_entry, title, sealed FROM case_board WHERE title_entry >= 0"
            + where,
            given,
        )
        if entries.get(entry) == case_id
    }
    fresh = [entry for entry, case_id in entries.items() if case_id not in known]
    for start in range(0, len(fresh), 5_000):
        for entry in read_entries(fresh[start : start + 5_000]):
            data = entry.data
            known[entries[entry.index]] = (
                entry.index,
                str(data.get("title", "")),
                bool(data.get("sealed")),
            )
    return known


def defendant_numbers(pairs: Iterable[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """The numbers of defendants by (number of the case, key in it)."""
    wanted = set(pairs)
    rows = select(
        f"SELECT case_id, norm, defendant_id FROM defendant_key WHERE {one_of('case_id')}",
        [listed(sorted({case_id for case_id, _ in wanted}))],
    )
    return {(case_id, norm): number for case_id, norm, number in rows if (case_id, norm) in wanted}
