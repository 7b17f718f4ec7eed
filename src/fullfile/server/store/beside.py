"""For threads that count beside the pages: nothing of the database stays with them."""

from __future__ import annotations

from django.db import connection

__all__ = ["release_connection"]


def release_connection() -> None:
    """Close the connection of the thread that calls; its next query opens another one."""
    connection.close()
