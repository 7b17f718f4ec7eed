"""The words of the record, for whoever has half a memory of a thing: full text of both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import migrations

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = (
    "CREATE TABLE search_doc (entry integer PRIMARY KEY, kind integer NOT NULL, thing bigint NOT NULL)",
    "CREATE VIRTUAL TABLE search_words USING fts5(words, tokenize = 'unicode61 remove_diacritics 2')",
    "CREATE TABLE search_state (id integer PRIMARY KEY CHECK (id = 1), size bigint NOT NULL)",
    "INSERT INTO search_state (id, size) VALUES (1, 0)",
)
POSTGRESQL = (
    (
        "CREATE TABLE search_doc (entry bigint PRIMARY KEY, kind smallint NOT NULL, thing bigint NOT NULL, "
        "words tsvector NOT NULL)"
    ),
    "CREATE INDEX search_doc_words ON search_doc USING gin (words)",
    "CREATE TABLE search_state (id integer PRIMARY KEY CHECK (id = 1), size bigint NOT NULL)",
    "INSERT INTO search_state (id, size) VALUES (1, 0)",
)


def make(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement, params=None)


def unmake(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("search_state", "search_words", "search_doc"):
        schema_editor.execute(f"DROP TABLE IF EXISTS {name}", params=None)


class Migration(migrations.Migration):
    dependencies = [("store", "0008_accounts")]
    operations = [migrations.RunPython(make, unmake)]
