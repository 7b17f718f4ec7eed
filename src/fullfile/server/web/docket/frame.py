"""What every page of a case stands in: its name, its row of pages, the days that were asked for.

What this does not do: it judges nothing and decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fullfile.server.queries.board import CaseBoard, board_of_one_case
from fullfile.server.web.cases.veil import Veil
from fullfile.server.web.clock import now_ms
from fullfile.server.web.days import Days, days_of
from fullfile.server.web.doors.permission import PageRequest
from fullfile.server.web.reach import case_in_reach

__all__ = ["Frame", "frame_of"]


@dataclass(frozen=True, slots=True)
class Frame:
    """A case as one page shows it.

    Attributes:
        case_id, number: the case.
        board: as it stood at the moments asked for.
        veil: what of it this person reads.
        days: the moments.
    """

    case_id: int
    number: str
    board: CaseBoard
    veil: Veil
    days: Days

    @property
    def context(self) -> dict[str, Any]:
        """What the templates of a case ask for."""
        return {
            "board": self.board,
            "case_id": self.case_id,
            "title": self.veil.title,
            "days": self.days,
            "tells_names": self.veil.tells_names,
        }


def frame_of(request: PageRequest, case_id: int) -> Frame:
    """The frame of a page.

    Raises:
        NotFound: there is no such case, or not for this person.
    """
    one = case_in_reach(request.person, case_id)
    days = days_of(request)
    board = board_of_one_case(one.number, on=days.on, as_of=days.as_of, now_ms=now_ms())
    return Frame(case_id, one.number, board, Veil(board, request.person), days)
