"""The import tables by name, in an order in which a directory can be imported.

Agencies and cases come first, because other rows name them. Filings come
after views, requests, mentions and knowledge, so that what is set aside is
read after what it was set aside in spite of.
"""

from __future__ import annotations

from dataclasses import fields

from fullfile.core.entries import rows
from fullfile.core.entries.fields import Column, Table, columns_of

__all__ = ["ROW_TYPES", "TABLES", "column_name", "get_table"]

ROW_TYPES: dict[str, type] = {
    "agencies": rows.AgencyRow,
    "cases": rows.CaseRow,
    "parties": rows.PartyRow,
    "status": rows.StatusRow,
    "counts": rows.CountRow,
    "items": rows.ItemRow,
    "custody": rows.CustodyRow,
    "docket": rows.DocketRow,
    "determinations": rows.DeterminationRow,
    "knowledge": rows.KnowledgeRow,
    "mentions": rows.MentionRow,
    "requests": rows.RequestRow,
    "links": rows.LinkRow,
    "filings": rows.FilingRow,
    "withholdings": rows.WithholdingRow,
    "disclosures": rows.DisclosureRow,
    "answers": rows.AnswerRow,
    "holds": rows.HoldRow,
}

_OCCURRED = {
    "cases": "opened_on",
    "status": "from",
    "counts": "charged_on",
    "items": "booked_at",
    "custody": "occurred_at",
    "docket": "occurred_on",
    "determinations": "made_at",
    "knowledge": "known_from",
    "mentions": "mentioned_at",
    "requests": "requested_at",
    "links": "decided_at",
    "filings": "filed_at",
    "withholdings": "withheld_at",
    "disclosures": "disclosed_at",
    "answers": "answered_at",
    "holds": "placed_at",
}
_ENTRY_TYPES = {
    "agencies": "agency.recorded",
    "cases": "case.recorded",
    "parties": "party.recorded",
    "status": "status.recorded",
    "counts": "count.recorded",
    "items": "item.recorded",
    "custody": "custody.recorded",
    "docket": "docket.recorded",
    "determinations": "determination.recorded",
    "knowledge": "knowledge.recorded",
    "mentions": "mention.recorded",
    "requests": "request.recorded",
    "links": "link.recorded",
    "filings": "filing.recorded",
    "withholdings": "withholding.recorded",
    "disclosures": "disclosure.recorded",
    "answers": "answer.recorded",
    "holds": "hold.recorded",
}
_ONE_OF = {
    "items": (("collected_at", "booked_at"),),
    "holds": (("case_number", "report_number", "tag"),),
}


def column_name(attribute: str) -> str:
    """The header's name of an attribute (`from_` stands for `from`, a word of the language)."""
    return attribute.rstrip("_")


def _table(name: str, row_type: type) -> Table:
    declared = tuple(
        Column(column_name(item.name), item.kind, item.required, item.words, item.key)
        for item in columns_of(row_type)
    )
    if len(declared) != len(fields(row_type)):
        raise TypeError(f"{row_type.__name__} has an attribute that is no column")
    return Table(name, _ENTRY_TYPES[name], declared, _OCCURRED.get(name), _ONE_OF.get(name, ()))


TABLES: dict[str, Table] = {name: _table(name, row_type) for name, row_type in ROW_TYPES.items()}
"""Every import table, in the order in which a directory is read."""


def get_table(name: str) -> Table:
    """One import table.

    Raises:
        KeyError: there is no table of that name.
    """
    return TABLES[name]
