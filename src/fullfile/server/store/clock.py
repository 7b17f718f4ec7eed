"""The record's own clock: never back, and a step back is noticed (law 5).

`recorded_at` is the later of our clock and the last entry's. A small step back
is recorded; beyond `LIMIT_MS` appending stops, because then either the clock or the
record is wrong, and a person has to say which.

What this does not do: it reads no clock; the time is passed in.
"""

from __future__ import annotations

from dataclasses import dataclass

from fullfile.core.entries import Draft
from fullfile.core.errors import Refused
from fullfile.core.ids import instant_text

__all__ = ["LIMIT_MS", "Tick", "tick"]

LIMIT_MS = 5 * 60 * 1000
"""How far the clock may step back before appending stops."""

_NOTICED_MS = 1_000
_STEP_MS = 10


@dataclass(frozen=True, slots=True)
class Tick:
    """The moment at which entries are recorded, and the draft that tells of a step back."""

    recorded_ms: int
    stepped_back: Draft | None


def tick(now_ms: int, last_ms: int) -> Tick:
    """The moment for the next entries.

    Args:
        now_ms: what the clock says, UTC milliseconds.
        last_ms: when the last entry was recorded.

    Raises:
        Refused: the clock stands too far behind the last entry.
    """
    now = now_ms - now_ms % _STEP_MS  # leaves tell hundredths of a second
    if now >= last_ms:
        return Tick(now, None)
    if last_ms - now > LIMIT_MS:
        raise Refused(
            f"This machine's clock says {instant_text(now)}, and the last entry was recorded at "
            f"{instant_text(last_ms)}: set the clock right, then try again.",
            code="clock_stepped_back",
        )
    if last_ms - now < _NOTICED_MS:
        return Tick(last_ms, None)  # two machines of one office differ by as much
    said = {"clock": instant_text(now), "last": instant_text(last_ms)}
    return Tick(last_ms, Draft("clock.stepped_back", "fullfile", said))
