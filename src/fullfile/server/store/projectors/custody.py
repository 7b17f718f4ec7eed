"""Custody: one event each, with its place in the order of the item's events, and whose hands it names."""

from __future__ import annotations

from fullfile.core.errors import Refused
from fullfile.core.ids import DAY_MS
from fullfile.server.store.projectors.scene import Scene, bounds_of, thousandths
from fullfile.server.store.projectors.shape import Projector, want_case_row

__all__ = ["CUSTODY"]


def _rows(scene: Scene) -> None:
    occurred = scene.must_when("occurred_at")
    scene.put(
        "custody",
        scene.item,
        scene.text("event"),
        occurred.first,
        occurred.last,
        scene.ord(occurred.first),
        thousandths(scene.data.get("quantity")),
        scene.said("order"),
        scene.norm("by"),
        scene.shelf(scene.text("agency"), place) if (place := scene.text("place")) else None,
        _due_day(scene),
    )
    if names := [name for name in (scene.norm("from"), scene.norm("to")) if name]:
        scene.put_parts("custody_names", [(scene.item, occurred.first, name) for name in names])


def _due_day(scene: Scene) -> int | None:
    """The last day by which what was signed out is due back; None where no date says so."""
    said = scene.more.get("due_back")
    if not said or scene.text("event") != "checked_out":
        return None
    try:
        return bounds_of(said, scene.office).last // DAY_MS
    except Refused:
        return None  # a column of some export: what it says is kept, and is no date


CUSTODY = Projector(("custody", "custody_names"), want_case_row, _rows)
