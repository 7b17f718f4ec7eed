"""Entries out of the record, in bulk: bodies decoded, erased ones from what was kept of them.

An erased entry is read from the `body.erased` entry that names it: its type, source, run and what it
corrects, and of its data the numbers, dates and words of closed lists. `more["erased"]` tells
the order.

What this does not do: it checks no digest; `check` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fullfile.core.entries import Entry, decode_body
from fullfile.core.errors import NotFound, RecordDamaged
from fullfile.server.store.entry_table import (
    HeadState,
    Stored,
    find_head,
    read_stored,
    stream_hashes,
    stream_leaves,
    stream_stored,
)
from fullfile.server.store.tables import listed, one_of, select

__all__ = [
    "HeadState",
    "Stored",
    "find_erasures",
    "find_hashes",
    "find_head",
    "find_leaves",
    "iter_entries",
    "kept_of",
    "read_entries",
    "read_stored",
    "recorded_ms_of",
    "stream_stored",
]

_SLICE = 5_000


def recorded_ms_of(index: int) -> int:
    """When an entry was recorded, UTC milliseconds.

    Raises:
        NotFound: there is no such entry.
    """
    for (recorded_ms,) in select('SELECT recorded_ms FROM entry WHERE "index" = %s', [index]):
        return int(recorded_ms)
    raise NotFound(f"The record has no entry {index}.")


def read_entries(indexes: Iterable[int]) -> list[Entry]:
    """Entries by index, in the order of the record.

    Raises:
        NotFound: there is no entry at one of the indexes.
        RecordDamaged: a body is gone without an erasure, or cannot be read.
    """
    wanted = sorted(set(indexes))
    found: list[Entry] = []
    for start in range(0, len(wanted), _SLICE):
        part = wanted[start : start + _SLICE]
        stored = read_stored(part)
        if len(stored) < len(part):
            missing = sorted(set(part) - {each.index for each in stored})
            raise NotFound(f"The record has no entry {missing[0]}.")
        found.extend(_decode(stored))
    return found


def iter_entries(start: int, end: int) -> Iterator[Entry]:
    """The entries from `start` to before `end`, in order, a slice at a time."""
    for stored in stream_stored(start, end):
        yield from _decode(stored)


def find_erasures(indexes: Sequence[int] | None = None) -> dict[int, int]:
    """The `body.erased` entry of each erased entry: of those given, or of all."""
    query = "SELECT erased_entry, entry FROM erasures"
    if indexes is None:
        rows = select(query)
    else:
        rows = select(f"{query} WHERE {one_of('erased_entry')}", [listed(indexes)])
    return {erased: entry for erased, entry in rows}  # noqa: C416 - the rows are tuples of two


def kept_of(index: int, recorded_ms: int, erasure: Entry) -> Entry:
    """What was kept of an erased entry."""
    data = erasure.data
    return Entry(
        index=index,
        recorded_ms=recorded_ms,
        type=data["type"],
        by=erasure.by,
        data=data["kept"],
        source=data.get("source", ""),
        run=data.get("run"),
        row=data.get("row"),
        corrects=data.get("corrects"),
        more={"erased": data["order"]},
    )


def find_leaves(start: int, end: int) -> list[bytes]:
    """The leaves from `start` to before `end`."""
    return [leaf for leaves in stream_leaves(start, end) for leaf in leaves]


def find_hashes(start: int, end: int) -> Iterator[list[bytes]]:
    """The leaf hashes from `start` to before `end`, in slices."""
    return stream_hashes(start, end)


def _decode(stored: Sequence[Stored]) -> Iterator[Entry]:
    gone = [each.index for each in stored if each.body is None]
    kept: dict[int, Entry] = {}
    if gone:
        erasures = find_erasures(gone)
        told = {each.index: each for each in read_entries(erasures.values())}
        kept = {erased: told[entry] for erased, entry in erasures.items()}
    for each in stored:
        if each.body is not None:
            yield decode_body(each.index, each.recorded_ms, each.body)
        elif each.index in kept:
            yield kept_of(each.index, each.recorded_ms, kept[each.index])
        else:
            raise RecordDamaged(
                f"The body of entry {each.index} is gone, and no erasure names it: "
                "run `fullfile log verify`."
            )
