"""Cases: the case itself, its report numbers, its relations and its agencies."""

from __future__ import annotations

from fullfile.server.store.keys import Keys
from fullfile.server.store.projectors.scene import Data, Scene
from fullfile.server.store.projectors.shape import Projector

__all__ = ["CASE"]


def _want(keys: Keys, data: Data) -> None:
    keys.want_case(data["case_number"])
    for report in data.get("report_numbers", ()):
        keys.want_report(report["agency"], report["number"])
    for related in data.get("related_cases", ()):
        keys.want_case(related["case"])
    for agency in data.get("agencies", ()):
        keys.want_agency(agency)


def _rows(scene: Scene) -> None:
    case, data, keys = scene.case, scene.data, scene.keys
    zone = scene.text("time_zone")
    if zone:
        scene.set_zone(case, zone)
    opened = scene.when("opened_on", case)
    scene.put(
        "cases",
        case,
        scene.text("jurisdiction"),
        scene.text("court_level"),
        opened.first if opened else None,
        opened.last if opened else None,
        zone,
    )
    reports = data.get("report_numbers", ())
    scene.put_parts(
        "case_reports", [(case, keys.report(each["agency"], each["number"])) for each in reports]
    )
    related = data.get("related_cases", ())
    scene.put_parts(
        "case_relations", [(case, keys.case(each["case"]), each["kind"]) for each in related]
    )
    scene.put_parts(
        "case_agencies", [(case, keys.agency(each)) for each in data.get("agencies", ())]
    )


CASE = Projector(("cases", "case_reports", "case_relations", "case_agencies"), _want, _rows)
