"""What people knew, what reports mention, and which case somebody said an item belongs to."""

from __future__ import annotations

from fullfile.server.store.keys import Keys
from fullfile.server.store.projectors.items import words_of
from fullfile.server.store.projectors.scene import Data, Scene, thousandths
from fullfile.server.store.projectors.shape import Projector, want_case_row

__all__ = ["KNOWLEDGE", "LINK", "MENTION"]

_CLOSING = frozenset({"returned_on_spot", "left_in_place", "not_taken"})


def _knowledge(scene: Scene) -> None:
    case = scene.case_or_none
    known = scene.must_when("known_from", case)
    scene.put("knowledge", scene.item, case, known.first, known.last)


def _want_mention(keys: Keys, data: Data) -> None:
    keys.want_report(data["agency"], data["report_number"])
    if number := data.get("case_number"):
        keys.want_case(number)
    if tag := data.get("booked_as"):
        keys.want_item(data.get("booked_agency") or data["agency"], tag)


def _mention(scene: Scene) -> None:
    data, case = scene.data, scene.case_or_none
    agency, tag = data["agency"], data.get("booked_as")
    mentioned = scene.must_when("mentioned_at", case)
    first, second = scene.norm("outcome_by"), scene.norm("outcome_confirmed_by")
    scene.put(
        "mentions",
        scene.keys.agency(agency),
        scene.keys.report(agency, data["report_number"]),
        case,
        scene.keys.item(data.get("booked_agency") or agency, tag) if tag else None,
        mentioned.first,
        mentioned.last,
        thousandths(data.get("quantity")),
        bool(data.get("outcome") in _CLOSING and first and second and first != second),
        words_of(data["report_number"], data.get("description", "")),
    )


def _link(scene: Scene) -> None:
    case = scene.case
    decided = scene.must_when("decided_at", case)
    scene.put("links", scene.item, case, scene.text("decision"), decided.first, decided.last)


KNOWLEDGE = Projector(("knowledge",), want_case_row, _knowledge)
MENTION = Projector(("mentions",), _want_mention, _mention)
LINK = Projector(("links",), want_case_row, _link)
