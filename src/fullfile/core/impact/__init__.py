"""What an item or a ruling touches: cases, defendants, windows, suits, holds, people, tasks.

`impact_of_item` and `impact_of_case` put it together from facts and packs; `reasons`
holds why outcomes came about, several reasons for one, and counts them.
"""

from fullfile.core.impact.impact import impact_of_case, impact_of_item
from fullfile.core.impact.result import (
    Appeal,
    Complaint,
    Hold,
    Impact,
    ItemTouched,
    Keeping,
    LinkedCase,
    Notice,
    PersonTouched,
    Request,
    Ruling,
    Suit,
    SuitEvent,
    Task,
    Touched,
    Way,
    WayBack,
)

__all__ = [
    "Appeal",
    "Complaint",
    "Hold",
    "Impact",
    "ItemTouched",
    "Keeping",
    "LinkedCase",
    "Notice",
    "PersonTouched",
    "Request",
    "Ruling",
    "Suit",
    "SuitEvent",
    "Task",
    "Touched",
    "Way",
    "WayBack",
    "impact_of_case",
    "impact_of_item",
]
