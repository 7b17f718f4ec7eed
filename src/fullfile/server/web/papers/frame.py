"""What stands around every page of this room: the case, its defendants by their place, who may see the office's own work.

A defendant is named in addresses by their place on the board, from 1: an address names nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fullfile.core.errors import NotFound
from fullfile.core.ids import key
from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Field, Shown
from fullfile.server.queries.board import CaseBoard, board_of_one_case
from fullfile.server.web.cases.veil import Veil
from fullfile.server.web.clock import now_ms
from fullfile.server.web.days import Days, days_of
from fullfile.server.web.doors.permission import PageRequest
from fullfile.server.web.reach import case_in_reach

__all__ = ["CasePage", "case_page", "of_the_office"]


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case as one person reads its papers."""

    person: Person
    board: CaseBoard
    veil: Veil
    days: Days

    @property
    def number(self) -> str:
        """The court's number."""
        return self.board.number

    @property
    def acts(self) -> bool:
        """Whether a page may have buttons that act: not on another day."""
        return not self.days.another and self.person.office_side

    @property
    def context(self) -> dict[str, Any]:
        """What `cases/head.html` needs."""
        return {
            "board": self.board,
            "case_id": self.board.case_id,
            "title": self.veil.title,
            "days": self.days,
            "acts": self.acts,
        }

    def defendant(self, which: int) -> str:
        """The name of a defendant by their place, from 1.

        Raises:
            NotFound: the case has not so many.
        """
        if not 1 <= which <= len(self.board.defendants):
            raise NotFound(
                _("The case has %(many)s defendants on record.")
                % {"many": len(self.board.defendants)}
            )
        return self.board.defendants[which - 1]

    def which(self, name: str) -> int:
        """The place of a defendant; 0 where they have none."""
        wanted = key(name)
        return next(
            (place for place, one in enumerate(self.board.defendants, 1) if key(one) == wanted), 0
        )

    def item_id(self, agency: str, tag: str) -> int | None:
        """The number in addresses of an item of the case."""
        return self.items.get((key(agency), key(tag)))

    @property
    def items(self) -> dict[tuple[str, str], int]:
        """The items of the case: by agency and tag, their numbers in addresses."""
        return self.board.remember(
            ("paper_items",),
            lambda: {(key(one.agency), key(one.tag)): one.item_id for one in self.board.items},
        )

    @property
    def tells_views(self) -> bool:
        """Whether a sentence that may quote somebody's view is for this person."""
        return self.person.sees(Field.DETERMINATIONS) is Shown.YES


def case_page(request: PageRequest, case_id: int, *, any_day: bool = False) -> CasePage:
    """The case of an address, on the day that it asks for where the page can show another."""
    one = case_in_reach(request.person, case_id)
    days = days_of(request) if any_day else Days(None, None, "", request.path)
    board = board_of_one_case(one.number, on=days.on, as_of=days.as_of, now_ms=now_ms())
    return CasePage(request.person, board, Veil(board, request.person), days)


def of_the_office(person: Person) -> None:
    """Work that was not given out yet is the office's own: to others it is not there.

    Raises:
        NotFound: the person is not on the office's side.
    """
    if not person.office_side:
        raise NotFound(_("No such paper was given out yet."))
