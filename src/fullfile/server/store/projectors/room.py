"""A property room's own acts: leaving with approval, shelves with a name, inventories.

What happens to an item stands in `custody` as well; these rows say what is asked, expected, found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fullfile.core.custody.labels import shelf_number
from fullfile.core.ids import key
from fullfile.server.store.keys import Keys
from fullfile.server.store.projectors.scene import Data, Scene
from fullfile.server.store.projectors.shape import Projector, want_item

__all__ = ["PROJECTORS"]


def _want(keys: Keys, data: Data) -> None:
    """The agency and the item, as far as the act names them."""
    if agency := data.get("agency"):
        keys.want_agency(agency)
    want_item(keys, data)


def _want_expected(keys: Keys, data: Data) -> None:
    for shelf in data["shelves"]:
        for tag in shelf["tags"]:
            keys.want_item(data["agency"], tag)


def _act(entry_type: str, scene: Scene) -> None:
    item = scene.item if scene.said("agency") and scene.said("tag") else None
    scene.put("acts", entry_type, None, item)


def _acting(entry_type: str, table: str, rows: Callable[[Scene], None]) -> Projector:
    """An act that is found by its item in `acts`, and gives a row of its own table."""

    def both(scene: Scene) -> None:
        _act(entry_type, scene)
        rows(scene)

    return Projector(("acts", table), _want, both)


def _asked(scene: Scene) -> None:
    agency = scene.keys.agency(scene.data["agency"])
    scene.put("leavings", scene.item, agency, scene.text("how"), scene.norm("by"))


def _answered(scene: Scene) -> None:
    scene.close("leavings", int(scene.data["asked"]))


def _shelf(scene: Scene) -> None:
    agency = scene.data["agency"]
    scene.put("shelves", scene.keys.agency(agency), scene.shelf(agency, scene.data["place"]))


def _opened(scene: Scene) -> None:
    data = scene.data
    agency = scene.keys.agency(data["agency"])
    scene.put("inventories", agency, int(data["number"]), int(data["expected"]))


def _expected(scene: Scene) -> None:
    data, keys = scene.data, scene.keys
    agency, inventory = data["agency"], int(data["inventory"])
    scene.put_parts(
        "inventory_items",
        [
            (inventory, keys.item(agency, tag), shelf_number(agency, shelf["place"]))
            for shelf in data["shelves"]
            for tag in shelf["tags"]
        ],
    )


def _found(scene: Scene, outcome: str) -> None:
    data = scene.data
    known = bool(data.get("tag"))
    scene.put(
        "inventory_finds",
        int(data["inventory"]),
        scene.item if known else None,
        int(data["shelf"]),
        outcome,
        scene.text("once"),
        "" if known else key(scene.text("code")),
    )


def _scanned(scene: Scene) -> None:
    _found(scene, scene.text("outcome"))


def _unscanned(scene: Scene) -> None:
    _found(scene, "undone")
    for scan in scene.data["scans"]:
        scene.close("inventory_finds", int(scan))


def _missed(scene: Scene) -> None:
    _found(scene, "not_found")


def _shelf_closed(scene: Scene) -> None:
    data = scene.data
    agency, place = data["agency"], data.get("place", "")
    number = scene.shelf(agency, place) if place else shelf_number(agency, place)
    scene.put("inventory_shelves", int(data["inventory"]), number)


def _settled(scene: Scene) -> None:
    scene.close("inventory_finds", int(scene.data["discrepancy"]))


def _closed(scene: Scene) -> None:
    scene.close("inventories", int(scene.data["inventory"]))


_ROWS: Mapping[str, tuple[str, Callable[[Scene], None]]] = {
    "leaving.asked": ("leavings", _asked),
    "leaving.approved": ("leavings", _answered),
    "leaving.refused": ("leavings", _answered),
    "shelf.named": ("shelves", _shelf),
    "inventory.opened": ("inventories", _opened),
    "inventory.scanned": ("inventory_finds", _scanned),
    "inventory.unscanned": ("inventory_finds", _unscanned),
    "inventory.missed": ("inventory_finds", _missed),
    "inventory.shelf_closed": ("inventory_shelves", _shelf_closed),
    "inventory.settled": ("inventory_finds", _settled),
    "inventory.closed": ("inventories", _closed),
}
PROJECTORS: Mapping[str, Projector] = {
    **{name: _acting(name, table, rows) for name, (table, rows) in _ROWS.items()},
    "inventory.expected": Projector(("inventory_items",), _want_expected, _expected),
}
