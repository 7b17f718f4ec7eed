"""Columns chosen by a person instead of a mapping file: what they are guessed to be, and a mapping of them.

A guess is a proposal that a person sees and may change; it is said to be one. What is chosen becomes a
mapping like any other, with a digest that stays with the run.

What this does not do: it joins and translates nothing; that takes a mapping file.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from dataclasses import dataclass

from fullfile.core.entries import TABLES
from fullfile.core.entries.fields import Kind
from fullfile.core.errors import Reason, Refused
from fullfile.engines.importers.dates import compile_date
from fullfile.engines.importers.exports import Export
from fullfile.engines.importers.mapping import (
    ColumnMapping,
    Layout,
    Mapping,
    Piece,
    RowFilter,
    TableMapping,
)
from fullfile.engines.importers.profile import ColumnProfile
from fullfile.engines.importers.shape import ROW_ID, column_of_header

__all__ = ["DATE_ORDERS", "Chosen", "guess_columns", "guess_dates", "mapping_of"]

_TIMES = ("", " %I:%M:%S %p", " %I:%M %p", " %H:%M:%S", " %H:%M")
DATE_ORDERS: dict[str, tuple[str, ...]] = {
    "iso": (),
    "month": tuple(f"{day}{time}" for day in ("%m/%d/%Y", "%m-%d-%Y") for time in _TIMES),
    "day": tuple(f"{day}{time}" for day in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y") for time in _TIMES),
    "words": tuple(
        f"{day}{time}"
        for day in ("%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y")
        for time in _TIMES
    ),
}
"""How a person says that dates are written, and the formats that it stands for; ISO 8601 is always read."""

_ALSO = {
    "tag": (
        "tag_number tag_no tag_# evidence_number evidence_no evidence_tag evidence_# item_number item_no item_# "
        "property_number property_no property_tag barcode bar_code control_number exhibit_no"
    ),
    "agency": "department dept agency_name holding_agency police_department ori_name",
    "description": "item_description desc property_description article item evidence_description",
    "booked_at": "booked date_booked booking_date received date_received received_date date_in intake_date entry_date",
    "collected_at": "collected date_collected collection_date recovered date_recovered seized date_seized",
    "booked_by": "received_by entered_by intake_by",
    "collected_by": "officer collecting_officer recovered_by seized_by",
    "collected_from": "owner taken_from received_from giver",
    "collected_where": "location_found recovery_location where_found found_at",
    "storage_location": "location shelf bin storage current_location",
    "report_number": (
        "report report_no report_# ir ir_number incident incident_number incident_no offense_report dr_number rd_no "
        "complaint_number"
    ),
    "case_number": "case case_no case_# cause_number docket_number court_case court_case_number",
    "serial_number": "serial serial_no serial_#",
    "quantity": "qty count amount",
    "category": "property_type type class item_type",
    "status": "disposition item_status",
    "notes": "remarks comments comment note",
    "occurred_at": "date datetime date_time when event_date transaction_date",
    "event": "action transaction transaction_type activity",
    "by": "user officer employee performed_by",
    "defendant": "defendant_name accused",
    "name": "full_name party_name person",
    "date_of_birth": "dob birth_date birthdate",
    "disclosed_at": "disclosure_date date_disclosed served date_served",
    "filed_at": "date_filed filing_date",
    "row_id": "id record_id guid uuid key",
}
_OURS_OF = {
    word: ours for ours, words in reversed(_ALSO.items()) for word in (*words.split(), ours)
}
_ROWS = 2_000
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}\b")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a column of theirs is taken for.

    Attributes:
        theirs: its title.
        ours: the column of the import table; empty: kept as it is.
        how: same (the name is ours), guessed, last (as last time), or empty.
    """

    theirs: str
    ours: str
    how: str


