"""What was asked for and answered, what must be kept, and what the court did."""

from __future__ import annotations

from fullfile.core.docket.orders import period_in, speaks_of_disclosure, speaks_of_protection
from fullfile.core.ids import DAY_MS
from fullfile.server.store.keys import Keys
from fullfile.server.store.projectors.scene import Data, Scene
from fullfile.server.store.projectors.shape import Projector, want_case_row, want_item

__all__ = ["ANSWER", "DOCKET", "HOLD", "REQUEST"]


def _want_answer(keys: Keys, data: Data) -> None:
    keys.want_case(data["case_number"])
    keys.want_agency(data["agency"])


def _answer(scene: Scene) -> None:
    case = scene.case
    answered = scene.must_when("answered_at", case)
    scene.put(
        "answers",
        case,
        scene.keys.agency(scene.data["agency"]),
        scene.text("answer"),
        answered.first,
        answered.last,
        scene.ord(answered.first),
    )


def _request(scene: Scene) -> None:
    case = scene.case
    requested = scene.must_when("requested_at", case)
    scene.put("requests", case, scene.defendant, requested.first, requested.last)


def _want_hold(keys: Keys, data: Data) -> None:
    if number := data.get("case_number"):
        keys.want_case(number)
    if agency := data.get("agency"):
        if report := data.get("report_number"):
            keys.want_report(agency, report)
        want_item(keys, data)


def _hold(scene: Scene) -> None:
    data, case = scene.data, scene.case_or_none
    agency, report, tag = data.get("agency"), data.get("report_number"), data.get("tag")
    placed, lifted = scene.must_when("placed_at", case), scene.when("lifted_at", case)
    scene.put(
        "holds",
        scene.norm("hold"),
        case,
        scene.keys.report(agency, report) if agency and report else None,
        scene.keys.item(agency, tag) if agency and tag else None,
        placed.first,
        placed.last,
        lifted.last if lifted and scene.said("lifted_by") else None,
    )


def _docket(scene: Scene) -> None:
    case = scene.case
    occurred, due = scene.must_when("occurred_on", case), scene.when("due_on", case)
    topic = scene.norm("relates_to")
    scene.put(
        "docket",
        case,
        scene.defendant_or_none,
        scene.norm("count"),
        scene.text("event"),
        occurred.first,
        occurred.last,
        scene.ord(occurred.first),
        due.first // DAY_MS if due else None,
        speaks_of_disclosure(topic),
        speaks_of_protection(topic) or speaks_of_protection(scene.norm("detail")),
        _period(scene, topic) if due is None else "",
    )


def _period(scene: Scene, topic: str) -> str:
    """The period that an order on disclosure names in its words."""
    if scene.text("event") != "order" or not speaks_of_disclosure(topic):
        return ""
    found = period_in(scene.text("detail"))
    return "" if found is None else str(found)


ANSWER = Projector(("answers",), _want_answer, _answer)
REQUEST = Projector(("requests",), want_case_row, _request)
HOLD = Projector(("holds",), _want_hold, _hold)
DOCKET = Projector(("docket",), want_case_row, _docket)
