"""A named person's view of an item in a case: when it counts as made.

A determination without a reason, or checked by nobody but its author, does not count as
made (needs, N9). None of this changes the state of a line: a view decides nothing away.
"""

from __future__ import annotations

from fullfile.core.facts.rows import Row
from fullfile.core.ids import key
from fullfile.core.said import say

__all__ = ["counts_as_made", "wanting_of"]


def counts_as_made(row: Row, on: int | None = None) -> bool:
    """Whether a determination has a name, a reason, and a second reader who is somebody else.

    Args:
        row: a row of `determinations`.
        on: the moment asked for (ms); None: whatever is on record.
    """
    return not wanting_of(row, on)


def wanting_of(row: Row, on: int | None = None) -> tuple[str, ...]:
    """What a determination lacks to count as made, in words."""
    wanting = []
    if not row.text("by").strip():
        wanting.append(say("nobody is named for it"))
    if not row.text("reason").strip():
        wanting.append(say("it gives no reason"))
    if on is not None and (row.last is None or row.last > on):
        wanting.append(say("it had not been made yet"))
    second = key(row.text("verified_by"))
    if not second:
        wanting.append(say("no second person has read it"))
    elif second == key(row.text("by")):
        wanting.append(say("nobody but its author has read it"))
    elif on is not None:
        read = row.bounds("verified_at")
        if (read.last if read is not None else row.recorded) > on:
            wanting.append(say("the second person had not read it yet"))
    return tuple(wanting)