def guess_columns(
    header: Sequence[str], table: str, last: Pairs[str, str] | None = None
) -> list[Chosen]:
    """What the columns of an export are, as far as their names say.

    Args:
        header: theirs.
        table: the import table.
        last: what the same source's columns were taken for the last time.
    """
    known = {column.name for column in TABLES[table].columns} | {ROW_ID}
    found: dict[str, Chosen] = {}
    taken: set[str] = set()

    def take(theirs: str, ours: str, how: str) -> None:
        if theirs not in found and ours not in taken:
            found[theirs] = Chosen(theirs, ours, how)
            if ours:
                taken.add(ours)

    for theirs in header:
        if last and theirs in last and (not last[theirs] or last[theirs] in known):
            take(theirs, last[theirs], "last")
    forms = {theirs: re.sub(r"[^a-z0-9#]+", "_", theirs.casefold()).strip("_") for theirs in header}
    for theirs in header:
        if column_of_header(theirs) in known:
            take(theirs, column_of_header(theirs), "same")
    for theirs, form in forms.items():
        if _OURS_OF.get(form) in known:
            take(theirs, _OURS_OF[form], "guessed")
    for theirs, form in forms.items():
        near = difflib.get_close_matches(form, sorted(known - taken), n=1, cutoff=0.8)
        if near:
            take(theirs, near[0], "guessed")
    return [found.get(theirs, Chosen(theirs, "", "")) for theirs in header]


def guess_dates(
    export: Export, columns: Sequence[ColumnProfile], *, day_first: bool
) -> tuple[str, bool]:
    """How the dates of an export are written, and whether that is sure.

    Args:
        export: its first rows are looked at.
        columns: as they were sampled.
        day_first: how the office itself writes, where the values leave it open.
    """
    if any("%b" in column.date_format for column in columns):
        return "words", True
    above_first = above_second = False
    seen, left = False, _ROWS
    for chunk in export.chunks():
        for row in chunk.rows[:left]:
            for found in filter(None, (_SLASHED.match(cell.strip()) for cell in row)):
                seen = True
                above_first |= int(found[1]) > 12
                above_second |= int(found[2]) > 12
        left -= len(chunk.rows)
        if left <= 0:
            break
    if not seen:
        return "iso", True
    if above_first != above_second:
        return ("day" if above_first else "month"), True
    return ("day" if day_first else "month"), False


def mapping_of(
    source: str, table: str, columns: Pairs[str, str], *, dates: str, header: int
) -> Mapping:
    """The mapping that a choice of columns is.

    Args:
        source: the system.
        table: the import table.
        columns: theirs to ours; empty: kept as it is.
        dates: a key of `DATE_ORDERS`.
        header: the row of the header.

    Raises:
        Refused: a column of ours is named twice, or one that the table must have is not named.
    """
    wanted = TABLES[table]
    chosen = {theirs: ours for theirs, ours in columns.items() if ours}
    reasons: list[Reason] = []
    for ours in sorted(set(chosen.values())):
        theirs = [one for one, said in chosen.items() if said == ours]
        if len(theirs) > 1:
            named = " and ".join(f"“{one}”" for one in theirs)
            reasons.append(
                Reason(
                    "column_twice",
                    f"{named} are both taken for {ours}: keep one of them as it is.",
                )
            )
    given = set(chosen.values())
    reasons += [
        Reason("column_missing", f"No column is taken for {name}, which {table} must have.")
        for name in wanted.required
        if name not in given
    ]
    reasons += [
        Reason(
            "column_missing",
            f"No column is taken for {' or '.join(group)}; {table} must have one of them.",
        )
        for group in wanted.one_of
        if not given & set(group)
    ]
    if dates not in DATE_ORDERS:
        reasons.append(Reason("dates", "Say how dates are written."))
    if reasons:
        raise Refused(reasons)
    kinds = {column.name: column.kind for column in wanted.columns}
    formats = DATE_ORDERS[dates]
    made = tuple(
        ColumnMapping(
            ours,
            ((Piece(column=theirs, as_date=bool(formats) and kinds.get(ours) is Kind.WHEN),),),
        )
        for theirs, ours in chosen.items()
    )
    said = json.dumps([table, columns, dates, header], ensure_ascii=False, sort_keys=True)
    return Mapping(
        name=f"columns of {source}",
        digest="sha256:" + hashlib.sha256(said.encode()).hexdigest(),
        system=source,
        layout=Layout(header=header),
        dates=tuple(compile_date(one) for one in formats),
        midnight_is_day=False,
        empty=frozenset(),
        codes=(),
        tables=(TableMapping(table, made, RowFilter()),),
        no_tables="",
    )
