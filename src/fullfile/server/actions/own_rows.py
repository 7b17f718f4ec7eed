"""A row that the office records itself: checked as the importer checks, recorded without a source.

The columns, words and dates of an import table bind the office too, and so does what a
row says of other rows: its case, its defendant, its agency's other names. All that is
wrong is said at once. Where an import would only warn (an agency that nothing on record
names), the office's own act is refused, with the nearest names.

What this does not do: it records nothing, and judges no intention (`core.*.decide`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from fullfile.core.entries import TABLE_OF_TYPE, Draft, Entry, get_table
from fullfile.core.errors import NotFound, Reason, Refused
from fullfile.core.facts.cases import Case
from fullfile.core.facts.rows import ItemKey, Row
from fullfile.core.ids import Bounds, key, parse_when, wall_ms, wall_text
from fullfile.core.matching import World
from fullfile.core.said import say
from fullfile.engines.importers.problems import RowProblem
from fullfile.engines.importers.shape import Shape
from fullfile.server.actions.imports.resolving import Resolver
from fullfile.server.queries.asked import asked
from fullfile.server.queries.items import ask_item, world_of_items
from fullfile.server.queries.worlds import world_of, world_of_case
from fullfile.server.store.finding import nearest_agencies
from fullfile.server.store.keeping import find_correction
from fullfile.server.store.load import current_size, entries, find_agencies, office

__all__ = [
    "Said",
    "ask_item_of",
    "check",
    "check_many",
    "is_ahead",
    "moment_of",
    "now_text",
    "recheck",
    "row_that_counts",
    "the_row",
]

_DERIVED = ("defendant_key", "second_reading", "signed")
"""What a row holds beside its columns: the key of the defendant it names, and the acts that added to it."""

Said = Mapping[str, str | bool | Sequence[str] | None]
"""The columns of a row as an action's caller said them; None and empty: nothing was said."""


def check(table: str, said: Said, *, now_ms: int) -> dict[str, Any]:
    """The data of an entry, from what was said.

    Args:
        table: the import table.
        said: its columns.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        Refused: with every problem: empty, unreadable, outside its list, unknown case or party.
    """
    return check_many(table, [said], now_ms=now_ms)[0]


def check_many(table: str, said: Sequence[Said], *, now_ms: int) -> list[dict[str, Any]]:
    """The data of several entries of one table; see `check`.

    Raises:
        Refused: with every problem of every row, each once.
    """
    shaped = [_shaped(table, one, now_ms) for one in said]
    rows, problems, _ = Resolver("", current_size()).resolve(
        get_table(table), [(number, data, {}, None) for number, data in enumerate(shaped, 1)], ""
    )
    reasons = [_reason(problem) for problem in problems]
    if not problems:
        shaped = [data for _, data, _, _ in rows]
        named = sorted({data["agency"] for data in shaped if data.get("agency")})
        known = find_agencies(named)
        reasons += [_unknown(agency) for agency in named if key(agency) not in known]
    if reasons:
        raise Refused(list(dict.fromkeys(reasons)))
    return shaped


def _unknown(agency: str) -> Reason:
    near = nearest_agencies(agency)
    return Reason(
        "agency_unknown",
        say(
            "Nothing on record names an agency “{agency}”: the nearest are {near}.",
            agency=agency[:60],
            near=", ".join(near),
        )
        if near
        else say(
            "Nothing on record names an agency “{agency}”: import agencies first.",
            agency=agency[:60],
        ),
    )


def recheck(draft: Draft, *, now_ms: int) -> Draft:
    """A row that counts with something added, its columns checked again; whom it names stays.

    Raises:
        Refused: with every problem.
    """
    derived = {name: draft.data[name] for name in _DERIVED if name in draft.data}
    said = {name: value for name, value in draft.data.items() if name not in _DERIVED}
    data = _shaped(TABLE_OF_TYPE[draft.type], said, now_ms)
    return replace(draft, data={**data, **derived})


def row_that_counts(table: str, entry: int) -> Entry:
    """The entry of a row of a table that nothing has corrected.

    Raises:
        NotFound: there is no such entry.
        Refused: it is a row of another table, or was corrected since.
    """
    (found,) = entries([entry])
    if TABLE_OF_TYPE.get(found.type) != table:
        raise Refused(
            say("Entry {entry} is no row of {table}.", entry=entry, table=table),
            code="entry_of_another_kind",
        )
    if found.more.get("erased"):
        raise NotFound(
            say(
                "The words of entry {entry} were erased by order: {erased}.",
                entry=entry,
                erased=found.more["erased"],
            )
        )
    newer = find_correction(table, entry)
    if newer is not None:
        raise Refused(
            say(
                "Entry {entry} was corrected by entry {newer}: act on that one.",
                entry=entry,
                newer=newer,
            ),
            code="corrected",
        )
    return found


def the_row(table: str, entry: Entry, *, now_ms: int) -> Row:
    """An entry as the row that a decision takes, on the clock of its case."""
    number = str(entry.data.get("case_number", ""))
    if number:
        _, world, _ = world_of_case(number, now_ms=now_ms)
    else:
        world = world_of(asked(None, None, now_ms), [entry])
    row = world.facts.by_entry[entry.index]
    assert row.table == table
    return row


def ask_item_of(
    case_number: str, agency: str, tag: str, *, now_ms: int
) -> tuple[World, Case, ItemKey]:
    """The world of a case, and an item that some row on record names, whether or not for this case.

    Raises:
        NotFound: there is no such case or item; the nearest are named.
    """
    _, _, case = world_of_case(case_number, now_ms=now_ms)
    found = ask_item(agency, tag, now_ms=now_ms)
    return world_of_items(found), case, found.item


def now_text(now_ms: int) -> str:
    """The moment of an act, with the office's offset: what is recorded where no date was said."""
    zone = office().zone
    return wall_text(wall_ms(now_ms, zone), zone)


def moment_of(text: str) -> Bounds:
    """The moments of a date on the office's clock.

    Raises:
        Refused: it is no date.
    """
    try:
        return parse_when(text).on_clock(office().zone)
    except ValueError as error:
        raise Refused(error.args[0], code="unreadable") from error


def is_ahead(text: str, now_ms: int) -> bool:
    """Whether a date begins after what the clock says."""
    return moment_of(text).first > wall_ms(now_ms, office().zone)


def _shaped(table: str, said: Said, now_ms: int) -> dict[str, Any]:
    """What was said, in the shape of the table's entry."""
    cells = {name: _cell(value) for name, value in said.items() if value not in (None, "", ())}
    shaped = Shape(get_table(table), list(cells), now_ms=now_ms)(1, list(cells.values()))
    if isinstance(shaped, list):
        raise Refused([_reason(problem) for problem in shaped])
    data, more = shaped
    if more:
        raise Refused(
            say("{table} has no column {more}.", table=table, more=", ".join(more)),
            code="column_unknown",
        )
    return data


def _cell(value: object) -> str:
    """A value as a cell of an export holds it."""
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        return ";".join(value)
    return "yes" if value else "no"


def _reason(problem: RowProblem) -> Reason:
    column, text = problem.column, problem.text
    named = not column or text.startswith(column)
    return Reason(
        problem.code, text if named else say("{column}: {text}", column=column, text=text)
    )
