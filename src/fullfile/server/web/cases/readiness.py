"""What would the record show if a motion were heard? One page: what is wrong, since when, who knew, what was asked.

Sections that a person may not read are not on their page.

What this does not do: it advises nobody, and weighs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from fullfile.core.matching import State
from fullfile.core.matching.line import Line
from fullfile.engines.report.board import is_served
from fullfile.engines.report.knew import short_when
from fullfile.engines.report.view import counted
from fullfile.engines.report.words import STATUS, STAYS, tag_words
from fullfile.server.accounts.person import Person, can
from fullfile.server.accounts.policy import Field, Right, Shown
from fullfile.server.queries.board import CaseBoard, Judged
from fullfile.server.queries.readiness import MOST_ITEMS, FirstKnown, first_known
from fullfile.server.web.cases.links import find_address
from fullfile.server.web.cases.veil import Veil
from fullfile.server.web.clock import zone
from fullfile.server.web.dated import dated
from fullfile.server.web.in_words import in_words
from fullfile.server.web.phrases import in_language

__all__ = ["readiness_of"]

MOST_LINES = 40
_ORDER = {state: place for place, state in enumerate(State)}
_MARKS = {"text": lazy("read"), "part": lazy("read in part"), "unread": lazy("not read")}


@dataclass(frozen=True, slots=True)
class WrongLine:
    """An exception in numbers: days held, on the file, disclosed, late."""

    item: str
    address: str
    defendant: str
    state: str
    number: str
    held: str
    filed: str
    disclosed: str
    late: str
    stays: bool
    why: str


@dataclass(frozen=True, slots=True)
class OfDefendant:
    """One defendant in numbers."""

    name: str
    lines: int
    served: int
    not_served: int
    overdue: int
    late: int
    longest: str


def readiness_of(board: CaseBoard, veil: Veil, person: Person) -> dict[str, Any]:
    """What the template shows.

    Args:
        board: the case.
        veil: what the person may read.
        person: who reads.
    """
    lines = board.live or board.judged
    wrong = sorted(
        (one for one in lines if one.line.is_exception),
        key=lambda one: (_ORDER[one.line.state], one.line.held_since or "9999", one.item),
    )
    knows = can(person, Right.SEE_KNEW) and person.sees(Field.KNEW) is Shown.YES
    return {
        "wrong": [_wrong(board, one, veil) for one in wrong[:MOST_LINES]],
        "more": max(0, len(wrong) - MOST_LINES),
        "defendants": [_of(who, lines, veil) for who in range(1, len(board.defendants) + 1)],
        "knows": knows,
        "knew": _knew(board, wrong, veil) if knows else [],
        "most_items": MOST_ITEMS,
        "sees_requests": can(person, Right.SEE_REQUESTS),
        "requests": [(one, dated(short_when(one.requested_at))) for one in board.requests]
        if can(person, Right.SEE_REQUESTS)
        else [],
        "told": veil.tells_names,
        "silent": [one for one in board.agencies if not one.standing],
        "agencies": len(board.agencies),
        "remedies": [(one, _MARKS.get(one.check, one.check)) for one in board.remedies],
        "not_legal_advice": board.not_legal_advice,
    }


def _wrong(board: CaseBoard, one: Judged, veil: Veil) -> WrongLine:
    line = veil.line(one)
    item = board.items[one.item] if one.item >= 0 else None
    return WrongLine(
        item=f"{item.agency} {item.tag}" if item else line.agency or "",
        address=find_address("item", item_id=item.item_id) if item else "",
        defendant=line.defendant or "",
        state=line.state.value,
        number=in_language(tag_words(line).removeprefix(STATUS[line.state].word).strip(" ,")),
        held=_held(line),
        filed=line.filed_at or ("" if item is None else _("no")),
        disclosed=line.disclosed_at or ("" if item is None else _("no")),
        late=_late(line),
        stays=line.state in STAYS,
        why=in_words(line.why),
    )


def _held(line: Line) -> str:
    return "" if line.days_since_held is None else in_language(counted(line.days_since_held, "day"))


def _late(line: Line) -> str:
    if not line.days_late or line.days_late < 0:
        return ""
    basis = _("by law") if line.due_basis == "law" else _("by the office's target")
    return f"{in_language(counted(line.days_late, 'day'))} {basis}"


def _of(who: int, lines: Sequence[Judged], veil: Veil) -> OfDefendant:
    theirs = [one.line for one in lines if one.defendant == who and one.item >= 0]
    open_lines = [line for line in theirs if not is_served(line)]
    longest = max(
        (line.days_since_held or 0 for line in open_lines if line.is_exception), default=0
    )
    return OfDefendant(
        veil.defendant(who),
        len(theirs),
        len(theirs) - len(open_lines),
        len(open_lines),
        sum(State.OVERDUE in (line.state, *line.also) for line in theirs),
        sum(State.LATE in (line.state, *line.also) for line in theirs),
        in_language(counted(longest, "day")) if longest else "",
    )


def _knew(board: CaseBoard, wrong: Sequence[Judged], veil: Veil) -> list[FirstKnown]:
    places = dict.fromkeys(one.item for one in wrong if one.item >= 0)
    items = [board.items[place] for place in places]
    told = [item for item in items if not veil.is_sealed(item)][:MOST_ITEMS]
    place = ("knew", *(item.item_id for item in told))
    return board.remember(place, lambda: first_known(board, told, zone()))
