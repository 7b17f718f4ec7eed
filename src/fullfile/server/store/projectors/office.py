"""The office's own acts: settings, runs of an import, adoptions, rows that came no more, erasures, acts about a case or an item."""

from __future__ import annotations

import json

from fullfile.core.entries import TABLE_OF_TYPE
from fullfile.core.ids import DAY_MS
from fullfile.server.store.keys import Keys
from fullfile.server.store.projectors.scene import Data, Scene
from fullfile.server.store.projectors.shape import Projector, want_case_row

__all__ = [
    "ABSENCE",
    "ADOPTION",
    "ERASURE",
    "NOTHING",
    "OF_THE_DEFENCE",
    "RUN",
    "SETTING",
    "act",
]

OF_THE_DEFENCE = (
    "production.drafted",
    "production.changed",
    "production.closed",
    "production.served",
    "production.acknowledged",
    "production.not_opened",
    "withholding.announced",
    "disclosure.disputed",
    "dispute.answered",
)
"""Acts about what goes to the defence, and what the defence says of it."""


def _want_nothing(keys: Keys, data: Data) -> None:
    """Such an entry mentions nothing that has a number."""


def _no_rows(scene: Scene) -> None:
    """Such an entry gives no row."""


def _setting(scene: Scene) -> None:
    value = json.dumps(scene.data["value"], ensure_ascii=False, sort_keys=True)
    scene.put("settings", scene.text("name"), value, scene.recorded() // DAY_MS)


def _run(scene: Scene) -> None:
    scene.put(
        "runs",
        scene.text("table"),
        scene.text("file"),
        scene.text("sha256"),
        int(scene.data.get("rows", 0)),
    )


def _adoption(scene: Scene) -> None:
    kind = next(one for one in ("pack", "calendar", "model") if one in scene.data)
    scene.put("adoptions", kind, scene.text(kind), scene.text("version"), scene.text("digest"))


def _absence(scene: Scene) -> None:
    scene.put("absences", scene.text("table"), int(scene.data["entry"]))


def _erasure(scene: Scene) -> None:
    table = TABLE_OF_TYPE.get(scene.text("type"), "")
    scene.put("erasures", int(scene.data["entry"]), table)


def act(entry_type: str) -> Projector:
    """An act of the office that is found again by its case or item; its body says the rest."""

    def rows(scene: Scene) -> None:
        data = scene.data
        item = scene.item if data.get("agency") and data.get("tag") else None
        scene.put("acts", entry_type, scene.case_or_none, item)

    return Projector(("acts",), want_case_row, rows)


NOTHING = Projector((), _want_nothing, _no_rows)
SETTING = Projector(("settings",), _want_nothing, _setting)
RUN = Projector(("runs",), _want_nothing, _run)
ADOPTION = Projector(("adoptions",), _want_nothing, _adoption)
ABSENCE = Projector(("absences",), _want_nothing, _absence)
ERASURE = Projector(("erasures",), _want_nothing, _erasure)
