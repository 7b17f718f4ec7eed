"""A case over time, and what the record would show if a motion were heard: as the pages show them.

What this does not do: it weighs nothing and gives no advice; whose fault something is, is for a court.
"""

from __future__ import annotations

from typing import Any

from ninja import Query

from fullfile.server.accounts.policy import Right
from fullfile.server.queries.board import board_of_one_case
from fullfile.server.queries.history import history_of
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.shapes import AnyDay, Id, Shown
from fullfile.server.web.cases.readiness import readiness_of
from fullfile.server.web.cases.veil import Veil
from fullfile.server.web.clock import now_ms
from fullfile.server.web.reach import case_in_reach

__all__ = ["desk"]

desk = Desk("Cases")


class DayShown(Shown):
    """A day: items missing or gone, items not on the file, and by defendant, in their order, lines owed and late.

    `apart`: lines counted apart, because the case has ended for that defendant.
    """

    on: str
    words: str
    held: int
    filed: int
    owed: list[int]
    late: list[int]
    apart: int


class Timeline(Shown):
    """The days that were judged; `of`: on so many days something changed."""

    case_id: int
    on: str
    as_of: str
    defendants: list[str]
    of: int
    days: list[DayShown]


@desk.reads("/cases/{int:case_id}/timeline", Right.SEE_CASES, Timeline)
def get_timeline(request: Asking, case_id: Id, asked: Query[AnyDay]) -> dict[str, Any]:
    """How many exceptions stood on each day on which something about the case changed."""
    case = case_in_reach(request.person, case_id)
    board, history = history_of(case.number, on=asked.day, as_of=asked.known, now_ms=now_ms())
    veil = Veil(board, request.person)
    return {
        "case_id": case_id,
        "on": board.result.on,
        "as_of": board.result.as_of,
        "defendants": [veil.defendant(who) for who in range(1, len(board.defendants) + 1)],
        "of": history.of,
        "days": [
            {
                "on": one.on,
                "words": one.words,
                "held": one.held,
                "filed": one.filed,
                "owed": list(one.owed),
                "late": list(one.late),
                "apart": one.apart,
            }
            for one in history.days
        ],
    }


class Exceptional(Shown):
    """A line that is not full, with its dates as words; `stays`: no act of today takes it away."""

    item: str
    defendant: str
    state: str
    number: str
    held: str
    filed: str
    disclosed: str
    late: str
    stays: bool
    why: str


class OfDefendant(Shown):
    """One defendant in numbers of lines; `longest`: how long the oldest exception has been held."""

    name: str
    lines: int
    served: int
    not_served: int
    overdue: int
    late: int
    longest: str


class Knew(Shown):
    """Who on each side first knew of an item, in words; null: nothing is on record, which is not "nobody"."""

    item_id: int
    item: str
    state: str | None
    defence: str | None


class RequestMade(Shown):
    """A request of the defence."""

    entry: int
    defendant: str
    requested_at: str
    asks_for: str
    replied: bool


class RemedyShown(Shown):
    """What a court can do by the rules of the place; `check`: how far its text was read."""

    id: str
    cite: str
    says: str
    check: str
    weighs: list[str]


class Readiness(Shown):
    """What the record would show if a motion were heard at this moment."""

    case_id: int
    on: str
    as_of: str
    exceptions: list[Exceptional]
    more: int
    defendants: list[OfDefendant]
    knew: list[Knew] | None
    requests: list[RequestMade] | None
    agencies_silent: list[str]
    remedies: list[RemedyShown]
    not_legal_advice: str


@desk.reads("/cases/{int:case_id}/readiness", Right.SEE_CASES, Readiness)
def get_readiness(request: Asking, case_id: Id, asked: Query[AnyDay]) -> dict[str, Any]:
    """What is not full, for whom, since when, who knew, which requests stand, what a court can do."""
    case = case_in_reach(request.person, case_id)
    board = board_of_one_case(case.number, on=asked.day, as_of=asked.known, now_ms=now_ms())
    veil = Veil(board, request.person)
    found = readiness_of(board, veil, request.person)
    names = {name: veil.defendant(at) for at, name in enumerate(board.defendants, 1)}
    shut = not veil.tells_names
    return {
        "case_id": case_id,
        "on": board.result.on,
        "as_of": board.result.as_of,
        "exceptions": found["wrong"],
        "more": found["more"],
        "defendants": found["defendants"],
        "knew": [
            {
                "item_id": one.item.item_id,
                "item": f"{one.item.agency} {one.item.tag}",
                "state": one.state or None,
                "defence": one.defence or None,
            }
            for one in found["knew"]
        ]
        if found["knows"]
        else None,
        "requests": [
            {
                "entry": one.entry,
                "defendant": names.get(one.defendant, "sealed" if shut else one.defendant),
                "requested_at": one.requested_at,
                "asks_for": "sealed" if shut else one.asks_for,
                "replied": one.replied,
            }
            for one, _ in found["requests"]
        ]
        if found["sees_requests"]
        else None,
        "agencies_silent": [one.agency for one in found["silent"]],
        "remedies": [
            {
                "id": one.id,
                "cite": one.cite,
                "says": one.says,
                "check": one.check,
                "weighs": list(one.weighs),
            }
            for one, _ in found["remedies"]
        ],
        "not_legal_advice": found["not_legal_advice"],
    }
