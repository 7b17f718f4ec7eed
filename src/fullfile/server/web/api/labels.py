"""Labels: what stands on one, each print of an item's counted; shelves named and listed; what a scanned code means.

A program draws the label itself: it gets the lines, the code, and the address that the QR code has. A label of an item
that is printed again says that it is a reprint.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from ninja import Query, Schema
from pydantic import ConfigDict, Field

from fullfile.core.custody.labels import Kind, code_of, read_code, shelf_number
from fullfile.core.errors import NotFound, Reason, Refused
from fullfile.server.accounts.person import can
from fullfile.server.accounts.policy import Right
from fullfile.server.actions.labels import SIZES, Printed, labels_printed, print_label
from fullfile.server.actions.shelves import name_shelf
from fullfile.server.store.shelves import Shelf, list_shelves, name_shelves
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.recording import Answer, recorded
from fullfile.server.web.api.shapes import Id, Need, Page, PageOf, Said, Shown, page_of
from fullfile.server.web.clock import now_ms
from fullfile.server.web.custody.label_faces import Face
from fullfile.server.web.custody.labels import (
    address_of_code,
    face_of_item,
    face_of_shelf,
    own_shelf,
)
from fullfile.server.web.custody.scanned import shelf_in
from fullfile.server.web.custody.thing import item_to_handle
from fullfile.server.web.reach import item_in_reach

__all__ = ["desk"]

desk = Desk("Labels and shelves")

Size = Literal[SIZES]  # type: ignore[valid-type]  # the sizes of the action
_WORDS = {
    Kind.ITEM: "item",
    Kind.BOX: "box",
    Kind.SHELF: "shelf",
    Kind.PRODUCTION: "production",
    Kind.PAPER: "paper",
}


class LabelTold(Shown):
    """What stands on a label: lines from the top, the code of the bar code, the address of the QR code."""

    size: str
    code: str
    address: str
    lines: list[str]


class ItemLabel(LabelTold):
    """The label of an item as its next print would be. `printed`: how many there are already."""

    printed: int
    copy_number: int


class ShelfTold(Shown):
    """A shelf, with the code of its label."""

    number: int
    agency: str
    place: str
    room: str | None
    code: str


class ShelfPage(PageOf):
    """A part of the shelves of one's own agency, named or in use, in the order of their names."""

    rows: list[ShelfTold]


class CodeTold(Shown):
    """What a scanned code is on. Of a production or paper the entry that made it; that is asked for where it stands."""

    kind: Literal["item", "box", "shelf", "production", "paper"]
    code: str
    item_id: int | None = None
    agency: str | None = None
    tag: str | None = None
    shelf: int | None = None
    place: str | None = None
    entry: int | None = None


class SizeAsked(Schema):
    """How large a label, in inches."""

    model_config = ConfigDict(extra="forbid")

    size: Size = SIZES[0]


class PrintSaid(Said):
    """Which label is printed."""

    size: Size = SIZES[0]


class ShelfSaidNamed(Said):
    """What a shelf of one's own agency is called: a name, or the code of its old label."""

    place: Annotated[Need, Field(max_length=100)]
    room: Annotated[str, Field(max_length=100)] = ""


@desk.reads("/items/{int:item_id}/label", Right.HANDLE, ItemLabel)
def get_label(request: Asking, item_id: Id, asked: Query[SizeAsked]) -> dict[str, Any]:
    """What stands on the label of an item; to look at it counts nothing."""
    item, _hand = item_to_handle(request.person, item_id)
    printed = labels_printed(item.agency, item.tag)
    face = face_of_item(request, item, asked.size, printed + 1)
    return _told(request, face) | {"printed": printed, "copy_number": printed + 1}


@desk.acts("/items/{int:item_id}/label/prints", Right.HANDLE)
def print_label_of_item(request: Asking, item_id: Id, said: PrintSaid) -> Answer:
    """Count a label of an item as printed. The answer has the label with the number of its print, once."""
    item, _hand = item_to_handle(request.person, item_id)

    def tell(done: Printed) -> dict[str, Any]:
        face = face_of_item(request, item, said.size, done.copy)
        return _told(request, face) | {"copy_number": done.copy}

    return recorded(
        request,
        lambda: print_label(
            agency=item.agency,
            tag=item.tag,
            size=said.size,
            actor=request.person.name,
            now_ms=now_ms(),
        ),
        tell=tell,
    )


@desk.reads("/shelves", Right.HANDLE, ShelfPage)
def list_own_shelves(request: Asking, asked: Query[Page]) -> dict[str, Any]:
    """The shelves of one's own agency, each with the code of its label."""
    found = list_shelves(request.person.works_for)
    part = found[asked.offset : asked.offset + asked.per_page]
    return page_of([_shelf(one) for one in part], len(found), asked)


@desk.acts("/shelves", Right.HANDLE)
def name_own_shelf(request: Asking, said: ShelfSaidNamed) -> Answer:
    """Name a shelf of one's own agency, so that it has a label; one that is named already is told and not named again."""
    agency = request.person.works_for
    place = _place(said.place, agency)
    number = shelf_number(agency, place)

    def do() -> int:
        if number not in name_shelves([number]):
            name_shelf(
                agency=agency,
                place=place,
                room=said.room,
                actor=request.person.name,
                now_ms=now_ms(),
            )
        return number

    return recorded(request, do, tell=lambda made: _shelf(own_shelf(request.person, made)))


@desk.reads("/shelves/{int:number}/label", Right.HANDLE, LabelTold)
def get_label_of_shelf(request: Asking, number: Id, asked: Query[SizeAsked]) -> dict[str, Any]:
    """What stands on the label of a shelf; it is on no evidence, and its prints are not counted."""
    shelf = own_shelf(request.person, number)
    return _told(request, face_of_shelf(request, shelf, asked.size))


@desk.reads("/labels/{code}", Right.SELF, CodeTold)
def read_label(request: Asking, code: str) -> dict[str, Any]:
    """What the code of a scanned label is on, within reach."""
    try:
        label = read_code(code)
    except Refused as error:
        raise NotFound(f"This is no label of ours: {error}") from error
    told: dict[str, Any] = {
        "kind": _WORDS[label.kind],
        "code": code_of(label.kind, label.number),
    }
    match label.kind:
        case Kind.ITEM | Kind.BOX:
            item = item_in_reach(request.person, label.number)
            return told | {"item_id": item.item_id, "agency": item.agency, "tag": item.tag}
        case Kind.SHELF:
            if not can(request.person, Right.HANDLE):
                raise NotFound("There is no such shelf, or you may not see it.")
            shelf = own_shelf(request.person, label.number)
            return told | {"shelf": shelf.number, "agency": shelf.agency, "place": shelf.place}
        case _:  # whether it is there, and may be read, is said where it is asked for
            return told | {"entry": label.number}


def _place(said: str, agency: str) -> str:
    try:
        return shelf_in(said, agency)
    except ValidationError as error:
        raise Refused([Reason("place", text) for text in error.messages]) from error


def _told(request: Asking, face: Face) -> dict[str, Any]:
    return {
        "size": face.inches,
        "code": face.code,
        "address": address_of_code(request, face.code),
        "lines": [line.text for line in sorted(face.lines, key=lambda line: (line.y, line.x))],
    }


def _shelf(one: Shelf) -> dict[str, Any]:
    return {
        "number": one.number,
        "agency": one.agency,
        "place": one.place,
        "room": one.room or None,
        "code": code_of(Kind.SHELF, one.number),
    }
