"""Agencies: which side each is on."""

from __future__ import annotations

from fullfile.core.matching.things import side_of
from fullfile.server.store.keys import Keys
from fullfile.server.store.projectors.scene import Data, Scene
from fullfile.server.store.projectors.shape import Projector

__all__ = ["AGENCY"]


def _want(keys: Keys, data: Data) -> None:
    keys.want_agency(data["agency"])


def _rows(scene: Scene) -> None:
    said, kind = scene.text("side"), scene.text("kind")
    # A row that says neither tells nothing; another row of the agency may.
    side = side_of(said, kind) if said or kind else ""
    scene.put("agencies", scene.keys.agency(scene.data["agency"]), side)


AGENCY = Projector(("agencies",), _want, _rows)
