"""Items: what the property list says, and the statuses it gave.

A status is a fact of the moment it was recorded, so its row is never closed
by a correction. It is written for every status but `held`, and for `held`
where the same source had another one before.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from fullfile.core.custody.booking import class_of
from fullfile.core.errors import Refused
from fullfile.core.ids import key
from fullfile.server.store.keys import Keys
from fullfile.server.store.projectors.scene import Data, Scene, thousandths
from fullfile.server.store.projectors.shape import Projector
from fullfile.server.store.tables import listed, one_of, select

__all__ = ["ITEM", "load_statuses", "words_of"]

_WORDS = 120


def _want(keys: Keys, data: Data) -> None:
    agency = data["agency"]
    keys.want_item(agency, data["tag"])
    if number := data.get("report_number"):
        keys.want_report(agency, number)
    if parent := data.get("parent_tag"):
        keys.want_item(data.get("parent_agency") or agency, parent)


def _rows(scene: Scene) -> None:
    data, keys = scene.data, scene.keys
    agency = data["agency"]
    item = keys.item(agency, data["tag"])
    collected, booked = scene.when("collected_at"), scene.when("booked_at")
    if collected is not None and booked is not None:
        held = min(collected.first, booked.first)
    elif (only := collected or booked) is not None:
        held = only.first
    else:
        raise Refused("An item needs collected_at or booked_at.", code="date_missing")
    report, parent = data.get("report_number"), data.get("parent_tag")
    place, category = data.get("storage_location"), data.get("category")
    scene.put(
        "items",
        item,
        keys.agency(agency),
        keys.report(agency, report) if report else None,
        held,
        booked.first if booked else None,
        keys.item(data.get("parent_agency") or agency, parent) if parent else None,
        thousandths(data.get("quantity")),
        scene.norm("booked_by"),
        scene.text("kind"),
        scene.shelf(agency, place) if place else None,
        scene.ord(scene.recorded()) if place else None,
        words_of(data["tag"], data.get("description", "")),
        class_of(category) if category else "",
    )
    if status := data.get("status"):
        _status(scene, item, status)


def words_of(number: str, description: str) -> str:
    """What a list is searched by: the number and the first words of a description, folded."""
    return key(f"{number} {description[:_WORDS]}")


def _status(scene: Scene, item: int, status: str) -> None:
    known = (item, scene.source_id)
    before = scene.statuses.get(known, "")
    if status == "held" and not before:
        return
    scene.statuses[known] = status
    since = scene.recorded()
    scene.rows["item_status"].append(
        (
            scene.index,
            scene.source_id,
            item,
            status,
            since,
            scene.ord(since),
            status == "held" and before == "lost",
        )
    )


def load_statuses(items: list[int], before: int) -> dict[tuple[int, int], str]:
    """The last status of each (item, source) that the record has before an entry.

    Args:
        items: the numbers of items.
        before: the index of the first entry of the chunk.
    """
    found = select(
        "SELECT item_id, source_id, status FROM item_status "
        f"WHERE entry < %s AND {one_of('item_id')} ORDER BY entry",
        [before, listed(items)],
    )
    return {(item, source): status for item, source, status in found}


ITEM = Projector(("items",), _want, _rows)
