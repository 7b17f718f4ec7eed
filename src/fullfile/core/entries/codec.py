"""One codec: a draft becomes the canonical bytes of a body, and bytes become an entry again.

Bodies are RFC 8785. They hold no floats; numbers that are names are text.
Old versions are brought up to date on reading (`_UPCASTERS`); bytes once
written are never rewritten.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from fullfile.core.entries.types import ENTRY_TYPES
from fullfile.core.errors import RecordDamaged, Refused
from fullfile.core.tlog import canonical_bytes

__all__ = [
    "BODY_LIMIT",
    "Draft",
    "Entry",
    "Prepared",
    "decode_body",
    "encode_bodies",
    "encode_body",
    "prepared_parts",
]

BODY_LIMIT = 1024 * 1024
"""A body has 1 MiB at most: files never go in, only their digests."""

Data = Mapping[str, Any]
"""JSON without floats: text, booleans, integers, lists and objects of these."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Parts of a draft that were worked out ahead, in another process, from the same data.

    Attributes:
        key, digest: the hashes of its row's key and of all that it says.
        data, more: their canonical JSON (`prepared_parts`).
    """

    key: bytes
    digest: bytes
    data: str
    more: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to record. It becomes an entry at the one door, `store.append`.

    Attributes:
        type: a name of `ENTRY_TYPES`.
        by: who records it; nothing is anonymous.
        data: the facts, only those that were said.
        source: the name of the system they came from; empty for the office's own acts.
        run: the index of the `import.started` entry.
        row: the row in the file of that run, counted as a person counts (header is row 1).
        corrects: the index of the entry that this one corrects.
        more: columns of the export that no table knows, kept as they were.
        prepared: what was worked out ahead of exactly this data and more; changes no byte.
    """

    type: str
    by: str
    data: Data
    source: str = ""
    run: int | None = None
    row: int | None = None
    corrects: int | None = None
    more: Mapping[str, str] = field(default_factory=dict)
    prepared: Prepared | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, as it stands in the record.

    Attributes:
        index: its place in the log, from 0.
        recorded_ms: when the record learned of it, UTC milliseconds.
        type, by, data, source, run, row, corrects, more: as in `Draft`.
    """

    index: int
    recorded_ms: int
    type: str
    by: str
    data: Data
    source: str = ""
    run: int | None = None
    row: int | None = None
    corrects: int | None = None
    more: Mapping[str, str] = field(default_factory=dict)


def encode_body(draft: Draft, recorded_at: str) -> bytes:
    """The canonical bytes of a body.

    Args:
        draft: what is to be recorded.
        recorded_at: RFC 3339 text, as in the leaf.

    Raises:
        Refused: the draft is anonymous, of an unknown type, or larger than 1 MiB.
    """
    return encode_bodies([draft], recorded_at)[0]


def encode_bodies(drafts: Sequence[Draft], recorded_at: str) -> list[bytes]:
    """The canonical bytes of the bodies of many drafts; see `encode_body`.

    What was prepared is put together in the order of a body's keys (RFC 8785, section
    3.2.3), and what neighbours share is written once.

    Raises:
        Refused: as `encode_body`.
    """
    bodies: list[bytes] = []
    shared: tuple[str, str, str, int | None] | None = None
    start = middle = end = ""
    for draft in drafts:
        parts, row = draft.prepared, draft.row
        if parts is None or row is None:
            bodies.append(_encode_alone(draft, recorded_at))
            continue
        shares = (draft.type, draft.by, draft.source, draft.run)
        if shares != shared:
            start, middle, end = _frame(draft, recorded_at)
            shared = shares
        corrects = "" if draft.corrects is None else f'"corrects":{draft.corrects},'
        more = f',"more":{parts.more}' if draft.more else ""
        encoded = f'{start}{corrects}"data":{parts.data}{more}{middle}{row}{end}'.encode()
        bodies.append(encoded if len(encoded) <= BODY_LIMIT else _checked(encoded))
    return bodies


def prepared_parts(data: Data, more: Mapping[str, str]) -> tuple[str, str]:
    """The canonical JSON of a draft's data and of its `more`, for `Prepared`."""
    return canonical_bytes(data).decode(), canonical_bytes(more).decode()


def _version_of(draft: Draft) -> int:
    """The version of its type, if it may be recorded at all."""
    if not draft.by:
        raise Refused("An entry needs the name of whoever records it.", code="anonymous")
    known = ENTRY_TYPES.get(draft.type)
    if known is None:
        raise Refused(f"“{draft.type}” is no type of entry.", code="entry_type_unknown")
    return known.version


def _encode_alone(draft: Draft, recorded_at: str) -> bytes:
    body: dict[str, Any] = {
        "by": draft.by,
        "data": draft.data,
        "recorded_at": recorded_at,
        "type": draft.type,
        "v": _version_of(draft),
    }
    if draft.source:
        body["source"] = draft.source
    if draft.run is not None:
        body["run"] = draft.run
    if draft.row is not None:
        body["row"] = draft.row
    if draft.corrects is not None:
        body["corrects"] = draft.corrects
    if draft.more:
        body["more"] = draft.more
    return _checked(canonical_bytes(body))


def _frame(draft: Draft, recorded_at: str) -> tuple[str, str, str]:
    """What stands before, between and after what is a row's own."""
    version = _version_of(draft)
    run = "" if draft.run is None else f',"run":{draft.run}'
    source = f',"source":{_quoted(draft.source)}' if draft.source else ""
    return (
        f'{{"by":{_quoted(draft.by)},',
        f',"recorded_at":{_quoted(recorded_at)},"row":',
        f'{run}{source},"type":{_quoted(draft.type)},"v":{version}}}',
    )


@lru_cache(maxsize=1_024)
def _quoted(text: str) -> str:
    return canonical_bytes(text).decode()


def _checked(encoded: bytes) -> bytes:
    if len(encoded) > BODY_LIMIT:
        raise Refused(
            f"This entry would have {len(encoded):,} bytes; a body has {BODY_LIMIT:,} at most. "
            "Keep files in the evidence store and record their digests.",
            code="body_too_large",
        )
    return encoded


_UPCASTERS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""From (type, version) to a function that gives the data of the next version."""


def decode_body(index: int, recorded_ms: int, body: bytes) -> Entry:
    """Read the bytes of a body.

    Raises:
        RecordDamaged: the bytes are no body that this office can have written.
    """
    try:
        # Whether the bytes are the canonical ones is for the digest to say (`log verify`).
        found: Any = json.loads(body)  # the keys are checked by reading them
        kind, version, data = found["type"], found["v"], found["data"]
        known = ENTRY_TYPES[kind]
        while version < known.version:
            data = _UPCASTERS[kind, version](data)
            version += 1
        return Entry(
            index=index,
            recorded_ms=recorded_ms,
            type=kind,
            by=found["by"],
            data=data,
            source=found.get("source", ""),
            run=found.get("run"),
            row=found.get("row"),
            corrects=found.get("corrects"),
            more=found.get("more", {}),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise RecordDamaged(f"The body of entry {index} cannot be read ({error}).") from error
