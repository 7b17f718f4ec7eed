"""An office of an earlier version gets the tables that came since.

The record itself is never touched: what is new is derived, and made from it. What this does
not do: it changes no entry, and takes no table away that an older version needs.
"""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError

from fullfile.core.errors import Unavailable
from fullfile.server.store import migrations
from fullfile.server.store.rebuild import rebuild
from fullfile.server.store.tables import select

__all__ = ["bring_up_to_date"]

_FILLED_FROM_THE_RECORD = frozenset(
    {
        "0005_dues",
        "0006_room",
        "0010_acts_by",
        "0011_second_readings",
        "0012_open_suggestions",
        "0015_news",
    }
)
"""Changes that gave older tables further columns: what stands in them is read from the record again."""


def bring_up_to_date() -> bool:
    """Make the tables that this version has and the office has not. Whether there were any.

    Raises:
        Unavailable: the database cannot be changed.
    """
    known = {path.stem for path in Path(migrations.__path__[0]).glob("[0-9]*.py")}
    done = select("SELECT name FROM django_migrations WHERE app = 'store'", [])
    lacking = known - {name for (name,) in done}
    if not lacking:
        return False
    try:
        call_command("migrate", "store", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise Unavailable(
            f"The tables of this version cannot be made ({str(error).strip()}): close whatever uses the "
            "office, and try again."
        ) from error
    if lacking & _FILLED_FROM_THE_RECORD:
        rebuild()
    return True
