"""The persons of a case: parties, what became of them, and what they are charged with."""

from __future__ import annotations

from fullfile.core.facts.statuses import AT_LIBERTY, IN_CUSTODY
from fullfile.server.store.keys import Keys
from fullfile.server.store.projectors.scene import Data, Scene
from fullfile.server.store.projectors.shape import Projector, want_case_row, want_defendant

__all__ = ["COUNT", "PARTY", "STATUS"]


def _with_key(data: Data) -> Data:
    """A defendant's own row: without a key it is known by its name."""
    if data["role"] != "defendant" or data.get("defendant_key"):
        return data
    return {**data, "defendant": data.get("name", "")}


def _want_party(keys: Keys, data: Data) -> None:
    keys.want_case(data["case_number"])
    if data["role"] == "defendant":
        want_defendant(keys, _with_key(data), "name")
    if agency := data.get("agency"):
        keys.want_agency(agency)


def _party(scene: Scene) -> None:
    agency, held = scene.data.get("agency"), scene.data.get("in_custody")
    defendant = None
    if scene.data["role"] == "defendant":
        scene.data = _with_key(scene.data)
        defendant = scene.defendant_or_none
    scene.put(
        "parties",
        scene.case,
        scene.text("role"),
        scene.norm("name"),
        defendant,
        scene.keys.agency(agency) if agency else None,
        "" if held is None else IN_CUSTODY if held else AT_LIBERTY,
        scene.recorded(scene.case),
    )


def _status(scene: Scene) -> None:
    case = scene.case
    since, until = scene.must_when("from", case), scene.when("until", case)
    scene.put(
        "party_status",
        case,
        scene.defendant,
        scene.text("status"),
        since.first,
        since.last,
        until.last if until else None,
        scene.ord(since.first),
    )


def _count(scene: Scene) -> None:
    case = scene.case
    charged = scene.when("charged_on", case)
    scene.put(
        "counts",
        case,
        scene.defendant,
        scene.norm("count"),
        scene.norm("offense"),
        charged.first if charged else None,
        charged.last if charged else None,
        scene.said("override"),
    )


PARTY = Projector(("parties",), _want_party, _party)
STATUS = Projector(("party_status",), want_case_row, _status)
COUNT = Projector(("counts",), want_case_row, _count)
