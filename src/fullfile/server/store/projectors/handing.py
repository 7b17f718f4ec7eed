"""Filed, disclosed, withheld, judged: what was done with an item in a case."""

from __future__ import annotations

from fullfile.core.ids import Bounds
from fullfile.server.store.projectors.scene import Scene
from fullfile.server.store.projectors.shape import Projector, want_case_row

__all__ = ["DETERMINATION", "DISCLOSURE", "FILING", "WITHHOLDING"]


def _filing(scene: Scene) -> None:
    case = scene.case
    recorded = scene.recorded(case)
    filed = scene.when("filed_at", case) or Bounds(recorded, recorded)
    confirmed = scene.when("confirmed_at", case)
    confirmer = scene.norm("confirmed_by")
    confirmed_last = confirmed.last if confirmed else recorded if confirmer else None
    scene.put(
        "filings",
        case,
        scene.item,
        filed.first,
        filed.last,
        scene.said("withdrawn"),
        scene.said("set_aside"),
        scene.said("with_contents"),
        scene.norm("filed_by"),
        scene.said("reason"),
        confirmer,
        confirmed_last,
    )


def _disclosure(scene: Scene) -> None:
    case = scene.case
    disclosed, receipt = scene.must_when("disclosed_at", case), scene.when("acknowledged_at", case)
    scene.put(
        "disclosures",
        case,
        scene.defendant,
        scene.item,
        disclosed.first,
        disclosed.last,
        scene.text("extent") in ("", "whole"),
        scene.said("with_contents"),
        scene.norm("production"),
        receipt.last if receipt else None,
    )


def _withholding(scene: Scene) -> None:
    case = scene.case
    withheld = scene.must_when("withheld_at", case)
    announced, until = scene.when("announced_at", case), scene.when("until", case)
    ordered = scene.when("order_on", case)
    scene.put(
        "withholdings",
        case,
        scene.item,
        scene.defendant_or_none,
        scene.text("ground"),
        withheld.first,
        withheld.last,
        scene.said("by"),
        announced.last if announced else None,
        scene.said("sealed"),
        scene.said("order"),
        ordered.last if ordered else None,
        until.last if until else None,
    )


def _determination(scene: Scene) -> None:
    case = scene.case
    made = scene.must_when("made_at", case)
    by = scene.norm("by")
    read = scene.norm("verified_by") not in ("", by) or "second_reading" in scene.data
    scene.put(
        "determinations",
        case,
        scene.item,
        scene.text("finding"),
        made.first,
        made.last,
        by,
        bool(by) and not read,
    )


FILING = Projector(("filings",), want_case_row, _filing)
DISCLOSURE = Projector(("disclosures",), want_case_row, _disclosure)
WITHHOLDING = Projector(("withholdings",), want_case_row, _withholding)
DETERMINATION = Projector(("determinations",), want_case_row, _determination)
