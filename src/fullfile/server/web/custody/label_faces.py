"""What stands on a label, and where: agency and tag large, a QR code of its address, Code 128, the code in print.

Measures are hundredths of an inch, those of the label itself, so that what is printed is as large as it says. No
name of a case, person, offence or shelf is on a label of an item: it is read by whoever sees the bag.

What this does not do: it counts no print (`actions.labels`).
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap

import segno

from fullfile.core.custody.code128 import bars

__all__ = ["WORDS_OF_ITEM", "Face", "Line", "item_face", "shelf_face"]

WORDS_OF_ITEM = 60
"""So many characters of what it is stand on its label."""
_GLYPH = 0.6  # of the height of a letter: its width, rather too wide than too narrow


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: where, how high, how heavy."""

    x: float
    y: float
    size: float
    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Face:
    """A label as it is drawn.

    Attributes:
        inches: its size in words, which names its page in print: `4x2`.
        width, height: in hundredths of an inch.
        lines: the text.
        qr: the dark modules of the QR code, as a path of modules.
        qr_at: where it begins, and how large a module is.
        bars: each bar of the bar code: where it begins and how wide it is.
        bar_y, bar_height: where the bars stand.
        code: as printed; also what the bar code says.
    """

    inches: str
    width: int
    height: int
    lines: tuple[Line, ...]
    qr: str
    qr_at: tuple[float, float, float]
    bars: tuple[tuple[float, float], ...]
    bar_y: float
    bar_height: float
    code: str


def item_face(
    inches: str,
    *,
    address: str,
    code: str,
    agency: str,
    tag: str,
    report_number: str,
    booked: str,
    by: str,
    description: str,
    copy: int,
) -> Face:
    """The label of an item or a box.

    Args:
        inches: `4x2` or `2x1`.
        address: the absolute address of its code.
        code: its code.
        agency: whose it is.
        tag: its tag.
        report_number: the report's; empty: none.
        booked: the day on which it was booked, in words.
        by: who booked it.
        description: what it is; cut.
        copy: which print it is.
    """
    words = description[:WORDS_OF_ITEM].strip()
    cut = words + ("…" if len(description) > WORDS_OF_ITEM else "")
    again = f"reprint {copy}" if copy > 1 else ""
    if inches == "2x1":
        lines = [
            _fitting(6, 14, 12, f"{agency} {tag}", 126, bold=True),
            *(Line(6, 24 + 8 * at, 7, text) for at, text in enumerate(wrap(cut, 32)[:2])),
            _fitting(6, 41, 7, report_number or "No report number", 126),
            _fitting(
                6, 50, 7, ", ".join(part for part in (booked, by and f"by {by}") if part), 126
            ),
            Line(6, 95, 9, code, bold=True),
            *([Line(138, 80, 9, again, bold=True)] if again else []),
        ]
        return _face(inches, 200, 100, lines, address, code, (134, 8, 58), (6, 56, 126, 27))
    lines = [
        _fitting(12, 28, 20, agency, 265, bold=True),
        _fitting(12, 64, 38, tag, 265, bold=True),
        _fitting(
            12, 82, 12, f"Report {report_number}" if report_number else "No report number", 265
        ),
        _fitting(
            12, 97, 12, ", ".join(part for part in (booked, f"by {by}" if by else "") if part), 265
        ),
        *(Line(12, 114 + 14 * at, 12, text) for at, text in enumerate(wrap(cut, 36)[:2])),
        Line(12, 192, 14, code, bold=True),
        *([Line(290, 150, 16, again, bold=True)] if again else []),
    ]
    return _face(inches, 400, 200, lines, address, code, (280, 18, 102), (12, 134, 262, 42))


def shelf_face(inches: str, *, address: str, code: str, agency: str, place: str, room: str) -> Face:
    """The label of a shelf: what it is called, as large as it fits."""
    if inches == "2x1":
        lines = [
            _fitting(6, 34, 30, place, 126, bold=True),
            _fitting(6, 47, 8, ", ".join(part for part in (room, agency) if part), 126),
            Line(6, 95, 9, code, bold=True),
        ]
        return _face(inches, 200, 100, lines, address, code, (134, 8, 58), (6, 56, 126, 27))
    lines = [
        _fitting(12, 74, 66, place, 265, bold=True),
        _fitting(12, 104, 16, ", ".join(part for part in (room, agency) if part), 265),
        Line(12, 192, 14, code, bold=True),
    ]
    return _face(inches, 400, 200, lines, address, code, (280, 18, 102), (12, 124, 262, 52))


def _fitting(
    x: float, y: float, size: float, text: str, width: float, *, bold: bool = False
) -> Line:
    """A line as high as it fits into a width."""
    fits = width / (_GLYPH * max(1, len(text)))
    return Line(x, y, round(min(size, fits), 2), text, bold)


def _face(
    inches: str,
    width: int,
    height: int,
    lines: list[Line],
    address: str,
    code: str,
    qr_box: tuple[float, float, float],
    bar_box: tuple[float, float, float, float],
) -> Face:
    x, y, side = qr_box
    matrix = [list(row) for row in segno.make(address, error="m", micro=False).matrix]
    module = round(side / len(matrix), 4)
    drawn, modules = bars(code)
    left, top, wide, high = bar_box
    unit = wide / modules
    return Face(
        inches,
        width,
        height,
        tuple(lines),
        "".join(
            f"M{column} {row}h1v1h-1z"
            for row, cells in enumerate(matrix)
            for column, dark in enumerate(cells)
            if dark
        ),
        (x, y, module),
        tuple((round(left + at * unit, 3), round(many * unit, 3)) for at, many in drawn),
        top,
        high,
        code,
    )
