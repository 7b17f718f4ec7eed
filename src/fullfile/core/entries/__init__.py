"""What may be written: the import tables, the office's own acts, and their one codec."""

from fullfile.core.entries.codec import (
    BODY_LIMIT,
    Draft,
    Entry,
    Prepared,
    decode_body,
    encode_bodies,
    encode_body,
    prepared_parts,
)
from fullfile.core.entries.fields import Column, Kind, Table
from fullfile.core.entries.tables import ROW_TYPES, TABLES, get_table
from fullfile.core.entries.types import ENTRY_TYPES, TABLE_OF_TYPE, EntryType

__all__ = [
    "BODY_LIMIT",
    "ENTRY_TYPES",
    "ROW_TYPES",
    "TABLES",
    "TABLE_OF_TYPE",
    "Column",
    "Draft",
    "Entry",
    "EntryType",
    "Kind",
    "Prepared",
    "Table",
    "decode_body",
    "encode_bodies",
    "encode_body",
    "get_table",
    "prepared_parts",
]
