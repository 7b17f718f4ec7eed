"""What makes the same file twice change nothing: the newest entry of each (table, source, key).

The key of a row is `row_id` where the source has one (kept with the columns
that no table knows), else the key columns of its table (contract, section 4).
`key_of` and `digest_of` read both from a draft, so that the importer, `append`
and `rebuild` cannot differ. Keys are hashed: the table stays small.

The digest of an erased row is `ERASED`: such a row is not recorded again.

What this does not do: it does not decide what a changed row becomes; the importer does.
"""
# ruff: noqa: S608 - names in queries are our own tables'; values go as parameters

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from django.db import connection

from fullfile.core.entries import TABLE_OF_TYPE, TABLES, Draft
from fullfile.core.ids import key
from fullfile.server.store.tables import is_postgresql, select_bytes

__all__ = ["ERASED", "digest_of", "find", "key_of", "put", "row_digest", "row_key"]

ERASED = bytes(16)
"""The digest of a row whose body was erased by order."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_KEY_COLUMNS = {table.entry_type: table.key_columns for table in TABLES.values()}
_ROW_ID = "row_id"
_SEPARATOR = "\x1f"
_FEW = 50
_REPLACE = (
    "ON CONFLICT (key_hash) DO UPDATE SET entry = EXCLUDED.entry, row_digest = EXCLUDED.row_digest"
)


def row_key(table: str, source: str, key_values: Sequence[str]) -> bytes:
    """The hash of a row's key."""
    text = _SEPARATOR.join((table, source, *key_values))
    if text.count(_SEPARATOR) != len(key_values) + 1:  # a value holds the separator itself
        text = _ENCODER.encode([table, source, *key_values])
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def row_digest(data: Mapping[str, Any], more: Mapping[str, str]) -> bytes:
    """The hash of all that a row says: two rows of one key are the same if it is."""
    text = _ENCODER.encode([data, more])
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def key_of(draft: Draft) -> bytes:
    """The hash of the key of a draft that is a row of an import table."""
    if draft.prepared is not None:
        return draft.prepared.key
    table = TABLE_OF_TYPE[draft.type]
    if row_id := draft.more.get(_ROW_ID):
        return row_key(table, draft.source, ["row_id", key(row_id)])
    data = draft.data
    values = []
    for name in _KEY_COLUMNS[draft.type]:
        if name == "defendant" and "defendant_key" in data:
            values.append(data["defendant_key"])
        else:
            values.append(_text(data.get(name)))
    return row_key(table, draft.source, values)


def digest_of(draft: Draft) -> bytes:
    """The hash of all that a draft says."""
    if draft.prepared is not None:
        return draft.prepared.digest
    return row_digest(draft.data, draft.more)


def find(hashes: Sequence[bytes]) -> dict[bytes, tuple[int, bytes]]:
    """The newest entry and the digest of each key that the record has."""
    rows = select_bytes("SELECT key_hash, entry, row_digest FROM row_key WHERE key_hash", hashes)
    return {bytes(found): (entry, bytes(digest)) for found, entry, digest in rows}


def put(rows: Iterable[tuple[bytes, int, bytes]]) -> None:
    """Set the newest entry and the digest of keys: (hash, entry, digest)."""
    newest = {found: (found, entry, digest) for found, entry, digest in rows}
    if not newest:
        return
    connection.ensure_connection()
    raw: Any = connection.connection  # sqlite3's or psycopg's own connection
    with connection.wrap_database_errors:
        if not is_postgresql():
            # In the order of the table, so that its pages are walked once and not at random.
            raw.executemany(
                "INSERT OR REPLACE INTO row_key VALUES (?, ?, ?)", sorted(newest.values())
            )
            return
        with raw.cursor() as cursor:
            if len(newest) <= _FEW:
                cursor.executemany(
                    f"INSERT INTO row_key (key_hash, entry, row_digest) VALUES (%s, %s, %s) {_REPLACE}",
                    list(newest.values()),
                )
                return
            cursor.execute(
                "CREATE TEMPORARY TABLE IF NOT EXISTS row_key_put "
                "(key_hash bytea, entry bigint, row_digest bytea) ON COMMIT DELETE ROWS"
            )
            with cursor.copy("COPY row_key_put FROM STDIN") as copy:
                for row in newest.values():
                    copy.write_row(row)
            cursor.execute(
                f"INSERT INTO row_key (key_hash, entry, row_digest) SELECT * FROM row_key_put {_REPLACE}"
            )
            cursor.execute("TRUNCATE row_key_put")


def _text(value: object) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    return key(str(value))
