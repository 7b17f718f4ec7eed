"""Cells and tables as CSV (RFC 4180), with formulas made harmless.

A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`, a tab or a
carriage return. Text from other people's exports that begins so gets an
apostrophe in front; numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

__all__ = ["render_csv", "safe_cell"]

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Full-width forms of the same signs, which some spreadsheets read as formulas too.
_WIDE = ("＝", "＋", "－", "＠")


def safe_cell(value: object) -> str:
    """A value as the text of one cell that no spreadsheet runs."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    text = str(value).replace("\x00", "")
    if text.lstrip(" ").startswith(_DANGEROUS + _WIDE):
        return f"'{text}"
    return text


def render_csv(header: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """A table as CSV text, every cell safe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
    return out.getvalue()
