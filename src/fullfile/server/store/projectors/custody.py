"""Custody: one event each, with its place in the order of the item's events, and whose hands it names."""

from __future__ import annotations

from fullfile.server.store.projectors.scene import Scene, thousandths
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
    )
    if names := [name for name in (scene.norm("from"), scene.norm("to")) if name]:
        scene.put_parts("custody_names", [(scene.item, occurred.first, name) for name in names])


CUSTODY = Projector(("custody", "custody_names"), want_case_row, _rows)
