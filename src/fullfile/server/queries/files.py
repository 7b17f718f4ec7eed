"""The files of an item, as the record has them: what each is, who added it, under which digest it lies in the store."""

from __future__ import annotations

from dataclasses import dataclass

from fullfile.core.bag.kinds import STANDARD_KINDS
from fullfile.core.entries import Entry
from fullfile.core.errors import NotFound
from fullfile.core.ids import key
from fullfile.core.said import say
from fullfile.server.queries.items import ask_item
from fullfile.server.store.acts import acts_of_items
from fullfile.server.store.files import has_file
from fullfile.server.store.load import current_size, entries, find_items
from fullfile.server.store.overview import list_settings

__all__ = ["FILE_ADDED", "ItemFile", "file_of_entry", "files_allowed", "files_of", "files_of_items"]

FILE_ADDED = "item.file_added"
_LIMIT_MB = 4096


@dataclass(frozen=True, slots=True)
class ItemFile:
    """A file of an item.

    Attributes:
        entry: the entry that added it.
        agency, tag: the item.
        name: what it was called.
        sha256: its digest: where it lies in the store.
        size: in bytes.
        kind: image, audio, video, document, data, archive, disk_image, program or other.
        media_type: under which it is given out.
        use: what it is of the item (`core.bag.uses`).
        by: who added it.
        recorded_ms: when, UTC milliseconds.
        there: the store has it.
    """

    entry: int
    agency: str
    tag: str
    name: str
    sha256: str
    size: int
    kind: str
    media_type: str
    use: str
    by: str
    recorded_ms: int
    there: bool


def files_of(agency: str, tag: str) -> list[ItemFile]:
    """The files of an item, in the order in which they were added.

    Raises:
        NotFound: no such item.
    """
    item = ask_item(agency, tag)
    return [_file(one) for one in acts_of_items([item.item_id], (FILE_ADDED,), current_size())]


def files_of_items(
    items: list[tuple[str, str]], size: int
) -> dict[tuple[str, str], list[ItemFile]]:
    """The files of several items (by key), as of a size of the record."""
    ids = sorted(find_items(items).values())
    found: dict[tuple[str, str], list[ItemFile]] = {}
    for entry in acts_of_items(ids, (FILE_ADDED,), size):
        one = _file(entry)
        found.setdefault((key(one.agency), key(one.tag)), []).append(one)
    return found


def file_of_entry(entry: int) -> ItemFile:
    """A file by the entry that added it.

    Raises:
        NotFound: the entry adds no file.
    """
    (found,) = entries([entry])
    if found.type != FILE_ADDED:
        raise NotFound(say("Entry {entry} adds no file.", entry=entry))
    return _file(found)


def files_allowed() -> tuple[tuple[str, ...], int]:
    """Which kinds of files the office takes, and how large one may be (bytes)."""
    said = {one.name: one.value for one in list_settings()}
    kinds = said.get("file_kinds")
    limit = said.get("file_limit")
    return (
        tuple(kinds) if isinstance(kinds, list) else STANDARD_KINDS,
        int(limit if isinstance(limit, str) else _LIMIT_MB) * 2**20,
    )


def _file(entry: Entry) -> ItemFile:
    data = entry.data
    return ItemFile(
        entry.index,
        str(data["agency"]),
        str(data["tag"]),
        str(data["name"]),
        str(data["sha256"]),
        int(data["bytes"]),
        str(data["kind"]),
        str(data["media_type"]),
        str(data["use"]),
        entry.by,
        entry.recorded_ms,
        has_file(str(data["sha256"])),
    )
