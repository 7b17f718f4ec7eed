"""What a question below the match may ask for: a record that was read, and a moment.

`matching.World` is one; a decision about custody or disclosure needs no more than
this, so it does not import the match, which stands above it.
"""

from __future__ import annotations

from typing import Protocol

from fullfile.core.facts.bearing import Bearing
from fullfile.core.facts.cases import Case, Cases
from fullfile.core.facts.rows import Facts, ItemKey
from fullfile.core.facts.things import Things

__all__ = ["Known", "name_of"]


class Known(Protocol):
    """A record as of a size, asked about one moment."""

    @property
    def facts(self) -> Facts:
        """The rows that count."""

    @property
    def cases(self) -> Cases:
        """The cases."""

    @property
    def things(self) -> Things:
        """The items."""

    @property
    def bearing(self) -> Bearing:
        """What each item bears on."""

    def on(self, case: Case | None = None) -> int:
        """The moment asked for, on the clock of a case, or of the office."""

    def cases_of(self, item: ItemKey) -> list[str]:
        """The cases on which an item bears at any time."""


_NAMING = ("items", "custody", "filings", "disclosures", "determinations", "withholdings")


def name_of(facts: Facts, item: ItemKey) -> tuple[str, str]:
    """The agency and the tag of an item as they were first recorded."""
    for table in _NAMING:
        for row in facts.of_item(table, item):
            return row.text("agency"), row.text("tag")
    return item
