"""Court-ordered erasure: the body goes, the leaf and every proof stay (law 13).

What is kept of a row stands in the entry `body.erased`: numbers, dates, yes and no, quantities, words
of closed lists, the names of agencies and the key of the defendant, so that the line stays
in place; never free text, never a person's name. Then the read rows of the entry are made
again from what was kept, and body and salt are deleted, in the same transaction.

The hash of the row's key is kept too, so that a later import of the same row does not bring it back
(`row_keys.ERASED`). The body of `body.erased` is the office's own and is never published.

What this does not do: it does not ask whether the order is right.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fullfile.core.entries import TABLE_OF_TYPE, Draft, Entry, Kind, get_table
from fullfile.core.errors import NotFound, Refused
from fullfile.core.ids import key as casefolded
from fullfile.server.store import row_keys, search_index
from fullfile.server.store.keys import find_cases
from fullfile.server.store.projectors import Recorded
from fullfile.server.store.projectors.scene import defendant_key, names_defendant
from fullfile.server.store.reading import find_erasures, kept_of, read_entries
from fullfile.server.store.tables import execute, select

if TYPE_CHECKING:
    from fullfile.server.store.append import Writer

__all__ = ["as_draft", "erase", "kept_data", "recorded_again"]

Data = Mapping[str, Any]  # JSON without floats

_KEPT_KINDS = frozenset({Kind.NUMBER, Kind.WHEN, Kind.WORD, Kind.YES_NO, Kind.QUANTITY})
_AGENCIES = frozenset({"agency", "parent_agency", "booked_agency", "agencies", "also_called"})
_PERSONAL = frozenset({"party_id", "date_of_birth"})
# Words that a pack may add to, and lists of numbers: neither free text nor a person.
_WORDS: dict[str, frozenset[str]] = {
    "agencies": frozenset({"kind"}),
    "cases": frozenset(
        {"jurisdiction", "court_level", "time_zone", "report_numbers", "related_cases"}
    ),
    "counts": frozenset({"grade"}),
    "docket": frozenset({"event"}),
    "items": frozenset({"same_as"}),
    "withholdings": frozenset({"ground"}),
}

_NAMING = (
    "parties",
    "party_status",
    "counts",
    "disclosures",
    "withholdings",
    "requests",
    "docket",
)


def kept_data(table: str, data: Data) -> dict[str, Any]:
    """Of the data of a row, what an erasure keeps."""
    words = _WORDS.get(table, frozenset())
    kept = {
        column.name: data[column.name]
        for column in get_table(table).columns
        if column.name in data
        and column.name not in _PERSONAL
        and (column.kind in _KEPT_KINDS or column.name in _AGENCIES or column.name in words)
    }
    if table == "parties" and data.get("role") == "defendant" and "defendant_key" not in data:
        kept["defendant_key"] = casefolded(data["name"])
    elif names_defendant(data):
        kept["defendant_key"] = defendant_key(data)
    return kept


def erase(writer: Writer, index: int, order: str, by: str, *, now_ms: int) -> int:
    """Erase the body of an entry. The index of the `body.erased` entry.

    Raises:
        NotFound: there is no such entry, or its body is erased already.
        Refused: the entry is no row of an import table.
    """
    if not 0 <= index < writer.size:
        raise NotFound(f"The record has no entry {index}: it ends at {writer.size - 1}.")
    if find_erasures([index]):
        raise NotFound(f"The body of entry {index} is erased already.")
    (entry,) = read_entries([index])
    table = TABLE_OF_TYPE.get(entry.type)
    if table is None:
        raise Refused(
            f"Entry {index} is the office's own act ({entry.type}) and decides answers: "
            "only a row of an import table can be erased.",
            code="not_erasable",
        )
    told: dict[str, Any] = {
        "entry": index,
        "kept": kept_data(table, entry.data),
        "order": order,
        "row_key": row_keys.key_of(as_draft(entry)).hex(),
        "type": entry.type,
    }
    for name in ("source", "run", "row", "corrects"):
        if (value := getattr(entry, name)) not in (None, ""):
            told[name] = value
    (made,) = writer.append([Draft("body.erased", by, told)], now_ms=now_ms)
    (erasure,) = read_entries([made])
    writer.erase(recorded_again(index, entry.recorded_ms, erasure))
    search_index.forget(index)
    execute("UPDATE row_key SET row_digest = %s WHERE entry = %s", [row_keys.ERASED, index])
    if "defendant_key" in told["kept"]:
        _rename_defendant(index, told["kept"])
    return made


def recorded_again(index: int, recorded_ms: int, erasure: Entry) -> Recorded:
    """An erased entry as the projectors see it: what its `body.erased` kept."""
    kept = kept_of(index, recorded_ms, erasure)
    return Recorded(
        index,
        recorded_ms,
        as_draft(kept),
        erased_key=bytes.fromhex(erasure.data["row_key"]),
    )


def as_draft(entry: Entry) -> Draft:
    """The draft that became an entry."""
    return Draft(
        entry.type,
        entry.by,
        entry.data,
        source=entry.source,
        run=entry.run,
        row=entry.row,
        corrects=entry.corrects,
        more=entry.more,
    )


def _rename_defendant(index: int, kept: Data) -> None:
    """A defendant is spelled as the first mention that is still there spells the name."""
    (case,) = find_cases([kept["case_number"]]).values()
    found = select(
        "SELECT defendant_id FROM defendant_key WHERE case_id = %s AND norm = %s",
        [case, kept["defendant_key"]],
    )
    for (defendant,) in found:
        name = ""
        for mention in _mentions(case, defendant):
            if mention == index:
                continue
            (entry,) = read_entries([mention])
            name = entry.data.get("name" if entry.type == "party.recorded" else "defendant", "")
            if name:
                break
        execute(
            "UPDATE defendant_key SET name = %s WHERE defendant_id = %s", [name.strip(), defendant]
        )


def _mentions(case: int, defendant: int) -> list[int]:
    parts = " UNION ALL ".join(
        f"SELECT entry FROM {table} WHERE case_id = {case} AND defendant_id = {defendant}"
        for table in _NAMING
    )
    return [entry for (entry,) in select(f"{parts} ORDER BY entry")]
