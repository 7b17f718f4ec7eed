"""Small tables for a screen of eighty columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fullfile.cli.console import emit_rich

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["emit_grid", "grid"]


def grid(
    header: Sequence[str], rows: Iterable[Sequence[object]], *, right: frozenset[int] = frozenset()
) -> Table:
    """A table without lines; numbers of the columns in `right` stand to the right."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=bool(header))
    cells = [[("" if value is None else str(value)) for value in row] for row in rows]
    width = len(header) or max((len(row) for row in cells), default=0)
    for place in range(width):
        table.add_column(
            header[place] if header else "",
            header_style="bold",
            justify="right" if place in right else "left",
            overflow="fold",
        )
    for row in cells:
        table.add_row(*row)
    return table


def emit_grid(
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    output: Path | None = None,
    *,
    right: frozenset[int] = frozenset(),
) -> None:
    """Print a table without lines."""
    emit_rich(grid(header, rows, right=right), output)
