"""A history from the lines of a pack's worked case: one defendant, count 1.

`DATE event` and `DATE event due=DATE` on the docket, `FROM word UNTIL` for the status.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fullfile.core.docket.histories import CountHistory, DocketEvent, StatusSpan
from fullfile.core.errors import Refused
from fullfile.core.ids import parse_when
from fullfile.core.said import say

__all__ = ["history_of_case_file"]


def history_of_case_file(
    docket: Sequence[str],
    status: Sequence[str],
    *,
    offense: str,
    grade: str,
    offense_on: date | str,
) -> CountHistory:
    """The history that a worked case describes.

    Args:
        docket: its lines, for example `2024-07-12 dismissed_with_prejudice`.
        status: its lines, for example `2023-01-01 absent 2023-02-01`.
        offense: the offence's name.
        grade: a word of the pack's grades.
        offense_on: the day of the offence; empty text where it is not known.

    Raises:
        Refused: a line is not of this form.
    """
    events = [_event(line, place) for place, line in enumerate(docket)]
    charged = min(events, key=lambda event: event.ord, default=None)
    return CountHistory(
        case="worked-case",
        case_number="worked case",
        jurisdiction="",
        defendant_key="the accused",
        defendant="the accused",
        count="1",
        offense=offense,
        grade=grade,
        offense_on=offense_on.isoformat() if isinstance(offense_on, date) else offense_on,
        events=tuple(sorted(events, key=lambda event: event.ord)),
        status=tuple(_span(line, len(events) + place) for place, line in enumerate(status)),
        started=None if charged is None else charged.first,
    )


def _dated(line: str, wanted: str) -> tuple[str, list[str]]:
    words = line.split()
    said = " ".join(words[:2]) if words[:1] == ["before"] else "".join(words[:1])
    rest = words[len(said.split()) :]
    try:
        parse_when(said)
    except ValueError as error:
        raise Refused(
            say("“{line}” is no line of a worked case: write {wanted}.", line=line, wanted=wanted)
        ) from error
    if not rest:
        raise Refused(
            say("“{line}” is no line of a worked case: write {wanted}.", line=line, wanted=wanted)
        )
    return said, rest


def _event(line: str, entry: int) -> DocketEvent:
    said, rest = _dated(line, "“2024-07-12 dismissed_with_prejudice”")
    when = parse_when(said)
    due = next((word[4:] for word in rest[1:] if word.startswith("due=")), "")
    return DocketEvent(
        rest[0],
        when.first,
        when.last,
        when.text,
        entry,
        due_on=due,
        case_number="worked case",
    )


def _span(line: str, entry: int) -> StatusSpan:
    said, rest = _dated(line, "“2023-01-01 absent 2023-02-01”")
    when = parse_when(said)
    until = parse_when(rest[1]) if len(rest) > 1 else None
    return StatusSpan(
        rest[0],
        when.first,
        when.last,
        None if until is None else until.first,
        None if until is None else until.last,
        entry,
    )
