"""What the record says of the office itself: its first entry, `office.opened`.

What this does not do: settings and adoptions; `load` reads those.
"""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from fullfile.core.entries import decode_body
from fullfile.core.errors import NotFound
from fullfile.server.store.locked import read_once
from fullfile.server.store.projectors.scene import get_zone
from fullfile.server.store.tables import select

__all__ = ["Office", "find_office", "find_office_zone", "get_office"]


@dataclass(frozen=True, slots=True)
class Office:
    """The office, as it opened its record.

    Attributes:
        name: as it calls itself.
        jurisdiction: the id of its pack.
        time_zone: the name of the zone in which its days end.
        origin: the name of its log.
        vkey: the key that signs its checkpoints.
    """

    name: str
    jurisdiction: str
    time_zone: str
    origin: str
    vkey: str

    @property
    def zone(self) -> ZoneInfo:
        """The office's clock."""
        return get_zone(self.time_zone)


def find_office() -> Office | None:
    """The office, or None where no record was begun."""
    return read_once("office", _read_office)


def _read_office() -> Office | None:
    rows = select(
        'SELECT e.recorded_ms, b.body FROM entry e JOIN entry_body b ON b."index" = e."index" '
        'WHERE e."index" = 0'
    )
    if not rows:
        return None
    recorded_ms, body = rows[0]
    entry = decode_body(0, recorded_ms, bytes(body))
    if entry.type != "office.opened":
        return None
    data = entry.data
    return Office(
        data["office"], data["jurisdiction"], data["time_zone"], data["origin"], data["vkey"]
    )


def get_office() -> Office:
    """The office.

    Raises:
        NotFound: no record was begun.
    """
    office = find_office()
    if office is None:
        raise NotFound("This home has no record yet: begin one with `fullfile init`.")
    return office


def find_office_zone() -> ZoneInfo:
    """The office's clock; UTC before the office has opened its record."""
    office = find_office()
    return get_zone("UTC") if office is None else office.zone
