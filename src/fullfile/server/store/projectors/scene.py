"""What a projector works with: one entry at a time, the numbers of what it names, and the clocks.

Facts of a case stand on the clock of its court as the record knew it then: the `time_zone` of the
newest case row before it (or of itself) that says one. All else stands on the office's clock.

What this does not do: it does not write; the rows of a chunk are collected and written together.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fullfile.core.custody.labels import shelf_number
from fullfile.core.errors import Refused
from fullfile.core.facts.rows import quantity_of
from fullfile.core.ids import Bounds, key, parse_when, wall_ms
from fullfile.server.store.keys import Keys
from fullfile.server.store.tables import listed, one_of, select

__all__ = ["Data", "Scene", "bounds_of", "order_key", "thousandths"]

Data = Mapping[str, Any]
"""The data of an entry: JSON without floats."""

Row = tuple[Any, ...]  # what a database's column may hold

_SECONDS_TO_1970 = 2_208_988_800
_LARGEST = 2**33 - 1
_MOST = 2**62


@lru_cache(maxsize=65_536)
def bounds_of(text: str, zone: ZoneInfo) -> Bounds:
    """The moments of a date on a clock.

    Raises:
        Refused: the text is no date.
    """
    try:
        return parse_when(text).on_clock(zone)
    except (ValueError, OverflowError) as error:
        raise Refused(str(error), code="date_unreadable") from error


@lru_cache(maxsize=1_024)
def _wall(recorded_ms: int, zone: ZoneInfo) -> int:
    return wall_ms(recorded_ms, zone)


def order_key(first: int, index: int) -> int:
    """`ord`: the second of the first moment since 1900, then the entry; held within 64 bits."""
    seconds = first // 1000 + _SECONDS_TO_1970
    return max(-_LARGEST, min(seconds, _LARGEST)) * 2**30 + index


def thousandths(text: str | None) -> int | None:
    """The leading number of a quantity in thousandths, or None."""
    return _quantity(text) if text else None


@lru_cache(maxsize=4_096)
def _quantity(text: str) -> int | None:
    found = quantity_of(text)
    return found if found is None or found < _MOST else None


class Scene:
    """The chunk that is being projected, set to one entry at a time.

    Attributes:
        keys: the numbers of what the chunk names.
        office: the office's clock.
        rows: the rows of each table, so far.
        closes: the rows of each table that an act ends, as (index of the act, entry of the row).
        shelves: the shelves that the chunk names, each with its agency and the first entry.
        index, recorded_ms, data, more, source_id: of the entry at hand.
        source: the name of its source.
        fact: what every row of a read table begins with.
    """

    def __init__(self, keys: Keys, office: ZoneInfo) -> None:
        self.keys = keys
        self.office = office
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.statuses: dict[tuple[int, int], str] = {}
        self.index = 0
        self.recorded_ms = 0
        self.data: Data = {}
        self.more: Mapping[str, str] = {}
        self.closes: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.shelves: dict[int, tuple[int, int]] = {}
        self.source_id = 0
        self.fact: Row = ()
        self._zones: dict[int, ZoneInfo] = {}

    def put(self, table: str, *values: object) -> None:
        """A row of a read table that the entry at hand gives."""
        self.rows[table].append(self.fact + values)

    def shelf(self, agency: str, place: str) -> int:
        """The number of a shelf that the entry at hand names."""
        number = shelf_number(agency, place)
        if number not in self.shelves:
            self.shelves[number] = (self.keys.agency(agency), self.index)
        return number

    def close(self, table: str, entry: int) -> None:
        """The entry at hand ends what the row of an earlier one began."""
        self.closes[table].append((self.index, entry))

    def put_parts(self, table: str, parts: Sequence[Row]) -> None:
        """The rows of a table that has several for one entry."""
        rows = self.rows[table]
        rows.extend((self.index, part, None, *values) for part, values in enumerate(parts))

    # Who and what.

    @property
    def case(self) -> int:
        """The case that the entry names."""
        return self.keys.case(self.data["case_number"])

    @property
    def case_or_none(self) -> int | None:
        """The case that the entry names, if it does."""
        number = self.data.get("case_number")
        return self.keys.case(number) if number else None

    @property
    def item(self) -> int:
        """The item that the entry names."""
        return self.keys.item(self.data["agency"], self.data["tag"])

    @property
    def defendant(self) -> int:
        """The defendant that the entry names."""
        return self.keys.defendant(self.data["case_number"], defendant_key(self.data))

    @property
    def defendant_or_none(self) -> int | None:
        """The defendant that the entry names, if it does."""
        return self.defendant if names_defendant(self.data) else None

    def text(self, column: str) -> str:
        """The words of a column; empty where nothing was said."""
        return str(self.data.get(column, ""))

    def norm(self, column: str) -> str:
        """A name or number in the form in which it compares."""
        said = self.data.get(column)
        return key(said) if said else ""

    def said(self, column: str) -> bool:
        """Whether a yes/no column says yes, or any other says anything."""
        return bool(self.data.get(column))

    # When.

    def load_zones(self, cases: set[int], before: int) -> None:
        """Read the clocks of cases as the record knew them before an entry.

        Args:
            cases: their numbers.
            before: the index of the first entry of the chunk.
        """
        newest = select(
            "SELECT case_id, time_zone FROM cases WHERE entry IN ("
            "SELECT max(entry) FROM cases "
            f"WHERE time_zone <> '' AND entry < %s AND {one_of('case_id')} GROUP BY case_id)",
            [before, listed(sorted(cases))],
        )
        for case, zone in newest:
            self.set_zone(case, zone)

    def set_zone(self, case: int, name: str) -> None:
        """A case row says a clock."""
        self._zones[case] = get_zone(name)

    def zone_of(self, case: int | None) -> ZoneInfo:
        """The clock of a case as known at the entry at hand, else the office's."""
        return self.office if case is None else self._zones.get(case, self.office)

    def when(self, column: str, case: int | None = None) -> Bounds | None:
        """The moments of a date, on the clock of a case or of the office."""
        said = self.data.get(column)
        return bounds_of(said, self.zone_of(case)) if said else None

    def must_when(self, column: str, case: int | None = None) -> Bounds:
        """The moments of a date that a row of this table must have."""
        found = self.when(column, case)
        if found is None:
            raise Refused(f"This row needs a date in the column {column}.", code="date_missing")
        return found

    def recorded(self, case: int | None = None) -> int:
        """When the entry was recorded, on the clock of a case or of the office."""
        return _wall(self.recorded_ms, self.zone_of(case))

    def ord(self, first: int) -> int:
        """The order of the entry among the events of one thing."""
        return order_key(first, self.index)


@lru_cache(maxsize=1_024)
def get_zone(name: str) -> ZoneInfo:
    """A clock by name.

    Raises:
        Refused: there is no such time zone.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Refused(
            f"“{name[:60]}” is no time zone: write it like America/Denver.", code="time_zone"
        ) from error


def names_defendant(data: Data) -> bool:
    """Whether a row names a defendant."""
    return bool(data.get("defendant_key") or data.get("defendant"))


def defendant_key(data: Data) -> str:
    """The key of the defendant whom a row names, in its case."""
    return str(data.get("defendant_key") or key(data["defendant"]))
