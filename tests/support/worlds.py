"""A world from small readable tables, for tests of the questions that are asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from fullfile.core.facts.rows import ItemKey
from fullfile.core.ids import key
from fullfile.core.knowledge import Knew, knew
from fullfile.core.matching import Policy, World, read_world
from tests.spec.backends import law, moment_of
from tests.spec.loader import entries_of
from tests.spec.reading import FIRST, Import

__all__ = ["knew_of", "world_of"]


def world_of(on: str, *tables: Mapping[str, str], rank: tuple[str, ...] = ()) -> World:
    """The world that imports make, one source for each mapping of tables, asked about a moment.

    Args:
        on: a day, which means its end.
        tables: import tables as CSV text, by name; `source` and `at` name the source and the moment
            of the import.
        rank: the sources, best first.
    """
    imports = []
    for number, given in enumerate(tables):
        rows = {name: text for name, text in given.items() if name not in ("source", "at")}
        imports.append(
            Import(given.get("source", f"source-{number}"), given.get("at", FIRST), rows)
        )
    return read_world(
        entries_of(imports),
        zone=ZoneInfo("America/Denver"),
        moment=moment_of(on),
        law=law(),
        policy=Policy(source_rank=rank),
    )


def knew_of(world: World, agency: str, tag: str) -> Knew:
    """Who knew of an item."""
    item: ItemKey = (key(agency), key(tag))
    return knew(world.facts, world.things, world.cases, world.bearing, item, world.on())
