"""The file of rejected rows: what was refused, why, and the row as the export had it.

It can be mended and imported again: its first two columns are passed over then.
Cells that look like formulas are made harmless, as in every CSV that leaves
the office.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from fullfile.core.errors import Unavailable
from fullfile.engines.importers import REJECTED_COLUMNS, Export
from fullfile.engines.report.csv import safe_cell
from fullfile.server.actions.imports.report import Remark

__all__ = ["write_rejected"]


def write_rejected(
    exports: Sequence[tuple[Export, Mapping[int, Sequence[Remark]]]],
) -> list[Path]:
    """Write `FILE.rejected.csv` beside each file that has rejected rows.

    Args:
        exports: each table of each file, with the problems of its rejected rows by row number.

    Returns:
        The files written.

    Raises:
        Unavailable: a file cannot be written.
    """
    by_path: dict[Path, list[tuple[Export, Mapping[int, Sequence[Remark]]]]] = {}
    for export, problems in exports:
        if problems:
            by_path.setdefault(export.path, []).append((export, problems))
    written = []
    for path, found in by_path.items():
        place = path.with_name(path.name + ".rejected.csv")
        try:
            with place.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                header: tuple[str, ...] = ()
                for export, problems in found:
                    if export.header != header:
                        header = export.header
                        writer.writerow([*REJECTED_COLUMNS, *map(safe_cell, header)])
                    writer.writerows(_rows(export, problems))
        except OSError as error:
            raise Unavailable(
                f"{place} cannot be written ({error.strerror or error}), so nothing was imported: "
                "rejected rows must have a place to go."
            ) from error
        written.append(place)
    return written


def _rows(export: Export, problems: Mapping[int, Sequence[Remark]]) -> list[list[str]]:
    rows = []
    left = set(problems)
    for chunk in export.chunks():
        cells_of = {problem.row: cells for problem, cells in chunk.bad}
        last = chunk.first + len(chunk.rows)
        for number in sorted(row for row in left if chunk.first <= row < last):
            cells = cells_of.get(number) or chunk.rows[number - chunk.first]
            reasons = " ".join(
                f"{one.column}: {one.text}" if one.column else one.text for one in problems[number]
            )
            rows.append([str(number), safe_cell(reasons), *map(safe_cell, cells)])
            left.discard(number)
        if not left:
            break
    return rows
