"""What `link` found: its runs, and the steps of each suggestion."""

from __future__ import annotations

from fullfile.core.facts.suggestions import millionths, step_moment
from fullfile.server.store.keys import Keys
from fullfile.server.store.projectors.scene import Data, Scene
from fullfile.server.store.projectors.shape import Projector, want_item

__all__ = ["RAN", "SUGGESTED"]


def _ran(scene: Scene) -> None:
    data = scene.data
    item = scene.item if data.get("agency") and data.get("tag") else None
    scene.put("link_runs", int(data["size"]), item)


def _want_cases(keys: Keys, data: Data) -> None:
    want_item(keys, data)
    for each in data["suggestions"]:
        keys.want_case(each["case_number"])


def _suggested(scene: Scene) -> None:
    item = scene.item
    scene.put_parts(
        "suggestions",
        [
            (
                item,
                scene.keys.case(each["case_number"]),
                step_moment(step["on"]),
                millionths(step["probability"]),
            )
            for each in scene.data["suggestions"]
            for step in each["steps"]
        ],
    )


RAN = Projector(("link_runs",), want_item, _ran)
SUGGESTED = Projector(("suggestions",), _want_cases, _suggested)
