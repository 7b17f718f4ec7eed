"""The made-up office as the read tables that the match reads, without a record behind them.

What an import of `exports` would give, written straight to Arrow: the match of
ten million items is measured on these. The numbers of entries are dense and
rise within each table; one item in fifty has a corrected row.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from benchmarks import made_up, world
from benchmarks.made_up import AGENCIES
from benchmarks.world import NEVER, Chunk
from fullfile.core.ids import DAY_MS

__all__ = ["read_tables"]

_SECONDS_TO_1970 = 2_208_988_800
_DAY_S = 86_400
_PROPERTY_ROOM, _CASE_SYSTEM, _DISCOVERY_LOG = 1, 2, 3
_OTHER_REPORTS = 1 << 30
_THOUSANDTHS = 1_000

Columns = dict[str, Any]  # NumPy arrays and Arrow arrays, as they come
Places = npt.NDArray[np.int64]


class _Entries:
    """Gives rows their numbers, and the columns that every read table begins with."""

    def __init__(self) -> None:
        self.size = 0

    def rows(self, many: int, source: int) -> Columns:
        first, self.size = self.size, self.size + many
        return {
            "entry": np.arange(first, self.size),
            "to_index": pa.nulls(many, pa.int64()),
            "source_id": np.full(many, source, np.int32),
            "batch": np.full(many, source, np.int64),
        }


def read_tables(items: int, schemas: dict[str, pa.Schema]) -> Iterator[tuple[str, pa.Table, int]]:
    """The read tables in pieces: name, rows, and the size of the record after them.

    Args:
        items: how many items the office has.
        schemas: the columns of each read table, in their order.
    """
    entries = _Entries()
    agencies = np.arange(1, len(AGENCIES) + 1)
    state = pa.repeat("state", len(AGENCIES))
    first = {
        "agencies": entries.rows(len(AGENCIES), _CASE_SYSTEM)
        | {"agency_id": agencies, "side": state},
        "source_key": {
            "source_id": np.arange(1, 4),
            "name": pa.array(["property-room", "case-system", "discovery-log"]),
        },
    }
    for name, schema in schemas.items():
        yield name, _table(first.get(name, {}), schema), entries.size
    for chunk in world.chunks(items):
        for name, columns in _chunk(chunk, entries):
            yield name, _table(columns, schemas[name]), entries.size


def _table(columns: Columns, schema: pa.Schema) -> pa.Table:
    if not columns:
        return schema.empty_table()
    many = len(next(iter(columns.values())))
    return pa.Table.from_arrays(
        [
            pa.array(columns[field.name]).cast(field.type)
            if field.name in columns
            else _nothing(field.type, many)
            for field in schema
        ],
        schema=schema,
    )


def _nothing(kind: Any, many: int) -> Any:  # an Arrow type, an Arrow array
    if pa.types.is_boolean(kind):
        return pa.repeat(pa.scalar(value=False), many)
    if pa.types.is_string(kind):
        return pa.repeat("", many)
    return pa.nulls(many, kind)


def _chunk(chunk: Chunk, entries: _Entries) -> Iterator[tuple[str, Columns]]:
    yield from _keys(chunk)
    yield from _cases(chunk, entries)
    yield from _items(chunk, entries)
    yield from _handing(chunk, entries)


def _keys(chunk: Chunk) -> Iterator[tuple[str, Columns]]:
    cases = _case_ids(chunk, np.arange(chunk.cases))
    yield "case_key", {"case_id": cases, "norm": _words("d-202-cr-", cases)}
    items = _item_ids(chunk, np.arange(chunk.items))
    yield "item_key", {"item_id": items, "agency_id": chunk.item_agency + 1}
    other = np.flatnonzero(chunk.item_report == NEVER)
    yield (
        "report_key",
        {
            "report_id": np.concatenate([cases, _OTHER_REPORTS + items[other]]),
            "agency_id": np.concatenate([chunk.case_agency, chunk.item_agency[other]]) + 1,
        },
    )
    who = np.arange(len(chunk.defendant_case))
    defendants = _defendant_ids(chunk, who)
    of = _case_ids(chunk, chunk.defendant_case)
    names = _words("adela quillby ", defendants)
    yield "defendant_key", {"defendant_id": defendants, "case_id": of, "norm": names}


def _cases(chunk: Chunk, entries: _Entries) -> Iterator[tuple[str, Columns]]:
    places = np.arange(chunk.cases)
    cases = _case_ids(chunk, places)
    fact = entries.rows(chunk.cases, _CASE_SYSTEM)
    yield (
        "cases",
        fact
        | {"case_id": cases, "jurisdiction": pa.repeat("us-nm", chunk.cases)}
        | {"court_level": pa.repeat("district", chunk.cases)}
        | _bounds(chunk.opened, "opened_first", "opened_last"),
    )
    sharing = np.flatnonzero(chunk.shared)
    entry: Places = fact["entry"]
    yield (
        "case_reports",
        {
            "entry": np.concatenate([entry, entry[sharing]]),
            "case_id": np.concatenate([cases, cases[sharing]]),
            "report_id": np.concatenate([cases, cases[sharing] - 1]),
        },
    )
    of = _case_ids(chunk, chunk.defendant_case)
    who = _defendant_ids(chunk, np.arange(len(of)))
    people = len(of)
    yield (
        "parties",
        entries.rows(people, _CASE_SYSTEM)
        | {"case_id": of, "role": pa.repeat("defendant", people), "defendant_id": who},
    )
    yield (
        "parties",
        entries.rows(chunk.cases, _CASE_SYSTEM)
        | {"case_id": cases, "role": pa.repeat("officer", chunk.cases)}
        | {"agency_id": chunk.case_agency + 1},
    )
    yield (
        "counts",
        entries.rows(people, _CASE_SYSTEM)
        | {"case_id": of, "defendant_id": who, "count_norm": pa.repeat("1", people)}
        | {"offense_norm": pa.repeat("burglary", people)}
        | _bounds(chunk.opened[chunk.defendant_case], "charged_first", "charged_last"),
    )
    yield "docket", _docket(chunk, entries)


def _docket(chunk: Chunk, entries: _Entries) -> Columns:
    places = np.arange(chunk.cases)
    arraigned, ended = places[chunk.arraigned != NEVER], places[chunk.ended != NEVER]
    at = np.concatenate([places, arraigned, ended])
    days = np.concatenate([chunk.opened, chunk.arraigned[arraigned], chunk.ended[ended]])
    words = (*made_up.ENDINGS, "information", "arraignment")
    events = np.concatenate(
        [np.full(len(places), 4), np.full(len(arraigned), 5), chunk.ending[ended]]
    )
    fact = entries.rows(len(at), _CASE_SYSTEM)
    return (
        fact
        | {"case_id": _case_ids(chunk, at), "event": pa.array(words).take(indices(events))}
        | {"about_disclosure": np.full(len(at), fill_value=True)}
        | _bounds(days)
        | _ord(fact, days)
    )


def _items(chunk: Chunk, entries: _Entries) -> Iterator[tuple[str, Columns]]:
    places = np.arange(chunk.items)
    numbers = chunk.first_item + places
    items = _item_ids(chunk, places)
    own = _case_ids(chunk, np.maximum(chunk.item_report, 0))
    fact = entries.rows(chunk.items, _PROPERTY_ROOM)
    corrected = np.flatnonzero(numbers % 50 == 0)
    again = entries.rows(len(corrected), _PROPERTY_ROOM)
    closed = np.zeros(chunk.items, np.int64)
    closed[corrected] = again["entry"]
    fact["to_index"] = pa.array(closed, mask=numbers % 50 != 0)
    columns: Columns = {
        "item_id": items,
        "agency_id": chunk.item_agency + 1,
        "report_id": np.where(chunk.item_report == NEVER, _OTHER_REPORTS + items, own),
        "held_first": np.minimum(chunk.collected, chunk.booked) * DAY_MS,
        "booked_first": chunk.booked * DAY_MS,
        "quantity": (1 + numbers % 3) * _THOUSANDTHS,
        "booker_norm": _words("booker ", numbers % 83),
    }
    yield "items", fact | columns
    yield "items", again | {name: _picked(one, corrected) for name, one in columns.items()}


def _handing(chunk: Chunk, entries: _Entries) -> Iterator[tuple[str, Columns]]:
    filed = np.flatnonzero(chunk.filed != NEVER)
    yield (
        "filings",
        entries.rows(len(filed), _CASE_SYSTEM)
        | _in_case(chunk, filed)
        | {"by_norm": _words("clerk ", filed % 40)}
        | _bounds(chunk.filed[filed], "filed_first", "filed_last"),
    )
    given = chunk.disclosed_item
    receipt = (chunk.acknowledged + 1) * DAY_MS - 1
    yield (
        "disclosures",
        entries.rows(len(given), _DISCOVERY_LOG)
        | _in_case(chunk, given)
        | {"defendant_id": _defendant_ids(chunk, chunk.disclosed_defendant)}
        | {"whole": chunk.whole, "ack_last": pa.array(receipt, mask=chunk.acknowledged == NEVER)}
        | {"production_norm": _words("p", chunk.disclosed - world.OPENED_FROM)}
        | _bounds(chunk.disclosed),
    )
    fact = entries.rows(len(chunk.event_item), _PROPERTY_ROOM)
    yield (
        "custody",
        fact
        | {"item_id": _item_ids(chunk, chunk.event_item)}
        | {"event": pa.array(made_up.EVENTS).take(indices(chunk.event_kind))}
        | {"by_norm": _words("keeper ", chunk.event_item % 83)}
        | _bounds(chunk.event_day)
        | _ord(fact, chunk.event_day),
    )
    held = chunk.withheld_item
    announced = (chunk.withheld + 1) * DAY_MS - 1
    yield (
        "withholdings",
        entries.rows(len(held), _CASE_SYSTEM)
        | _in_case(chunk, held)
        | {"ground": pa.array(made_up.GROUNDS).take(indices(chunk.withheld_ground))}
        | {"named": np.full(len(held), fill_value=True), "announced_last": announced}
        | _bounds(chunk.withheld),
    )
    yield (
        "determinations",
        entries.rows(len(chunk.judged_item), _CASE_SYSTEM)
        | _in_case(chunk, chunk.judged_item)
        | _bounds(chunk.judged),
    )
    gave = np.flatnonzero(chunk.answered != NEVER)
    fact = entries.rows(len(gave), _CASE_SYSTEM)
    yield (
        "answers",
        fact
        | {"case_id": _case_ids(chunk, gave), "agency_id": chunk.case_agency[gave] + 1}
        | {"answer": pa.repeat("all_handed_over", len(gave))}
        | _bounds(chunk.answered[gave])
        | _ord(fact, chunk.answered[gave]),
    )


def _in_case(chunk: Chunk, items: Places) -> Columns:
    return {
        "case_id": _case_ids(chunk, chunk.item_case[items]),
        "item_id": _item_ids(chunk, items),
    }


def _case_ids(chunk: Chunk, places: Places) -> Places:
    return chunk.first_case + places + 1


def _item_ids(chunk: Chunk, places: Places) -> Places:
    return chunk.first_item + places + 1


def _defendant_ids(chunk: Chunk, places: Places) -> Places:
    return chunk.first_defendant + places + 1


def _bounds(days: Places, first: str = "first", last: str = "last") -> Columns:
    return {first: days * DAY_MS, last: (days + 1) * DAY_MS - 1}


def _ord(fact: Columns, days: Places) -> Columns:
    entry: Places = fact["entry"]
    return {"ord": (days * _DAY_S + _SECONDS_TO_1970) * 2**30 + entry}


def indices(places: Places) -> Any:  # an Arrow array
    """Places as Arrow takes them."""
    return pa.array(places)


def _words(prefix: Any, numbers: Places) -> Any:  # text; an Arrow array
    import pyarrow.compute as pc

    return pc.binary_join_element_wise(prefix, pc.cast(pa.array(numbers), pa.string()), "")


def _picked(column: Any, places: Places) -> Any:  # as in `Columns`
    if isinstance(column, np.ndarray):
        return column[places]
    return column.take(indices(places))
