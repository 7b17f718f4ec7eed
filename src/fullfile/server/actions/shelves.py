"""An agency names a shelf, which so gets a label before anything stands on it.

What this does not do: a shelf that an act or a list names exists as well without it.
"""

from __future__ import annotations

from fullfile.core.custody.labels import Kind, code_of, shelf_number
from fullfile.core.entries import Draft
from fullfile.core.errors import Reason, Refused
from fullfile.core.ids import key
from fullfile.core.said import say
from fullfile.server.store.append import unit_of_work
from fullfile.server.store.finding import nearest_agencies
from fullfile.server.store.load import agencies, find_agencies

__all__ = ["agency_on_record", "name_shelf"]


def name_shelf(
    *, agency: str, place: str, room: str = "", actor: str, now_ms: int
) -> tuple[int, str]:
    """Name a shelf of an agency. The index of the entry, and the code of its label.

    Args:
        agency: whose it is, or a name it is also called by.
        place: the name of the shelf.
        room: the room it stands in.
        actor: who says so.
        now_ms: what the clock says, UTC milliseconds.

    Raises:
        Refused: with every reason.
    """
    with unit_of_work() as writer:
        called = agency_on_record(agency)
        said = {"agency": called, "place": place.strip(), "room": room.strip()}
        reasons = []
        if not actor.strip():
            reasons.append(Reason("anonymous", say("Whoever names it is named.")))
        if not said["place"]:
            reasons.append(Reason("place_missing", say("Say what the shelf is called.")))
        if reasons:
            raise Refused(reasons)
        data = {name: value for name, value in said.items() if value}
        made = writer.append([Draft("shelf.named", actor.strip(), data)], now_ms=now_ms)[0]
        return made, code_of(Kind.SHELF, shelf_number(called, said["place"]))


def agency_on_record(said: str) -> str:
    """An agency by any of its names, as it is first spelled.

    Raises:
        Refused: nothing on record names it; the nearest are named.
    """
    called = agencies().get(key(said), said.strip())
    if not called or not find_agencies([called]):
        near = nearest_agencies(said)
        shown = said.strip()[:60]
        raise Refused(
            say(
                "Nothing on record names an agency “{agency}”: the nearest are {near}.",
                agency=shown,
                near=", ".join(near),
            )
            if near
            else say(
                "Nothing on record names an agency “{agency}”: record the agency first.",
                agency=shown,
            ),
            code="agency_unknown",
        )
    return called
