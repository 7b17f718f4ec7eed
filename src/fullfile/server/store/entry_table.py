"""The tables of the record itself: entries, bodies, the head. Only `append` and its like import this.

A protected module (contract "One door"): `append` writes entries and the head, `erasure` deletes
a body, `check` marks damage; `reading` reads. The triggers of migration 0002 stand behind it.

What this does not do: it computes nothing; leaves, hashes and frontiers are `core.tlog`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fullfile.core.errors import NotFound, RecordDamaged
from fullfile.core.tlog import Frontier, Malformed
from fullfile.server.store.tables import (
    execute,
    insert,
    is_postgresql,
    listed,
    one_of,
    select,
)

__all__ = [
    "HeadState",
    "Stored",
    "delete_body",
    "drop_empty_head",
    "find_head",
    "insert_entries",
    "lock_head",
    "mark_damaged",
    "read_stored",
    "stream_hashes",
    "stream_leaves",
    "stream_stored",
    "write_head",
]


Row = tuple[Any, ...]  # what a database's column may hold


@dataclass(frozen=True, slots=True)
class HeadState:
    """The head of the tree, as stored.

    Attributes:
        size, recorded_ms: how many entries, and when the last one was recorded.
        frontier: the right edge of the tree.
        damaged: what was found wrong; empty while nothing was.
    """

    size: int
    recorded_ms: int
    frontier: Frontier
    damaged: str


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as stored; salt and body are None where it was erased."""

    index: int
    recorded_ms: int
    leaf: bytes
    leaf_hash: bytes
    salt: bytes | None
    body: bytes | None


_INDEX = 'e."index"'
_SLICE = 5_000
_HEAD = "SELECT size, recorded_ms, frontier, damaged FROM head WHERE id = 1"
_STORED = (
    'SELECT e."index", e.recorded_ms, e.leaf, e.leaf_hash, b.salt, b.body '
    'FROM entry e LEFT JOIN entry_body b ON b."index" = e."index"'
)


def find_head() -> HeadState | None:
    """The head, or None where no record was begun."""
    return _head(select(_HEAD))


def lock_head() -> HeadState:
    """The head, locked until the transaction ends (law 2).

    SQLite has taken the one writer's lock when the transaction began.

    Raises:
        NotFound: no record was begun.
    """
    head = _head(select(f"{_HEAD} FOR UPDATE" if is_postgresql() else _HEAD))
    if head is None:
        raise NotFound("This home has no record yet: begin one with `fullfile init`.")
    return head


def _head(rows: list[Row]) -> HeadState | None:
    if not rows:
        return None
    size, recorded_ms, frontier, damaged = rows[0]
    try:
        edge = Frontier.decode(bytes(frontier))
    except Malformed as error:
        raise RecordDamaged(
            f"The stored head of the record cannot be read ({error}) Run `fullfile log verify`."
        ) from error
    return HeadState(int(size), int(recorded_ms), edge, str(damaged))


def write_head(size: int, recorded_ms: int, frontier: Frontier) -> None:
    """Set the head; the first call makes it."""
    changed = execute(
        "UPDATE head SET size = %s, recorded_ms = %s, frontier = %s WHERE id = 1",
        [size, recorded_ms, frontier.encode()],
    )
    if not changed:
        execute(
            "INSERT INTO head (id, size, recorded_ms, frontier, damaged) VALUES (1, %s, %s, %s, '')",
            [size, recorded_ms, frontier.encode()],
        )


def drop_empty_head() -> None:
    """Take the head of an empty record away: the office was not opened after all."""
    execute("DELETE FROM head WHERE size = 0")


def mark_damaged(what: str) -> None:
    """Stop writing, and say why (law 10)."""
    execute("UPDATE head SET damaged = %s WHERE id = 1", [what])


def insert_entries(
    entries: Sequence[tuple[int, int, bytes, bytes]], bodies: Sequence[tuple[int, bytes, bytes]]
) -> None:
    """Write entries (index, recorded_ms, leaf, leaf hash) and bodies (index, salt, body)."""
    insert("entry", entries)
    insert("entry_body", bodies)


def delete_body(index: int) -> None:
    """Delete a body and its salt; the database refuses where no erasure names the entry."""
    execute('DELETE FROM entry_body WHERE "index" = %s', [index])


def read_stored(indexes: Sequence[int]) -> list[Stored]:
    """Entries by index, in the order of the record."""
    rows = select(f"{_STORED} WHERE {one_of(_INDEX)} ORDER BY {_INDEX}", [listed(indexes)])
    return [_stored(row) for row in rows]


def stream_stored(start: int, end: int) -> Iterator[list[Stored]]:
    """The entries from `start` to before `end`, in slices."""
    for rows in _by_range(f"{_STORED} WHERE {_INDEX} >= %s AND {_INDEX} < %s", _INDEX, start, end):
        yield [_stored(row) for row in rows]


def stream_leaves(start: int, end: int) -> Iterator[list[bytes]]:
    """The leaves from `start` to before `end`, in slices."""
    query = 'SELECT leaf FROM entry WHERE "index" >= %s AND "index" < %s'
    for rows in _by_range(query, '"index"', start, end):
        yield [bytes(row[0]) for row in rows]


def stream_hashes(start: int, end: int) -> Iterator[list[bytes]]:
    """The leaf hashes from `start` to before `end`, in slices."""
    query = 'SELECT leaf_hash FROM entry WHERE "index" >= %s AND "index" < %s'
    for rows in _by_range(query, '"index"', start, end):
        yield [bytes(row[0]) for row in rows]


def _by_range(query: str, index: str, start: int, end: int) -> Iterator[list[Row]]:
    """A query's rows by ranges of the index, which is dense: no cursor stays open."""
    for low in range(start, end, _SLICE):
        yield select(f"{query} ORDER BY {index}", [low, min(low + _SLICE, end)])


def _stored(row: Row) -> Stored:
    index, recorded_ms, leaf, leaf_hash, salt, body = row
    return Stored(
        index,
        recorded_ms,
        _bytes(leaf),
        _bytes(leaf_hash),
        None if salt is None else _bytes(salt),
        None if body is None else _bytes(body),
    )


def _bytes(value: bytes | memoryview | str) -> bytes:
    """A stored value as bytes; text, which only an outsider can have put there, as its own bytes."""
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else bytes(value)
