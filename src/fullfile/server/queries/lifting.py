"""What lifting a hold would set free, before anybody lifts it: the same decision, recorded by nobody."""

from __future__ import annotations

from dataclasses import dataclass

from fullfile.core.custody.lifting import StillHeld, Wish, decide_lift
from fullfile.core.errors import Refused
from fullfile.core.ids import wall_ms, wall_text
from fullfile.server.queries.keeping import ask_hold
from fullfile.server.queries.worlds import clock_ms, law_of

__all__ = ["Foreseen", "foresee_lift"]

_ANY = "asked what it would set free"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would follow.

    Attributes:
        free: (agency, tag) of the items that nothing would hold any more.
        still_held: the others, with what keeps them.
        refusals: why it would be refused now without an order; empty: it would not.
    """

    free: tuple[tuple[str, str], ...]
    still_held: tuple[StillHeld, ...]
    refusals: tuple[str, ...]


def foresee_lift(hold: str, *, by: str, now_ms: int | None = None) -> Foreseen:
    """What lifting a hold of a name would do now.

    Args:
        hold: its name.
        by: who would lift it.
        now_ms: what the clock says; None reads it.
    """
    now = clock_ms(now_ms)
    question, world = ask_hold(hold, now_ms=now)
    zone = question.office.zone
    moment = wall_ms(now, zone)
    refusals: tuple[str, ...] = ()
    for order in ("", _ANY):
        wish = Wish(
            name=hold,
            by=by,
            reason=_ANY,
            order=order,
            lifted_at=wall_text(moment, zone),
            moment=moment,
            actor=by,
        )
        try:
            found = decide_lift(world, law_of(question), wish)
        except Refused as error:
            refusals = refusals or tuple(reason.text for reason in error.reasons)
        else:
            return Foreseen(found.releasable, found.still_held, refusals)
    return Foreseen((), (), refusals)
