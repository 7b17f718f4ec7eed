"""The same record on the other database: copies an embedded office into an empty PostgreSQL database, to measure both.

    DATABASE_URL=postgresql://… PYTHONPATH=script python -m benchmarks.on_postgresql HOME NEW_HOME

A record of a million items takes most of an hour to import and minutes to copy. The tables are the program's own,
made by its migrations; rows go over as they are; the words of the search are taken in anew, since each
database keeps them in its own way. What an office would do instead: `fullfile import` into the new database.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

__all__ = ["copy_office", "main"]

_NOT_COPIED = ("django_migrations", "sqlite_sequence", "search_doc", "search_state")
_AT_ONCE = 20_000


def copy_office(home: Path, new_home: Path, url: str) -> dict[str, int]:
    """Copy every table that both databases have. Rows by table.

    Args:
        home: an office with an embedded database that is up to date.
        new_home: gets the key and the checkpoint.
        url: an empty database.
    """
    shutil.copytree(home, new_home, ignore=shutil.ignore_patterns("fullfile.sqlite3*", "snapshot"))
    os.environ["FULLFILE_TLS"] = "off"
    from fullfile.server.settings.configuration import DATABASE_FILE, configure

    configure(new_home, url, pages=True)
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    copied: dict[str, int] = {}
    place = f"file:{home / DATABASE_FILE}?mode=ro"
    with sqlite3.connect(place, uri=True) as old, psycopg.connect(url) as new:
        for name in _tables(old, new):
            copied[name] = _copy(old, new, name)
            print(f"{name}: {copied[name]:,}", flush=True)
        new.commit()
    from fullfile.server.store.load import current_size
    from fullfile.server.store.search_index import catch_up

    catch_up(current_size())
    with psycopg.connect(url, autocommit=True) as new:
        new.execute("VACUUM (ANALYZE)")
    return copied


def _tables(old: sqlite3.Connection, new: psycopg.Connection[Any]) -> list[str]:
    here = {name for (name,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    there = {
        name
        for (name,) in new.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
    }
    return sorted((here & there) - set(_NOT_COPIED))


def _copy(old: sqlite3.Connection, new: psycopg.Connection[Any], name: str) -> int:
    columns = [
        (column, kind)
        for column, kind, made in new.execute(
            "SELECT column_name, data_type, is_generated FROM information_schema.columns "
            "WHERE table_schema = 'public' AND table_name = %s ORDER BY ordinal_position",
            [name],
        )
        if made == "NEVER"
    ]
    names = [column for column, _ in columns]
    flags = [place for place, (_, kind) in enumerate(columns) if kind == "boolean"]
    table = sql.Identifier(name)
    new.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER ALL").format(table))
    new.execute(sql.SQL("DELETE FROM {}").format(table))
    listed = ", ".join(f'"{column}"' for column in names)
    rows = old.execute(f'SELECT {listed} FROM "{name}"')  # noqa: S608 - names of our own tables
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        table, sql.SQL(", ").join(map(sql.Identifier, names))
    )
    many = 0
    with new.cursor().copy(into) as copy:
        while found := rows.fetchmany(_AT_ONCE):
            many += len(found)
            for row in found:
                if flags:
                    changed = list(row)
                    for place in flags:
                        changed[place] = None if row[place] is None else bool(row[place])
                    copy.write_row(changed)
                else:
                    copy.write_row(row)
    new.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER ALL").format(table))
    for column in names:
        (sequence,) = new.execute(
            "SELECT pg_get_serial_sequence(%s, %s)", [f'"{name}"', column]
        ).fetchone() or (None,)
        if sequence:
            new.execute(
                sql.SQL("SELECT setval({}, greatest(1, (SELECT max({}) FROM {})))").format(
                    sql.Literal(sequence), sql.Identifier(column), table
                )
            )
    return many


def main() -> int:
    """Copy one office."""
    if len(sys.argv) != 3 or not os.environ.get("DATABASE_URL"):
        print(__doc__, file=sys.stderr)
        return 2
    started = time.perf_counter()
    copied = copy_office(Path(sys.argv[1]), Path(sys.argv[2]), os.environ["DATABASE_URL"])
    print(f"{sum(copied.values()):,} rows in {time.perf_counter() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
