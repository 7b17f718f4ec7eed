"""The made-up office in words and numbers: who is in it, what happens, how large its cases are.

Apart from the arrays (`world`), so that whoever starts the measurements stays small.
"""

from __future__ import annotations

from datetime import date

__all__ = [
    "AGENCIES",
    "ENDINGS",
    "EVENTS",
    "FINDINGS",
    "GROUNDS",
    "ITEMS_PER_CASE",
    "LARGE_CASE",
    "SEED",
    "day_number",
]

SEED = 20_240_306
ITEMS_PER_CASE = 10
LARGE_CASE = 1_000
"""The first case has that many items, as far as there are."""

AGENCIES = (
    "Alder Ridge Police",
    "Brightwater Police",
    "Cold Spring Police",
    "Dry Fork Sheriff",
    "East Mesa Sheriff",
    "Fallow Creek Police",
    "Gray Bluff Police",
    "Harrow County Sheriff",
)
ENDINGS = ("plea_guilty", "convicted", "acquitted", "dismissed_without_prejudice")
EVENTS = (
    "checked_out",
    "checked_in",
    "examined",
    "not_found",
    "destroyed",
    "released",
)
GROUNDS = ("informer", "unheard_of")
"""The first is known to the pack, the second to nobody."""
FINDINGS = ("no_evidentiary_value", "inculpatory", "exculpatory", "impeaching")


def day_number(text: str) -> int:
    """Days since 1970 of an ISO date."""
    return date.fromisoformat(text).toordinal() - date(1970, 1, 1).toordinal()
