"""The record itself: its head, its entries, their proofs; and the search over what somebody may see.

Leaves and proofs are for everybody who has a token; what an entry says, for whoever may read it (`web.contents`).

What this does not do: it checks nothing anew; `fullfile verify` does, on the reader's own machine.
"""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Query, Schema
from pydantic import ConfigDict, Field

from fullfile.core.entries import Entry
from fullfile.core.ids import instant_text
from fullfile.server.accounts.person import Person
from fullfile.server.accounts.policy import Field as Seen
from fullfile.server.accounts.policy import Right
from fullfile.server.accounts.policy import Shown as How
from fullfile.server.queries.find import Hit, find
from fullfile.server.queries.log import ask_entry
from fullfile.server.store import checkpoints
from fullfile.server.store.overview import get_head
from fullfile.server.store.prove import prove
from fullfile.server.store.reading import iter_entries
from fullfile.server.store.search_index import Doc
from fullfile.server.web.api.desk import Asking, Desk
from fullfile.server.web.api.fields import SEALED
from fullfile.server.web.api.shapes import Id, Said, Shown
from fullfile.server.web.clock import office
from fullfile.server.web.contents import content_of, tells_kind
from fullfile.server.web.reach import cases_in_reach, items_in_reach

__all__ = ["desk"]

desk = Desk("Record and search")


class Head(Shown):
    """How far the record has grown, and its last signed checkpoint (C2SP tlog-checkpoint)."""

    size: int
    recorded_at: str | None
    damaged: str | None
    origin: str
    checkpoint: str | None
    key: str


class EntryShown(Shown):
    """An entry in the list."""

    index: int
    type: str | None
    recorded_at: str
    source: str | None
    corrects: int | None
    erased: bool


class Entries(Shown):
    """A part of the record, from an index on; `next` is where the following part begins."""

    rows: list[EntryShown]
    size: int
    next: int | None


class EntryWhole(EntryShown):
    """One entry: its leaf, what corrects it, and what it says, as far as the reader may read it."""

    leaf: str
    corrected_by: int | None
    erased_by: int | None
    unchanged: bool | None
    reads: str
    why_not: str | None
    case_id: int | None
    item_id: int | None
    content: dict[str, str]


class Proof(Shown):
    """The proof that an entry is in the record (C2SP tlog-proof), which `fullfile verify` reads from a file."""

    index: int
    key: str
    proof: str


class After(Schema):
    """Which part of the record."""

    model_config = ConfigDict(extra="forbid")

    after: int = Field(-1, ge=-1, le=2**53 - 1, description="The last index that one has read.")
    limit: int = Field(100, ge=1, le=500)


class Sought(Said):
    """Words to be found."""

    words: Annotated[str, Field(min_length=1, max_length=200)]


class FoundThing(Shown):
    """Something found, and why."""

    kind: str
    how: str
    item_id: int | None
    case_id: int | None
    name: str
    what: str | None
    why: str | None
    entry: int


class Hits(Shown):
    """What was found: exact first, then by words, then near; `behind`: entries not taken in yet."""

    rows: list[FoundThing]
    more: bool
    behind: int


@desk.reads("/record", Right.CHECK_RECORD, Head)
def get_record(request: Asking) -> dict[str, Any]:  # noqa: ARG001
    """The head of the record, its last signed checkpoint, and the key that signs."""
    head = get_head()
    note = checkpoints.find_signed()
    return {
        "size": head.size,
        "recorded_at": instant_text(head.recorded_ms) if head.size else None,
        "damaged": head.damaged or None,
        "origin": office().origin,
        "checkpoint": None if note is None else note.decode(),
        "key": str(checkpoints.verifier()),
    }


@desk.reads("/record/entries", Right.CHECK_RECORD, Entries)
def list_entries(request: Asking, asked: Query[After]) -> dict[str, Any]:
    """The record in its order, after an index: a program that keeps up asks again with `next`."""
    size = get_head().size
    first = min(size, asked.after + 1)
    last = min(size, first + asked.limit)
    rows = [_entry(request.person, one) for one in iter_entries(first, last)]
    return {"rows": rows, "size": size, "next": last - 1 if last < size else None}


@desk.reads("/record/entries/{int:index}", Right.CHECK_RECORD, EntryWhole)
def get_entry(request: Asking, index: Id) -> dict[str, Any]:
    """One entry: unchanged since when, and what it says."""
    person = request.person
    found = ask_entry(index)
    content = content_of(person, found.entry)
    return _entry(person, found.entry) | {
        "leaf": found.leaf,
        "corrected_by": found.corrected_by,
        "erased_by": found.erased_by,
        "unchanged": found.unchanged,
        "reads": content.reads.value,
        "why_not": content.why or None,
        "case_id": content.case_id,
        "item_id": content.item_id,
        "content": dict(content.columns),
    }


@desk.reads("/record/entries/{int:index}/proof", Right.CHECK_RECORD, Proof)
def get_proof(request: Asking, index: Id) -> dict[str, Any]:  # noqa: ARG001
    """The proof that an entry is in the record, as of the last signed checkpoint."""
    return {"index": index, "key": str(checkpoints.verifier()), "proof": prove(index).decode()}


@desk.reads("/search", Right.SEARCH, Hits, posted=True)
def search(request: Asking, said: Sought) -> dict[str, Any]:
    """Where is the thing I have half a memory of? Within reach only; what is out of reach leaves no trace."""
    person = request.person
    found = find(
        said.words,
        items=lambda ids: items_in_reach(person, ids),
        cases=lambda ids: cases_in_reach(person, ids),
    )
    rows = [
        _hit(person, hit, how)
        for how, hits in (("exact", found.exact), ("words", found.others), ("near", found.near))
        for hit in hits
    ]
    return {"rows": rows, "more": found.more, "behind": found.behind}


def _entry(person: Person, entry: Entry) -> dict[str, Any]:
    tells = tells_kind(person)
    return {
        "index": entry.index,
        "type": entry.type if tells else None,
        "recorded_at": instant_text(entry.recorded_ms),
        "source": (entry.source or None) if tells else None,
        "corrects": entry.corrects if tells else None,
        "erased": bool(entry.more.get("erased")),
    }


_NAMED = {
    Doc.ITEM: ("tag", "description"),
    Doc.CASE: ("case_number", "title"),
    Doc.PARTY: ("name", "role"),
    Doc.MENTION: ("report_number", "description"),
    Doc.REQUEST: ("defendant", "asks_for"),
}


def _hit(person: Person, hit: Hit, how: str) -> dict[str, Any]:
    data = hit.entry.data
    name, what = (str(data.get(column, "")) for column in _NAMED[hit.kind])
    sealed = person.sees(Seen.SEALED) is not How.YES
    if sealed and data.get("protected"):
        name = SEALED
    if sealed and data.get("sealed"):
        what = SEALED
    return {
        "kind": hit.kind.name.lower(),
        "how": how,
        "item_id": hit.thing if hit.kind is Doc.ITEM else None,
        "case_id": hit.thing if hit.kind is not Doc.ITEM and hit.thing else None,
        "name": name,
        "what": what or None,
        "why": hit.why or None,
        "entry": hit.entry.index,
    }
