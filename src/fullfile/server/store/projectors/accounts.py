"""Who was given which role, and what administrators did about accounts."""

from __future__ import annotations

import json

from fullfile.core.ids import DAY_MS
from fullfile.server.store.keys import Keys
from fullfile.server.store.projectors.scene import Data, Scene
from fullfile.server.store.projectors.shape import Projector

__all__ = ["GRANTED", "account_act"]


def _want_nothing(keys: Keys, data: Data) -> None:
    """An account has no number: its name is its key."""


def _granted(scene: Scene) -> None:
    data = scene.data
    ends = scene.when("ends_on")
    scene.put(
        "account_grants",
        data["account"],
        scene.text("name"),
        scene.text("works_for"),
        scene.text("role"),
        json.dumps(data.get("cases"), ensure_ascii=False),
        json.dumps(data.get("clients", []), ensure_ascii=False, sort_keys=True),
        None if ends is None else (ends.last - 1) // DAY_MS,
        scene.text("approved_by"),
    )


def account_act(what: str = "") -> Projector:
    """An act about an account; of `account.changed` the entry itself says which."""

    def rows(scene: Scene) -> None:
        scene.put("account_acts", scene.data["account"], what or scene.text("what"))

    return Projector(("account_acts",), _want_nothing, rows)


GRANTED = Projector(("account_grants",), _want_nothing, _granted)
