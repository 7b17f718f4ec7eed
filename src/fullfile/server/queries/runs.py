"""The runs of imports on record: which file of which system brought how many rows, by whom, when.

What this does not do: it tells nothing of files that wait (`waiting.arrivals`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from fullfile.server.store.load import current_size
from fullfile.server.store.log_rows import entries_of_type
from fullfile.server.store.office import get_office
from fullfile.server.store.reading import read_entries

__all__ = ["Run", "list_runs"]

_COUNTED = 100_000


@dataclass(frozen=True, slots=True)
class Run:
    """One file that was read, for one import table.

    Attributes:
        entry: the entry of the run.
        source, table, file, sha256: what was read.
        rows: rows that it holds.
        left_out: rows that were refused and left out.
        by: who imported it.
        recorded_ms: when, UTC milliseconds; `recorded_at` on the office's clock.
    """

    entry: int
    source: str
    table: str
    file: str
    sha256: str
    rows: int
    left_out: int
    by: str
    recorded_ms: int
    recorded_at: str


def list_runs(*, offset: int = 0, limit: int = 50) -> tuple[list[Run], int]:
    """Runs, the newest first, and how many there are.

    Args:
        offset: after leaving out so many.
        limit: at most so many.
    """
    found, total = entries_of_type(
        "import.started", 0, current_size(), limit=limit, offset=offset, most=_COUNTED
    )
    zone = get_office().zone
    rows = [
        Run(
            one.index,
            str(one.data.get("source", "")),
            str(one.data.get("table", "")),
            str(one.data.get("file", "")),
            str(one.data.get("sha256", "")),
            int(one.data.get("rows", 0)),
            int(one.data.get("rejected", 0)),
            one.by,
            one.recorded_ms,
            datetime.fromtimestamp(one.recorded_ms / 1000, UTC)
            .astimezone(zone)
            .isoformat(timespec="seconds"),
        )
        for one in read_entries(found)
    ]
    return sorted(rows, key=lambda one: -one.entry), total
