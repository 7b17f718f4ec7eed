"""What an export holds, column by column, as `import --dry-run` shows it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from fullfile.engines.importers import ColumnProfile, Profile

__all__ = ["as_json", "as_text"]

_HEADER = ("Column", "Filled", "Distinct", "Looks like", "Longest", "Most frequent")
_SAMPLE = 3
_WIDTH = 24


def as_json(profiles: Iterable[Profile]) -> list[dict[str, object]]:
    """Profiles as plain values."""
    return [asdict(one) for one in profiles]


def as_text(profiles: Iterable[Profile]) -> list[RenderableType]:
    """Profiles as tables for people."""
    from rich.text import Text

    from fullfile.cli.grids import grid

    parts: list[RenderableType] = []
    for one in profiles:
        title = f"{one.name}: {one.described}, header in row {one.header_row}, {one.rows:,} rows"
        parts.extend([Text(), Text(title, style="bold")])
        parts.append(
            grid(_HEADER, [_row(column) for column in one.columns], right=frozenset({1, 2, 4}))
        )
    return parts


def _row(column: ColumnProfile) -> list[str]:
    looks = f"{column.looks_like} {column.date_format}".strip()
    sample = ", ".join(value[:_WIDTH] for value in column.sample[:_SAMPLE])
    return [
        column.name,
        f"{column.filled:,}",
        f"{column.distinct:,}",
        looks,
        f"{column.longest:,}",
        sample,
    ]
