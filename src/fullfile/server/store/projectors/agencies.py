"""Agencies: which side each is on, and what each is called."""

from __future__ import annotations

from fullfile.core.facts.things import side_of
from fullfile.core.ids import key
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
    agency = scene.keys.agency(scene.data["agency"])
    scene.put("agencies", agency, side)
    names = (scene.data["agency"], *scene.data.get("also_called", ()))
    scene.put_parts("agency_names", [(agency, key(name)) for name in names])


AGENCY = Projector(("agencies", "agency_names"), _want, _rows)
