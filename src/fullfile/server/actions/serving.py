"""Make a home ready to serve pages: the tables of accounts and sessions, and the place of one-time codes.

What this does not do: it starts no server (`cli.serve`), and touches no entry.
"""

from __future__ import annotations

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from fullfile.core.errors import Unavailable
from fullfile.core.said import say

__all__ = ["is_behind", "prepare_pages"]


def is_behind() -> bool:
    """Whether the office lacks tables, or columns of them, that this version needs."""
    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return False  # out of reach: nobody can say


def prepare_pages() -> None:
    """Make the tables that the pages need beside the record's.

    Raises:
        Unavailable: the database cannot be changed.
    """
    try:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    except DatabaseError as error:
        raise Unavailable(
            say(
                "The tables of the pages cannot be made ({error}): close whatever uses the office, and "
                "try again.",
                error=str(error).strip(),
            )
        ) from error
