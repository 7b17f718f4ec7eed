"""`--on` and `--as-of`: a day, which means its end, or a time.

A day stays a day here: it ends on the clock of each court. A time without an
offset is one on the office's clock.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import Annotated

import typer

from fullfile.core.errors import Refused

__all__ = ["AsOfOption", "OnOption", "parse_moment"]

OnOption = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="WHEN",
        help="How things stood then: a day (its end) or a time. Default: now.",
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="WHEN",
        help="Using only what the record knew by then: a day (its end) or a time. Default: now.",
    ),
]


def parse_moment(text: str | None, option: str, zone: tzinfo) -> date | datetime | None:
    """What was asked for: a day, or an instant; None where nothing was said.

    Raises:
        Refused: the words are neither.
    """
    if text is None:
        return None
    words = text.strip()
    try:
        if len(words) == 10:
            return date.fromisoformat(words)
        if len(words) >= 16 and words[10] in "Tt ":
            moment = datetime.fromisoformat(f"{words[:10]}T{words[11:].replace(' ', '')}")
            return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
    except ValueError:
        pass
    raise Refused(
        f"“{words[:40]}” is no day or time for {option}: write 2024-07-10 (the end of that day) or "
        "2024-07-10T09:30-06:00."
    )
