"""How an office is configured: its home, and its database.

The home is a directory: the embedded database (`fullfile.sqlite3`), the keys,
and the last checkpoint outside the database. A `DATABASE_URL` of the form
`postgresql://…` puts the database elsewhere; everything else stays in the home.

One process serves one office at a time. `configure` may be called again with
another home (tests do, for every test): the connections of the old one are
closed, and the alias `default` means the new one from then on.

What this does not do: it makes no directory, no database and no table.
"""

from fullfile.server.settings.configuration import (
    configure,
    database_address,
    database_settings,
    get_home,
    on_a_copy,
    serves_pages,
)

__all__ = [
    "configure",
    "database_address",
    "database_settings",
    "get_home",
    "on_a_copy",
    "serves_pages",
]
