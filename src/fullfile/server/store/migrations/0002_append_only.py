"""The database itself refuses to rewrite the record (law 1): triggers on both engines.

An entry is never updated, deleted or truncated, and its index is the next one: one more than the
last. A body is never updated, and deleted only where a `body.erased` entry names it (a row of
`erasures`). On SQLite the index is checked row by row, which also stops `INSERT OR REPLACE`; on
PostgreSQL statement by statement, over the rows that the statement brought, so that COPY stays fast.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = (
    """
    CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry
    BEGIN SELECT RAISE(ABORT, 'an entry of the record is never changed'); END
    """,
    """
    CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'an entry of the record is never deleted'); END
    """,
    """
    CREATE TRIGGER entry_next_index BEFORE INSERT ON entry
    WHEN NEW."index" IS NOT (SELECT coalesce(max("index"), -1) + 1 FROM entry)
    BEGIN SELECT RAISE(ABORT, 'the index of an entry is one more than the last'); END
    """,
    """
    CREATE TRIGGER entry_body_no_update BEFORE UPDATE ON entry_body
    BEGIN SELECT RAISE(ABORT, 'the body of an entry is never changed'); END
    """,
    """
    CREATE TRIGGER entry_body_no_delete BEFORE DELETE ON entry_body
    WHEN NOT EXISTS (SELECT 1 FROM erasures WHERE erased_entry = OLD."index")
    BEGIN SELECT RAISE(ABORT, 'a body goes only by an erasure on record'); END
    """,
    """
    CREATE TRIGGER entry_body_new BEFORE INSERT ON entry_body
    WHEN NEW."index" <= (SELECT coalesce(max("index"), -1) FROM entry_body)
    BEGIN SELECT RAISE(ABORT, 'a body is written once, with its entry'); END
    """,
    # The key is random, so a table that is its own index is half the work.
    "DROP TABLE row_key",
    """
    CREATE TABLE row_key (
        key_hash BLOB NOT NULL PRIMARY KEY, entry bigint NOT NULL, row_digest BLOB NOT NULL
    ) WITHOUT ROWID
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION record_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the record is append-only: no % on %', TG_OP, TG_TABLE_NAME;
    END $$
    """,
    """
    CREATE FUNCTION entry_next_index() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE low bigint; high bigint; many bigint; before bigint; top bigint;
    BEGIN
        SELECT min("index"), max("index"), count(*) INTO low, high, many FROM added;
        IF many = 0 THEN RETURN NULL; END IF;
        SELECT coalesce(max("index"), -1) INTO before FROM entry WHERE "index" < low;
        SELECT max("index") INTO top FROM entry;
        IF low <> before + 1 OR high <> low + many - 1 OR top <> high THEN
            RAISE EXCEPTION 'the index of an entry is one more than the last';
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION entry_body_delete() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM erasures WHERE erased_entry = OLD."index") THEN
            RAISE EXCEPTION 'a body goes only by an erasure on record';
        END IF;
        RETURN OLD;
    END $$
    """,
    """
    CREATE TRIGGER entry_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
    FOR EACH STATEMENT EXECUTE FUNCTION record_refuses()
    """,
    """
    CREATE TRIGGER entry_next_index AFTER INSERT ON entry REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION entry_next_index()
    """,
    """
    CREATE TRIGGER entry_body_no_change BEFORE UPDATE OR TRUNCATE ON entry_body
    FOR EACH STATEMENT EXECUTE FUNCTION record_refuses()
    """,
    """
    CREATE TRIGGER entry_body_delete BEFORE DELETE ON entry_body
    FOR EACH ROW EXECUTE FUNCTION entry_body_delete()
    """,
)


def protect(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("store", "0001_initial")]
    operations = [migrations.RunPython(protect, migrations.RunPython.noop)]
