"""The rows of one table that count for a case, or for an item: as they were recorded, in the order of the record.

What this does not do: it judges nothing, and hides nothing (`web` asks the policy).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from fullfile.core.errors import NotFound
from fullfile.core.facts.rows import Row
from fullfile.core.ids import key
from fullfile.core.said import say
from fullfile.server.queries.items import ask_item, world_of_items
from fullfile.server.queries.worlds import world_of_case
from fullfile.server.store.reading import read_entries

__all__ = ["row_of_case", "rows_of_case", "rows_of_item"]


def rows_of_case(
    number: str,
    table: str,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> Sequence[Row]:
    """The rows of a table that name a case, as of a moment of the record.

    Args:
        number: the case number.
        table: the import table.
        on: a day, an aware datetime, or None for now; rows of what came later are left out.
        as_of: likewise, for the record.
        now_ms: what the clock says; None reads it.

    Raises:
        NotFound: no case of that number was on record by then.
    """
    _, world, case = world_of_case(number, on=on, as_of=as_of, now_ms=now_ms)
    rows = world.facts.of_case(table, case.key)
    if on is None:
        return rows
    moment = world.on(case)
    return [row for row in rows if row.first is None or row.first <= moment]


def rows_of_item(
    agency: str,
    tag: str,
    table: str,
    *,
    on: date | datetime | None = None,
    as_of: date | datetime | None = None,
    now_ms: int | None = None,
) -> Sequence[Row]:
    """The rows of a table that name an item; arguments as in `rows_of_case`.

    Raises:
        NotFound: no row on record names the item.
    """
    one = ask_item(agency, tag, on=on, as_of=as_of, now_ms=now_ms)
    world = world_of_items(one)
    rows = world.facts.of_item(table, one.item)
    if on is None:
        return rows
    moment = world.on()
    return [row for row in rows if row.first is None or row.first <= moment]


def row_of_case(number: str, type_: str, index: int) -> int:
    """An entry of a type that belongs to a case: its index again.

    Args:
        number: the case number.
        type_: of which type it must be.
        index: the index.

    Raises:
        NotFound: there is no such entry, or it is another thing or another case's.
    """
    entry = read_entries([index])[0]
    said = str(entry.data.get("case_number", ""))
    if entry.type != type_ or key(said) != key(number):
        raise NotFound(say("Entry {index:,} is no such row of this case.", index=index))
    return index
